"""While it runs: alarms and their answers, rates, pauses and the resume gate, syringes, drugs by hand, orders."""

from decimal import Decimal as D

import pytest

from clinic.models import AllergyStatement, Task
from clinic.refusal import Refused
from sessions import actions, queries
from sessions.actions import When
from sessions.models import Entry, LedgerEntry, Order
from sessions.queries.ledger import balance_of
from tests import factories

pytestmark = pytest.mark.django_db


def codes(refused):
    return {item.code for item in refused.value.items}


def state(scene, minutes):
    return queries.state_of(scene.session, scene.at(minutes))


class TestAlarms:
    def test_a_confirmed_alarming_value_is_saved_with_its_alarm(self, scene):
        scene.running()
        raised = scene.vitals(20, systolic=190).alarms
        assert [(a.detail.measure, a.detail.level, a.detail.baseline) for a in raised] == [("systolic", "alarm", 122)]
        now = state(scene, 20).alarms[0]
        assert (now.since, now.value, now.sounds, now.escalate) == (scene.at(20), 190, True, "")

    def test_unanswered_for_a_minute_it_calls_the_prescriber_too(self, scene):
        scene.running()
        scene.vitals(20, systolic=190)
        assert state(scene, 21).alarms[0].escalate == "unanswered"

    def test_going_names_the_person_and_the_recheck_comes_due(self, scene):
        scene.running()
        alarm = scene.vitals(20, systolic=190).alarms[0]
        scene.do(actions.answer_alarm, 21, alarm=alarm)
        now = state(scene, 24).alarms[0]
        assert (now.answered_by, now.recheck_due_at, now.sounds) == (scene.nurse, scene.at(26), False)
        assert state(scene, 27).alarms[0].escalate == "recheck_late"

    def test_only_a_fresh_set_within_limits_closes_it(self, scene):
        scene.running()
        scene.vitals(20, systolic=190)
        assert scene.vitals(22, systolic=185).alarms == [], "still beyond, and not worse"
        assert len(state(scene, 22).alarms) == 1
        scene.vitals(24, systolic=140)
        assert state(scene, 24).alarms == []
        assert Entry.objects.filter(kind="alarm_answer", alarmanswered__answer="recheck_ok").count() == 1

    def test_it_comes_back_when_it_gets_worse(self, scene):
        scene.running()
        first = scene.vitals(20, systolic=165).alarms[0]
        scene.do(actions.answer_alarm, 21, alarm=first)
        worse = scene.vitals(22, systolic=195).alarms
        assert [a.detail.level for a in worse] == ["alarm"]
        now = state(scene, 22).alarms
        assert [(a.value, a.sounds) for a in now] == [(195, True)]
        scene.vitals(26, systolic=138)
        assert state(scene, 26).alarms == [], "the one that got worse closes with all before it"

    def test_a_set_without_the_measure_closes_nothing(self, scene):
        scene.running()
        scene.vitals(20, spo2=88)
        scene.vitals(22, spo2=None, missing={"spo2": "Probe off"})
        assert [a.measure for a in state(scene, 22).alarms] == ["spo2"]

    def test_a_prescriber_decides_a_nurse_does_not(self, scene):
        scene.running()
        alarm = scene.vitals(20, systolic=170).alarms[0]
        with pytest.raises(Refused) as refused:
            scene.do(actions.answer_alarm, 21, alarm=alarm, answer="decided", text="Fine")
        assert codes(refused) == {"role.prescriber"}
        scene.do(actions.answer_alarm, 21, by=scene.doctor, alarm=alarm, answer="decided", text="Known, go on")
        assert state(scene, 22).alarms == []

    def test_a_corrected_value_is_marked_and_closes(self, scene):
        import uuid

        scene.running()
        typo = scene.vitals(20, systolic=196)
        actions.correct_entry(
            entry=typo.entry,
            entry_id=uuid.uuid4(),
            changes={"systolic": 136},
            reason="Typo",
            by=scene.nurse,
            at=scene.at(21),
        )
        assert state(scene, 21).alarms == []
        assert Entry.objects.filter(kind="alarm").count() == 1
        assert Entry.objects.filter(alarmanswered__answer="value_corrected").count() == 1

    def test_a_correction_into_alarm_raises_one(self, scene):
        import uuid

        scene.running()
        entry = scene.vitals(20).entry
        made = actions.correct_entry(
            entry=entry, entry_id=uuid.uuid4(), changes={"spo2": 84}, reason="Typo", by=scene.nurse, at=scene.at(21)
        )
        assert [a.detail.measure for a in made.alarms] == ["spo2"]

    def test_a_late_reading_that_was_overtaken_is_raised_and_closed(self, scene):
        scene.running()
        scene.vitals(25)
        late = scene.vitals(30, spo2=85, when=When(scene.at(20), source="back_entered"))
        assert len(late.alarms) == 1
        assert state(scene, 30).alarms == []

    def test_the_patients_own_limit_counts(self, scene):
        from clinic.models import CourseLimit

        CourseLimit.objects.create(
            course=scene.course,
            measure="heart_rate",
            level="alarm",
            high=D(100),
            reason="Aortic stenosis",
            set_at=scene.at(0),
            set_by=scene.doctor,
        )
        scene.running()
        assert scene.vitals(20, heart_rate=101).alarms[0].detail.level == "alarm"


