"""What does not go by the book in the demo clinic, so that every page of the chairside has something to show.

Ids follow from the session, never from the dice of a body: the figures of the stories stay as they are.
"""

import uuid
from datetime import timedelta
from decimal import Decimal

from clinic import walls
from clinic.actions.alerts import acknowledge_alert, close_alert
from clinic.actions.tasks import close_task
from clinic.actions.walls import ask_pairing, note_seen, pair_wall, revoke_wall
from clinic.dev.demo import cast
from clinic.models import Alert, Task
from sessions import actions
from sessions.models import AdverseReport, Entry
from sessions.queries.ledger import balances

ADVICE = "Stay for the hour, nobody drives today, somebody beside you tonight."
RISKS = "Drowsy and slow for hours: no driving, no machines, not alone. Blood pressure may rise or fall unseen."


def give_pins(crew, now):
    """Everyone at the chairs has the demo's PIN and a badge."""
    for number, mail in enumerate(cast.PIN_HOLDERS, 1):
        badge = f"TIDE-{number:03d}"
        actions.set_pin(pin=cast.PIN, again=cast.PIN, badge=badge, by=crew[mail], at=now - timedelta(days=40))


def hang_walls(crew, sites, now):
    """A screen that is paired, and one that was taken down."""
    for name, days in (("Nurses' station", 60), ("Corridor", 25)):
        at = now - timedelta(days=days)
        screen, _ = ask_pairing(at=at)
        pair_wall(code=walls.code_of(screen), name=name, site=sites[0], by=crew["admin"], at=at + timedelta(minutes=2))
        note_seen(screen=screen, at=now - timedelta(days=1))
    revoke_wall(screen=screen, by=crew["nurse"], at=now - timedelta(days=3))


def _id(run, name):
    return uuid.uuid5(run.session.pk, name)


def _enter(run, name, action, /, **inputs):
    said = {"session": run.session, "entry_id": _id(run, name), "by": run.nurse, "at": run.at} | inputs
    return action(**said)


def typed_wrong(run):
    """The last set's heart rate is put right; a note for somebody else is struck out."""
    last = Entry.objects.filter(session=run.session, kind="vitals").order_by("seq").last()
    actions.correct_entry(
        entry=last, entry_id=_id(run, "right"), changes={"heart_rate": last.detail.heart_rate + 9},
        reason="Typed one line too high: the monitor says so", by=run.nurse, at=run.at,
    )  # fmt: skip
    note = _enter(run, "note", actions.record_note, text="Asks for the blue blanket").entry
    actions.strike_entry(entry=note, entry_id=_id(run, "strike"), reason="Said in chair 3", by=run.nurse, at=run.at)


def said_by_the_prescriber(run):
    """A verbal order, read back, not yet co-signed."""
    actions.verbal_order(
        session=run.session, category="rate", ordered_by=run.doctor, read_back=True, rate_ml_h=run.order.rate_ml_h,
        text="No higher until the pressure is below 150", by=run.nurse, at=run.at,
    )  # fmt: skip


def line_beside_the_vein(run):
    """Infiltrated, paused, a new line, on again: some of the dose is uncertain."""
    begun = run.at - timedelta(minutes=6)
    _enter(run, "beside", actions.infiltrate, since=begun, site="left forearm", text="Swollen, cool, painful")
    run.later(3)
    _enter(run, "anew", actions.record_line, action="resited", site="right hand", gauge="22 G", attempts=1)
    _enter(run, "on", actions.resume, dose_order=run.order, cause_named="New line, runs freely")


def handed_over(run, to):
    """Another nurse has it from here."""
    actions.hand_over(session=run.session, to_nurse=to, note="Likes it dark; escort waits outside", by=run.nurse,
                      at=run.at)  # fmt: skip
    run.nurse = to


def about_to_go(run):
    """The escort is here, the sheet was handed over and talked through."""
    actions.note_escort(session=run.session, who="Robin", by=run.nurse, at=run.at)
    actions.hand_over_sheet(session=run.session, to_whom="both", talked_through=True, by=run.nurse, at=run.at)


