"""The facts a booster proposal rests on, read across all floors."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from clinic.models import Alert, Appointment, Course
from clinic.models.appointments import OCCUPIES
from followup.models import DiaryEntry
from followup.queries.relief import Followed, curve_of, entries_of, follow, given_in, local_today, main_measure
from followup.rules.booster import Facts, Note, Prior, Spacing
from followup.rules.diary import SERIOUS_EFFECTS
from followup.rules.relief import with_next
from intake.models import Finding
from sessions.models import Entry, InfusionSession

FUNCTION_GAIN = Decimal(2)
FUNCTION_MIN_REPORTS = 3
FUNCTION_WINDOW_DAYS = 14


def facts_of(course: Course, at: datetime, *, followed: Followed | None = None, entries=None) -> Facts:
    """Everything `rules.booster.propose` asks for, as of `at`."""
    entries = entries_of(course) if entries is None else entries
    followed = followed or follow(course, main_measure(course), given=given_in(course), entries=entries)
    today = local_today(course, at)
    version = course.protocol_version
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
        asked_on=_asked_on(entries, followed),
        asked_days=_asked_days(entries, followed),
        flags=_flags(course, entries, followed),
        against=[*_alarms(followed), *_findings(course)],
    )


def _as_float(mg: Decimal | None) -> float | None:
    return None if mg is None else float(mg)


def _prior(course: Course, measure: str) -> Prior | None:
    curve = curve_of(course, measure)
    if curve is None or curve.median is None or curve.first_quarter is None:
        return None
    late = curve.third_quarter if curve.third_quarter is not None else curve.median * 2 - curve.first_quarter
    return Prior(curve.median, curve.first_quarter, late, curve.patients)


def _in_last_year(course: Course, at: datetime) -> int:
    """Infusions of this patient, in any course, started in the last 365 days."""
    since = at - timedelta(days=365)
    return InfusionSession.objects.filter(patient=course.patient_id, started_at__gte=since).count()


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


def _asked_on(entries: list[DiaryEntry], followed: Followed) -> date | None:
    """The last day since the last infusion on which the patient asked to be called."""
    if not followed.blocks:
        return None
    days = [e.day for e in entries if e.call_me and e.recorded_at > followed.blocks[-1].ended_at]
    return max(days, default=None)


def _asked_days(entries: list[DiaryEntry], followed: Followed) -> list[int]:
    """Days after each infusion until the patient first asked; infusions without a request are left out."""
    found = []
    for episode, following in with_next(followed.blocks):
        end = following.begins if following else None
        asked = [
            e.day
            for e in entries
            if e.call_me and e.recorded_at > episode.ended_at and (end is None or e.recorded_at < end)
        ]
        if asked:
            found.append((min(asked) - episode.day).days)
    return found


def _flags(course: Course, entries: list[DiaryEntry], followed: Followed) -> list[Note]:
    """Bladder and misuse: from open alerts and from what the diary said since the last infusion."""
    found = []
    open_alerts = Alert.objects.filter(patient=course.patient_id, kind="bladder").exclude(state="closed")
    since = followed.blocks[-1].ended_at if followed.blocks else None
    said = [e.day for e in entries if "bladder" in e.side_effects and since and e.recorded_at > since]
    if said or open_alerts.exists():
        day = f"{max(said):%d-%b}" if said else "open alert"
        found.append(Note("bladder", f"Reports {SERIOUS_EFFECTS['bladder']}.", day))
    return found


def _alarms(followed: Followed) -> list[Note]:
    """The alarms of the last infusion that nobody corrected away."""
    if not followed.given:
        return []
    session = followed.given[-1].session
    alarms = Entry.objects.filter(
        session=session, kind="alarm", role="observation", superseded_by__isnull=True, alarmraised__level="alarm"
    ).select_related("alarmraised")
    worst = {}
    for entry in alarms:
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
    open_ones = Finding.objects.filter(patient=course.patient_id).unsettled_gates().order_by("position")
    return [Note(f"finding_{f.rule}", f.reason, f.source) for f in open_ones[:5]]


def next_infusion(course: Course, at: datetime) -> Appointment | None:
    """The next infusion or booster already booked on this course."""
    booked = Appointment.objects.filter(course=course, kind__in=("infusion", "booster"), state__in=OCCUPIES)
    return booked.filter(starts_at__gt=at).order_by("starts_at").first()
