"""Entries: recorded once, late ones marked, corrected and struck in the open, moved off the wrong patient."""

import threading
import uuid
from decimal import Decimal as D

import pytest
from django.db import connections

from clinic.refusal import Conflict, Refused
from sessions import actions, queries
from sessions.actions import When
from sessions.models import Discrepancy, Entry, LedgerEntry
from tests.people import people
from tests.sessions.said import codes
from tests.sessions.scene import Scene, back_entered


@pytest.mark.django_db
class TestOnce:
    def test_sending_it_twice_records_it_once(self, scene):
        scene.check_in()
        ident = uuid.uuid4()
        first = scene.vitals(5, entry_id=ident, when=When(scene.at(5)))
        again = scene.vitals(9, entry_id=ident, when=When(scene.at(5)))
        assert (first.created, again.created, again.entry.pk) == (True, False, first.entry.pk)
        assert again.version == first.version
        assert Entry.objects.filter(kind="vitals").count() == 1

    def test_the_same_id_with_another_body_is_refused(self, scene):
        scene.check_in()
        ident = uuid.uuid4()
        scene.vitals(5, entry_id=ident)
        with pytest.raises(Conflict):
            scene.vitals(5, entry_id=ident, systolic=130)
        with pytest.raises(Conflict):
            scene.do(actions.record_note, 5, text="Something else", entry_id=ident)

    def test_a_start_sent_again_is_not_refused_by_its_own_gate(self, scene, ready):
        ident = uuid.uuid4()
        scene.start(entry_id=ident)
        assert scene.start(entry_id=ident).created is False

    def test_a_typed_time_in_the_future_is_refused_and_a_late_one_marked(self, scene):
        scene.check_in()
        with pytest.raises(Refused) as refused:
            scene.vitals(5, when=When(scene.at(7)))
        assert codes(refused) == {"time.future"}
        late = scene.vitals(30, when=When(scene.at(12), source="back_entered")).entry
        assert (late.late, late.observed_at, late.received_at) == (True, scene.at(12), scene.at(30))
        assert scene.vitals(31).entry.late is False

    def test_a_device_whose_clock_is_off_is_corrected_and_flagged(self, scene):
        scene.check_in()
        entry = scene.vitals(20, when=When(scene.at(25), source="monitor", clock_offset_s=360)).entry
        assert (entry.observed_at, entry.clock_offset_s) == (scene.at(19), 360)

    def test_what_a_monitor_sent_is_kept_however_unlikely(self, scene):
        scene.check_in()
        recorded = scene.vitals(20, spo2=62, when=When(scene.at(20), source="monitor"))
        assert [a.detail.level for a in recorded.alarms] == ["alarm"]

    def test_an_entry_on_an_ended_session_is_kept_and_marked_late(self, scene, infusing):
        scene.stop()
        scene.observed()
        scene.discharge()
        entry = scene.vitals(120, when=When(scene.at(45), source="back_entered")).entry
        assert entry.late
        assert scene.fresh().phase == "ended"

    def test_a_start_charted_on_paper_is_not_refused_but_says_what_was_missing(self, scene):
        scene.check_in()
        scene.weigh()
        scene.order()
        scene.draw()
        entry = scene.start(60, when=back_entered(12)).entry
        assert "second check" in entry.reason
        assert scene.fresh().phase == "infusing"
        assert queries.state_of(scene.session, scene.at(32)).mg == D("17.5")


