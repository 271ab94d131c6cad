"""Side effects of the infusions of a period: those charted at the chair and those told from home."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta

from followup.models import DiaryEntry
from followup.queries.reports.scope import Scope
from sessions.models import Entry, InfusionSession

AT_HOME = timedelta(hours=72)  # after the infusion ended
RANKS = {"mild": 1, "moderate": 2, "severe": 3}


@dataclass
class Infused:
    """One infusion that began: whose, which protocol and number, its effects by term with the worst grade."""

    pk: object
    person: object
    protocol: str
    number: int
    ended_at: object
    course: object
    effects: dict[str, str] = field(default_factory=dict)
    serious: bool = False
    told: bool = False
    at_home: set[str] = field(default_factory=set)

    def has(self, *grades: str) -> bool:
        """Was there an effect of one of these grades? Without grades: any."""
        return any(not grades or grade in grades for grade in self.effects.values())


def infusions_in(scope: Scope) -> list[Infused]:
    """The infusions begun in the period, with their effects. Three queries."""
    rows = InfusionSession.objects.filter(site=scope.site, started_at__gte=scope.begin, started_at__lt=scope.end)
    fields = ("pk", "patient__person", "protocol_version__protocol__name", "number", "ended_at", "course")
    found = {row[0]: Infused(*row) for row in rows.order_by("started_at").values_list(*fields)}
    _at_the_chair(found)
    _at_home(found)
    return list(found.values())


def _at_the_chair(found: dict) -> None:
    """What counts is the last of each chain of corrections; what was struck out is gone."""
    rows = Entry.objects.filter(session__in=list(found), kind="side_effect", superseded_by__isnull=True)
    rows = rows.exclude(role="strike").values_list(
        "session", "sideeffect__term", "sideeffect__severity", "sideeffect__serious"
    )
    for session, term, grade, serious in rows:
        one = found[session]
        term = term.strip().lower()
        one.effects[term] = max(one.effects.get(term, grade), grade, key=RANKS.get)
        one.serious = one.serious or serious


def _at_home(found: dict) -> None:
    """Diary reports within 72 hours after the end, each counted to the infusion before it."""
    by_course = defaultdict(list)
    for one in found.values():
        if one.ended_at is not None:
            by_course[one.course].append(one)
    if not by_course:
        return
    ends = [one.ended_at for ones in by_course.values() for one in ones]
    rows = DiaryEntry.objects.filter(course__in=list(by_course), recorded_at__gt=min(ends))
    rows = rows.filter(recorded_at__lte=max(ends) + AT_HOME)
    for course, at, effects in rows.values_list("course", "recorded_at", "side_effects"):
        before = [one for one in by_course[course] if one.ended_at < at <= one.ended_at + AT_HOME]
        if before:
            latest = max(before, key=lambda one: one.ended_at)
            latest.told = True
            latest.at_home |= set(effects)
