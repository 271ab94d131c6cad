"""Make the shipped list of breached passwords anew, out of word lists with one password a line."""

from pathlib import Path

from django.core.management.base import BaseCommand

from clinic.passwords import MARK_BYTES, SHIPPED, pack

SHORTEST = 15  # shorter ones are refused for their length


class Command(BaseCommand):
    help = "Write clinic/catalogue/breached.bin from word lists: sums of what is long enough, nothing readable."

    def add_arguments(self, parser):
        parser.add_argument("lists", nargs="+", type=Path)
        parser.add_argument("--to", type=Path, default=SHIPPED)

    def handle(self, lists, to, **options):
        found = {word for path in lists for word in _words(path) if len(word) >= SHORTEST}
        packed = pack(found)
        to.write_bytes(packed)
        self.stdout.write(f"{len(packed) // MARK_BYTES} passwords of {SHORTEST} characters or more in {to.name}.")


def _words(path):
    """The lines of one list; what is no text in it is left out."""
    with path.open(encoding="utf-8", errors="ignore") as lines:
        for line in lines:
            yield line.rstrip("\r\n")
