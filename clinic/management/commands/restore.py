"""`manage.py restore NAME`: get the record back, on a server that holds none. docs/backup.md has the whole way."""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from clinic import clock
from clinic.backup import programs, restoring, sealed, shelf

TROUBLES = (programs.ProgramFailed, sealed.SealingFailed, shelf.ShelfFailed, restoring.RestoreRefused, OSError)


class Command(BaseCommand):
    """Unpacks a base into an empty folder, or fills an empty database from a dump. Asks no database of the product."""

    help = "Restore a copy: a base --to an empty folder (--until a moment), a dump --into an empty database."
    requires_system_checks: list = []

    def add_arguments(self, parser):
        parser.add_argument("name", help="of the copy; latest, base or dump for the newest")
        parser.add_argument("--to", type=Path, help="an empty folder, the new server's data")
        parser.add_argument("--until", type=moment, help="go no further than this moment: 2026-05-13T16:15:00+00:00")
        parser.add_argument("--into", help="postgresql://superuser@host/database, empty")

    def handle(self, *args, name, to, until, into, **options):
        if bool(to) == bool(into) or (until and not to):
            raise CommandError("Say --to FOLDER (with or without --until), or --into DATABASE.")
        if not settings.BACKUP_IDENTITY_FILE:
            raise CommandError("BACKUP_IDENTITY_FILE is not set: the secret key that opens copies.")
        begun = clock.now()
        try:
            place = shelf.Shelf(settings.BACKUP_FOLDER)
            copy = place.find(name if name != "latest" else "base" if to else "dump")
            self.bring_back(place, copy, to, until, into)
        except TROUBLES as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"{copy.name} restored in {(clock.now() - begun).total_seconds():.1f} s.")
        self.stdout.write("Start the server, then: manage.py verify_database, before anybody works on it.")

    def bring_back(self, place, copy, to, until, into):
        """Do it."""
        identity = settings.BACKUP_IDENTITY_FILE
        if into:
            restoring.fill(copy, into, identity)
            return
        if until and until < copy.at:
            raise restoring.RestoreRefused(f"{copy.name} was taken after that moment. Name an older copy.")
        restoring.unpack(copy, to, identity)
        restoring.prepare(to, place=place, identity=identity, until=until)


def moment(text):
    """A moment with its zone. Raises ValueError without one."""
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("Say the zone too, for example +00:00.")
    return at