@pytest.mark.django_db
class TestCorrections:
    def test_a_correction_supersedes_and_both_stay(self, scene):
        scene.check_in()
        typo = scene.vitals(5, systolic=196, baseline=True).entry
        fixed = actions.correct_entry(
            entry=typo,
            entry_id=uuid.uuid4(),
            changes={"systolic": 169},
            reason="Digits swapped",
            by=scene.nurse,
            at=scene.at(8),
        ).entry
        assert (fixed.role, fixed.supersedes_id, fixed.observed_at) == ("correction", typo.pk, scene.at(5))
        assert fixed.detail.diastolic == 78
        assert fixed.detail.baseline is True
        assert queries.state_of(scene.session, scene.at(9)).last["systolic"].value == 169

    def test_a_second_correction_of_the_same_entry_hears_of_the_first(self, scene):
        scene.check_in()
        typo = scene.vitals(5, systolic=196).entry
        fix = {"entry": typo, "changes": {"systolic": 169}, "reason": "Swapped", "by": scene.nurse, "at": scene.at(8)}
        actions.correct_entry(entry_id=uuid.uuid4(), **fix)
        with pytest.raises(Conflict):
            actions.correct_entry(entry_id=uuid.uuid4(), **fix)

    @pytest.mark.parametrize(
        ("changes", "reason", "expected"),
        [
            ({"systolic": 400}, "Typo", {"hard.systolic"}),
            ({"systolic": 60}, "Typo", {"confirm.systolic", "hard.diastolic"}),
            ({"session_id": 3}, "Typo", {"correct.session_id"}),
            ({"systolic": 120}, " ", {"correct.reason"}),
        ],
    )
    def test_a_correction_is_checked_like_the_entry(self, scene, changes, reason, expected):
        scene.check_in()
        entry = scene.vitals(5).entry
        with pytest.raises(Refused) as refused:
            actions.correct_entry(
                entry=entry, entry_id=uuid.uuid4(), changes=changes, reason=reason, by=scene.nurse, at=scene.at(6)
            )
        assert codes(refused) == expected

    def test_a_struck_start_takes_the_phase_back(self, scene, infusing):
        start = Entry.objects.get(drugevent__action="start")
        actions.strike_entry(entry=start, entry_id=uuid.uuid4(), reason="Wrong chair", by=scene.nurse, at=scene.at(15))
        session = scene.fresh()
        assert (session.phase, session.started_at) == ("preparing", None)
        assert queries.state_of(session, scene.at(16)).mg == 0

    def test_alarms_are_never_corrected_by_hand(self, scene):
        scene.check_in()
        alarm = scene.vitals(5, systolic=190).alarms[0]
        with pytest.raises(Refused) as refused:
            actions.strike_entry(entry=alarm, entry_id=uuid.uuid4(), reason="No", by=scene.nurse, at=scene.at(6))
        assert codes(refused) == {"correct.kind"}

    def test_a_late_correction_changes_totals_and_opens_a_ledger_difference(self, scene, infusing):
        scene.do(actions.set_rate, 30, dose_order=scene.dose_order, rate_ml_h=D("26.3"))
        scene.stop(50, volume_ml="26.3")
        assert not Discrepancy.objects.exists()
        before = queries.state_of(scene.session, scene.at(60))
        rate = Entry.objects.get(drugevent__action="rate")
        actions.correct_entry(
            entry=rate,
            entry_id=uuid.uuid4(),
            changes={"rate_ml_h": D("10")},
            reason="Rate was read wrongly",
            by=scene.nurse,
            at=scene.at(90),
        )
        after = queries.state_of(scene.session, scene.at(91))
        assert (before.mg.quantize(D("0.01")), after.mg.quantize(D("0.01"))) == (D("26.27"), D("20.83"))
        difference = Discrepancy.objects.get()
        assert (difference.expected_mg, difference.found_mg.quantize(D("0.01"))) == (D("26.3"), D("20.83"))
        assert any(i.code == "day.discrepancy" for i in queries.day_close(scene.site))

        actions.close_discrepancy(
            discrepancy=difference,
            explanation="Pump log shows 26.3 mL: the rate was right after all",
            witness=scene.other,
            by=scene.nurse,
            at=scene.at(100),
        )
        assert Discrepancy.objects.get().closed_by == scene.nurse

    def test_a_corrected_pump_volume_is_adjusted_before_a_witness(self, scene, infusing):
        stop = scene.stop(50, volume_ml="35").entry
        scene.waste(60, mg="15")
        actions.correct_entry(
            entry=stop,
            entry_id=uuid.uuid4(),
            changes={"volume_ml": D("34")},
            reason="Read again",
            by=scene.nurse,
            at=scene.at(70),
        )
        difference = Discrepancy.objects.get()
        assert difference.difference_mg == -1
        with pytest.raises(Refused):
            actions.close_discrepancy(
                discrepancy=difference, explanation="x", witness=scene.nurse, by=scene.nurse, at=scene.at(75)
            )
        actions.close_discrepancy(
            discrepancy=difference,
            explanation="34 mL given, 16 mL wasted",
            given_mg=D(-1),
            wasted_mg=D(1),
            witness=scene.other,
            by=scene.nurse,
            at=scene.at(75),
        )
        balance = queries.balances(scene.site)[0].balance
        assert (balance.given, balance.wasted, balance.in_use_mg, balance.holds) == (34, 16, 0, True)
        assert LedgerEntry.objects.filter(discrepancy=difference).count() == 2

    def test_a_corrected_weight_changes_mg_per_kg(self, scene, infusing):
        scene.stop()
        weight = Entry.objects.get(kind="weight")
        actions.correct_entry(
            entry=weight,
            entry_id=uuid.uuid4(),
            changes={"value": D("75")},
            reason="Shoes",
            by=scene.nurse,
            at=scene.at(60),
        )
        state = queries.state_of(scene.session, scene.at(61))
        assert (state.mg, state.mg_per_kg.quantize(D("0.001"))) == (35, D("0.467"))


