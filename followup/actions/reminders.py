"""Work out the messages before and after a visit, again whenever it has changed, and withdraw what no longer holds."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from clinic import audit, clock, notify
from clinic.models import MESSAGE, Appointment, Message, ReadinessAnswer, StateChange
from clinic.notify.choices import channel_for, choices_of
from clinic.notify.composing import visit_of
from clinic.notify.kinds import BY_RULE, KINDS
from clinic.rules import sending
from clinic.states import transition
from followup.models import ReminderPlan, ReminderRule
from followup.rules import reminders
from followup.rules.reminders import AFTER, BEFORE, Due

EXPECTED = reminders.COMING
SUBJECT = "clinic.appointment"
LOOKS_BACK = timedelta(days=4)  # how long after a visit its messages are still worked out
NOT_AGREED = "the patient has not agreed to text messages"


@dataclass(frozen=True)
class Wanted:
    """One message of one visit, by one channel: when, by which rule, under which key; `against` says why it is not for
    this visit as it is now."""

    due: Due
    rule: ReminderRule
    channel: str
    key: str
    against: str = ""


@transaction.atomic
def plan_visit(*, appointment: Appointment, by=None, at: datetime | None = None) -> ReminderPlan:
    """Set the messages of a visit as it stands now; calling it twice changes nothing.

    A message's key holds the visit's start: after a move the old ones are withdrawn and new ones are made, while a
    visit that is only confirmed keeps its own, and a patient who travels gets them at the hours of the new place.
    """
    at = at or clock.now()
    visits = Appointment.objects.select_for_update(of=("self",)).select_related("patient", "site")
    appointment = visits.get(pk=appointment.pk)
    kept, left_out = set(), {}
    for wanted in _wanted(appointment, at):
        if not wanted.against and (wanted.due.will_go or _already(wanted.key)):
            kept.add(wanted.key)
            _put(appointment, wanted, by=by, at=at)
        else:
            left_out[wanted.due.slot] = wanted.against or wanted.due.reason
    _withdraw_others(appointment, kept, by=by, at=at)
    plan, _ = ReminderPlan.objects.update_or_create(
        appointment=appointment,
        defaults={
            "appointment_version": appointment.version,
            "zone_name": appointment.patient.zone_name,
            "planned_at": at,
            "left_out": left_out,
        },
    )
    audit.record("reminders.planned", plan, by=by, patient=appointment.patient, site=appointment.site, at=at)
    return plan


def _wanted(appointment: Appointment, at: datetime) -> list[Wanted]:
    """Each message with its channel and key; none before a visit that is off, none after one that did not end."""
    side = _side(appointment, at)
    rows = [row for row in rules_for(appointment) if row.side == side]
    if not rows:
        return []
    policy = appointment.site.policy
    quiet = (policy.quiet_from, policy.quiet_until) if policy else reminders.QUIET
    zone = ZoneInfo(appointment.patient.zone_name)
    rules = [as_rule(row) for row in rows]
    found = reminders.plan(appointment.starts_at, zone, at, rules, quiet, appointment.ends_at)
    answered = side == BEFORE and any(row.only == "unanswered" for row in rows) and _is_answered(appointment.pk)
    by_slot = {row.slot: row for row in rows}
    return [one for due in found for one in _ways(appointment, by_slot[due.slot], due, answered)]


def _side(appointment: Appointment, at: datetime) -> str:
    if appointment.state in EXPECTED:
        return BEFORE if appointment.starts_at > at else ""
    return AFTER if appointment.state in reminders.ENDED.values() else ""


def _is_answered(appointment_pk) -> bool:
    return ReadinessAnswer.objects.filter(appointment=appointment_pk).exists()


def _ways(appointment: Appointment, row: ReminderRule, due: Due, answered: bool) -> list[Wanted]:
    """The message by each channel its rule asks for; a text message only to whoever has agreed to it."""
    against = reminders.against_state(row.side, row.only, appointment.state, is_answered=answered)
    choice = KINDS[row.message_kind].choice
    chosen = channel_for(appointment.patient, choice) if row.way in ("", "both") else row.way
    channels = ("email", "sms") if row.way == "both" else (chosen,)
    made = []
    for channel in channels:
        reason = against
        if not reason and channel == "sms" and row.way and not _agreed(appointment.patient, choice):
            reason = NOT_AGREED
        key = f"reminder:{appointment.pk}:{due.slot}:{appointment.starts_at:%Y%m%dT%H%M}"
        key += ":sms" if row.way == "both" and channel == "sms" else ""
        made.append(Wanted(due, row, channel, key, reason))
    return made


def _agreed(patient, choice: str) -> bool:
    return sending.has_agreed(choices_of(patient.pk), "sms", choice)


def rules_for(appointment: Appointment) -> list[ReminderRule]:
    """The rules in force for a visit."""
    return rules_at(appointment.site_id, appointment.kind)


def rules_at(site_id, kind: str) -> list[ReminderRule]:
    """For each slot the site's own rule before the clinic's, the visit's kind before every kind; only what is on."""
    rows = ReminderRule.objects.filter(Q(site=site_id) | Q(site__isnull=True), Q(kind=kind) | Q(kind=""))
    nearest = {}
    for row in sorted(rows, key=lambda r: (r.site_id is not None, r.kind != "")):
        nearest[row.slot] = row
    return [row for row in nearest.values() if row.is_on]