def fainted(run):
    """A serious event: the prescriber came, its report is still to be signed."""
    fell = _enter(
        run, "fainted", actions.record_side_effect, term="fainting", severity="severe", criteria=["intervention"],
        treatment="Laid flat, legs up, 500 mL sodium chloride", text="On standing up too early",
    ).entry  # fmt: skip
    _taken(Alert.objects.get(subject_id=fell.pk), run)
    return fell


def _taken(alert, run):
    at = run.at + timedelta(minutes=2)
    acknowledge_alert(alert=alert, by=run.doctor, done_words="At the chair: awake, 104/62, stays lying.", at=at)
    close_alert(alert=alert, by=run.doctor, at=at + timedelta(minutes=10))


def fainted_and_reported(run):
    """The same with its report signed: over before the patient left."""
    fell = fainted(run)
    run.later(15)
    actions.follow_up_event(entry=fell, status="resolved", words="Sits, drinks, 118/74", by=run.nurse, at=run.at)
    report = AdverseReport.objects.get(entry=fell)
    said = {"outcome": "recovered", "action_taken": "after", "relatedness": "probable",
            "narrative": "Fainted on standing after the end. Laid flat and given fluid; no injury."}  # fmt: skip
    report = actions.edit_report(report=report, version=report.version, criteria=["intervention"], by=run.nurse,
                                 at=run.at, **said)  # fmt: skip
    actions.sign_report(report=report, version=report.version, by=run.doctor, at=run.at)


def emergency(run, minutes):
    """Called `minutes` after the start, over after seven more, put in order; the infusion does not go on."""
    called = _enter(run, "called", actions.emergency).entry
    for later, step, words in ((1, "airway", "Jaw thrust"), (1, "oxygen", "10 L/min"), (5, "over", "Awake, SpO2 97")):
        run.later(later)
        _enter(run, step, actions.emergency, step=step, text=words)
    run.later(3)
    stop = Entry.objects.get(session=run.session, drugevent__action="stop")
    actions.read_pump(entry=stop, entry_id=_id(run, "read"), volume_ml=run.given_by(minutes), by=run.nurse, at=run.at)
    run.waste_rest()
    confirmed = frozenset({"times", "told", "drugs"})
    actions.reconcile(session=run.session, called=called, said=confirmed, by=run.nurse, at=run.at)


def leaves(run, minutes):
    """Halfway, against advice, with the form signed on paper; called in the afternoon."""
    run.stop(cause="patient", volume_ml=run.given_by(minutes))
    _enter(run, "out", actions.record_line, action="removed")
    actions.leave_against_advice(
        session=run.session, advice=ADVICE, risks=RISKS, capacity="able", line_out=True, form="signed",
        told="Dr Whitlock, and the sister by phone", reason="Has to fetch the children",
        printed_name=str(run.session.patient), by=run.nurse, at=run.at,
    )  # fmt: skip
    run.waste_rest()
    task = Task.objects.get(dedupe_key=f"against_advice:{run.session.pk}")
    at = run.at + timedelta(minutes=90)
    close_task(task=task, by=run.nurse, at=at, outcome="At home with the sister, no complaints.")


def not_given(run):
    """Feverish this morning: nothing was drawn."""
    reason = "Temperature 38.4 in the morning; to be booked again when well."
    actions.not_started(session=run.session, reason=reason, by=run.nurse, at=run.at)


def short_in_the_safe(world, now):
    """A count of the newest opened vial comes out three mg short: it waits to be explained."""
    opened = [row for row in balances(world.sites[0]) if row.container.state == "open" and row.balance.in_stock > 10]
    line, crew = max(opened, key=lambda row: row.container.opened_at), world.staff
    mg, at = line.balance.in_stock - Decimal(3), now - timedelta(minutes=1)
    actions.count(container=line.container, mg=mg, witness=crew["nurse2"], by=crew["nurse"], at=at)
