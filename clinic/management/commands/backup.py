"""`manage.py backup base|dump`: take a sealed copy, and note how it went. docs/backup.md tells how to set it up."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from clinic import clock
from clinic.actions.backups import note_run
from clinic.backup import programs, sealed, shelf, taking

TROUBLES = (programs.ProgramFailed, sealed.SealingFailed, shelf.ShelfFailed, OSError)


class Command(BaseCommand):
    """Takes one copy. A failure is noted too, told on standard error, and ends with 1."""

    help = "Take a sealed copy: base (the whole server, for any moment with the log) or dump (the database alone)."
    requires_system_checks: list = []

    def add_arguments(self, parser):
        parser.add_argument("kind", choices=sorted(shelf.CONTENT))

    def handle(self, *args, kind, **options):
        at = clock.now()
        try:
            copy = self.take(kind, at)
        except TROUBLES as problem:
            note_run(kind=kind, name="", started_at=at, outcome="failed", words=str(problem) or type(problem).__name__)
            raise CommandError(str(problem)) from problem
        facts = {name: copy.note[name] for name in ("rows", "tables", "database_bytes", "server")}
        note_run(kind=kind, name=copy.name, started_at=at, outcome="ok", size=copy.size, detail=facts)
        took = (clock.now() - at).total_seconds()
        self.stdout.write(f"{copy.name}: {copy.note['rows']} rows, {copy.size} bytes sealed, {took:.1f} s.")

    def take(self, kind, at):
        """The copy, on the shelf."""
        url = settings.DATABASE_BACKUP_URL
        if not url:
            raise CommandError("DATABASE_BACKUP_URL is not set: a role that reads everything and may replicate.")
        if not settings.BACKUP_RECIPIENTS_FILE:
            raise CommandError(
                "BACKUP_RECIPIENTS_FILE is not set: the public keys to seal to (`manage.py backup_key`)."
            )
        place = shelf.Shelf(settings.BACKUP_FOLDER)
        return taking.take(kind, url=url, place=place, recipients=settings.BACKUP_RECIPIENTS_FILE, at=at)
