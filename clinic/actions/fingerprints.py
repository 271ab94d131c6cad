"""Keep the hash over exactly what somebody signed. Called by the action that signs, in its transaction."""

from django.db import transaction

from clinic import clock
from clinic.models import Fingerprint
from clinic.queries import signed


@transaction.atomic
def keep_fingerprint(subject, *, by, patient=None, site=None, sha256="", at=None) -> Fingerprint:
    """The fingerprint of a row that was signed just now: over its registered facts, or `sha256` where it has one.

    The signing itself writes the row of the audit. Raises IntegrityError for a row that has one already.
    """
    kind = subject._meta.label_lower
    return Fingerprint.objects.create(
        subject_kind=kind,
        subject_id=subject.pk,
        sha256=sha256 or signed.digest_of(kind, subject),
        signed_at=at or clock.now(),
        signed_by=by if getattr(by, "is_staff_user", False) else None,
        patient=patient,
        site=site,
    )
