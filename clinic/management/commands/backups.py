"""`manage.py backups`: what copies there are, whether their files are whole, and which are past their time."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from clinic import clock
from clinic.actions.backups import note_run
from clinic.backup import shelf
from clinic.rules.backups import Keep, kept


class Command(BaseCommand):
    """Lists; --check reads every file and compares it with its note; --prune names what may go, --delete removes it."""

    help = "List copies; --check their files; --prune those past their time (--delete them)."
    requires_system_checks: list = []

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="read every file, compare it with the copy's note")
        parser.add_argument("--prune", action="store_true", help="name the copies past BACKUP_KEEP")
        parser.add_argument("--delete", action="store_true", help="with --prune: remove them")

    def handle(self, *args, check, prune, delete, **options):
        try:
            place = shelf.Shelf(settings.BACKUP_FOLDER)
            if check:
                return self.check_files(place)
            return self.prune(place, delete) if prune else self.show(place)
        except (shelf.ShelfFailed, OSError) as problem:
            raise CommandError(str(problem)) from problem

    def show(self, place):
        """One line a copy, and the log."""
        for copy in place.copies():
            self.stdout.write(f"{copy.name}  {copy.size:>12} bytes  {copy.note['rows']} rows")
        pieces = place.pieces()
        self.stdout.write(f"{len(place.copies())} copies, {len(pieces)} pieces of the log.")

    def check_files(self, place):
        """Every file as its note says, the log without holes."""
        at = clock.now()
        found = [words for copy in place.copies() for words in shelf.troubles(copy)] + shelf.gaps(place.pieces())
        for words in found:
            self.stderr.write(words)
        said = f"{len(place.copies())} copies, {len(place.pieces())} pieces of the log"
        outcome = "failed" if found else "ok"
        note_run(kind="check", name="", started_at=at, outcome=outcome, words=" ".join(found) or f"{said} are whole.")
        if found:
            raise CommandError(f"{len(found)} of {said} are not as they were made.")
        self.stdout.write(f"{said} are whole.")

    def prune(self, place, delete):
        """Name, or remove, what is past its time; pieces of the log that no kept copy needs go with it."""
        at = clock.now()
        gone = [copy for kind in shelf.CONTENT for copy in past(place.copies(kind))]
        for copy in gone:
            self.stdout.write(f"{copy.name} is past its time.")
            if delete:
                place.remove(copy)
        if not delete:
            self.stdout.write(f"{len(gone)} copies may go; nothing was removed (--delete).")
            return
        pieces = self.prune_log(place)
        words = f"{len(gone)} copies and {pieces} pieces of the log removed."
        note_run(kind="prune", name="", started_at=at, outcome="ok", words=words)
        self.stdout.write(words)

    def prune_log(self, place):
        """Remove pieces older than every base that is left; all stay where there is none."""
        first = [copy.note["first_piece"] for copy in place.copies("base")]
        return place.remove_pieces_before(min(first, key=lambda name: name[8:])) if first else 0


def past(copies):
    """Copies of one kind that BACKUP_KEEP does not ask for any more."""
    days, weeks, months = map(int, settings.BACKUP_KEEP)
    staying = kept([copy.at for copy in copies], Keep(days, weeks, months))
    return [copy for copy in copies if copy.at not in staying]