class TestPump:
    def test_rates_add_up_and_minutes_at_each_are_kept(self, scene):
        scene.running()
        scene.do(actions.set_rate, 20, dose_order=scene.dose_order, rate_ml_h=D(30))
        drug = state(scene, 40).main
        assert [(rate, int(minutes)) for rate, minutes in drug.at_rates] == [(D("52.5"), 10), (D(30), 20)]
        assert drug.ml == D("18.75")

    def test_above_the_order_it_needs_an_order_and_a_second_check(self, scene):
        scene.running()
        faster = {"dose_order": scene.dose_order, "rate_ml_h": D(60)}
        with pytest.raises(Refused) as refused:
            scene.do(actions.set_rate, 20, **faster)
        assert codes(refused) == {"rate.order", "rate.second_check"}
        order = actions.write_order(
            session=scene.session, category="rate", rate_ml_h=D(60), by=scene.doctor, at=scene.at(20)
        )
        scene.second_check(21, occasion="rate", rate_ml_h=D(60), rate_read=D(60))
        scene.do(actions.set_rate, 22, order=order, **faster)
        assert state(scene, 22).main.rate_ml_h == 60

    def test_a_pause_for_the_toilet_goes_on_without_a_gate(self, scene):
        scene.running()
        scene.do(actions.pause, 20, cause="toilet")
        assert scene.fresh().phase == "paused"
        scene.do(actions.resume, 25, dose_order=scene.dose_order)
        now = state(scene, 30)
        assert (scene.fresh().phase, now.minutes, now.paused_minutes) == ("infusing", 15, 5)

    def test_after_an_alarm_the_resume_gate_holds(self, scene):
        scene.running()
        scene.vitals(20, systolic=190)
        scene.do(actions.pause, 21, cause="alarm")
        with pytest.raises(Refused) as refused:
            scene.do(actions.resume, 22, dose_order=scene.dose_order)
        assert codes(refused) == {"resume.cause", "resume.fresh", "resume.decision"}
        scene.vitals(28, systolic=138)
        order = actions.verbal_order(
            session=scene.session,
            category="resume",
            ordered_by=scene.doctor,
            read_back=True,
            by=scene.nurse,
            at=scene.at(29),
        )
        scene.do(actions.resume, 30, dose_order=scene.dose_order, order=order, cause_named="Anxious, cuff too small")
        assert scene.fresh().phase == "infusing"
        assert Task.objects.get(kind="co_sign").subject_id == order.pk

    def test_a_prescriber_who_resumes_has_decided(self, scene):
        scene.running()
        scene.do(actions.pause, 20, cause="stop_rule", text="Sedation -3")
        scene.vitals(23)
        scene.do(actions.resume, 24, by=scene.doctor, dose_order=scene.dose_order)
        assert scene.fresh().phase == "infusing"

    def test_a_long_pause_needs_a_new_baseline(self, scene):
        scene.running()
        scene.do(actions.pause, 20, cause="toilet")
        with pytest.raises(Refused) as refused:
            scene.do(actions.resume, 36, dose_order=scene.dose_order)
        assert codes(refused) == {"resume.baseline"}
        scene.vitals(37, baseline=True)
        scene.do(actions.resume, 38, dose_order=scene.dose_order)

    def test_infiltration_leaves_the_dose_uncertain_and_a_new_line_lets_it_go_on(self, scene):
        scene.running()
        scene.do(actions.pause, 20, cause="line")
        scene.do(actions.record_line, 20, action="infiltrated", site="left forearm", dose_uncertain=True)
        with pytest.raises(Refused) as refused:
            scene.do(actions.resume, 22, dose_order=scene.dose_order)
        assert codes(refused) == {"resume.line"}
        scene.do(actions.record_line, 24, action="resited", site="right hand", gauge="22G")
        scene.do(actions.resume, 25, dose_order=scene.dose_order)
        assert state(scene, 26).dose_uncertain

    def test_a_syringe_change_needs_its_own_second_check_and_adds_up(self, scene):
        scene.running()
        first = scene.preparation
        second = scene.draw(25, container=scene.container)
        change = {"dose_order": scene.dose_order, "preparation": second, "volume_ml": D("17.5")}
        with pytest.raises(Refused) as refused:
            scene.do(actions.change_syringe, 30, **change)
        assert codes(refused) == {"syringe.second_check"}
        scene.second_check(29, occasion="syringe")
        scene.do(actions.change_syringe, 30, **change)
        scene.stop(50, volume_ml="17.5")
        assert state(scene, 50).main.pump_ml == 35
        given = queries.balances(scene.site)[0].balance
        assert (given.given, given.in_use[first.pk], given.in_use[second.pk]) == (35, D("32.5"), D("32.5"))

    def test_a_bolus_is_on_an_order_and_counts(self, scene):
        scene.running()
        order = actions.write_order(
            session=scene.session, category="drug", drug="ketamine", dose_mg=D(5), by=scene.doctor, at=scene.at(15)
        )
        with pytest.raises(Refused):
            scene.do(actions.bolus, 16, dose_order=scene.dose_order, order=order, volume_ml=D(6))
        scene.do(actions.bolus, 16, dose_order=scene.dose_order, order=order, volume_ml=D(5))
        assert state(scene, 16).mg == D("10.25")

    def test_the_end_is_foreseen(self, scene):
        scene.running()
        assert state(scene, 20).main.ends_at == scene.at(50)


