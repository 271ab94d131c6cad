"""From diary and sessions to what the rules of relief speak of. A fixed number of queries, whatever a course holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from django.db.models import Sum

from clinic.models import Course
from followup.models import ClinicCurve, DiaryEntry
from followup.rules import relief
from sessions.models import DoseOrder, InfusionSession, LedgerEntry

MEASURES = ("pain", "mood")
NOT_GIVEN = ("not_started",)


@dataclass(frozen=True)
class Given:
    """One infusion and what was given: mg as posted at stop, mg/kg of the dosing weight, minutes start to stop."""

    session: InfusionSession
    infusion: relief.Infusion
    mg: Decimal | None
    mg_per_kg: Decimal | None
    weight_kg: Decimal | None
    minutes: int | None


@dataclass(frozen=True)
class Followed:
    """A course followed up in one measure: what was given, blocks, reports, baseline, episodes."""

    course: Course
    measure: str
    given: list[Given]
    blocks: list[relief.Infusion]
    reports: list[relief.Report]
    baseline: relief.Baseline
    episodes: list[relief.Episode]

    def given_in(self, block: relief.Infusion) -> list[Given]:
        """The infusions of one block; usually one."""
        return [g for g in self.given if block.begins <= g.infusion.begins <= block.ended_at]

    def total(self, block: relief.Infusion, field: str):
        """Sum of mg, mg_per_kg or minutes over a block; None when one of its infusions lacks it."""
        values = [getattr(g, field) for g in self.given_in(block)]
        return None if any(value is None for value in values) else sum(values)


def given_in(course: Course) -> list[Given]:
    """Every infusion of a course that was started and has stopped, oldest first. Three queries."""
    sessions = list(
        InfusionSession.objects.filter(course=course, started_at__isnull=False, stopped_at__isnull=False)
        .exclude(ending__in=NOT_GIVEN)
        .select_related("site")
        .order_by("started_at")
    )
    mg = _mg_by_session(sessions)
    weights = _weights_by_session(sessions)
    return [_given(s, mg.get(s.pk), weights.get(s.pk)) for s in sessions]


def _mg_by_session(sessions: Iterable[InfusionSession]) -> dict:
    posted = LedgerEntry.objects.filter(session__in=sessions, kind="given").order_by()
    return dict(posted.values_list("session").annotate(mg=Sum("mg")).values_list("session", "mg"))


def _weights_by_session(sessions: Iterable[InfusionSession]) -> dict:
    orders = DoseOrder.objects.filter(session__in=sessions, position=0).order_by("order__ordered_at")
    return dict(orders.values_list("session", "dosing_weight_kg"))


def _given(session: InfusionSession, mg: Decimal | None, weight: Decimal | None) -> Given:
    day = session.stopped_at.astimezone(session.site.zone).date()
    per_kg = (mg / weight).quantize(Decimal("0.01"), ROUND_HALF_UP) if mg is not None and weight else None
    return Given(
        session=session,
        infusion=relief.Infusion(str(session.number), day, session.stopped_at, session.started_at, str(session.pk)),
        mg=mg,
        mg_per_kg=per_kg,
        weight_kg=weight,
        minutes=round((session.stopped_at - session.started_at).total_seconds() / 60),
    )


def reports_of(entries: Iterable[DiaryEntry], measure: str) -> list[relief.Report]:
    """Diary entries as burden reports of one measure; a blank is left out, never read as zero.

    A report filled in later about an earlier day stands at the end of that day, not at the moment of typing.
    """
    found = []
    for entry in entries:
        value = getattr(entry, measure)
        if value is not None:
            burden = Decimal(value) if measure == "pain" else relief.low_mood(Decimal(value))
            found.append(relief.Report(_observed(entry), entry.day, burden, entry.relief_gone))
    return found


def _observed(entry: DiaryEntry) -> datetime:
    zone = ZoneInfo(entry.zone_name)
    if entry.recorded_at.astimezone(zone).date() == entry.day:
        return entry.recorded_at
    return datetime(entry.day.year, entry.day.month, entry.day.day, 20, tzinfo=zone)


def entries_of(course: Course) -> list[DiaryEntry]:
    """All diary entries of a course in order. One query."""
    return list(DiaryEntry.objects.filter(course=course).order_by("day", "recorded_at"))


def follow(course: Course, measure: str = "pain", *, given=None, entries=None) -> Followed:
    """Everything of one course in one measure. At most four queries; none when both parts are handed in."""
    given = given_in(course) if given is None else given
    reports = reports_of(entries_of(course) if entries is None else entries, measure)
    infusions = [g.infusion for g in given]
    blocks = relief.join_consecutive(infusions) if course.protocol_version.consecutive_days else infusions
    packet = course.packet_pain_average if measure == "pain" else None
    base = relief.baseline(reports, blocks[0] if blocks else None, packet)
    return Followed(course, measure, given, blocks, reports, base, relief.episodes(blocks, reports, base))


def main_measure(course: Course) -> str:
    """What the course is judged by: low mood where the protocol is for mood, pain elsewhere."""
    return "mood" if course.protocol_version.protocol.purpose == "mood" else "pain"


def curve_of(course: Course, measure: str, percent: int = 30) -> ClinicCurve | None:
    """The clinic's curve of similar courses (condition and purpose of the protocol), if there is one yet."""
    return ClinicCurve.objects.filter(
        measure=measure, percent=percent, reason=course.reason, purpose=course.protocol_version.protocol.purpose
    ).first()


def local_today(course: Course, at: datetime) -> date:
    """Today where the course's site is."""
    return at.astimezone(course.site.zone).date()
