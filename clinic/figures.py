"""Numbers as people type them, by language. Pure: text in, text with a point out.

In Spanish a comma may be the decimal one ("1,5" is one and a half) or, as in Mexico and the United States, that of the
thousands ("1,500"). What can only mean one thing is taken; what could mean two is asked, never guessed: "1,5" never
becomes 15. In English a comma is not read at all, so that it can't be misread.
"""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from clinic import language

_ONE_MARK = re.compile(r"([+-]?\d*)([.,])(\d+)")
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(?:,\d{3}){2,}(?:\.\d+)?|[+-]?[1-9]\d{0,2}(?:\.\d{3}){2,}(?:,\d+)?")
_BOTH_MARKS = re.compile(r"[+-]?[1-9]\d{0,2}(?:,\d{3})+\.\d+|[+-]?[1-9]\d{0,2}(?:\.\d{3})+,\d+")


def read(text):
    """What was typed as Python reads a number; in English, and where it is no number at all, as it is.

    Raises ValidationError, with both readings, for what could be a thousand times the other.
    """
    if not isinstance(text, str) or language.current() != language.SPANISH:
        return text
    typed = text.strip().replace("\u00a0", "").replace(" ", "")
    if _GROUPED.fullmatch(typed) or _BOTH_MARKS.fullmatch(typed):
        return _without_groups(typed)
    found = _ONE_MARK.fullmatch(typed)
    if not found:
        return text
    whole, mark, rest = found.groups()
    if len(rest) == 3 and whole.lstrip("+-0") and len(whole.lstrip("+-")) <= 3:
        raise ValidationError(_which(whole, rest), code="ambiguous")
    return f"{whole or '0'}.{rest}"


def _without_groups(typed):
    last = max(typed.rfind(","), typed.rfind("."))
    decimal_mark = typed[last] if typed.count(typed[last]) == 1 else ""
    whole, _, rest = typed.partition(decimal_mark) if decimal_mark else (typed, "", "")
    digits = whole.replace(",", "").replace(".", "")
    return f"{digits}.{rest}" if rest else digits


def _which(whole, rest):
    part = rest.rstrip("0")
    small = f"{whole}.{part if len(part) < 3 else part + '0'}" if part else whole
    words = gettext("We can’t tell if this is %(large)s or %(small)s. Type %(large)s or %(small)s")
    return words % {"large": f"{whole}{rest}", "small": small}
