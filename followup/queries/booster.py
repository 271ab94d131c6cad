"""The facts a booster proposal rests on, read across all floors."""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal

from clinic.models import Alert, Appointment, Course
from clinic.models.appointments import OCCUPIES
from clinic.prepared import Prepared
from followup.models import BoosterRequest, DiaryEntry, WindowBackTest
from followup.queries.relief import Followed, curve_of, entries_of, follow, given_in, local_today, main_measure
from followup.rules.booster import Facts, Note, Prior, Record, Spacing
from followup.rules.diary import SERIOUS_EFFECTS
from followup.rules.forecast import Similar
from followup.rules.relief import with_next
from followup.rules.safety_notes import misuse, safety_notes
from followup.rules.window import bin_of
from intake.models import Finding
from sessions.models import CheckAnswer, Entry, InfusionSession
from sessions.queries.safety import Standing, standing_of

FUNCTION_GAIN = Decimal(2)
FUNCTION_MIN_REPORTS = 3
FUNCTION_WINDOW_DAYS = 14


def facts_of(
    course: Course, at: datetime, *, followed: Followed | None = None, entries=None, standing: Standing | None = None
) -> Facts:
    """Everything `rules.booster.propose` asks for, as of `at`. `standing`: long-term safety, if it is read already."""
    entries = entries_of(course) if entries is None else entries
    followed = followed or follow(course, main_measure(course), given=given_in(course), entries=entries)
    today = local_today(course, at)
    version = course.protocol_version
    asked = asked_by_day(course, entries)
    standing = standing or standing_of(course.patient, at)
    return Facts(
        today=today,
        episodes=followed.episodes,
        reports=followed.reports,
        spacing=Spacing(
            version.booster_min_days, course.planned_number, version.response_check_after, version.yearly_ceiling
        ),
        prior=_prior(course, followed.measure),
        doses=[_as_float(followed.total(block, "mg")) for block in followed.blocks],
        done=len(followed.given),
        in_last_year=_in_last_year(course, at),
        function_gained=function_gained(entries, followed, today),
        asked_on=_asked_on(asked, followed),
        asked_days=_asked_days(asked, followed),
        flags=[*_bladder(course, entries, followed), *misuse(standing, _elsewhere(followed))],
        against=[*_alarms(followed), *_findings(course), *safety_notes(standing, version.yearly_ceiling)],
        record=_record(course, followed),
    )


def _as_float(mg: Decimal | None) -> float | None:
    return None if mg is None else float(mg)


def _prior(course: Course, measure: str) -> Prior | None:
    curve = curve_of(course, measure)
    if curve is None or curve.median is None or curve.first_quarter is None:
        return None
    late = curve.third_quarter if curve.third_quarter is not None else curve.median * 2 - curve.first_quarter
    fitted = Similar(*curve.similar) if curve.similar else None
    return Prior(curve.median, curve.first_quarter, late, curve.patients, fitted)


def _record(course: Course, followed: Followed) -> Record | None:
    """How windows on as many own intervals went at this clinic."""
    own = sum(e.spans[30].is_complete for e in followed.episodes)
    purpose = course.protocol_version.protocol.purpose
    kept = _back_test.first(purpose=purpose, own=bin_of(own))
    return Record(kept.tried, kept.met, kept.patients) if kept else None


def _in_last_year(course: Course, at: datetime) -> int:
    """Infusions of this patient, in any course, started in the last 365 days."""
    since = at - timedelta(days=365)
    return len(_started_since.rows(patient=course.patient_id, since=since))


def function_gained(entries: list[DiaryEntry], followed: Followed, today: date) -> bool | None:
    """Whether function (0-10) rose by 2 points or more against before the first infusion; None: too few reports.

    Compares the mean of the reports before it with that of the last 14 days. Source: clinic default (unverified).
    """
    if not followed.given:
        return None
    first = followed.given[0].infusion.begins
    before = [e.function for e in entries if e.function is not None and e.recorded_at < first]
    recent = [
        e.function
        for e in entries
        if e.function is not None and e.recorded_at > first and (today - e.day).days < FUNCTION_WINDOW_DAYS
    ]
    if min(len(before), len(recent)) < FUNCTION_MIN_REPORTS:
        return None
    return Decimal(sum(recent)) / len(recent) - Decimal(sum(before)) / len(before) >= FUNCTION_GAIN


def asked_by_day(course: Course, entries: Iterable[DiaryEntry]) -> list[date]:
    """The days on which the patient asked for the next infusion, or for a call after one; sorted, each once.

    From the diary (asks for the next visit, or to be called) and from what staff heard.
    """
    heard = _heard.rows(course=course.pk)
    return sorted({*(day for (day,) in heard), *(entry.day for entry in entries if entry.asks_next or entry.call_me)})