class TestStart:
    def test_it_lists_all_that_is_missing(self, scene):
        scene.check_in()
        scene.weigh()
        scene.order()
        scene.draw()
        with pytest.raises(Refused) as refused:
            scene.start()
        assert codes(refused) == {
            f"start.{c}"
            for c in (
                "identity",
                "consent",
                "second_check",
                "monitoring",
                "emergency_equipment",
                "prescriber",
                "line",
                "escort",
                "baseline",
                "hold_limits",
                "fasting",
                "pregnancy",
            )
        }

    def test_without_approval_or_consent_there_is_no_start(self, everyone):
        from tests.sessions.scene import Scene

        scene = Scene(everyone, approved=False).ready()
        with pytest.raises(Refused) as refused:
            scene.start()
        assert codes(refused) == {"start.consent_in_force", "start.findings"}

    def test_a_hold_limit_is_overridden_by_a_prescriber_with_a_reason(self, scene):
        scene.ready()
        scene.vitals(9, systolic=168)
        with pytest.raises(Refused) as refused:
            scene.start()
        assert codes(refused) == {"start.hold_limits"}
        with pytest.raises(Refused):
            actions.override_gate(
                session=scene.session, code="hold_limits", reason="Anxious", by=scene.nurse, at=scene.at(9)
            )
        actions.override_gate(
            session=scene.session, code="hold_limits", reason="Anxious, known", by=scene.doctor, at=scene.at(9)
        )
        assert scene.start().created

    def test_a_mismatch_names_both_and_stops_the_start(self, scene):
        scene.ready()
        check = scene.second_check(9, rate_read=D("25.5"))
        assert check.mismatches == ["Pump rate read as 25.5 mL/h, computed 52.5 mL/h."]
        with pytest.raises(Refused) as refused:
            scene.start()
        assert "25.5" in str(refused.value)

    @pytest.mark.parametrize("who", ["nurse", "stranger"])
    def test_not_everyone_is_a_second_person(self, scene, who):
        scene.ready()
        with pytest.raises(Refused):
            scene.second_check(9, by=getattr(scene.people, who))

    def test_a_site_alone_may_allow_a_delayed_self_check(self, scene):
        factories.policy(at_site=scene.site, second_person="delayed_self")
        scene.site.__dict__.pop("_policy", None)
        scene.ready()
        alone = {"stand_in": "self_delayed", "reason": "Night, alone", "by": scene.nurse}
        with pytest.raises(Refused) as refused:
            scene.second_check(12, **alone)
        assert codes(refused) == {"check.delay"}
        assert scene.second_check(18, **alone).matched

    def test_a_weight_from_another_day_asks_a_prescriber(self, scene):
        scene.ready()
        scene.do(actions.record_weight, 9, value=D(70), basis="stated")
        with pytest.raises(Refused) as refused:
            scene.start()
        assert codes(refused) == {"start.weight"}


