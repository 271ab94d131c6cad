"""J5 when it is not smooth: too high a pressure, a line beside the vein and two nurses, four hours of two drugs."""

from decimal import Decimal as D

import pytest

from clinic.models import ProtocolDrug
from sessions import actions, queries
from sessions.models import DrugEvent, Handover, LineEntry
from tests import factories
from tests.accessible import in_every_theme
from tests.factories.places import PASSWORD
from tests.journeys.clinic import open_clinic
from tests.sessions import scene as scenes
from tests.sessions.screens import Busy, begin


@pytest.fixture
def clinic(live_db, morning_zone):
    return open_clinic(morning_zone)


def sheet(visit):
    return f"/sessions/{visit.session.pk}/"


def bar(person):
    """The bar of big actions at the foot of the run sheet."""
    return person.page.get_by_role("group", name="Record for")


def takes_a_set(nurse, *figures, visit, **more):
    nurse.opens(f"{sheet(visit)}vitals/")
    nurse.keys_in(*figures)
    nurse.fills_in(more)
    nurse.presses("Save vitals for")
    nurse.sees("Vitals saved")


# ---- held before the start, alarmed in the middle
def test_a_pressure_too_high_is_held_treated_and_resumed_by_its_gate(clinic, somebody, monkeypatch, minutes_later):
    begin(monkeypatch, 12)
    visit = Busy(clinic)
    visit.check_in()
    visit.answer()
    visit.weigh()
    visit.line()
    visit.order()
    visit.draw(container=visit.stock(code="KET-1"))
    visit.second_check()
    nurse, doctor = somebody("tablet", user=clinic.nurse, theme="dark"), somebody("desktop", user=clinic.prescriber)
    held_by_the_baseline(nurse, visit)
    said_on_the_phone_and_read_back(nurse, visit)
    nurse.opens(f"{sheet(visit)}orders/")
    nurse.follows("Give: Drug captopril")
    nurse.types("Dose given", "12.5")
    nurse.presses("Save: given to")
    co_signed_later(doctor)
    minutes_later(25)
    takes_a_set(nurse, "138", "84", "76", "98", visit=visit)
    starts(nurse, visit)
    minutes_later(10)
    paused_for_an_alarm(nurse, visit)
    doctor_lets_it_go_on(nurse, doctor, visit)
    assert [e.action for e in events(visit)] == ["given", "start", "pause", "resume"]


def held_by_the_baseline(nurse, visit):
    nurse.opens(f"{sheet(visit)}vitals/")
    nurse.keys_in("172", "98", "88", "97")
    nurse.fills_in({"pain": "6"})
    nurse.presses("Save vitals for")
    nurse.opens(f"{sheet(visit)}start/")
    nurse.stands_at("Not ready")
    nurse.sees("beyond a hold limit")
    nurse.keeps_picture("start-held-dark-tablet")


def said_on_the_phone_and_read_back(nurse, visit):
    nurse.opens(f"{sheet(visit)}orders/verbal/")
    nurse.picks("Ordered by", "Petra Prescriber")
    nurse.chooses("What is ordered", "Drug")
    nurse.fills_in({"drug": "captopril", "dose_mg": "12.5", "route": "oral"})
    nurse.presses("Read it back before saving")
    nurse.stands_at("Read it back to Petra Prescriber")
    nurse.sees("Captopril, 12.5 milligrams (one two point five), by mouth.")
    nurse.keeps_picture("order-read-back-dark-tablet")
    nurse.presses("said yes")
    nurse.sees("Order taken, to be co-signed.")


def co_signed_later(doctor):
    doctor.opens("/orders/to-sign/")
    doctor.sees("Captopril 12.5 mg", "taken and read back by Nora Nurse")
    doctor.presses("Co-sign")
    doctor.sees("No verbal order of yours waits.")


def orders(doctor, visit, category, **fields):
    doctor.opens(f"{sheet(visit)}orders/write/")
    doctor.chooses("What is ordered", category)
    doctor.fills_in(fields)
    doctor.presses("Sign the order for")
    doctor.sees("Order written.")


def starts(nurse, visit):
    nurse.opens(f"{sheet(visit)}start/")
    nurse.stands_at("Ready to start")
    nurse.presses("Start the infusion")
    nurse.sees("Infusion started.")