@pytest.mark.django_db
class TestWrongPatient:
    def test_struck_there_and_recorded_here_in_one_step(self, everyone, scene):
        from tests import factories

        neighbour = factories.patient(at_site=everyone.harbor, given_name="Bo", family_name="Neighbour-Test")
        other = Scene(everyone, patient=neighbour, chair=1, version=scene.version)
        scene.check_in()
        other.check_in()
        wrong = scene.vitals(5, systolic=190).entry
        struck, recorded = actions.move_entry_to_patient(
            entry=wrong,
            to_session=other.session,
            strike_id=uuid.uuid4(),
            entry_id=uuid.uuid4(),
            reason="Charted on the wrong patient",
            by=scene.nurse,
            at=scene.at(9),
        )
        assert (struck.entry.role, struck.entry.supersedes_id) == ("strike", wrong.pk)
        assert (recorded.entry.session, recorded.entry.observed_at) == (other.session, scene.at(5))
        here, there = (queries.state_of(s.session, scene.at(10)) for s in (scene, other))
        assert "systolic" not in here.last
        assert here.level == ""
        assert (there.last["systolic"].value, there.level) == (190, "alarm")

    def test_a_pump_entry_cannot_move(self, everyone, scene, infusing):
        start = Entry.objects.get(drugevent__action="start")
        with pytest.raises(Refused) as refused:
            actions.move_entry_to_patient(
                entry=start,
                to_session=scene.session,
                strike_id=uuid.uuid4(),
                entry_id=uuid.uuid4(),
                reason="Wrong",
                by=scene.nurse,
                at=scene.at(12),
            )
        assert codes(refused) == {"move.kind"}


@pytest.mark.django_db
class TestSigned:
    def signed(self, scene):
        scene.running()
        scene.stop()
        scene.observed()
        scene.discharge()
        actions.sign_chart(session=scene.session, by=scene.doctor, at=scene.at(200))
        return scene

    def test_what_arrives_after_the_signature_is_an_addendum(self, scene):
        self.signed(scene)
        note = scene.do(actions.record_note, 210, text="Found on paper: slept well").entry
        assert note.after_signature
        assert note.addendum.added_by == scene.nurse
        assert actions.verify_signature(scene.fresh()), "what was signed is still what it was"

    def test_words_can_be_added_and_the_signature_stays(self, scene):
        self.signed(scene)
        actions.addend(session=scene.session, text="Called: well at home", by=scene.nurse, at=scene.at(300))
        assert scene.fresh().addenda.count() == 1
        with pytest.raises(Conflict):
            actions.sign_chart(session=scene.session, by=scene.doctor, at=scene.at(301))

    def test_a_nurse_does_not_sign_and_an_open_chart_is_not_signed(self, scene):
        scene.check_in()
        with pytest.raises(Refused) as refused:
            actions.sign_chart(session=scene.session, by=scene.doctor, at=scene.at(9))
        assert codes(refused) == {"sign.open"}
        with pytest.raises(Refused) as refused:
            actions.sign_chart(session=scene.session, by=scene.nurse, at=scene.at(9))
        assert codes(refused) == {"role.prescriber"}


def race(*jobs):
    """Run jobs at once in threads of their own; returns their results or exceptions."""
    results, barrier = [], threading.Barrier(len(jobs))

    def run(job):
        barrier.wait()
        try:
            results.append(job())
        except (Refused, ValueError) as problem:
            results.append(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.usefixtures("live_db")
class TestAtOnce:
    def test_a_double_submit_in_two_threads_records_once(self):
        scene = Scene(people())
        scene.check_in()
        ident = uuid.uuid4()
        when = When(scene.at(5))
        results = race(*[lambda: scene.vitals(5, entry_id=ident, when=when)] * 4)
        assert sorted(r.created for r in results) == [False, False, False, True]
        assert Entry.objects.filter(kind="vitals").count() == 1

    def test_two_nurses_at_one_session_both_get_their_entry_in_order(self):
        scene = Scene(people())
        scene.check_in()
        results = race(*[lambda: scene.vitals(5), lambda: scene.vitals(5, by=scene.other)] * 3)
        assert all(r.created for r in results)
        assert list(Entry.objects.order_by("seq").values_list("seq", flat=True)) == [1, 2, 3, 4, 5, 6]

    def test_a_patient_is_checked_in_once(self):
        scene = Scene(people())
        results = race(scene.check_in, scene.check_in, scene.check_in)
        assert sum(isinstance(r, Refused) for r in results) == 2

    def test_one_vial_is_not_drawn_twice_beyond_what_is_in_it(self):
        scene = Scene(people())
        scene.check_in()
        scene.weigh()
        scene.order()
        vial = scene.stock(ml="1.5")
        results = race(lambda: scene.draw(container=vial), lambda: scene.draw(container=vial))
        assert sum(isinstance(r, Refused) for r in results) == 1
        assert queries.balances(scene.site)[0].balance.in_stock == D("25")
