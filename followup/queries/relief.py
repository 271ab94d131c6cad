"""From diary and sessions to what the rules of relief speak of. A fixed number of queries, whatever a course holds."""

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, cached_property, lru_cache
from operator import attrgetter
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Sum, TextField
from django.db.models.functions import Cast

from clinic.models import Course
from clinic.prepared import Prepared
from followup.models import ClinicCurve, DiaryEntry
from followup.rules import relief
from sessions.models import DoseOrder, InfusionSession, LedgerEntry

MEASURES = ("pain", "mood")
NOT_GIVEN = ("not_started",)


@dataclass(frozen=True)
class Given:
    """One infusion and what was given: mg as posted at stop, mg/kg of the dosing weight, minutes start to stop."""

    session_id: UUID
    number: int
    infusion: relief.Infusion
    mg: Decimal | None
    mg_per_kg: Decimal | None
    weight_kg: Decimal | None
    minutes: int | None


@dataclass(frozen=True)
class Followed:
    """A course followed up in one measure: what was given, blocks, reports, baseline, episodes.

    `daily`: the reports, the latest of each local day alone.
    """

    course: Course
    measure: str
    given: list[Given]
    blocks: list[relief.Infusion]
    reports: list[relief.Report]
    baseline: relief.Baseline
    episodes: list[relief.Episode]
    daily: list[relief.Report]

    def given_in(self, block: relief.Infusion) -> list[Given]:
        """The infusions of one block; usually one."""
        first = bisect_left(self._begins, block.begins)
        return self.given[first : bisect_right(self._begins, block.ended_at)]

    @cached_property
    def _begins(self) -> list[datetime]:
        return [g.infusion.begins for g in self.given]

    def total(self, block: relief.Infusion, field: str):
        """Sum of mg, mg_per_kg or minutes over a block; None when one of its infusions lacks it."""
        values = [getattr(g, field) for g in self.given_in(block)]
        return None if any(value is None for value in values) else sum(values)


def given_in(course: Course) -> list[Given]:
    """Every infusion of a course that was started and has stopped, oldest first. Three queries."""
    mg, weights = dict(_mg_by_session.rows(course=course.pk)), dict(_weights_by_session.rows(course=course.pk))
    return [_given(pk, *row, mg.get(pk), weights.get(pk)) for pk, *row in _infusions.rows(course=course.pk)]


# A course of years holds hundreds of infusions: the questions are put together once, by course and not by their ids.
_infusions = Prepared(
    lambda of: (
        InfusionSession.objects.filter(course=of("course"), started_at__isnull=False, stopped_at__isnull=False)
        .exclude(ending__in=NOT_GIVEN)
        .order_by("started_at")
        .values_list("pk", "number", "started_at", "stopped_at", "site__zone_name")
    )
)
_mg_by_session = Prepared(
    lambda of: (
        LedgerEntry.objects.filter(session__course=of("course"), kind="given")
        .order_by()
        .values_list("session")
        .annotate(mg=Sum("mg"))
    )
)
_weights_by_session = Prepared(
    lambda of: (
        DoseOrder.objects.filter(session__course=of("course"), position=0)
        .order_by("order__ordered_at")
        .values_list("session", "dosing_weight_kg")
    )
)


def _given(pk: UUID, number, started_at, stopped_at, zone_name, mg: Decimal | None, weight: Decimal | None) -> Given:
    day = stopped_at.astimezone(_zone(zone_name)).date()
    per_kg = (mg / weight).quantize(Decimal("0.01"), ROUND_HALF_UP) if mg is not None and weight else None
    return Given(
        session_id=pk,
        number=number,
        infusion=relief.Infusion(str(number), day, stopped_at, started_at, str(pk)),
        mg=mg,
        mg_per_kg=per_kg,
        weight_kg=weight,
        minutes=round((stopped_at - started_at).total_seconds() / 60),
    )


def reports_of(entries: Iterable[DiaryEntry], measure: str) -> list[relief.Report]:
    """Diary entries as burden reports of one measure; a blank is left out, never read as zero.

    A report filled in later about an earlier day stands at the end of that day, not at the moment of typing.
    """
    burden, value_of = BURDEN[measure], attrgetter(measure)
    return [
        relief.Report(_observed(entry), entry.day, burden[value], entry.relief_gone)
        for entry in entries
        if (value := value_of(entry)) is not None
    ]


# A long course has thousands of reports of eleven values: each is made a number once.
BURDEN = {
    "pain": [Decimal(value) for value in range(11)],
    "mood": [relief.low_mood(Decimal(value)) for value in range(11)],
}