def paused_for_an_alarm(nurse, visit):
    takes_a_set(nurse, "188", "108", "96", "97", visit=visit)
    nurse.opens(f"{sheet(visit)}pause/")
    nurse.chooses("Why", "Alarm")
    nurse.presses("Pause the infusion")
    nurse.sees("Before it can go on", "The prescriber's decision")


def her_screen_was_left_and_is_locked(doctor):
    """After half an hour without a touch: nothing is shown, and her password opens what she came for."""
    doctor.opens("/orders/to-sign/")
    doctor.stands_at("Locked")
    doctor.types("Password of", PASSWORD)
    doctor.presses("Open", within=doctor.page.locator("details"), exact=True)
    doctor.sees("No verbal order of yours waits.")


def doctor_lets_it_go_on(nurse, doctor, visit):
    takes_a_set(nurse, "146", "86", "80", "98", visit=visit)
    nurse.opens(f"{sheet(visit)}resume/")
    nurse.types("The cause of the pause", "Anxious, talked to; pressure settled by itself")
    nurse.presses("Resume the infusion")
    nurse.sees("There is a problem")
    nurse.still_has("The cause of the pause", "Anxious, talked to; pressure settled by itself")
    her_screen_was_left_and_is_locked(doctor)
    orders(doctor, visit, "Go on after a pause", text="Go on at the same rate while below 160")
    nurse.opens(f"{sheet(visit)}resume/")
    nurse.types("The cause of the pause", "Anxious, talked to; pressure settled by itself")
    nurse.presses("Resume the infusion")
    nurse.sees("Resumed.")


def events(visit):
    return DrugEvent.objects.filter(entry__session=visit.session).order_by("entry__observed_at", "entry__seq")


# ---- a line beside the vein, two nurses at one chair
def test_a_line_beside_the_vein_and_two_nurses_at_one_chair(clinic, live_stream, somebody, monkeypatch):
    begin(monkeypatch, 30)
    visit = scenes.Scene(clinic).running()
    visit.vitals(20)
    nurse, other = somebody("tablet", user=clinic.nurse), somebody("tablet", user=clinic.colleague, theme="dim")
    other.opens(sheet(visit))
    other.sees("Infusing")
    nurse.opens(f"{sheet(visit)}line/")
    nurse.chooses("What happened", "Infiltrated")
    nurse.ticks("The dose given is uncertain")
    nurse.types("Where", "left forearm")
    each_sees_that_the_other_is_here(nurse, other)
    nurse.presses("Save the line")
    nurse.sees("Line saved.")
    other.sees("Paused", seconds=12)
    nurse.opens(f"{sheet(visit)}resume/")
    nurse.presses("Resume the infusion")
    nurse.sees("There is a problem", "The IV line is out or infiltrated.")
    a_new_line_by_the_other_nurse(other, visit)
    nurse.opens(f"{sheet(visit)}resume/")
    nurse.presses("Resume the infusion")
    nurse.sees("Resumed.")
    both_write_at_once(nurse, other, visit)
    assert list(LineEntry.objects.order_by("entry__seq").values_list("action", flat=True)) == [
        "placed", "infiltrated", "resited",
    ]  # fmt: skip
    assert queries.state_of(visit.fresh()).dose_uncertain


def each_sees_that_the_other_is_here(nurse, other):
    """REL-14: in the bar of who is signed in, where it moves nothing; who types is said too; sound in every theme."""
    other.sees("Also here: Nora Nurse", "(writing now)", seconds=12)
    nurse.sees("Also here: ", seconds=12)
    hint = nurse.page.locator("[data-here]")
    assert "writing" not in hint.inner_text(), "the other one only reads"
    for person in (nurse, other):
        start = person.page.evaluate("document.documentElement.dataset.bsTheme || ''")
        assert in_every_theme(person.page) == {}
        person.page.evaluate("(theme) => { document.documentElement.dataset.bsTheme = theme; }", start)
    other.keeps_picture("here-dim-tablet")


def a_new_line_by_the_other_nurse(other, visit):
    other.opens(f"{sheet(visit)}line/")
    other.chooses("What happened", "New line")
    other.types("Where", "right hand")
    other.types("Gauge", "22")
    other.presses("Save the line")
    other.sees("Line saved.")