class TestPreparing:
    @pytest.mark.parametrize(
        ("ml", "diluent", "expected"),
        [
            ("1", "48", {"prepare.strength"}),
            ("11", "539", {"container.stock"}),
            ("0", "50", {"hard.volume_ml", "prepare.strength"}),
        ],
    )
    def test_what_is_drawn_must_fit(self, scene, ml, diluent, expected):
        scene.check_in()
        scene.weigh()
        scene.order()
        with pytest.raises(Refused) as refused:
            scene.draw(ml=ml, diluent_ml=diluent)
        assert codes(refused) == expected

    def test_a_syringe_read_to_a_hundredth_is_near_enough_and_keeps_its_true_strength(self, scene):
        scene.check_in()
        scene.weigh()
        scene.order()
        scene.draw(ml="0.71", diluent_ml="34.6")
        assert scene.preparation.strength_mg_ml == D("1.0054")
        read = {"strength_read": D("1.0054"), "volume_read": D("35.31")}
        assert not scene.second_check(9, strength_read=D(1), volume_read=D("35.31")).matched
        assert scene.second_check(10, **read).matched

    def test_an_emptied_syringe_has_given_what_was_drawn_to_the_last_digit(self, scene):
        scene.check_in()
        scene.answer()
        scene.weigh()
        scene.baseline()
        scene.line()
        scene.order()
        scene.draw(ml="0.71", diluent_ml="34.6")
        scene.second_check(9, strength_read=D("1.0054"), volume_read=D("35.31"))
        scene.start()
        scene.stop(50, volume_ml="35.31")
        assert LedgerEntry.objects.get(kind="given").mg == D("35.5")
        assert balance_of(scene.container).is_possible

    def test_a_single_dose_vial_is_for_one_patient(self, everyone, scene):
        from tests.sessions.scene import Scene

        scene.ready()
        neighbour = factories.patient(at_site=everyone.harbor, given_name="Bo", family_name="Neighbour-Test")
        other = Scene(everyone, patient=neighbour, chair=1, version=scene.version)
        other.check_in()
        other.weigh()
        other.order()
        with pytest.raises(Refused) as refused:
            other.draw(container=scene.container)
        assert codes(refused) == {"container.other_patient"}

    def test_expired_stock_is_not_received(self, scene):
        with pytest.raises(Refused) as refused:
            scene.stock(minutes=60 * 24 * 400)
        assert codes(refused) == {"container.expired"}

    def test_waste_has_a_witness_who_did_not_make_it(self, scene):
        scene.running()
        scene.stop()
        for witness, code in ((None, "witness.missing"), (scene.nurse, "witness.maker")):
            with pytest.raises(Refused) as refused:
                scene.waste(witness=witness)
            assert codes(refused) == {code}
        with pytest.raises(Refused) as refused:
            scene.waste(mg="16")
        assert codes(refused) == {"confirm.more_than_left"}
        scene.waste(mg="16", confirmed={"more_than_left"})
        assert any(i.code == "day.impossible" for i in queries.day_close(scene.site))

    def test_a_count_that_differs_opens_a_difference_and_blocks_nothing(self, scene):
        vial = scene.stock()
        actions.count(container=vial, mg=D(490), witness=scene.other, by=scene.nurse, at=scene.at(1))
        assert [i.code for i in queries.day_close(scene.site)] == ["day.discrepancy"]

    def test_an_unopened_vial_can_go_back(self, scene):
        vial = scene.stock()
        actions.return_container(
            container=vial, witness=scene.other, reason="Recalled lot", by=scene.nurse, at=scene.at(1)
        )
        balance = queries.balances(scene.site)[0].balance
        assert (balance.returned, balance.in_stock, balance.holds) == (500, 0, True)


