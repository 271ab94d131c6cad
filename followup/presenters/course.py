"""The course page: one sentence, the curve, how long relief lasted, similar courses, the proposal."""

from dataclasses import dataclass, field
from datetime import date, datetime

from clinic import words
from clinic.charts import data as charts
from clinic.models import Course
from followup.presenters import relief as parts
from followup.presenters.beside import Headline, beside_of
from followup.presenters.proposal import Panel, panel_of
from followup.presenters.relief import SHOWN_DAYS, TITLES, Expected, Row, Similar
from followup.queries import adjuncts, courses
from followup.queries.booster import facts_of, next_infusion
from followup.queries.relief import Followed, Told, follow, given_in, local_today, main_measure, told_of
from followup.rules import sentences
from followup.rules.booster import expected_days
from followup.rules.diary import SERIOUS_EFFECTS, USUAL_EFFECTS
from sessions.queries.safety import standing_of

EFFECTS = SERIOUS_EFFECTS | USUAL_EFFECTS


@dataclass(frozen=True)
class CoursePage:
    """Everything the page shows."""

    course: Course
    sentence: str
    facts_line: str
    measure: str
    title: str
    subtitle: str
    chart: charts.Relief
    rows: list[Row]
    hidden_rows: int
    entries: list[tuple[Told, list[str]]]
    expected: Expected | None
    similar: Similar
    panel: Panel
    beside: list[Headline]
    today: date
    notes: list[str] = field(default_factory=list)


def course_page(
    course: Course, at: datetime, *, may_decide: bool, measure: str = "", all_rows: bool = False
) -> CoursePage:
    """Read once, work out everything from it. `measure`: the one to look at; the course is judged by its main one."""
    given, entries = given_in(course), told_of(course)
    followed = follow(course, main_measure(course), given=given, entries=entries)
    standing = standing_of(course.patient, at)
    facts = facts_of(course, at, followed=followed, entries=entries, standing=standing)
    panel = panel_of(facts, followed, courses.last_proposal(course), next_infusion(course, at), may_decide=may_decide)
    shown = (
        followed
        if measure not in TITLES or measure == followed.measure
        else (follow(course, measure, given=given, entries=entries))
    )
    kept = adjuncts.beside(course, facts.today)
    is_main = shown is followed
    rows = parts.rows_of(shown, expected_days(facts) if is_main and facts.episodes else None, all_rows=all_rows)
    return CoursePage(
        course=course,
        sentence=sentences.headline(followed.episodes, followed.daily, facts.today),
        facts_line=_facts_line(followed, entries, facts.today),
        measure=shown.measure,
        title=TITLES[shown.measure][0],
        subtitle=TITLES[shown.measure][1],
        chart=parts.chart_of(shown, facts.today, panel.window, kept.days),
        rows=rows,
        hidden_rows=len(shown.episodes) - len(rows),
        entries=[(e, _said(e)) for e in reversed(entries) if (facts.today - e.day).days < SHOWN_DAYS],
        expected=parts.expected_of(facts) if is_main else None,
        similar=parts.similar_of(shown),
        panel=panel,
        beside=beside_of(course, entries, facts, standing, kept),
        today=facts.today,
        notes=parts.notes_of(shown),
    )


def _said(entry: Told) -> list[str]:
    """What was said besides the numbers, in words."""
    said = [EFFECTS.get(code, code).lower() for code in entry.side_effects]
    said += ["the effect is gone"] if entry.relief_gone else []
    said += ["asks to be called"] if entry.call_me else []
    said += ["thoughts of self-harm"] if entry.self_harm else []
    return said + ([f"\u201c{entry.words}\u201d"] if entry.words else [])


def _facts_line(followed: Followed, entries: list[Told], today: date) -> str:
    course = followed.course
    version = course.protocol_version
    parts = [course.reason_words or course.reason, f"{version.protocol.name}, version {version.number}"]
    if followed.given:
        since = _day(followed.given[0].infusion.day)
        parts.append(f"{sentences.count(len(followed.given), 'infusion')} since {since}")
    if entries:
        days = (today - entries[0].day).days + 1
        parts.append(f"{sentences.count(len(entries), 'diary report')} in {sentences.count(days, 'day')}")
    parts.append(f"today {today:%a} {words.clinic_date(today)}")
    return " \u00b7 ".join(parts)


def _day(day: date) -> str:
    return f"{day.day:02d}-{words.MONTHS[day.month - 1]}"


def local_day(course: Course, at: datetime) -> date:
    """Today at the course's site, for the name of a file."""
    return local_today(course, at)
