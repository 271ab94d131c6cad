"""`manage.py verify_audit`: check the record against its seals. Names each touched row; exit 1 if there is one.

    manage.py verify_audit                    everything: every row, link, head and signed document
    manage.py verify_audit --recent           what was sealed and signed in the last day
    manage.py verify_audit --heads FOLDER     against the files of heads an auditor kept
    manage.py verify_audit --json             for programs: holds, problems, rows, seals, documents, heads, unsealed
    manage.py verify_audit --public-key       the key that proves the files of heads

Nothing is changed but the note of the check itself; `--silent` leaves that out too (a copy that is only read).
"""

import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from clinic import clock
from clinic.actions.seal_checks import check_seals, own_keys
from clinic.queries import seals, verifying


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--recent", action="store_true", help="only the last day")
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--silent", action="store_true", help="write no note of the check")
        parser.add_argument("--heads", type=Path, help="folder with the files of heads (default: SEAL_FOLDER)")
        parser.add_argument("--key", type=Path, help="file with the public key that signed them, base64")
        parser.add_argument("--public-key", action="store_true", help="print this installation's key and end")

    def handle(self, *args, **options):
        if options["public_key"]:
            self.stdout.write(own_keys()[0])
            return
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = '10min'")  # whole tables are counted
        keys = [options["key"].read_text().strip()] if options["key"] else own_keys()
        verdict = self._check(keys, options)
        self.stdout.write(as_json(verdict) if options["json"] else as_words(verdict))
        if not verdict.holds:
            raise CommandError(f"The record does not hold: {len(verdict.problems)} found.", returncode=1)

    def _check(self, keys, options):
        asked = {"recent": options["recent"], "folder": options["heads"] or settings.SEAL_FOLDER, "keys": keys}
        asked["every_file"] = not options["recent"]
        if options["silent"]:
            return verifying.verify(at=clock.now(), **asked)
        return check_seals(**asked)[1]


def as_json(verdict) -> str:
    """The verdict for programs."""
    names = ("holds", "problems", "rows", "seals", "documents", "heads", "unsealed")
    return json.dumps({name: getattr(verdict, name) for name in names}, indent=2)


def as_words(verdict) -> str:
    """The verdict in lines: the problems, the heads of all chains, what was looked at, what is not sealed yet."""
    chains = [
        f"{seal.site.name if seal.site else 'Rows without a site'}: seal {seal.number}, {seal.head}"
        for seal in seals.last_seals()
    ]
    said = f"{verdict.rows} rows under {verdict.seals} seals, {verdict.documents} signed documents"
    said += f", {verdict.heads} files of heads"
    since = f", the oldest since {verdict.oldest:%Y-%m-%d %H:%M:%S} UTC" if verdict.oldest else ""
    waits = f"Not sealed yet: {verdict.unsealed}{since}. They are not part of this answer."
    return "\n".join([*verdict.problems, *chains, f"Checked: {said}.", waits,
                      "Everything is as it was sealed." if verdict.holds else "NOT as it was sealed."])  # fmt: skip