def _asked_on(asked: list[date], followed: Followed) -> date | None:
    """The last day since the last infusion on which the patient asked."""
    if not followed.blocks:
        return None
    return max((day for day in asked if day > followed.blocks[-1].day), default=None)


def _asked_days(asked: list[date], followed: Followed) -> list[int]:
    """Days after each infusion until the patient first asked; infusions without a request are left out."""
    found = []
    for episode, following in with_next(followed.blocks):
        place = bisect_right(asked, episode.day)
        first = asked[place] if place < len(asked) else None
        if first is not None and (following is None or first <= following.day):
            found.append((first - episode.day).days)
    return found


def _bladder(course: Course, entries: list[DiaryEntry], followed: Followed) -> list[Note]:
    """Bladder symptoms: from open alerts and from what the diary said since the last infusion."""
    found = []
    since = followed.blocks[-1].ended_at if followed.blocks else None
    said = [e.day for e in entries if "bladder" in e.side_effects and since and e.recorded_at > since]
    if said or _bladder_alerts.rows(patient=course.patient_id):
        day = f"{max(said):%d-%b}" if said else "open alert"
        found.append(Note("bladder", f"Reports {SERIOUS_EFFECTS['bladder']}.", day))
    return found


def _elsewhere(followed: Followed) -> str | None:
    """What was told at the last check-in of ketamine from elsewhere; None when nothing was. One query."""
    if not followed.given:
        return None
    last = _told_elsewhere.first(session=followed.given[-1].session_id)
    return (last.detail or "no more is known") if last and last.answer == "yes" else None


def _alarms(followed: Followed) -> list[Note]:
    """The alarms of the last infusion that nobody corrected away."""
    if not followed.given:
        return []
    worst = {}
    for entry in _alarms_of.rows(session=followed.given[-1].session_id):
        alarm = entry.alarmraised
        kept = worst.get(alarm.measure)
        if kept is None or abs(alarm.value - alarm.limit_value) > abs(kept.value - kept.limit_value):
            worst[alarm.measure] = alarm
    return [_alarm_note(alarm) for alarm in worst.values()]


def _alarm_note(alarm) -> Note:
    reached = f"{alarm.measure.replace('_', ' ').capitalize()} reached {alarm.value:g} in the last infusion"
    base = f", baseline {alarm.baseline:g}" if alarm.baseline is not None else ""
    return Note(f"alarm_{alarm.measure}", f"{reached}{base}.", alarm.limit_text)


def _findings(course: Course) -> list[Note]:
    open_ones = _open_findings.rows(patient=course.patient_id)
    return [Note(f"finding_{f.rule}", f.reason, f.source) for f in open_ones]


def next_infusion(course: Course, at: datetime) -> Appointment | None:
    """The next infusion or booster already booked on this course."""
    return _booked_next.first(course=course.pk, at=at)


# The facts of a proposal are asked of each course in turn and on its page: put together once.
_back_test = Prepared(lambda of: WindowBackTest.objects.filter(purpose=of.text("purpose"), own=of.text("own")))
_started_since = Prepared(
    lambda of: InfusionSession.objects.filter(
        patient__person__records=of("patient"), started_at__gte=of.moment("since")
    ).values_list("pk")
)
_heard = Prepared(
    lambda of: (
        BoosterRequest.objects.filter(course=of("course")).order_by("asked_on", "recorded_at").values_list("asked_on")
    )
)
_bladder_alerts = Prepared(
    lambda of: (
        Alert.objects.filter(patient__person__records=of("patient"), kind="bladder")
        .exclude(state="closed")
        .order_by()
        .values_list("pk")[:1]
    )
)
_told_elsewhere = Prepared(
    lambda of: CheckAnswer.objects.filter(session=of("session"), code="ketamine_elsewhere").order_by(
        "-answered_at", "-xact"
    )[:1]
)
_alarms_of = Prepared(
    lambda of: Entry.objects.filter(
        session=of("session"), kind="alarm", role="observation", superseded_by__isnull=True, alarmraised__level="alarm"
    ).select_related("alarmraised")
)
_open_findings = Prepared(
    lambda of: Finding.objects.filter(patient__person__records=of("patient")).unsettled_gates().order_by("position")[:5]
)
_booked_next = Prepared(
    lambda of: Appointment.objects.filter(
        course=of("course"), kind__in=("infusion", "booster"), state__in=OCCUPIES, starts_at__gt=of.moment("at")
    ).order_by("starts_at")[:1]
)
