"""The whole way of one infusion by the actions, and its other endings."""

from decimal import Decimal as D

import pytest

from clinic.models import AuditEvent, StateChange, Task
from clinic.refusal import Conflict, Refused
from sessions import actions, queries
from sessions.models import Discrepancy, InfusionSession, LedgerEntry
from tests.sessions.said import codes

pytestmark = pytest.mark.django_db


def test_a_calm_infusion_from_check_in_to_signature(scene, infusing):
    for minutes in (20, 30, 40):
        scene.vitals(minutes)
    state = queries.state_of(scene.session, scene.at(40))
    assert (state.phase, state.minutes, state.mg) == ("infusing", 30, D("26.25"))
    assert state.mg_per_kg == D("0.375")

    scene.stop()
    session = scene.fresh()
    assert (session.phase, session.started_at, session.stopped_at) == ("observing", scene.at(10), scene.at(50))
    scene.observed()
    scene.discharge()
    session = scene.fresh()
    assert (session.phase, session.ending) == ("ended", "completed")
    scene.appointment.refresh_from_db()
    assert scene.appointment.state == "done"

    scene.waste()
    line = queries.balances(scene.site)[0]
    assert line.balance.holds
    assert (line.balance.given, line.balance.wasted, line.balance.in_stock) == (D(35), D(15), D(450))
    assert not Discrepancy.objects.exists()

    signature = actions.sign_chart(session=session, by=scene.doctor, at=scene.at(200))
    assert actions.verify_signature(scene.fresh())
    assert signature.printed_name.startswith("Petra")


def test_every_step_leaves_its_audit_row_and_a_new_version(scene, infusing):
    verbs = set(AuditEvent.objects.values_list("verb", flat=True))
    assert {
        "session.checked_in",
        "session.check_answered",
        "entry.weight",
        "entry.vitals",
        "entry.line",
        "dose.ordered",
        "container.received",
        "preparation.made",
        "second_check.read",
        "entry.drug_started",
    } <= verbs
    before = scene.fresh().version
    scene.vitals(20)
    assert scene.fresh().version == before + 1


def test_the_phases_are_kept_with_who_and_when(scene, infusing):
    scene.stop()
    moves = StateChange.objects.filter(subject_id=scene.session.pk).values_list("from_state", "to_state", "at")
    assert list(moves) == [
        ("preparing", "infusing", scene.at(10)),
        ("infusing", "observing", scene.at(50)),
    ]


def test_the_dose_follows_the_signed_plan_and_todays_weight(scene):
    scene.check_in()
    scene.weigh(kg="68.4")
    order = scene.order()
    assert (order.planned_mg, order.volume_ml, order.rate_ml_h) == (D("34.2"), D("34.20"), D("51.30"))
    assert order.order.kind == "plan"
    assert order.order.ordered_by == scene.doctor


def test_a_nurse_cannot_change_the_plan_but_a_prescriber_can(scene):
    scene.check_in()
    scene.weigh()
    with pytest.raises(Refused) as refused:
        scene.order(per_unit=D("0.6"))
    assert codes(refused) == {"prescriber.change"}
    assert scene.order(by=scene.doctor, per_unit=D("0.6")).planned_mg == D("42.0")


def test_the_protocols_maximum_is_nobodys_to_pass(scene):
    scene.check_in()
    scene.weigh(kg="150")
    with pytest.raises(Refused) as refused:
        scene.order(by=scene.doctor, per_unit=D("0.9"))
    assert "hard.max_total" in codes(refused)


def test_a_second_session_of_the_same_patient_is_refused(scene):
    scene.check_in()
    from tests import factories

    other = factories.appointment(of=scene.patient, at_site=scene.site, course=scene.course, starts_at=scene.at(600))
    with pytest.raises(Refused) as refused:
        actions.check_in(appointment=other, by=scene.nurse, at=scene.at(30))
    assert codes(refused) == {"check_in.open"}


def test_not_started_with_the_drug_drawn_leaves_it_in_use_until_wasted(scene, ready):
    actions.not_started(session=scene.session, reason="Chest pain on arrival", by=scene.nurse, at=scene.at(15))
    assert scene.fresh().ending == "not_started"
    assert queries.balances(scene.site)[0].balance.in_use_mg == D(50)
    assert any(item.code == "day.in_use" for item in queries.day_close(scene.site))
    scene.waste(mg="50")
    balance = queries.balances(scene.site)[0].balance
    assert (balance.in_use_mg, balance.wasted, balance.holds) == (D(0), D(50), True)


def test_half_the_dose_is_stopped_early_and_says_why(scene, infusing):
    scene.stop(30, "17.5", cause="side_effect", text="Nausea that did not settle")
    scene.observed(92)
    ending = scene.discharge(93)
    assert (ending.kind, ending.reason) == ("stopped_early", "Nausea that did not settle")