def _observed(entry: DiaryEntry) -> datetime:
    if _is_of_its_day(entry.recorded_at, entry.day, entry.zone_name):
        return entry.recorded_at
    return datetime(entry.day.year, entry.day.month, entry.day.day, 20, tzinfo=_zone(entry.zone_name))


def _is_of_its_day(at: datetime, day: date, zone_name: str) -> bool:
    """Whether this moment is on that day there."""
    at = at.astimezone(UTC)
    ahead = _ahead(zone_name, at.date())
    there = at.astimezone(_zone(zone_name)) if ahead is None else at + ahead
    return there.date() == day


@lru_cache(maxsize=50_000)
def _ahead(zone_name: str, day: date) -> timedelta | None:
    """How far clocks there are ahead of UTC on this day of UTC; None where they change on it.

    A long course has thousands of reports, and one person after another reports on the same days.
    """
    begins = datetime(day.year, day.month, day.day, tzinfo=UTC)
    offsets = {moment.astimezone(_zone(zone_name)).utcoffset() for moment in (begins, begins + timedelta(days=1))}
    return offsets.pop() if len(offsets) == 1 else None


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def entries_of(course: Course) -> list[DiaryEntry]:
    """All diary entries of a course in order. One query."""
    return list(DiaryEntry.objects.filter(course=course).order_by("day", "recorded_at"))


class Told(NamedTuple):
    """What one diary entry says, without the row around it; a long course has thousands. `effects` is JSON."""

    day: date
    zone_name: str
    recorded_at: datetime
    is_late: bool
    pain: int | None
    mood: int | None
    sleep: int | None
    function: int | None
    relief_gone: bool
    medicines_as_usual: bool | None
    effects: str
    call_me: bool
    asks_next: bool
    self_harm: bool | None
    words: str

    @property
    def side_effects(self) -> list[str]:
        """Codes of the side effects that were ticked."""
        return [] if self.effects == "[]" else json.loads(self.effects)


def told_of(course: Course) -> list[Told]:
    """The same as `entries_of`, in a fraction of its time. One query."""
    return [*map(Told._make, _told.rows(course=course.pk))]


def _told_in(of):
    """The effects as text, read when they are asked for: nearly all of thousands are empty."""
    rows = DiaryEntry.objects.filter(course=of("course")).order_by("day", "recorded_at")
    effects = Cast("side_effects", TextField())
    return rows.values_list(*(effects if name == "effects" else name for name in Told._fields))


_told = Prepared(_told_in)


def follow(course: Course, measure: str = "pain", *, given=None, entries=None) -> Followed:
    """Everything of one course in one measure. At most four queries; none when both parts are handed in."""
    given = given_in(course) if given is None else given
    reports = reports_of(entries_of(course) if entries is None else entries, measure)
    infusions = [g.infusion for g in given]
    blocks = relief.join_consecutive(infusions) if course.protocol_version.consecutive_days else infusions
    packet = course.packet_pain_average if measure == "pain" else None
    base = relief.baseline(reports, blocks[0] if blocks else None, packet)
    daily = relief.one_a_day(reports)
    episodes = relief.episodes(blocks, reports, base, daily)
    return Followed(course, measure, given, blocks, reports, base, episodes, daily)


def asked_days(entries: Iterable[DiaryEntry], blocks: list[relief.Infusion]) -> dict[str, int]:
    """Block key -> days from it until the next infusion or a call was first asked for, before the next block."""
    said = sorted((e.recorded_at, e.day) for e in entries if e.call_me or e.asks_next)
    found: dict[str, int] = {}
    for block, following in relief.with_next(blocks):
        end = following.begins if following else None
        days = [day for at, day in said if at > block.ended_at and (end is None or at < end)]
        if days:
            found[block.key] = max((min(days) - block.day).days, 0)
    return found


def main_measure(course: Course) -> str:
    """What the course is judged by: low mood where the protocol is for mood, pain elsewhere."""
    return "mood" if course.protocol_version.protocol.purpose == "mood" else "pain"


def curve_of(course: Course, measure: str, percent: int = 30) -> ClinicCurve | None:
    """The clinic's curve of similar courses (condition and purpose of the protocol), if there is one yet."""
    purpose = course.protocol_version.protocol.purpose
    return _curve(percent).first(measure=measure, reason=course.reason, purpose=purpose)


@cache
def _curve(percent: int) -> Prepared:
    def build(of):
        named = {"measure": of.text("measure"), "reason": of.text("reason"), "purpose": of.text("purpose")}
        return ClinicCurve.objects.filter(**named, percent=percent, split="all", value="").order_by("pk")[:1]

    return Prepared(build)


def local_today(course: Course, at: datetime) -> date:
    """Today where the course's site is."""
    return at.astimezone(course.site.zone).date()
