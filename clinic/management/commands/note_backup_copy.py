"""`manage.py note_backup_copy`: note that copies were carried to another place (deploy/offsite-copy calls it)."""

from django.core.management.base import BaseCommand

from clinic import clock
from clinic.actions.backups import note_run


class Command(BaseCommand):
    """One row: when, how many files, or what failed."""

    help = "Note that copies were carried to another place, or that it failed."
    requires_system_checks: list = []

    def add_arguments(self, parser):
        parser.add_argument("--failed", metavar="WORDS", default="", help="what failed")
        parser.add_argument("--files", type=int, default=0, help="how many files stand there")

    def handle(self, *args, failed, files, **options):
        words = failed or f"{files} files stand there."
        note_run(kind="copy", name="", started_at=clock.now(), outcome="failed" if failed else "ok", words=words)
        self.stdout.write(words)
