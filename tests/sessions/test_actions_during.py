"""While it runs, the odd ways: pumps asked back, infiltration, longer infusions, drugs by hand, emergencies."""

import datetime as dt
import uuid
from decimal import Decimal as D

import pytest

from clinic.models import Alert, AuditEvent, Task
from clinic.refusal import Conflict, Refused
from sessions import actions, queries
from sessions.actions import When
from sessions.models import Discrepancy, Entry, LedgerEntry, Order, Reconciliation
from sessions.presenters.handover import handover_lines
from sessions.presenters.totals import totals_page
from sessions.rules.drugs import RUNNING, STOPPED
from tests.sessions.said import codes, state

pytestmark = pytest.mark.django_db


class TestPumpVolume:
    def test_what_does_not_fit_asks_and_is_kept_with_its_words(self, scene, infusing):
        with pytest.raises(Refused) as refused:
            scene.stop(50, volume_ml="20")
        assert codes(refused) == {"confirm.volume_ml"}
        assert "Pump 20 mL, the charted rates make 35 mL" in str(refused.value)
        entry = scene.stop(50, volume_ml="20", confirmed=frozenset({"volume_ml"})).entry
        assert entry.reason == "Pump 20 mL, the charted rates make 35 mL: 15 mL or 15 mg less."
        assert Discrepancy.objects.get().found_mg == 35

    def test_what_the_syringe_never_held_is_refused_even_when_confirmed(self, scene, infusing):
        with pytest.raises(Refused) as refused:
            scene.stop(50, volume_ml="61", confirmed=frozenset({"volume_ml"}))
        assert codes(refused) == {"hard.volume_ml"}
        assert not Entry.objects.filter(drugevent__action="stop").exists()

    def test_a_stop_entered_late_is_held_against_its_own_time(self, scene, infusing):
        scene.stop(60, volume_ml="17.5", when=When(scene.at(30)))
        assert not Discrepancy.objects.exists()

    def test_entered_afterwards_nobody_can_be_asked(self, scene, infusing):
        odd = scene.stop(60, volume_ml="20", when=When(scene.at(50), source="paper")).entry
        assert (odd.detail.volume_ml, "15 mL" in odd.reason) == (20, True)

    def test_an_impossible_one_from_paper_leaves_the_stop_unread(self, scene, infusing):
        entry = scene.stop(60, volume_ml="61", when=When(scene.at(50), source="paper")).entry
        assert (entry.detail.volume_ml, "held 50 mL" in entry.reason) == (None, True)

    def test_a_correction_is_asked_the_same(self, scene, infusing):
        stop = scene.stop(50).entry
        change = {"entry": stop, "reason": "Read again", "by": scene.nurse, "at": scene.at(55)}
        with pytest.raises(Refused) as refused:
            actions.correct_entry(entry_id=uuid.uuid4(), changes={"volume_ml": D(61)}, **change)
        assert codes(refused) == {"hard.volume_ml"}
        with pytest.raises(Refused) as refused:
            actions.correct_entry(entry_id=uuid.uuid4(), changes={"volume_ml": D(20)}, **change)
        assert codes(refused) == {"confirm.volume_ml"}
        actions.correct_entry(entry_id=uuid.uuid4(), changes={"volume_ml": D("34.5")}, **change)
        assert state(scene, 56).main.pump_ml == D("34.5")

    def test_the_pump_is_read_later(self, scene, infusing):
        stop = scene.stop(50, volume_ml=None).entry
        assert not LedgerEntry.objects.filter(kind="given").exists()
        actions.read_pump(
            entry=stop, entry_id=uuid.uuid4(), volume_ml=D(35), by=scene.nurse, at=scene.at(58)
        )  # fmt: skip
        assert LedgerEntry.objects.get(kind="given").mg == 35
        note = scene.do(actions.record_note, 60, text="Fine").entry
        with pytest.raises(Refused):
            actions.read_pump(entry=note, entry_id=uuid.uuid4(), volume_ml=D(1), by=scene.nurse, at=scene.at(60))

    def test_the_syringe_in_the_pump_is_not_changed_for_itself(self, scene, infusing):
        with pytest.raises(Refused) as refused:
            scene.do(actions.change_syringe, 20, dose_order=scene.dose_order, preparation=scene.preparation,
                     volume_ml=D("8.75"))  # fmt: skip
        assert codes(refused) == {"syringe.same"}


