"""The pump: rates, pauses and the resume gate, syringes, boluses, rate steps over hours."""

from decimal import Decimal as D

import pytest

from clinic.models import Task
from clinic.refusal import Refused
from sessions import actions, queries
from sessions.actions import When
from tests import factories
from tests.sessions.said import codes, state

pytestmark = pytest.mark.django_db


class TestPump:
    def test_rates_add_up_and_minutes_at_each_are_kept(self, scene, infusing):
        scene.do(actions.set_rate, 20, dose_order=scene.dose_order, rate_ml_h=D(30))
        drug = state(scene, 40).main
        assert [(rate, int(minutes)) for rate, minutes in drug.at_rates] == [(D("52.5"), 10), (D(30), 20)]
        assert drug.ml == D("18.75")

    def test_above_the_order_it_needs_an_order_and_a_second_check(self, scene, infusing):
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

    def test_a_pause_for_the_toilet_goes_on_without_a_gate(self, scene, infusing):
        scene.do(actions.pause, 20, cause="toilet")
        assert scene.fresh().phase == "paused"
        scene.do(actions.resume, 25, dose_order=scene.dose_order)
        now = state(scene, 30)
        assert (scene.fresh().phase, now.minutes, now.paused_minutes) == ("infusing", 15, 5)

    def test_after_an_alarm_the_resume_gate_holds(self, scene, infusing):
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

    def test_a_prescriber_who_resumes_has_decided(self, scene, infusing):
        scene.do(actions.pause, 20, cause="stop_rule", text="Sedation -3")
        scene.vitals(23)
        scene.do(actions.resume, 24, by=scene.doctor, dose_order=scene.dose_order)
        assert scene.fresh().phase == "infusing"

    def test_a_long_pause_needs_a_new_baseline(self, scene, infusing):
        scene.do(actions.pause, 20, cause="toilet")
        with pytest.raises(Refused) as refused:
            scene.do(actions.resume, 36, dose_order=scene.dose_order)
        assert codes(refused) == {"resume.baseline"}
        scene.vitals(37, baseline=True)
        scene.do(actions.resume, 38, dose_order=scene.dose_order)

    def test_infiltration_leaves_the_dose_uncertain_and_a_new_line_lets_it_go_on(self, scene, infusing):
        scene.do(actions.pause, 20, cause="line")
        scene.do(actions.record_line, 20, action="infiltrated", site="left forearm", dose_uncertain=True)
        with pytest.raises(Refused) as refused:
            scene.do(actions.resume, 22, dose_order=scene.dose_order)
        assert codes(refused) == {"resume.line"}
        scene.do(actions.record_line, 24, action="resited", site="right hand", gauge="22G")
        scene.do(actions.resume, 25, dose_order=scene.dose_order)
        assert state(scene, 26).dose_uncertain

    def test_a_syringe_change_needs_its_own_second_check_and_adds_up(self, scene, infusing):
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

    def test_a_resume_charted_late_goes_on_at_the_rate_of_its_own_time(self, scene, infusing):
        scene.do(actions.pause, 20, cause="toilet")
        scene.do(actions.set_rate, 30, dose_order=scene.dose_order, rate_ml_h=D("26.3"))
        late = scene.do(
            actions.resume, 40, dose_order=scene.dose_order, when=When(scene.at(25), source="back_entered")
        ).entry
        assert late.detail.rate_ml_h == D("52.5")
        assert state(scene, 30).mg == D("13.125"), "ten minutes and five at the full rate"

    def test_a_bolus_is_on_an_order_and_counts(self, scene, infusing):
        order = actions.write_order(
            session=scene.session, category="drug", drug="ketamine", dose_mg=D(5), by=scene.doctor, at=scene.at(15)
        )
        with pytest.raises(Refused):
            scene.do(actions.bolus, 16, dose_order=scene.dose_order, order=order, volume_ml=D(6))
        scene.do(actions.bolus, 16, dose_order=scene.dose_order, order=order, volume_ml=D(5))
        assert state(scene, 16).mg == D("10.25")

    def test_a_bolus_that_should_not_be_left_in_the_syringe_asks(self, scene, infusing):
        order = actions.write_order(
            session=scene.session, category="drug", drug="ketamine", dose_mg=D(60), by=scene.doctor, at=scene.at(15)
        )
        said = {"dose_order": scene.dose_order, "order": order}
        for ml, code in ((D(51), "hard.volume_ml"), (D(48), "confirm.volume_ml")):
            with pytest.raises(Refused) as refused:
                scene.do(actions.bolus, 16, volume_ml=ml, **said)
            assert codes(refused) == {code}
        kept = scene.do(actions.bolus, 16, volume_ml=D(48), confirmed={"volume_ml"}, **said).entry
        assert kept.reason == "By the charted rates 44.75 mL are left in the syringe, the bolus is 48 mL."

    def test_the_end_is_foreseen(self, scene, infusing):
        assert state(scene, 20).main.ends_at == scene.at(50)


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
