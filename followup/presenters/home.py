"""The patient's own page: the one thing to do now, visits, the diary as a curve, papers, the whole record."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.utils.dates import MONTHS_3
from django.utils.translation import gettext, ngettext

from clinic import words
from clinic.charts.days import DayLine, Days
from clinic.documents import released_to
from followup.models import RecordArchive
from followup.presenters.own_visits import own_visits
from followup.queries import home as queries
from followup.queries.own_record import archives_of
from followup.queries.visits import infusion_days

SHOWN_DAYS = 120
SHOWN_VISITS = 3
ROWS = 30


@dataclass
class Home:
    """What the template shows."""

    name: str
    due: list = field(default_factory=list)
    more: list = field(default_factory=list)
    visits: list = field(default_factory=list)
    more_visits: int = 0
    documents: list = field(default_factory=list)
    chart: Days | None = None
    unread: int = 0

    @property
    def first(self):
        """The one thing to do now."""
        return self.due[0] if self.due else None


def home_page(patient, at) -> Home:
    """Everything of the own page. About twenty queries, however much there is."""
    doors = queries.doors_of(patient, at)
    visits = own_visits(patient, at).visits
    return Home(
        patient.short_name,
        [door for door in doors if door.is_due],
        [door for door in doors if not door.is_due],
        visits[:SHOWN_VISITS],
        max(len(visits) - SHOWN_VISITS, 0),
        list(released_to(patient)[:3]),
        diary_chart(patient, at),
        queries.unread_answers(patient),
    )


# ---- the diary
def diary_chart(patient, at) -> Days | None:
    """The last four months of the diary as a curve; None before the second report."""
    today = words.today_in(ZoneInfo(patient.zone_name), at)
    entries = [one for one in queries.diary_of(patient) if (today - one.day).days < SHOWN_DAYS]
    pain = [(one.day, one.pain) for one in entries if one.pain is not None]
    mood = [(one.day, one.mood) for one in entries if one.mood is not None]
    if len(pain) + len(mood) < 2:
        return None
    start = min(one.day for one in entries)
    lines = [DayLine(gettext("Pain"), pain), DayLine(gettext("Mood"), mood)]
    return Days(
        start, today, [line for line in lines if line.reports], gettext("Your diary"), _said(pain, mood),
        [day for day in infusion_days(patient) if day >= start], gettext("Visit"), _months(start, today),
    )  # fmt: skip


def _said(pain, mood) -> str:
    """The picture in a sentence, for those who do not see it."""
    parts = []
    for reports, sentence in (
        (pain, gettext("Pain, 0 to 10: first %(first)s, last %(last)s, from %(low)s to %(high)s.")),
        (mood, gettext("Mood, 0 to 10: first %(first)s, last %(last)s, from %(low)s to %(high)s.")),
    ):
        if reports:
            values = [value for _, value in reports]
            said = {"first": values[0], "last": values[-1], "low": min(values), "high": max(values)}
            parts.append(sentence % said)
    return " ".join(parts)


def _months(start: date, end: date) -> list:
    found, day = [(start, _month(start))], start.replace(day=1)
    while (day := (day + timedelta(days=32)).replace(day=1)) <= end:
        found.append((day, _month(day)))
    return found


def _month(day) -> str:
    return str(MONTHS_3[day.month]).capitalize()


@dataclass(frozen=True)
class DiaryPage:
    """The diary's own page: curve and table."""

    chart: Days | None
    rows: list
    count_words: str


def diary_page(patient, at) -> DiaryPage:
    """Every day with its numbers, the newest first; of each day what was said last counts."""
    rows = list(reversed(queries.diary_of(patient)))
    said = ngettext("%(count)s day written so far", "%(count)s days written so far", len(rows)) % {"count": len(rows)}
    return DiaryPage(diary_chart(patient, at), rows, said)


# ---- the whole record
@dataclass(frozen=True)
class Copy:
    """One copy of the record as the patient sees it."""

    row: RecordArchive
    megabytes: str

    @property
    def is_under_way(self):
        """Is it being made?"""
        return self.row.state in ("asked", "making")


def own_copies(patient) -> list[Copy]:
    """Copies the patient asked for and that are still of use, the newest first."""
    rows = [one for one in archives_of(patient) if one.asked_by_id is None]
    return [Copy(one, megabytes(one.size)) for one in rows if one.state != "emptied"][:3]


def megabytes(size: int) -> str:
    """1.2 MB."""
    return f"{max(size / 1_000_000, 0.1):.1f} MB"
