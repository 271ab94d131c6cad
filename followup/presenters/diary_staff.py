"""A course's diary day by day, for staff: what was asked, answered, late and missed."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from clinic.models import Course
from clinic.words import local
from followup.models import DiaryEntry, DiaryPlan
from followup.presenters.diary import answers_of
from followup.queries.diary import asked_days, plan_of
from followup.queries.relief import entries_of, given_in

SHOWN_DAYS = 120
SCALES = {"Pain, 0-10", "Mood, 0 worst to 10 best", "Sleep, 0 worst to 10 best", "Function, 0 nothing to 10 all"}


@dataclass(frozen=True)
class Day:
    """One local day of the patient: what was asked and what came."""

    day: date
    state: str
    entry: DiaryEntry | None = None
    earlier: int = 0
    infusion: str = ""
    said: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class DiaryPage:
    """The page: a sentence, the plan, the days with the newest first."""

    course: Course
    sentence: str
    plan: DiaryPlan | None
    days: list[Day]


def diary_page(course: Course, at: datetime) -> DiaryPage:
    """Read once: entries, days asked, infusions, plan."""
    zone = ZoneInfo(course.patient.zone_name)
    today = local(at, zone).date()
    since = today - timedelta(days=SHOWN_DAYS)
    entries = _by_day(e for e in entries_of(course) if e.day > since)
    asked = {day for day in asked_days(course) if since < day <= today}
    given = {g.infusion.day: g.infusion.label for g in given_in(course)}
    known = asked | set(entries) | {day for day in given if day > since}
    days = [_day(day, today, day in asked, entries.get(day, []), given.get(day, "")) for day in sorted(known)]
    past = asked - {today}
    late = sum(d.entry is not None and d.entry.is_late for d in days)
    sentence = _sentence(len(past), sum(day in entries for day in past), late) if past else _counted(len(entries))
    return DiaryPage(course, sentence, plan_of(course), days[::-1])


def _by_day(entries) -> dict[date, list[DiaryEntry]]:
    found: dict[date, list[DiaryEntry]] = {}
    for entry in entries:
        found.setdefault(entry.day, []).append(entry)
    return found


def _day(day: date, today: date, was_asked: bool, entries: list[DiaryEntry], infusion: str) -> Day:
    if not entries:
        state = "asked today" if was_asked and day == today else "missed" if was_asked else "not asked"
        return Day(day, state, infusion=infusion)
    last = entries[-1]
    said = [f"{name}: {value}" for name, value, _ in answers_of(last) if name not in SCALES]
    state = "told to staff" if last.source == "staff" else "late" if last.is_late else "answered"
    return Day(day, state, last, len(entries) - 1, infusion, said)


def _counted(reports: int) -> str:
    return f"{reports} diary {'report' if reports == 1 else 'reports'}" if reports else "No diary was asked for yet"


def _sentence(asked: int, answered: int, late: int) -> str:
    missed = asked - answered
    parts = [f"{answered} of {asked} diaries answered"]
    parts += [f"{missed} missed"] if missed else []
    parts += [f"{late} late"] if late else []
    return ", ".join(parts)
