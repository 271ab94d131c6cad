"""Work out the reminders of a visit, again whenever the visit has changed, and withdraw what no longer holds."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F, Q

from clinic import audit, clock, notify
from clinic.models import MESSAGE, Appointment, Message
from clinic.states import transition
from followup.models import ReminderPlan, ReminderRule
from followup.rules import reminders
from followup.rules.reminders import Due

EXPECTED = ("booked", "confirmed")
SUBJECT = "clinic.appointment"


@transaction.atomic
def plan_visit(*, appointment: Appointment, by=None, at: datetime | None = None) -> ReminderPlan:
    """Set the reminders of a visit as it stands now; calling it twice changes nothing.

    A reminder's key holds the visit's start: after a move the old ones are withdrawn and new ones are made, while a
    visit that is only confirmed keeps its own.
    """
    at = at or clock.now()
    visits = Appointment.objects.select_for_update(of=("self",)).select_related("patient", "site")
    appointment = visits.get(pk=appointment.pk)
    wanted = _wanted(appointment, at)
    kept, left_out = set(), {}
    for due, message_kind in wanted:
        key = f"reminder:{appointment.pk}:{due.slot}:{appointment.starts_at:%Y%m%dT%H%M}"
        if due.will_go or _already(key):
            kept.add(key)
            _put(appointment, due, message_kind, key, by=by, at=at)
        else:
            left_out[due.slot] = due.reason
    _withdraw_others(appointment, kept, by=by, at=at)
    plan, _ = ReminderPlan.objects.update_or_create(
        appointment=appointment,
        defaults={"appointment_version": appointment.version, "planned_at": at, "left_out": left_out},
    )
    audit.record("reminders.planned", plan, by=by, patient=appointment.patient, site=appointment.site, at=at)
    return plan


def _wanted(appointment: Appointment, at: datetime) -> list[tuple[Due, str]]:
    """Each reminder with its kind of message; none for a visit that will not take place or is past."""
    if appointment.state not in EXPECTED or appointment.starts_at <= at:
        return []
    rows = rules_for(appointment)
    policy = appointment.site.policy
    quiet = (policy.quiet_from, policy.quiet_until) if policy else reminders.QUIET
    zone = ZoneInfo(appointment.patient.zone_name)
    found = reminders.plan(appointment.starts_at, zone, at, [_rule(row) for row in rows], quiet)
    kinds = {row.slot: row.message_kind for row in rows}
    return [(due, kinds[due.slot]) for due in found]


def rules_for(appointment: Appointment) -> list[ReminderRule]:
    """The rules in force: for each slot the site's own before the clinic's, the visit's kind before every kind."""
    rows = ReminderRule.objects.filter(
        Q(site=appointment.site_id) | Q(site__isnull=True), Q(kind=appointment.kind) | Q(kind="")
    )
    nearest = {}
    for row in sorted(rows, key=lambda r: (r.site_id is not None, r.kind != "")):
        nearest[row.slot] = row
    return [row for row in nearest.values() if row.is_on]


def _rule(row: ReminderRule) -> reminders.Rule:
    return reminders.Rule(row.slot, row.how, row.days, row.hours, row.at)


def _already(key: str) -> bool:
    """A reminder that is being sent or was sent under this key is this one: it is neither made nor withdrawn again."""
    return Message.objects.filter(dedupe_key=key).exclude(state="withdrawn").exists()


def _put(appointment: Appointment, due: Due, kind: str, key: str, *, by, at: datetime) -> None:
    message = notify.enqueue(
        kind,
        recipient=appointment.patient,
        site=appointment.site,
        dedupe_key=key,
        due_at=due.send_at,
        expires_at=appointment.starts_at,
        subject_kind=SUBJECT,
        subject_id=appointment.pk,
        by=by,
        at=at,
    )
    if message.state == "withdrawn":
        transition(message, "due", by=by, at=at, machine=MESSAGE, reason="the visit is back at this time")


def _withdraw_others(appointment: Appointment, kept: set[str], *, by, at: datetime) -> None:
    rows = Message.objects.select_for_update().filter(
        subject_kind=SUBJECT, subject_id=appointment.pk, dedupe_key__startswith="reminder:", state__in=("due", "failed")
    )
    reason = "the visit has moved" if appointment.state in EXPECTED else f"the visit is {appointment.state}"
    for message in rows.exclude(dedupe_key__in=kept):
        notify.withdraw_one(message=message, by=by, at=at, reason=reason)


def unplanned(at: datetime):
    """Visits ahead whose reminders were worked out for another version of them, or never."""
    stale = Q(reminder_plan__isnull=True) | ~Q(reminder_plan__appointment_version=F("version"))
    return Appointment.objects.filter(stale, starts_at__gt=at).order_by("starts_at")