def test_leaving_against_advice_is_never_blocked_and_sets_up_a_call(scene, infusing):
    facts = {
        "advice": "Stay for an hour",
        "risks": "Drowsy, no driving",
        "capacity": "able",
        "line_out": False,
        "form": "refused",
        "told": "Dr Prescriber",
    }
    actions.leave_against_advice(session=scene.session, by=scene.nurse, at=scene.at(25), **facts)
    session = scene.fresh()
    assert (session.ending, session.phase, session.stopped_at) == ("against_advice", "ended", scene.at(25))
    task = Task.objects.get(kind="call_back", patient=scene.patient)
    assert "line may still be in" in task.title


def test_leaving_says_all_the_facts_it_needs(scene):
    scene.check_in()
    with pytest.raises(Refused) as refused:
        actions.leave_against_advice(
            session=scene.session,
            advice="",
            risks="",
            capacity="",
            line_out=None,
            form="",
            told="",
            by=scene.nurse,
            at=scene.at(5),
        )
    assert codes(refused) == {f"ending.{n}" for n in ("advice", "risks", "capacity", "line_out", "form", "told")}


def test_an_emergency_stops_the_pump_and_ends_in_a_transfer(scene, infusing):
    called = scene.do(actions.emergency, 22)
    state = queries.state_of(scene.session, scene.at(23))
    assert state.emergency_since == scene.at(22)
    assert not state.running
    assert scene.fresh().phase == "observing"
    scene.do(actions.emergency, 24, step="services_called")
    scene.do(actions.emergency, 40, step="handed_over")
    actions.transfer(
        session=scene.session,
        to_where="General hospital",
        taken_by="Ambulance 7",
        handed_to="Dr Intake",
        reason="Low saturation",
        by=scene.nurse,
        at=scene.at(45),
    )
    assert scene.fresh().ending == "transferred"
    assert called.created
    assert queries.balances(scene.site)[0].balance.in_use_mg == D(50), "the pump was not read: reconciled afterwards"


def test_the_volume_read_later_reconciles_an_emergency(scene, infusing):
    scene.do(actions.emergency, 22)
    stop = scene.session.entries.get(drugevent__action="stop")
    actions.correct_entry(
        entry=stop,
        entry_id=_id(),
        changes={"volume_ml": D("10.5")},
        reason="Read off the pump afterwards",
        by=scene.nurse,
        at=scene.at(60),
    )
    assert LedgerEntry.objects.get(kind="given").mg == D("10.5")


def _id():
    import uuid

    return uuid.uuid4()


def test_discharge_lists_all_that_is_missing(scene, infusing):
    scene.stop()
    with pytest.raises(Refused) as refused:
        scene.discharge(55, escort_arrived=False, instructions_given=False)
    assert codes(refused) == {
        f"discharge.{n}"
        for n in ("score", "vitals_fresh", "line_out", "room_air", "oriented", "escort", "instructions")
    }


def test_a_prescriber_may_waive_criteria_but_not_the_line(scene, infusing):
    scene.stop()
    with pytest.raises(Refused) as refused:
        scene.discharge(60, by=scene.doctor, override_reason="Known to recover fast; seen by video")
    assert codes(refused) == {"discharge.line_out"}
    scene.line(61, action="removed")
    ending = scene.discharge(62, by=scene.doctor, override_reason="Known to recover fast; seen by video")
    assert (ending.kind, ending.override_by) == ("completed", scene.doctor)


def test_another_way_home_is_the_prescribers_decision(scene, infusing):
    scene.stop()
    scene.observed()
    with pytest.raises(Refused) as refused:
        scene.discharge(escort_arrived=False, other_way="Taxi, met by a neighbour")
    assert codes(refused) == {"discharge.decision"}
    actions.write_order(
        session=scene.session, category="discharge", text="Taxi is fine", by=scene.doctor, at=scene.at(112)
    )
    assert scene.discharge(escort_arrived=False, other_way="Taxi, met by a neighbour").other_way_home.startswith("Taxi")


def test_a_stale_page_is_told_so(scene, infusing):
    scene.stop()
    scene.observed()
    with pytest.raises(Conflict):
        scene.discharge(version=scene.session.version)


def test_handover_names_both(scene, infusing):
    row = actions.hand_over(session=scene.session, to_nurse=scene.other, note="Break", by=scene.nurse, at=scene.at(20))
    assert (row.from_nurse, scene.fresh().responsible_nurse) == (scene.nurse, scene.other)


def test_the_board_names_the_chair_that_needs_someone(scene, infusing):
    scene.vitals(15, systolic=190, diastolic=100)
    top = queries.board(scene.site, scene.at(16))[0]
    assert (top.session, top.state.level, top.chair.label) == (scene.session, "alarm", "1")
    assert InfusionSession.objects.open().at_site(scene.site).count() == 1


def test_after_an_emergency_the_pump_is_read_and_the_rest_posted_once(scene, infusing):
    scene.do(actions.emergency, 22)
    scene.stop(30, volume_ml="10.5", cause="emergency")
    scene.stop(31, volume_ml="10.5", cause="emergency")
    assert [e.mg for e in LedgerEntry.objects.filter(kind="given")] == [D("10.5")]
    assert not Discrepancy.objects.exists()
