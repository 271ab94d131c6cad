"""`manage.py verify_record`: reckon the hash of signed records anew and compare it with what was signed."""

from django.core.management.base import BaseCommand, CommandError

from sessions.actions.charts import proof_of
from sessions.models import InfusionSession


class Command(BaseCommand):
    """Names every signed record that is no longer exactly what was signed; fails when there is one."""

    help = "Compare signed records with their hashes: all of them, or the sessions of these ids."

    def add_arguments(self, parser):
        parser.add_argument("sessions", nargs="*", help="Ids of sessions; none: every signed one.")

    def handle(self, *args, sessions, **options):
        rows = InfusionSession.objects.filter(signature__isnull=False).select_related("signature")
        rows = rows.filter(pk__in=sessions) if sessions else rows
        found = [proof_of(session) for session in rows.order_by("signed_at")]
        if sessions and len(found) < len(set(sessions)):
            raise CommandError("Not every one of these sessions is there and signed.")
        wrong = [proof for proof in found if not proof.holds]
        for proof in wrong:
            self.stdout.write(f"{proof.session.pk}: signed {proof.signed}, now {proof.now}")
        self.stdout.write(f"{len(found)} signed records, {len(wrong)} not as signed.")
        if wrong:
            raise CommandError("A record is not what was signed.")
