"""`manage.py reseal_seeds`: encrypt the seeds of second factors anew with the newest key, after a change of keys."""

from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from clinic import audit
from clinic.sign_in import reseal

SEALED = ("secret", "seed")  # of the authenticator app, of recovery codes


class Command(BaseCommand):
    help = "Encrypt all seeds and recovery codes with the newest key; MFA_SEED_KEY_FALLBACKS may go afterwards."

    @transaction.atomic
    def handle(self, **options):
        rows = Authenticator.objects.select_for_update().exclude(type=Authenticator.Type.WEBAUTHN)
        changed = sum(_reseal(row) for row in rows)
        audit.record("second_factor.resealed", None, by=None, detail={"count": changed})
        self.stdout.write(f"{changed} seeds are encrypted with the newest key.")


def _reseal(row):
    """Whether this row had something sealed, now sealed anew. Raises CommandError when no key opens it."""
    held = {name: value for name, value in row.data.items() if name in SEALED}
    try:
        row.data |= {name: reseal(value) for name, value in held.items()}
    except InvalidToken as problem:
        raise CommandError("A seed opens with none of the keys given. Nothing was changed.") from problem
    row.save(update_fields=["data"])
    return bool(held)