class TestInfiltration:
    def test_it_pauses_tells_the_uncertain_apart_and_goes_on_with_a_new_line(self, scene, infusing):
        scene.do(actions.record_line, 15, action="checked")
        made = scene.do(actions.infiltrate, 20, site="left forearm")
        now = state(scene, 22)
        assert (scene.fresh().phase, now.line, now.main.halt.detail.cause) == ("paused", "infiltrated", "line")
        assert (now.main.mg, now.main.uncertain_mg, now.main.certain_mg) == (D("8.75"), D("4.375"), D("4.375"))
        with pytest.raises(Refused) as refused:
            scene.do(actions.resume, 22, dose_order=scene.dose_order)
        assert codes(refused) == {"resume.line"}
        scene.do(actions.record_line, 24, action="resited", site="right hand", gauge="22G")
        scene.do(actions.resume, 25, dose_order=scene.dose_order)
        later = state(scene, 35).main
        assert (later.mg, later.uncertain_mg) == (D("17.5"), D("4.375")), "what goes through the new line is certain"
        assert made.created

    def test_sent_twice_it_is_there_once(self, scene, infusing):
        ident = uuid.uuid4()
        for _ in range(2):
            scene.do(actions.infiltrate, 20, entry_id=ident)
        assert Entry.objects.filter(kind="line", lineentry__action="infiltrated").count() == 1
        assert Entry.objects.filter(drugevent__action="pause").count() == 1

    def test_the_nurse_says_since_when_and_not_in_the_future(self, scene, infusing):
        with pytest.raises(Refused) as refused:
            scene.do(actions.infiltrate, 20, since=scene.at(25))
        assert codes(refused) == {"line.since"}
        scene.do(actions.infiltrate, 20, since=scene.at(18))
        assert state(scene, 20).main.uncertain_mg == D("1.75")

    def test_struck_out_nothing_is_uncertain(self, scene, infusing):
        entry = scene.do(actions.infiltrate, 20).entry
        actions.strike_entry(entry=entry, entry_id=uuid.uuid4(), reason="Wrong chair", by=scene.nurse, at=scene.at(21))
        assert not state(scene, 22).dose_uncertain

    def test_not_uncertain_after_all_is_a_correction(self, scene, infusing):
        entry = scene.do(actions.infiltrate, 20, since=scene.at(15)).entry
        actions.correct_entry(entry=entry, entry_id=uuid.uuid4(), changes={"dose_uncertain": False},
                              reason="Swelling was there before", by=scene.nurse, at=scene.at(21))  # fmt: skip
        assert not state(scene, 22).dose_uncertain

    def test_the_totals_never_add_it_silently(self, scene, infusing):
        scene.do(actions.record_line, 15, action="checked")
        scene.do(actions.infiltrate, 20)
        page = totals_page(scene.session, scene.at(25))
        assert page.drugs[0].uncertain == "4.38 mg of it uncertain, 4.38 mg certain"
        assert page.days[-1].note == "4.38 mg of it uncertain"


class TestSeveralPumps:
    def test_all_that_runs_is_paused_in_one_step(self, scene, infusing):
        ident = uuid.uuid4()
        for _ in range(2):
            scene.do(actions.pause_all, 20, entry_id=ident, cause="toilet")
        assert (scene.fresh().phase, Entry.objects.filter(drugevent__action="pause").count()) == ("paused", 1)
        with pytest.raises(Refused) as refused:
            scene.do(actions.pause_all, 22)
        assert codes(refused) == {"drug.which"}


