"""Fields of their own kind: a number as text, a date in three boxes; and what no field takes: unseen signs."""

import datetime
import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import MONTHS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

LONGEST = 20_000  # characters of a text that names no bound of its own: eight printed pages
# Signs nobody sees, of which some turn the words around them the other way: in no name, note or figure (V1.3.3).
# Tab and line break stay, and so do the joiners of emoji and Persian. NUL stays too: a field refuses it by itself.
BREAKS = re.compile("[\x0b\x0c\x85\u2028\u2029]")
UNSEEN = re.compile("[\x01-\x08\x0e-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
MONTH_WORDS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def seen(text):
    """A text as a reader sees it: unseen signs are left out, odd line breaks are blanks."""
    return UNSEEN.sub("", BREAKS.sub(" ", text))


def seen_data(data):
    """What was typed as a reader sees it; the same object when nothing is hidden in it. Passwords stay as they are."""
    lists = dict(data.lists()) if hasattr(data, "lists") else {name: [value] for name, value in data.items()}
    hidden = [name for name, values in lists.items() if "password" not in name and _hides(values)]
    if not hidden:
        return data
    data = data.copy()
    for name in hidden:
        values = [seen(value) if isinstance(value, str) else value for value in lists[name]]
        if hasattr(data, "setlist"):
            data.setlist(name, values)
        else:
            data[name] = values[0]
    return data


def _hides(values):
    return any(isinstance(value, str) and (UNSEEN.search(value) or BREAKS.search(value)) for value in values)


class NumberText(forms.TextInput):
    """A number as text: no spinner, no wheel; the keypad comes by inputmode ("numeric" or "decimal")."""

    def __init__(self, inputmode="decimal", attrs=None):
        super().__init__({"inputmode": inputmode, "autocomplete": "off", "spellcheck": "false"} | (attrs or {}))


class DateBoxes(forms.MultiWidget):
    """Month, day and year as three boxes; drawn in the order in which the reader's language says a date."""

    def __init__(self, attrs=None):
        boxes = {"month": forms.TextInput(), "day": NumberText("numeric"), "year": NumberText("numeric")}
        super().__init__(boxes, attrs)

    def decompress(self, value):
        return [value.month, value.day, value.year] if value else [None, None, None]


class DayMonthYearField(forms.MultiValueField):
    """A date typed in three boxes; the month also as a word. Gives a date, or None when all three are left blank."""

    widget = DateBoxes

    def __init__(self, *, require_all_fields=False, **kwargs):
        boxes = [forms.CharField(required=False, max_length=12) for _ in range(3)]
        kwargs.setdefault("error_messages", {"required": _("Type the month, the day and the year")})
        super().__init__(boxes, require_all_fields=require_all_fields, **kwargs)

    def compress(self, values):
        month, day, year = (str(value or "").strip() for value in (*values, "", "", "")[:3])
        if not (month or day or year):
            return None
        self._refuse_blanks({"month": month, "day": day, "year": year})
        return _as_date(_as_month(month), _as_number(day, "day"), _as_year(year))

    @staticmethod
    def _refuse_blanks(parts):
        names = {"month": gettext("the month"), "day": gettext("the day"), "year": gettext("the year")}
        empty = [names[name] for name, value in parts.items() if not value]
        if empty:
            raise ValidationError(gettext("Type %(parts)s too") % {"parts": gettext(" and ").join(empty)})


def _as_month(text):
    start = text[:3].lower()
    if start in MONTH_WORDS:
        return MONTH_WORDS.index(start) + 1
    here = [str(MONTHS[number])[:3].lower() for number in range(1, 13)]
    if start in here:
        return here.index(start) + 1
    month = _as_number(text, "month")
    if not 1 <= month <= 12:
        raise ValidationError(gettext("The month must be 1 to 12. Are the month and the day swapped?"))
    return month


def _as_number(text, name):
    if not text.isdecimal():
        raise ValidationError(NO_NUMBER[name])
    return int(text)


NO_NUMBER = {
    "month": _("The month must be a number, for example 7"),
    "day": _("The day must be a number, for example 7"),
    "year": _("The year must be a number, for example 7"),
}


def _as_year(text):
    year = _as_number(text, "year")
    if year < 1000:
        raise ValidationError(gettext("Type the year with all four figures, for example 1978"))
    return year


def _as_date(month, day, year):
    try:
        return datetime.date(year, month, day)
    except ValueError:
        raise ValidationError(gettext("There is no such day. Check the month and the day")) from None