class TestOrders:
    def test_a_standing_order_keeps_its_dose_number_and_interval(self, scene):
        scene.running()
        standing = scene.version.standingorders.get()
        order = actions.order_from_standing(
            session=scene.session, standing_order=standing, by=scene.nurse, at=scene.at(15)
        )
        scene.do(actions.give_drug, 16, order=order, dose_mg=D(4))
        with pytest.raises(Refused) as refused:
            scene.do(actions.give_drug, 20, order=order, dose_mg=D(4))
        assert codes(refused) == {"order.interval"}
        given = state(scene, 20).drugs_given
        assert [(e.detail.drug, e.detail.dose_mg) for e in given] == [("ondansetron", 4)]

    def test_an_allergy_stops_the_rescue_drug(self, scene):
        AllergyStatement.objects.create(
            patient=scene.patient, substance="Ondansetron", source="patient", said_at=scene.at(-9), recorded_by=None
        )
        scene.running()
        standing = scene.version.standingorders.get()
        order = actions.order_from_standing(
            session=scene.session, standing_order=standing, by=scene.nurse, at=scene.at(15)
        )
        with pytest.raises(Refused) as refused:
            scene.do(actions.give_drug, 16, order=order, dose_mg=D(4), confirmed={"allergy"})
        assert codes(refused) == {"confirm.allergy"}

    def test_only_prescribers_write_and_only_the_right_one_cosigns(self, scene):
        scene.check_in()
        with pytest.raises(Refused):
            actions.write_order(session=scene.session, category="drug", by=scene.nurse, at=scene.at(1))
        order = actions.verbal_order(
            session=scene.session,
            category="drug",
            ordered_by=scene.doctor,
            read_back=True,
            drug="labetalol",
            dose_mg=D(5),
            by=scene.nurse,
            at=scene.at(5),
        )
        with pytest.raises(Refused) as refused:
            actions.cosign_order(order=order, by=scene.people.prescriber_too, at=scene.at(6))
        assert codes(refused) == {"cosign.other"}
        actions.cosign_order(order=order, by=scene.doctor, at=scene.at(7))
        assert Order.objects.get().is_signed
        assert Task.objects.get(kind="co_sign").state == "done"

    def test_a_verbal_dose_order_is_no_signed_order_until_cosigned(self, scene):
        scene.check_in()
        scene.answer()
        scene.weigh()
        scene.baseline()
        scene.line()
        order = actions.verbal_order(
            session=scene.session,
            category="dose",
            ordered_by=scene.doctor,
            read_back=True,
            by=scene.nurse,
            at=scene.at(6),
        )
        scene.order(per_unit=D("0.4"), order=order)
        scene.draw()
        scene.second_check(rate_read=D("42.0"))
        with pytest.raises(Refused) as refused:
            scene.start()
        assert codes(refused) == {"start.order"}
        actions.cosign_order(order=order, by=scene.doctor, at=scene.at(9))
        assert scene.start().created

    def test_a_serious_side_effect_tells_the_prescriber_at_once(self, scene):
        from clinic.models import Alert

        scene.running()
        scene.do(actions.record_side_effect, 20, term="Laryngospasm", severity="severe", serious=True)
        assert Alert.objects.get(kind="side_effect").patient == scene.patient


def test_the_board_asks_the_same_number_of_questions_for_one_and_for_ten(everyone, django_assert_num_queries):
    from clinic.models import Chair
    from tests.sessions.scene import Scene

    version = factories.protocol_version(approved_by=everyone.prescriber)
    for number in range(4, 13):
        Chair.objects.create(site=everyone.harbor, label=str(number), position=number)
    Scene(everyone, version=version).running()
    site = type(everyone.harbor).objects.get(pk=everyone.harbor.pk)
    queries.board(site, Scene.at(20))
    with django_assert_num_queries(7):
        queries.board(site, Scene.at(20))
    for number in range(1, 10):
        patient = factories.patient(at_site=everyone.harbor, family_name=f"Board-Test-{number}")
        scene = Scene(everyone, patient=patient, chair=number, version=version, approved=False)
        scene.check_in()
        scene.vitals(5)
        if number % 2:
            scene.weigh()
            scene.order()
    with django_assert_num_queries(7):
        rows = queries.board(site, Scene.at(20))
    assert len(rows) == 12
    assert sum(bool(r.session) for r in rows) == 10
    assert rows[0].missing or rows[1].missing