class TestLonger:
    def test_a_prescriber_makes_it_longer_and_the_end_moves(self, scene, infusing):
        order = actions.extend(session=scene.session, dose_order=scene.dose_order, minutes=D(20), by=scene.doctor,
                               at=scene.at(30))  # fmt: skip
        assert (order.dose_mg, order.minutes, order.category) == (D("17.5"), 20, "extension")
        drug = state(scene, 30).main
        assert (drug.planned_mg, drug.planned_minutes, drug.ends_at) == (D("52.5"), 60, scene.at(70))

    def test_a_nurse_takes_it_by_word_of_mouth_only(self, scene, infusing):
        with pytest.raises(Refused) as refused:
            actions.extend(session=scene.session, dose_order=scene.dose_order, minutes=D(20), by=scene.nurse,
                           at=scene.at(30))  # fmt: skip
        assert codes(refused) == {"role.prescriber"}
        said = {"ordered_by": scene.doctor, "read_back": True, "by": scene.nurse, "at": scene.at(30)}
        with pytest.raises(Refused, match="Read it back again"):
            actions.extend(session=scene.session, dose_order=scene.dose_order, minutes=D(20),
                           **said | {"read_back": "Longer infusion, ketamine, 2 minutes more (two)."})  # fmt: skip
        order = actions.extend(session=scene.session, dose_order=scene.dose_order, minutes=D(20), **said)
        assert (order.kind, state(scene, 31).main.planned_mg) == ("verbal", D("52.5"))
        spoken = "20 minutes more (two zero), 17.5 milligrams more (one seven point five)."
        assert order.said_back == f"Longer infusion, ketamine, {spoken}"
        ending = {"order": order, "by": scene.nurse, "at": scene.at(32)}
        for lacks, code in (({"reason": "Tired"}, "role.prescriber"),
                            ({"reason": " ", "said_by": scene.doctor}, "order.reason")):  # fmt: skip
            with pytest.raises(Refused) as refused:
                actions.end_order(**ending, **lacks)
            assert codes(refused) == {code}
        actions.end_order(**ending, reason="Tired", said_by=scene.doctor)
        assert state(scene, 33).main.planned_mg == 35
        note = Entry.objects.get(session=scene.session, kind="note").detail.text
        assert note == f"Order ended: {order.said_back} Why: Tired. Said by {scene.doctor.name}."
        with pytest.raises(Refused):
            actions.end_order(**ending, reason="Again", said_by=scene.doctor)

    def test_what_does_not_run_is_not_made_longer(self, scene, infusing):
        scene.stop()
        with pytest.raises(Refused) as refused:
            actions.extend(session=scene.session, dose_order=scene.dose_order, minutes=D(20), by=scene.doctor,
                           at=scene.at(55))  # fmt: skip
        assert codes(refused) == {"extend.phase"}
        assert not Order.objects.filter(category="extension").exists()


@pytest.fixture
def midazolam(scene, infusing):
    """A vial of midazolam and an order for 2 mg of it, in a running infusion."""
    vial = actions.receive_container(
        site=scene.site, code="MID-1", drug="midazolam", strength_mg_ml=D(1), volume_ml=D(5), lot="M",
        expires_on=dt.date(2027, 1, 31), use="single", by=scene.other, at=scene.at(-60),
    )  # fmt: skip
    order = actions.write_order(session=scene.session, category="drug", drug="midazolam", dose_mg=D(2), route="IV",
                                by=scene.doctor, at=scene.at(15))  # fmt: skip
    return vial, order


