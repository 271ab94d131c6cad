"""J5, what the rules and the screens do: stopped by the protocol's rule, a late correction, a screen on the wall."""

from decimal import Decimal as D

import pytest

from clinic.models import WallScreen
from sessions import actions, queries
from sessions.models import DrugEvent
from tests.journeys.clinic import open_clinic
from tests.sessions import scene as scenes
from tests.sessions.screens import begin, full_board


@pytest.fixture
def clinic(live_db, morning_zone):
    return open_clinic(morning_zone)


def sheet(visit):
    return f"/sessions/{visit.session.pk}/"


def takes_a_set(nurse, visit, *figures):
    nurse.opens(f"{sheet(visit)}vitals/")
    nurse.keys_in(*figures)
    nurse.presses("Save vitals for")
    nurse.sees("Vitals saved")


# ---- stopped by the rule
def test_the_protocols_rule_stops_it_with_its_exact_reason(clinic, live_stream, somebody, monkeypatch):
    begin(monkeypatch, 30)
    visit = scenes.Scene(clinic).running()
    visit.vitals(20)
    doctor, nurse = somebody("desktop", user=clinic.prescriber), somebody("tablet", user=clinic.nurse, theme="dim")
    doctor.opens("/board/")
    takes_a_set(nurse, visit, "186", "112", "96", "97")
    doctor.sees("Alarm", seconds=12)
    nurse.sees("Stop rule met.")
    nurse.keeps_picture("runsheet-stop-rule-dim-tablet")
    nurse.follows("Stop by the rule")
    by_the_rates = queries.state_of(visit.fresh()).main.ml.quantize(D("0.1"))
    nurse.types("Volume given, read off the pump", by_the_rates)
    nurse.presses("Stop the infusion")
    nurse.sees("Stopped.")
    stop = DrugEvent.objects.get(entry__session=visit.session, action="stop")
    assert stop.cause == "stop_rule"
    said = sorted(stop.text.split("; "))
    assert [words.partition(" at ")[0] for words in said] == ["Diastolic 112 mmHg", "Systolic 186 mmHg"]
    assert [words.rpartition(", ")[2] for words in said] == ["limit at or above 110", "limit at or above 180"]
    nurse.opens(f"{sheet(visit)}?view=table&all=1")
    nurse.sees("Systolic 186 mmHg at")
    doctor.sees("Observation", seconds=12)
    nurse.opens(f"{sheet(visit)}resume/")
    assert nurse.page.get_by_role("button", name="Resume the infusion").count() == 0, "stopped is stopped"


# ---- what was charted wrong is put right late
def test_a_late_correction_changes_totals_and_chart(clinic, somebody, monkeypatch):
    begin(monkeypatch, 60)
    visit = scenes.Scene(clinic).running()
    visit.do(actions.set_rate, 20, dose_order=visit.dose_order, rate_ml_h=D("26.3"))
    for minute in (20, 30, 40):
        visit.vitals(minute)
    visit.stop(45, volume_ml="19.7")
    nurse = somebody("tablet", user=clinic.nurse)
    nurse.opens(f"{sheet(visit)}doses/")
    nurse.sees("19.71 mg", "25 min")
    nurse.opens(sheet(visit))
    before = drawn(nurse)
    put_right(nurse, visit, "26.3", "40", "Typed 26.3, the pump's log says 40")
    nurse.sees("The old value stays, struck through.", "Typed 26.3, the pump's log says 40")
    after = drawn(nurse)
    assert before != after
    assert ("0.38" in before, "0.38" in after, "0.57" in after) == (True, False, True)
    nurse.opens(f"{sheet(visit)}doses/")
    nurse.sees("25.42 mg", "5.72 mg less than the rates make")
    nurse.keeps_picture("doses-corrected-tablet")
    assert queries.state_of(visit.fresh()).mg.quantize(D("0.01")) == D("25.42")


def put_right(nurse, visit, wrong, right, why):
    rate = DrugEvent.objects.get(entry__session=visit.session, rate_ml_h=D(wrong))
    nurse.opens(f"{sheet(visit)}?view=table&all=1")
    nurse.page.locator(f'a[href*="/entries/{rate.pk}/correct/"]').first.click()
    nurse.looks()
    nurse.types("Rate", right)
    nurse.types("Why", why)
    nurse.presses("Save the correction")


def drawn(nurse):
    """The words in the chart."""
    return " ".join(nurse.page.locator("main svg text").all_text_contents())


# ---- the wall
def test_a_screen_on_the_wall_from_its_code_to_its_end(clinic, live_stream, somebody, monkeypatch):
    begin(monkeypatch, 42)
    visit = full_board(clinic)[0]
    wall, admin = somebody("desktop", name="wall"), somebody("tablet", user=clinic.clinic_admin)
    the_screen_is_paired(wall, admin)
    wall.stands_at("Chair 1 needs someone now", seconds=15)
    wall.page.locator("html[data-live-is=live]").wait_for(state="attached")
    wall.sees_nothing_of("ADLER", "Adler", "150", "88", "Nora")
    wall.keeps_picture("wall-desktop")
    nurse = somebody("tablet", user=clinic.nurse)
    nurse.opens(sheet(visit))
    nurse.presses("I am going")
    takes_a_set(nurse, visit, "126", "80", "74", "97")
    calling = wall.page.get_by_role("heading", name="Chair 1 needs someone now")
    calling.wait_for(state="detached", timeout=12000)
    for theme in ("dark", "dim"):
        wall.prefers(theme).reloads()
    admin.opens("/walls/")
    admin.follows("Revoke")
    admin.presses("Revoke this screen")
    wall.sees("This screen was revoked", seconds=15)
    assert WallScreen.objects.get().revoked_by == clinic.clinic_admin


def the_screen_is_paired(wall, admin):
    """The screen shows six letters; an admin who stands before it types them on a device of their own."""
    wall.opens("/wall/")
    wall.presses("Show a code")
    code = wall.page.locator(".wall-code").inner_text()
    admin.opens("/walls/")
    admin.follows("Pair a screen")
    admin.types("The code on the screen", "BBB-BBB" if code != "BBB-BBB" else "CCC-CCC")
    admin.types("Where it hangs", "Nurses' station")
    admin.presses("Pair this screen")
    admin.sees("There is a problem")
    admin.still_has("Where it hangs", "Nurses' station")
    admin.types("The code on the screen", code)
    admin.presses("Pair this screen")
    admin.sees("Nurses' station")
