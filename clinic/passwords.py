"""What a password may be: long, not a short one in disguise, and not one that has been seen in a breach.

Both lists are looked up on this machine. The shipped one (`catalogue/breached.bin`) holds nothing readable: the first
eight bytes of the SHA-256 of each password of 15 characters or more, sorted; `manage.py build_breached` makes it out of
word lists. A clinic may add the large public one, sorted SHA-1 sums as text (BREACHED_PASSWORDS: the path of the file).
"""

import hashlib
import unicodedata
from bisect import bisect_left
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

SHIPPED = Path(__file__).parent / "catalogue" / "breached.bin"
MARK_BYTES = 8
FEWEST_CHARACTERS = 6
ENDING = "0123456789!?.,-_*#$@%&+= "
SHA1_DIGITS = 40


class NoRepetitionValidator:
    """Refuses long passwords that are short ones in disguise: one piece over and over, or a handful of characters."""

    def validate(self, password, user=None):
        """Raise ValidationError for such a password."""
        again = password.lower() in (password.lower() * 2)[1:-1]
        if again or len(set(password.lower())) < FEWEST_CHARACTERS:
            raise ValidationError(self.get_help_text(), code="password_repeats")

    def get_help_text(self):
        """What the page says about it."""
        return "Your password can't be one piece repeated, or made of very few characters."


class BreachedPasswordValidator:
    """Refuses what has been seen in a breach: whole, without its figures at the end, or two common ones in a row."""

    def validate(self, password, user=None):
        """Raise ValidationError for such a password. Asks nobody: no network."""
        plain = normal(password)
        if any(is_listed(form) for form in {plain, plain.rstrip(ENDING)}) or is_in_file(password) or _is_pair(plain):
            raise ValidationError(self.get_help_text(), code="password_breached")

    def get_help_text(self):
        """What the page says about it."""
        return "Your password can't be one that was stolen elsewhere before. Four or five words of your own are best."


def normal(password):
    """The form in which passwords are compared: one width, one case."""
    return unicodedata.normalize("NFKC", password).lower()


def mark(password):
    """What the shipped list keeps of a password in its normal form."""
    return hashlib.sha256(password.encode()).digest()[:MARK_BYTES]


def pack(passwords):
    """The bytes of a list of these passwords, sorted, each once."""
    return b"".join(sorted({mark(normal(password)) for password in passwords}))


class Marks:
    """A packed list as a sequence, for bisection."""

    def __init__(self, packed):
        self.packed = packed

    def __len__(self):
        return len(self.packed) // MARK_BYTES

    def __getitem__(self, n):
        return self.packed[n * MARK_BYTES : (n + 1) * MARK_BYTES]

    def __contains__(self, wanted):
        return self[bisect_left(self, wanted)] == wanted


@cache
def shipped():
    """The list that comes with the product."""
    return Marks(SHIPPED.read_bytes())


def is_listed(plain):
    """Whether a password in its normal form is on the shipped list."""
    return mark(plain) in shipped()


def is_in_file(password):
    """Whether the clinic's own file of sorted SHA-1 sums knows this password; False without a file. Some 40 reads.

    Lines read "SUM" or "SUM:COUNT", upper case, as the public lists are. Raises OSError when the file is not there.
    """
    if not settings.BREACHED_PASSWORDS:
        return False
    wanted = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    with Path(settings.BREACHED_PASSWORDS).open("rb") as lines:
        low, high = 0, lines.seek(0, 2)
        while low < high:
            middle = (low + high) // 2
            found = _line_from(lines, middle)
            if found[:SHA1_DIGITS] == wanted:
                return True
            if found and found[:SHA1_DIGITS] < wanted:
                low = middle + 1
            else:
                high = middle
        lines.seek(0)
        return lines.readline()[:SHA1_DIGITS] == wanted


def _line_from(lines, place):
    """The first whole line that begins after this place; empty at the end of the file."""
    lines.seek(place)
    lines.readline()
    return lines.readline()


@cache
def common():
    """The twenty thousand most common passwords that come with the framework."""
    return frozenset(CommonPasswordValidator().passwords)


def _is_pair(plain):
    """Whether it is two common passwords in a row: long enough, and guessed as fast as they are."""
    return any(plain[:n] in common() and plain[n:] in common() for n in range(3, len(plain) - 2))