class TestByHand:
    def test_drawn_given_and_the_rest_wasted_before_a_witness(self, scene, midazolam):
        vial, order = midazolam
        given = {"order": order, "container": vial, "drawn_ml": D(3), "dose_mg": D(2)}
        entry = scene.do(actions.give_by_hand, 20, witness=scene.other, **given).entry
        assert (entry.detail.dose_mg, entry.detail.preparation.total_mg) == (2, 3)
        line = next(row for row in queries.balances(scene.site) if row.container == vial)
        b = line.balance
        assert (b.given, b.wasted, b.in_use_mg, b.in_stock, b.holds) == (2, 1, 0, 2, True)
        assert AuditEvent.objects.filter(verb="entry.drug_drawn_and_given").exists()

    def test_without_a_witness_the_rest_stays_in_use(self, scene, midazolam):
        vial, order = midazolam
        ident = uuid.uuid4()
        for _ in range(2):
            scene.do(actions.give_by_hand, 20, entry_id=ident, order=order, container=vial, drawn_ml=D(3), dose_mg=D(2))
        b = next(row for row in queries.balances(scene.site) if row.container == vial).balance
        assert (b.given, b.in_use_mg) == (2, 1)

    @pytest.mark.parametrize(
        ("change", "expected"),
        [
            ({"dose_mg": D(3), "drawn_ml": D(2)}, {"hard.dose_mg"}),
            ({"drawn_ml": D(9)}, {"container.stock"}),
            ({"dose_mg": D(3), "drawn_ml": D(3)}, {"order.dose"}),
            ({"drawn_ml": D(0)}, {"hard.drawn_ml"}),
        ],
    )
    def test_what_does_not_fit_is_refused_and_nothing_is_drawn(self, scene, midazolam, change, expected):
        vial, order = midazolam
        with pytest.raises(Refused) as refused:
            scene.do(actions.give_by_hand, 20,
                     **{"order": order, "container": vial, "drawn_ml": D(2), "dose_mg": D(2)} | change)  # fmt: skip
        assert codes(refused) == expected
        assert not LedgerEntry.objects.filter(container=vial, kind="drawn").exists()

    def test_a_witness_is_not_who_drew_it(self, scene, midazolam):
        vial, order = midazolam
        with pytest.raises(Refused) as refused:
            scene.do(actions.give_by_hand, 20, order=order, container=vial, drawn_ml=D(3), dose_mg=D(2),
                     witness=scene.nurse)  # fmt: skip
        assert codes(refused) == {"witness.maker"}
        assert not Entry.objects.filter(drugevent__action="given").exists()

    def test_another_drugs_vial_is_refused(self, scene, midazolam):
        with pytest.raises(Refused) as refused:
            scene.do(actions.give_by_hand, 20, order=midazolam[1], container=scene.container, drawn_ml=D(1),
                     dose_mg=D(2))  # fmt: skip
        assert "container.drug" in codes(refused)

    def test_it_is_not_given_as_if_it_came_from_nowhere(self, scene, midazolam):
        give = {"order": midazolam[1], "dose_mg": D(2)}
        with pytest.raises(Refused) as refused:
            scene.do(actions.give_drug, 20, **give)
        assert codes(refused) == {"give.container"}
        scene.do(actions.emergency, 21)
        assert scene.do(actions.give_drug, 22, **give).created, "in an emergency it is given first"

    def test_a_dose_put_right_opens_a_difference(self, scene, midazolam):
        vial, order = midazolam
        entry = scene.do(actions.give_by_hand, 20, order=order, container=vial, drawn_ml=D(3), dose_mg=D(2)).entry
        actions.correct_entry(entry=entry, entry_id=uuid.uuid4(), changes={"dose_mg": D(1)}, reason="Only half",
                              by=scene.nurse, at=scene.at(25))  # fmt: skip
        row = Discrepancy.objects.get()
        assert (row.expected_mg, row.found_mg) == (2, 1)


class TestEmergency:
    def test_one_tap_stops_calls_every_screen_and_asks_for_order_afterwards(self, scene, infusing):
        scene.do(actions.emergency, 22)
        assert state(scene, 22).main.phase == STOPPED
        alert = Alert.objects.get(kind="emergency")
        assert (alert.neutral_words, alert.state) == ("Emergency in chair 1", "open")
        assert Task.objects.get(kind="other").title.startswith("Put the emergency in chair 1 in order")
        scene.do(actions.emergency, 23, by=scene.other)
        assert Alert.objects.filter(kind="emergency").count() == 1, "called by another it is still one emergency"
        scene.do(actions.emergency, 40, step="handed_over")
        alert.refresh_from_db()
        assert (alert.state, alert.acknowledged_by, alert.done_words) == (
            "closed", scene.nurse, "Handed over to the emergency services.",
        )  # fmt: skip

    def test_it_goes_on_after_a_false_call_through_its_gate(self, scene, infusing):
        scene.do(actions.emergency, 22)
        with pytest.raises(Refused) as refused:
            scene.do(actions.resume, 23, dose_order=scene.dose_order)
        assert codes(refused) == {"resume.emergency", "resume.cause", "resume.fresh", "resume.decision"}
        scene.do(actions.emergency, 25, step="over")
        scene.vitals(26)
        scene.do(actions.resume, 27, by=scene.doctor, dose_order=scene.dose_order, cause_named="Slept deeply")
        assert (state(scene, 28).main.phase, scene.fresh().phase) == (RUNNING, "infusing")

    def test_a_stop_that_was_the_end_does_not_go_on(self, scene, infusing):
        scene.stop()
        scene.vitals(52)
        with pytest.raises(Refused) as refused:
            scene.do(actions.resume, 53, by=scene.doctor, dose_order=scene.dose_order)
        assert "resume.phase" in codes(refused)

    def test_it_is_put_in_order_once_by_somebody(self, scene, infusing):
        called = scene.do(actions.emergency, 22).entry
        scene.do(actions.emergency, 24, step="drug", text="adrenaline")
        scene.do(actions.emergency, 40, step="over")
        ticks = frozenset({"times", "drugs", "told"})
        with pytest.raises(Refused) as refused:
            actions.reconcile(session=scene.session, called=called, said=ticks, by=scene.nurse, at=scene.at(60))
        assert codes(refused) == {"reconcile.volumes", "reconcile.waste", "reconcile.drugs"}
        note = {"note": "The pump went with the ambulance", "by": scene.nurse}
        row = actions.reconcile(session=scene.session, called=called, said=ticks, at=scene.at(61), **note)
        assert (row.done_by, Reconciliation.objects.count()) == (scene.nurse, 1)
        assert ["volumes", "Ketamine: volume read off the pump", "open: Not read yet."] in row.items
        task = Task.objects.get(kind="other")
        assert (task.state, task.outcome) == ("done", "The pump went with the ambulance")
        with pytest.raises(Conflict):
            actions.reconcile(session=scene.session, called=called, said=ticks, at=scene.at(62), **note)

    def test_a_call_struck_out_is_no_emergency(self, scene, infusing):
        called = scene.do(actions.emergency, 22).entry
        actions.strike_entry(
            entry=called, entry_id=uuid.uuid4(), reason="Wrong button", by=scene.nurse, at=scene.at(23)
        )
        assert state(scene, 23).emergency_since is None


