"""Tell people of an alert nobody has answered: whom its site's route names now, and a row for each of them."""

from datetime import timedelta

from django.urls import reverse

from clinic import audit, notify, words
from clinic.links import absolute
from clinic.models import Alert, AlertNotice, Membership, StaffAbsence
from clinic.notify.sms import can_text
from clinic.queries.places import hours_of, route_of
from clinic.rules import hours, route

OF_USE = timedelta(hours=1)  # a mail about an alert that could not be sent for so long is overtaken by the next one
ROLES = dict(Membership._meta.get_field("role").choices)


def take_steps(alert, at):
    """Take every step that is due, or repeat the last; set the time to look again. Returns how many were told."""
    steps, repeat_minutes = route_of(alert.site)
    week = hours_of(alert.site)
    climb = route.climb(
        steps,
        raised_at=alert.raised_at,
        at=at,
        is_open=hours.is_open(week, at),
        next_change=hours.next_change(week, at),
        taken=set(alert.notices.values_list("after_minutes", "when")),
        last_sent_at=alert.notices.order_by("-sent_at").values_list("sent_at", flat=True).first(),
        repeat_minutes=repeat_minutes,
    )
    told = _tell([step for step in steps if (step.after_minutes, step.when) in climb.keys], alert, climb.is_repeat, at)
    alert.next_escalation_at = climb.next_at
    alert.escalation += 1 if climb.keys and at > alert.raised_at else 0
    alert.save(update_fields=["escalation", "next_escalation_at"])
    if climb.keys and at > alert.raised_at:
        audit.record("alert.escalated", alert, by=None, patient=alert.patient, site=alert.site, at=at)
    return told


def _tell(steps, alert, is_repeat, at):
    """One mail for each person, however many lines name them; one row for each person and line."""
    told = {}
    for step in steps:
        found = list(_recipients(step, alert, at))
        for recipient, whom in found:
            if recipient not in told:
                told[recipient] = _mail(alert, recipient, at)
            _notice(alert, step, whom, at, is_repeat, recipient=recipient, message=told[recipient])
        if not found:
            _notice(alert, step, _nobody(step), at, is_repeat, why_not=_why_not(step))
    return len(told)


def _notice(alert, step, whom, at, is_repeat, *, recipient=None, message=None, why_not=""):
    AlertNotice.objects.create(
        alert=alert,
        sent_at=at,
        after_minutes=step.after_minutes,
        when=step.when,
        is_repeat=is_repeat,
        whom=whom[:160],
        user=None if isinstance(recipient, notify.Outside) else recipient,
        channel=message.channel if message else "email",
        message=message,
        why_not=why_not,
    )


def _mail(alert, recipient, at):
    to = f"{recipient.email or recipient.phone}" if isinstance(recipient, notify.Outside) else str(recipient.pk)
    return notify.enqueue(
        "staff_alert",
        recipient=recipient,
        site=alert.site,
        dedupe_key=f"alert:{alert.pk}:{at:%Y%m%d%H%M%S}:{to}"[:160],
        due_at=at,
        expires_at=at + OF_USE,
        subject_kind=alert._meta.label_lower,
        subject_id=alert.pk,
        at=at,
    )


def _recipients(step, alert, at):
    """(recipient, in words) of one line of the route, each once; nobody where there is nobody."""
    if step.whom == "outside":
        yield from _outside(step)
    elif step.whom == "user":
        if step.user.is_active:
            yield step.user, step.user.display_name
    else:
        for user in on_duty(alert.site, step.role, at):
            yield user, f"{user.display_name}, {ROLES[step.role].lower()}"


def _outside(step):
    if step.email:
        yield notify.Outside(step.name, email=step.email), f"{step.name}, outside"
    if step.phone and can_text():
        yield notify.Outside(step.name, phone=step.phone), f"{step.name}, outside"


def on_duty(site, role, at):
    """Everyone of a role at a site who is not noted as absent now; where all are absent, all of them."""
    held = Membership.objects.active(at).filter(site=site, role=role, user__is_active=True).select_related("user")
    everyone = list({m.user_id: m.user for m in held.order_by("user__name")}.values())
    gone = StaffAbsence.objects.filter(user__in=everyone, during__contains=at, called_off_at__isnull=True)
    away = set(gone.values_list("user_id", flat=True))
    return [user for user in everyone if user.pk not in away] or everyone


def _nobody(step):
    return step.name or (step.user.display_name if step.user else f"every {ROLES[step.role].lower()}")


def _why_not(step):
    if step.whom == "outside":
        return "text messages are not set up"
    return "no longer works here" if step.whom == "user" else "nobody holds this role here"


@notify.compose("staff_alert")
def _values(message, at):
    """What the mail says: since when, and where to answer. Nothing about whom and what."""
    alert = Alert.objects.select_related("site").get(pk=message.subject_id)
    policy, local = alert.site.policy, alert.raised_at.astimezone(alert.site.zone)
    return {
        "minutes": int((at - alert.raised_at).total_seconds() // 60),
        "since": f"{words.clinic_date(local.date())} {words.clinic_time(local, alert.site.zone)}",
        "page": absolute(reverse("clinic:alert-show", args=[alert.pk])),
        "phone": (policy.out_of_hours_phone if policy else "") or alert.site.phone,
    }
