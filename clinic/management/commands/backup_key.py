"""`manage.py backup_key FILE`: make a pair of keys; the secret one into the file, the public one on the screen."""

import os
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from clinic.backup import sealed


class Command(BaseCommand):
    """Never writes over a key: with it every copy sealed to it would be lost."""

    help = "Make a pair of keys for copies: keep the file in a safe, add the printed line to BACKUP_RECIPIENTS_FILE."
    requires_system_checks: list = []

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *args, file, **options):
        secret, public = sealed.make_key()
        try:
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError as problem:
            raise CommandError(f"{file} is there already: a key is never written over.") from problem
        with os.fdopen(handle, "w") as target:
            target.write(f"# Opens copies sealed to {public}\n{secret}\n")
        self.stdout.write(public)