class TestLeaving:
    FACTS = {
        "advice": "Stay an hour", "risks": "No driving", "capacity": "able", "line_out": True, "form": "signed",
        "told": "Sister", "reason": "Has to work",
    }  # fmt: skip

    def test_who_signed_is_kept_with_the_strokes(self, scene, infusing):
        ending = actions.leave_against_advice(
            session=scene.session, by=scene.nurse, at=scene.at(25), printed_name="Ada Sample",
            drawing=[[[1, 2], [3, 4]]], **self.FACTS,
        )  # fmt: skip
        assert (ending.printed_name, ending.drawing, ending.risks) == ("Ada Sample", [[[1, 2], [3, 4]]], "No driving")

    def test_a_refusal_may_have_a_witness_who_is_another(self, scene, infusing):
        refused_form = self.FACTS | {"form": "refused"}
        with pytest.raises(Refused) as refused:
            actions.leave_against_advice(session=scene.session, by=scene.nurse, at=scene.at(25), witness=scene.nurse,
                                         **refused_form)  # fmt: skip
        assert codes(refused) == {"witness.maker"}
        ending = actions.leave_against_advice(session=scene.session, by=scene.nurse, at=scene.at(25),
                                              witness=scene.other, **refused_form)  # fmt: skip
        assert ending.witness == scene.other


def test_a_handover_keeps_how_it_stood(scene, infusing):
    scene.vitals(20)
    lines = handover_lines(scene.session, scene.at(22))
    said = dict(lines)
    assert said["Pump"].startswith("Ketamine 0.75 mg/kg/h")
    assert "10.5 of 35 mg given" in said["Pump"]
    assert said["IV line"].startswith("Placed, left forearm")
    row = actions.hand_over(
        session=scene.session, to_nurse=scene.other, note="Break", summary=lines, by=scene.nurse, at=scene.at(22)
    )
    row.refresh_from_db()
    assert row.summary == lines


def test_a_late_correction_of_a_rate_changes_every_total(scene, infusing):
    rate = scene.do(actions.set_rate, 20, dose_order=scene.dose_order, rate_ml_h=D(30)).entry
    assert totals_page(scene.session, scene.at(40)).drugs[0].rates == [("52.5 mL/h", "10 min"), ("30 mL/h", "20 min")]
    actions.correct_entry(entry=rate, entry_id=uuid.uuid4(), changes={"rate_ml_h": D(42)}, reason="Misread",
                          by=scene.nurse, at=scene.at(41))  # fmt: skip
    page = totals_page(scene.session, scene.at(40))
    assert page.drugs[0].given == "22.75 mg, 22.75 mL by the charted rates"
    assert page.days[-1].sum == "22.75 mg"
