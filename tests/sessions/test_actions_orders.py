"""Orders beside the infusion: standing, written and by word of mouth, and what the record below says of them."""

from decimal import Decimal as D

import pytest

from clinic.models import AllergyStatement, Task
from clinic.refusal import Refused
from intake.actions.medicines import keep_new_medicines
from sessions import actions
from sessions.models import Order
from tests.sessions.said import codes, state

pytestmark = pytest.mark.django_db


class TestOrders:
    def test_a_standing_order_keeps_its_dose_number_and_interval(self, scene, infusing):
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
        assert codes(refused) == {"concern.allergy"}

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
        assert actions.write_order(confirmed={"allergy"}, concern_reason="A rash once, years ago", **order).is_signed

    def test_ondansetron_beside_methadone_asks_when_ordered_and_when_given(self, scene):
        keep_new_medicines(
            patient=scene.patient, site=scene.site, names=["Methadone 10 mg"], visit=scene.patient.pk, by=scene.nurse
        )
        scene.check_in()
        order = {"session": scene.session, "category": "drug", "drug": "Zofran", "dose_mg": D(4), "at": scene.at(1)}
        with pytest.raises(Refused, match="avoid") as refused:
            actions.write_order(by=scene.doctor, **order)
        assert codes(refused) == {"confirm.interaction"}
        written = actions.write_order(
            by=scene.doctor, confirmed={"interaction"}, concern_reason="QTc 410 ms today", **order
        )
        with pytest.raises(Refused) as refused:
            scene.do(actions.give_drug, 2, order=written, dose_mg=D(4))
        assert codes(refused) == {"confirm.interaction"}
        assert scene.do(actions.give_drug, 2, order=written, dose_mg=D(4), confirmed={"interaction"}).created

    def test_under_a_standing_order_only_a_prescriber_confirms_a_pair(self, scene):
        keep_new_medicines(
            patient=scene.patient, site=scene.site, names=["citalopram"], visit=scene.patient.pk, by=scene.nurse
        )
        scene.running()
        order = actions.order_from_standing(
            session=scene.session, standing_order=scene.version.standingorders.get(), by=scene.nurse, at=scene.at(15)
        )
        given = {"order": order, "dose_mg": D(4), "confirmed": {"interaction"}}
        with pytest.raises(Refused) as refused:
            scene.do(actions.give_drug, 16, **given)
        assert codes(refused) == {"concern.interaction"}
        assert scene.do(actions.give_drug, 16, by=scene.doctor, concern_reason="QTc 410 ms", **given).created

    def test_oxygen_that_runs_is_charted_without_an_order_and_says_so(self, scene, infusing):
        entry = scene.do(actions.record_oxygen, 20, flow_l_min=D(4), device="Nasal cannula").entry
        assert entry.reason == "Without an order yet."

    def test_a_patient_on_oxygen_or_in_an_emergency_is_not_discharged(self, scene, infusing):
        scene.stop()
        scene.observed()
        scene.do(actions.record_oxygen, 112, flow_l_min=D(2))
        scene.do(actions.emergency, 112)
        with pytest.raises(Refused) as refused:
            scene.discharge()
        assert codes(refused) == {"discharge.room_air", "discharge.alarms"}
