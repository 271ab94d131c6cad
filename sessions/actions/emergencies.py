"""An emergency: one tap stops what is charted, calls every screen, and opens the task to put it in order afterwards."""

import uuid
from datetime import timedelta

from django.db import transaction

from clinic import audit, clock, live
from clinic.actions.alerts import acknowledge_alert, close_alert, raise_alert
from clinic.actions.tasks import close_task, open_task
from clinic.models import Alert, Task
from clinic.refusal import Conflict, Item
from sessions.actions import events
from sessions.actions.drugs import stop
from sessions.actions.recording import Recorded, When
from sessions.actions.sessions import bump, lock, need_clinician
from sessions.models import Reconciliation
from sessions.queries.emergencies import after_facts
from sessions.queries.sheet import dose_orders_of, sheet, state_of
from sessions.rules import drugs as drug_rules
from sessions.rules import emergency as rules

# How long putting in order may take. Source: clinic default (unverified default, the clinic approves).
RECONCILE_WITHIN = timedelta(hours=24)


@transaction.atomic
def emergency(*, session, entry_id, step="called", text="", by, at=None, when=None):
    """The emergency tap: no gate. "called" stops everything that is charted as running and calls every screen.

    Later steps are times (airway, oxygen, cpr, shock, drug, services_called, services_here, handed_over, over). Called
    again while one is open it is charted as such and nothing else changes.
    """
    locked = lock(session)
    at, when = at or clock.now(), when or When()
    called = events.emergency_step(session=locked, entry_id=entry_id, step=step, text=text, by=by, at=at, when=when)
    if called.created and step == rules.CALLED:
        _stop_everything(locked, called.entry, by, at, when)
        _call(locked, called.entry, by, at)
    if called.created and step in rules.ENDS:
        _stand_down(locked, step, by, at)
    version = lock(session).version
    return Recorded(called.entry, called.created, version, called.alarms)


def _stop_everything(session, entry, by, at, when):
    for state in [d for d in state_of(session, at).drugs if d.phase in (drug_rules.RUNNING, drug_rules.PAUSED)]:
        order = next(o for o in dose_orders_of(session) if o.pk == state.dose_order_id)
        stop_id = uuid.uuid5(entry.pk, f"stop/{order.pk}")
        stop(session=session, entry_id=stop_id, dose_order=order, cause="emergency", by=by, at=at, when=when)


def _call(session, entry, by, at):
    """Every screen of the site names the chair until somebody stands it down; what follows is a task of the day."""
    first = state_of(session, at).emergencies[-1].called
    chair = f"in chair {session.chair.label}" if session.chair else "in a chair"
    raise_alert(
        "emergency",
        patient=session.patient,
        site=session.site,
        words=f"Emergency {chair}",
        neutral_words=f"Emergency {chair}",
        by=by,
        subject=session,
        dedupe_key=_key(first),
        at=at,
    )
    open_task(
        "other",
        title=f"Put the emergency {chair} in order: times, drugs, volumes, waste",
        neutral_title="A visit has to be put in order by a clinician.",
        site=session.site,
        patient=session.patient,
        due_at=at + RECONCILE_WITHIN,
        by=by,
        for_role="nurse",
        subject=session,
        dedupe_key=_key(first),
        at=at,
    )
    site_id, ident = session.site_id, session.pk
    transaction.on_commit(lambda: live.announce(site_id, "emergency", ident, 0))


def _key(called):
    return f"emergency:{called.pk}"


def _stand_down(session, step, by, at):
    """The call goes off the screens: over, or handed over to the ambulance."""
    last = state_of(session, at).emergencies
    words = dict(rules.END_WORDS)[step]
    for alert in Alert.objects.filter(dedupe_key=_key(last[-1].called)) if last else ():
        if alert.state == "open":
            alert = acknowledge_alert(alert=alert, by=by, done_words=words, at=at)
        if alert.state == "acknowledged":
            close_alert(alert=alert, by=by, at=at)


@transaction.atomic
def reconcile(*, session, called, said=frozenset(), note="", by, at=None):
    """Put an emergency in order afterwards: what was gone through and what stays open (then `note` says why), by whom.

    `called`: the entry of the call; `said`: the points that a person confirms. Once for each emergency.
    """
    session = lock(session)
    at = at or clock.now()
    need_clinician(by, session.site, at=at)
    if Reconciliation.objects.filter(called=called).exists():
        raise Conflict(Item("reconcile.done", "This emergency has been put in order already: look again."))
    found = rules.points(after_facts(sheet(session, at), called))
    rules.check_reconcile(found, said=frozenset(said), note=note)
    row = Reconciliation.objects.create(
        session=session,
        called=called,
        items=[[p.code, p.label, _found(p, said)] for p in found],
        note=note.strip(),
        done_at=at,
        done_by=by,
    )
    for task in Task.objects.filter(dedupe_key=_key(called), state="open"):
        close_task(task=task, by=by, outcome=note.strip() or "Everything is in order", at=at)
    audit.record("emergency.reconciled", row, by=by, patient=session.patient, site=session.site, at=at, reason=note)
    bump(session)
    return row


def _found(point, said):
    if point.done is None:
        return "confirmed" if point.code in said else "not confirmed"
    return "in order" if point.done else f"open: {point.words}"
