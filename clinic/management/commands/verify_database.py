"""`manage.py verify_database`: is this database the record? To be run after any restore, before anybody works on it."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from clinic.backup import checking, restoring, sealed, shelf


class Command(BaseCommand):
    """Prints one line a check and fails when one does. Writes nothing but that the chain was checked."""

    help = "Check a (restored) database: rows against a copy, guards, rights, documents, audit chain, one page."
    requires_system_checks: list = []

    def add_arguments(self, parser):
        parser.add_argument("--against", help="a copy to compare every row with (needs BACKUP_IDENTITY_FILE)")
        parser.add_argument("--went-on", action="store_true", help="the record was written to after that copy")
        parser.add_argument("--json", action="store_true", help="one line for programs, last")

    def handle(self, *args, against, went_on, json, **options):
        try:
            wanted = self.proof(against) if against else None
        except (sealed.SealingFailed, shelf.ShelfFailed) as problem:
            raise CommandError(str(problem)) from problem
        checks = checking.check_all(against=wanted, went_on=went_on)
        for check in checks:
            self.stdout.write(f"{'well ' if check.is_good else 'WRONG'}  {check.name}: {check.words}.")
        if json:
            self.stdout.write(checking.as_json(checks))
        wrong = [check.name for check in checks if not check.is_good]
        if wrong:
            raise CommandError(f"Not as it must be: {', '.join(wrong)}.")

    def proof(self, name):
        """The sealed figures of a copy."""
        return restoring.proof_of(shelf.Shelf(settings.BACKUP_FOLDER).find(name), settings.BACKUP_IDENTITY_FILE)
