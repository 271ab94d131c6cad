"""Raise, hear more of, tell of, acknowledge and close alerts. What nobody answers climbs the site's route."""

from django.db import transaction

from clinic import audit, clock
from clinic.actions.tasks import announce, subject_of
from clinic.actions.telling import take_steps
from clinic.models import ALERT, Alert, AlertRemark
from clinic.notify import withdraw
from clinic.refusal import Item, Refused
from clinic.rules import route
from clinic.states import transition


@transaction.atomic
def raise_alert(
    kind, *, patient, site, words, by, subject=None, dedupe_key=None, code="", value=None, neutral_words="", at=None
):
    """Raise an alert that a named person must acknowledge; the same `dedupe_key` raises it once.

    Whoever the site's route names for minute 0 is told in the same moment. `code` and `value`: the question and its
    answer, where it was one (a higher value is worse). `neutral_words`: what other roles read, without them as usual.
    """
    at = at or clock.now()
    alert, made = Alert.objects.get_or_create(
        dedupe_key=dedupe_key or f"{kind}:{patient.pk}:{at.isoformat()}",
        defaults={
            "kind": kind,
            "patient": patient,
            "site": site,
            "words": words,
            "code": code,
            "value": value,
            "raised_at": at,
            "next_escalation_at": at,
            **({"neutral_words": neutral_words[:200]} if neutral_words else {}),
            **subject_of(subject),
        },
    )
    if made:
        audit.record("alert.raised", alert, by=by, patient=patient, site=site, at=at)
        take_steps(alert, at)
        announce(site.pk, alert)
    return alert


@transaction.atomic
def note_answer(kind, *, patient, site, code, value, words, by, subject, at=None):
    """Hear an answer to a question that may bring an alert; returns the alert it raised, else None.

    A worse answer raises again. A changed one is remarked on the alerts that are open: none of them goes away.
    """
    at = at or clock.now()
    mine = Alert.objects.select_for_update().filter(patient=patient, subject_id=subject.pk, code=code)
    earlier = list(mine.order_by("raised_at"))
    last, open_ones = _last_value(earlier), [alert for alert in earlier if alert.state == "open"]
    if route.must_raise(value, open_values=[alert.value for alert in open_ones], last_value=last):
        key = f"{kind}:{code}:{subject.pk}:{len(earlier) + 1}"
        return raise_alert(
            kind, patient=patient, site=site, words=words, by=by, subject=subject, dedupe_key=key, code=code,
            value=value, at=at,
        )  # fmt: skip
    if last is not None and value != last:
        _remark_change(earlier, words=words, value=value, by=by, at=at)
    return None


def _last_value(earlier):
    """What was answered last, as far as alerts and their remarks know."""
    said = [(alert.raised_at, alert.value) for alert in earlier]
    said += AlertRemark.objects.filter(alert__in=earlier, value__isnull=False).values_list("made_at", "value")
    return max(said, key=lambda pair: pair[0])[1] if said else None


def _remark_change(earlier, *, words, value, by, at):
    standing = [alert for alert in earlier if alert.state != "closed"] or earlier[-1:]
    for alert in standing:
        AlertRemark.objects.create(alert=alert, made_at=at, words=f"Answered again: {words}"[:300], value=value)
        audit.record("alert.answer_changed", alert, by=by, patient=alert.patient, site=alert.site, at=at)
        announce(alert.site_id, alert)


@transaction.atomic
def acknowledge_alert(*, alert, by, done_words, at=None):
    """A named person takes the alert and says what was done. Raises Refused without words.

    What was still to be mailed about it is withdrawn; nothing climbs any further.
    """
    at = at or clock.now()
    if not done_words.strip():
        raise Refused(Item("done-words", "Write what you did or will do.", field="done_words"))
    alert = Alert.objects.select_for_update().get(pk=alert.pk)
    ALERT.check(alert.state, "acknowledged")
    alert.acknowledged_at, alert.acknowledged_by, alert.done_words, alert.next_escalation_at = at, by, done_words, None
    alert.save(update_fields=["acknowledged_at", "acknowledged_by", "done_words", "next_escalation_at"])
    transition(alert, "acknowledged", by=by, at=at, machine=ALERT)
    withdraw(subject_kind=alert._meta.label_lower, subject_id=alert.pk, by=by, at=at, reason="the alert was taken")
    audit.record("alert.acknowledged", alert, by=by, patient=alert.patient, site=alert.site, at=at)
    announce(alert.site_id, alert)
    return alert


@transaction.atomic
def close_alert(*, alert, by, at=None):
    """The matter is settled. Only an acknowledged alert can be closed."""
    at = at or clock.now()
    alert = Alert.objects.select_for_update().get(pk=alert.pk)
    ALERT.check(alert.state, "closed")
    alert.closed_at, alert.closed_by = at, by
    alert.save(update_fields=["closed_at", "closed_by"])
    transition(alert, "closed", by=by, at=at, machine=ALERT)
    audit.record("alert.closed", alert, by=by, patient=alert.patient, site=alert.site, at=at)
    announce(alert.site_id, alert)
    return alert


def escalate_alerts(*, at=None):
    """Climb for every alert nobody has answered by its time; returns how many. Called each minute."""
    at = at or clock.now()
    count = 0
    while True:
        with transaction.atomic():
            due = Alert.objects.filter(state="open", next_escalation_at__lte=at).order_by("next_escalation_at")
            alert = due.select_for_update(skip_locked=True, of=("self",)).select_related("patient", "site").first()
            if alert is None:
                return count
            if take_steps(alert, at):
                announce(alert.site_id, alert)
            count += 1