def as_rule(row: ReminderRule) -> reminders.Rule:
    """A row as the date arithmetic reads it."""
    return reminders.Rule(row.slot, row.how, row.days, row.hours, row.at, row.side)


def _already(key: str) -> bool:
    """A reminder that is being sent or was sent under this key is this one: it is neither made nor withdrawn again."""
    return Message.objects.filter(dedupe_key=key).exclude(state="withdrawn").exists()


def _put(appointment: Appointment, wanted: Wanted, *, by, at: datetime) -> None:
    is_before = wanted.rule.side == BEFORE
    expires_at = appointment.starts_at if is_before else wanted.due.send_at + reminders.OF_USE_AFTER
    message = notify.enqueue(
        wanted.rule.message_kind,
        recipient=appointment.patient,
        site=appointment.site,
        dedupe_key=wanted.key,
        due_at=wanted.due.send_at,
        expires_at=expires_at,
        channel=wanted.channel,
        subject_kind=SUBJECT,
        subject_id=appointment.pk,
        context={"rule_side": wanted.rule.side, "rule_only": wanted.rule.only},
        by=by,
        at=at,
    )
    if message.state == "withdrawn" and wanted.due.will_go:
        transition(message, "due", by=by, at=at, machine=MESSAGE, reason="the visit is back at this time")
    if message.state == "due" and wanted.due.will_go:
        _set_anew(message, wanted, expires_at, by=by, at=at)


def _set_anew(message: Message, wanted: Wanted, expires_at: datetime, *, by, at: datetime) -> None:
    """A waiting message takes the moment, the channel and the words of the rule as it is now."""
    now = {
        "due_at": wanted.due.send_at,
        "channel": wanted.channel,
        "kind": wanted.rule.message_kind,
        "expires_at": expires_at,
        "context": {"rule_side": wanted.rule.side, "rule_only": wanted.rule.only},
    }
    changed = [name for name, value in now.items() if getattr(message, name) != value]
    if not changed:
        return
    for name in changed:
        setattr(message, name, now[name])
    message.next_attempt_at = wanted.due.send_at
    message.save(update_fields=[*changed, "next_attempt_at"])
    audit.record("message.set_anew", message, by=by, patient=message.patient, site=message.site, at=at,
                 detail={"fields": changed})  # fmt: skip


def _withdraw_others(appointment: Appointment, kept: set[str], *, by, at: datetime) -> None:
    rows = Message.objects.select_for_update().filter(
        subject_kind=SUBJECT, subject_id=appointment.pk, dedupe_key__startswith="reminder:", state__in=("due", "failed")
    )
    is_coming = appointment.state in EXPECTED
    for message in rows.exclude(dedupe_key__in=kept):
        moved = not message.dedupe_key.removesuffix(":sms").endswith(f"{appointment.starts_at:%Y%m%dT%H%M}")
        reason = f"the visit is {appointment.state}" if not is_coming else "the visit has moved" if moved else RULE_GONE
        notify.withdraw_one(message=message, by=by, at=at, reason=reason)


RULE_GONE = "its rule, or what the patient chose, has changed"


@notify.judge(*BY_RULE)
def still_holds(message: Message, at: datetime) -> str:
    """Asked when its turn comes: is it still the visit this was planned for? A planner that is behind sends nothing."""
    if message.subject_kind != SUBJECT:
        return ""
    visit, side = visit_of(message), message.context.get("rule_side", BEFORE)
    if f":{visit.starts_at:%Y%m%dT%H%M}" not in message.dedupe_key and message.dedupe_key.startswith("reminder:"):
        return "the visit has moved"
    only = message.context.get("rule_only", "")
    answered = only == "unanswered" and _is_answered(visit.pk)
    return reminders.against_state(side, only, visit.state, is_answered=answered)


def unplanned(at: datetime):
    """Visits whose messages were worked out for another version, state or zone of them, or never."""
    newer = StateChange.objects.filter(subject_id=OuterRef("pk"), at__gt=OuterRef("reminder_plan__planned_at"))
    stale = Q(reminder_plan__isnull=True) | ~Q(reminder_plan__appointment_version=F("version"))
    stale |= ~Q(reminder_plan__zone_name=F("patient__zone_name")) | Exists(newer)
    behind = Q(starts_at__gt=at - LOOKS_BACK, starts_at__lte=at, state__in=reminders.ENDED.values())
    ahead = Q(starts_at__gt=at)
    return Appointment.objects.filter(stale, ahead | behind).order_by("starts_at")


def plan_again(*, at: datetime, patient=None, site=None) -> int:
    """Let the next sweep work out the messages of visits ahead anew: of a patient, of a site, or all. Returns how many.

    Rows of the plan only say for which version they were made, so that no history is lost by this.
    """
    plans = ReminderPlan.objects.filter(appointment__starts_at__gt=at - LOOKS_BACK)
    if patient is not None:
        plans = plans.filter(appointment__patient__person=patient.person_id)
    if site is not None:
        plans = plans.filter(appointment__site=site)
    return plans.update(appointment_version=0)
