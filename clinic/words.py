"""How times, dates, doses and names are written: pure functions, the zone and the moment passed in."""

from datetime import UTC, date, datetime
from decimal import Decimal

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
    """Thursday 14 May, with the year only when it is not near: the caller adds it where needed."""
    return f"{day:%A} {day.day} {day:%B}"


def patient_time(at):
    """2:05 pm; 12 noon and midnight in words."""
    if (at.hour, at.minute) in ((0, 0), (12, 0)):
        return "12 noon" if at.hour else "midnight"
    return f"{at.hour % 12 or 12}:{at.minute:02d} {'pm' if at.hour >= 12 else 'am'}"


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


def as_moment(value):
    """A date becomes its midnight in UTC, a datetime stays: for sorting and ages."""
    return value if isinstance(value, datetime) else datetime(value.year, value.month, value.day, tzinfo=UTC)


def is_day(value):
    """A plain date, not a moment."""
    return isinstance(value, date) and not isinstance(value, datetime)
