"""How times, dates, doses and names are written: pure functions, the zone and the moment passed in.

What patients read is in the language in force; what staff read is always the same.
"""

from datetime import datetime
from decimal import Decimal

from django.utils.dates import MONTHS as MONTH_NAMES
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext, pgettext

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
NBSP = "\u00a0"


def local(at, zone):
    """An aware datetime on the clock of `zone`; a plain date stays a date."""
    return at.astimezone(zone) if isinstance(at, datetime) else at


def clinic_date(day):
    """14-May-2026."""
    return f"{day.day:02d}-{MONTHS[day.month - 1]}-{day.year}"


def clinic_time(at, zone):
    """14:05 on the clock of `zone`."""
    return f"{local(at, zone):%H:%M}"


def patient_date(day):
    """Thursday 14 May, jueves 14 de mayo; the year only when it is not near: the caller adds it where needed."""
    parts = {"weekday": WEEKDAYS[day.weekday()], "day": day.day, "month": MONTH_NAMES[day.month]}
    return pgettext("a date", "%(weekday)s %(day)s %(month)s") % parts


def full_date(day):
    """14 May 2026, 14 de mayo de 2026: where a date years ago may stand."""
    parts = {"day": day.day, "month": MONTH_NAMES[day.month], "year": day.year}
    return pgettext("a date with its year", "%(day)s %(month)s %(year)s") % parts


def patient_time(at):
    """2:05 pm, 2:05 p. m.; 12 noon and midnight in words."""
    if (at.hour, at.minute) in ((0, 0), (12, 0)):
        return gettext("12 noon") if at.hour else gettext("midnight")
    clock = f"{at.hour % 12 or 12}:{at.minute:02d}"
    return (gettext("%(clock)s pm") if at.hour >= 12 else gettext("%(clock)s am")) % {"clock": clock}


def patient_moment(at):
    """Thursday 14 May at 2:05 pm; martes 5 de mayo, 8:00 a. m."""
    parts = {"date": patient_date(at), "time": patient_time(at)}
    return pgettext("a date and a time", "%(date)s at %(time)s") % parts


def date_order():
    """In which order the parts of a date are asked for: as an American says it, or day first."""
    return pgettext("order of the boxes of a date", "month day year").split()


def figure(value):
    """A number without dangling zeros and with a leading one: 72, 0.5, 1.25. None is an empty string; zero is "0"."""
    if value is None or value == "":
        return ""
    number = Decimal(str(value))
    written = format(number, "f")
    return written.rstrip("0").rstrip(".") if "." in written else written


def dose(value, unit):
    """A figure with its unit, kept on one line: "72 mg", "0.5 mg/kg". None is an empty string."""
    written = figure(value)
    return f"{written}{NBSP}{unit}" if written else ""


def age_words(at, now):
    """How old something is: "just now", "4 min ago", "3 h ago", "2 days ago"; "in 5 min" when it lies ahead."""
    minutes = int(abs((now - at).total_seconds()) // 60)
    if minutes < 1:
        return "just now"
    if minutes < 60:
        words = f"{minutes} min"
    elif minutes < 24 * 60:
        words = f"{minutes // 60} h"
    else:
        days = minutes // (24 * 60)
        words = f"{days} day{'s' if days > 1 else ''}"
    return f"in {words}" if at > now else f"{words} ago"


def years_old(born, today):
    """Whole years at `today`."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def today_in(zone, now):
    """The local day at `now` (aware)."""
    return now.astimezone(zone).date()