class TestWhatComesFromBelow:
    def test_a_revoked_approval_counts_although_an_older_one_was_valid(self, scene):
        from intake.models import Approval, Assessment

        scene.ready()
        Approval.objects.create(
            patient=scene.patient,
            assessment=Assessment.objects.get(),
            approved_at=scene.at(1),
            approved_by=scene.doctor,
            valid_until=scene.at(0).date(),
            revoked_at=scene.at(2),
            revoked_by=scene.doctor,
            revoked_reason="New arrhythmia",
        )
        with pytest.raises(Refused) as refused:
            scene.start()
        assert codes(refused) == {"start.findings"}

    def test_an_allergy_asks_when_ordered(self, scene):
        AllergyStatement.objects.create(
            patient=scene.patient, substance="labetalol", source="patient", said_at=scene.at(-9)
        )
        scene.check_in()
        order = {
            "session": scene.session,
            "category": "drug",
            "drug": "labetalol",
            "by": scene.doctor,
            "at": scene.at(1),
        }
        with pytest.raises(Refused) as refused:
            actions.write_order(**order)
        assert codes(refused) == {"confirm.allergy"}
        assert actions.write_order(confirmed={"allergy"}, **order).is_signed

    def test_oxygen_that_runs_is_charted_without_an_order_and_says_so(self, scene):
        scene.running()
        entry = scene.do(actions.record_oxygen, 20, flow_l_min=D(4), device="Nasal cannula").entry
        assert entry.reason == "Without an order yet."

    def test_a_patient_on_oxygen_or_in_an_emergency_is_not_discharged(self, scene):
        scene.running()
        scene.stop()
        scene.observed()
        scene.do(actions.record_oxygen, 112, flow_l_min=D(2))
        scene.do(actions.emergency, 112)
        with pytest.raises(Refused) as refused:
            scene.discharge()
        assert codes(refused) == {"discharge.room_air", "discharge.alarms"}


class TestSteps:
    def pain(self, everyone):
        from clinic.models import RateStep
        from tests.sessions.scene import Scene

        drug = {
            "basis": "mg/kg/h",
            "dose": D("0.35"),
            "dose_min": D("0.1"),
            "dose_max": D("0.5"),
            "max_rate": D("0.6"),
            "max_total_mg": D(200),
            "strength_mg_ml": D(2),
        }
        version = factories.protocol_version(
            of=factories.protocol(name="Pain 4 h", purpose="pain"), drug=drug, infusion_minutes=240
        )
        for minute, rate in ((0, "0.1"), (30, "0.2"), (60, "0.3"), (90, "0.44")):
            RateStep.objects.create(version=version, from_minute=minute, rate=D(rate))
        version.approved_at, version.approved_by = Scene.at(-1), everyone.prescriber
        version.save()
        scene = Scene(everyone, version=version)
        scene.course.dose, scene.course.dose_basis = D("0.35"), "mg/kg/h"
        scene.course.save()
        return scene

    def test_four_hours_with_rate_steps_add_up_to_the_order(self, everyone):
        scene = self.pain(everyone)
        scene.check_in()
        scene.answer()
        scene.weigh()
        scene.baseline()
        scene.line()
        order = scene.order()
        assert (order.planned_mg, order.rate_ml_h) == (98, D("3.5"))
        assert order.rate_steps == [[0, "3.5"], [30, "7.0"], [60, "10.5"], [90, "15.4"]]
        scene.draw(ml="2", diluent_ml="48")
        scene.second_check(strength_read=D(2), rate_read=D("3.5"))
        scene.start()
        assert state(scene, 20).main.next_step == (30, 7)
        with pytest.raises(Refused) as refused:
            scene.do(actions.set_rate, 20, dose_order=order, rate_ml_h=D("7.0"))
        assert codes(refused) == {"rate.order", "rate.second_check"}, "a step before its time is above the order"
        for minute, rate in order.rate_steps[1:]:
            scene.do(actions.set_rate, 10 + minute, dose_order=order, rate_ml_h=D(rate))
        now = state(scene, 250)
        assert now.mg == 98
        assert [int(minutes) for _, minutes in now.main.at_rates] == [30, 30, 30, 150]

    def test_a_scaled_step_above_the_maximum_is_refused(self, everyone):
        scene = self.pain(everyone)
        scene.check_in()
        scene.weigh()
        with pytest.raises(Refused) as refused:
            scene.order(by=scene.doctor, per_unit=D("0.5"))
        assert codes(refused) == {"hard.max_rate"}