def both_write_at_once(nurse, other, visit):
    """Both have the keypad open; both sets are kept, each under its own name, and each sees the other's."""
    for person in (nurse, other):
        person.opens(f"{sheet(visit)}vitals/")
    nurse.keys_in("126", "80", "74", "98")
    other.keys_in("127", "81", "75", "97")
    nurse.presses("Save vitals for")
    other.presses("Save vitals for")
    nurse.sees("127/81", seconds=12)
    sets = visit.session.entries.filter(kind="vitals").order_by("-seq")[:2]
    assert [entry.recorded_by for entry in sets] == [visit.people.colleague, visit.people.nurse]


# ---- four hours, two drugs, a rate step, a handover
@pytest.fixture
def long_visit(clinic, monkeypatch):
    """Three hours into four: ketamine and magnesium run on pumps of their own."""
    begin(monkeypatch, 190)
    version = factories.protocol_version(infusion_minutes=240)
    ProtocolDrug.objects.create(
        version=version, drug="magnesium", controlled=False, basis="mg/h", dose=D(500), dose_min=D(250),
        dose_max=D(1000), max_rate=D(1000), max_total_mg=D(4000), strength_mg_ml=D(20), position=1,
    )  # fmt: skip
    approved(version, clinic)
    visit = Busy(clinic, version=version)
    for step in (visit.check_in, visit.answer, visit.weigh, visit.baseline, visit.line, visit.order, visit.draw):
        step()
    visit.second_check(rate_read=visit.dose_order.rate_ml_h)
    visit.start()
    second_pump(visit)
    for minute in (40, 90, 140, 180):
        visit.vitals(minute)
    return visit


def approved(version, clinic):
    version.approved_at, version.approved_by = scenes.Scene.at(-60), clinic.prescriber
    version.save()


def second_pump(visit):
    visit.ketamine = visit.dose_order
    visit.order(11, drug="magnesium", confirmed=frozenset({"fast"}))
    bottle = actions.receive_container(
        site=visit.site, code="MAG-1", drug="magnesium", strength_mg_ml=D(500), volume_ml=D(20), lot="LOT-M",
        expires_on=visit.container.expires_on, use="single", by=visit.other, at=visit.at(-60),
    )  # fmt: skip
    order = visit.dose_order
    need = order.planned_mg / bottle.strength_mg_ml
    visit.draw(12, container=bottle, ml=need, diluent_ml=order.planned_mg / order.strength_mg_ml - need)
    visit.second_check(
        13, strength_read=order.strength_mg_ml, rate_read=order.rate_ml_h, volume_read=visit.preparation.volume_ml
    )
    visit.start(14)


def test_four_hours_of_two_drugs_a_rate_step_and_a_handover(clinic, long_visit, somebody, minutes_later):
    nurse = somebody("tablet", user=clinic.nurse)
    nurse.opens(sheet(long_visit))
    nurse.sees("Ketamine", "Magnesium")
    nurse.keeps_picture("runsheet-two-drugs-tablet")
    nurse.opens(f"{sheet(long_visit)}rate/")
    nurse.chooses("Which drug", "ketamine", exact=False)
    nurse.types("New rate", "6")
    nurse.presses("Save the new rate")
    nurse.sees("Rate changed.")
    nurse.opens(f"{sheet(long_visit)}hand-over/")
    nurse.picks("To", "Cole League")
    nurse.types("What the next nurse must know", "Warm hands; magnesium stops at the hour")
    nurse.presses("Hand over")
    nurse.sees("Handed over.")
    assert Handover.objects.get().to_nurse == clinic.colleague
    minutes_later(40)
    the_other_nurse_finishes(somebody("tablet", user=clinic.colleague), long_visit)


def the_other_nurse_finishes(other, visit):
    takes_a_set(other, "124", "78", "70", "98", visit=visit, sedation="-1")
    for drug, order in (("magnesium", visit.dose_order), ("ketamine", visit.ketamine)):
        given = next(d for d in queries.state_of(visit.fresh()).drugs if d.dose_order_id == order.pk).ml
        other.opens(f"{sheet(visit)}stop/")
        if drug == "magnesium":
            other.chooses("Which drug", drug, exact=False)
        other.types("Volume given, read off the pump", given.quantize(D("0.1")))
        other.chooses("Why it stops", "End of the order")
        other.presses("Stop the infusion")
        other.sees("Stopped.")
    other.sees("Before going home")
    assert queries.state_of(visit.fresh()).phase == "observing"
