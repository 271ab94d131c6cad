"""`manage.py try_restore [NAME]`: bring a copy back on a server of its own and check it. Once a week, by a timer."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from clinic import clock
from clinic.actions.backups import note_run
from clinic.backup import programs, restoring, sealed, shelf, trying

TROUBLES = (programs.ProgramFailed, sealed.SealingFailed, shelf.ShelfFailed, restoring.RestoreRefused, OSError)


class Command(BaseCommand):
    """Notes how it went on the record that is worked on, told by its age on the health page; a failure ends with 1."""

    help = "Restore a copy on trial, on a server of its own, compare it with its proof, and note how it went."
    requires_system_checks: list = []

    def add_arguments(self, parser):
        parser.add_argument(
            "name", nargs="?", default="latest", help="of the copy; latest, base or dump for the newest"
        )
        parser.add_argument("--scratch", type=Path, help="a folder with space for the whole record")

    def handle(self, *args, name, scratch, **options):
        if not settings.BACKUP_IDENTITY_FILE:
            raise CommandError("BACKUP_IDENTITY_FILE is not set: the secret key that opens copies.")
        begun, copy = clock.now(), None
        try:
            place = shelf.Shelf(settings.BACKUP_FOLDER)
            copy = place.find(name)
            outcome = trying.try_out(copy, place, settings.BACKUP_IDENTITY_FILE, scratch)
        except TROUBLES as problem:
            self.note(copy.name if copy else name, begun, "failed", str(problem) or type(problem).__name__)
            raise CommandError(str(problem)) from problem
        for check in outcome.checks:
            self.stdout.write(f"{'well ' if check['is_good'] else 'WRONG'}  {check['name']}: {check['words']}.")
        seconds = {part: round(spent, 2) for part, spent in outcome.seconds.items()}
        self.note(copy.name, begun, "ok" if outcome.is_good else "failed", outcome.words, {"seconds": seconds})
        self.stdout.write(f"{copy.name}: {outcome.words}")
        if not outcome.is_good:
            raise CommandError("The copy is not the record.")

    def note(self, name, begun, outcome, words, detail=None):
        """Keep a row about it."""
        note_run(kind="restore", name=name, started_at=begun, outcome=outcome, words=words, detail=detail)
