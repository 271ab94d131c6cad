"""Orders by word of mouth: the sentence that is said back, a dose other than planned, what waits until it is signed."""

import re
from decimal import Decimal as D

import pytest

from clinic.models import Task
from clinic.refusal import Refused
from sessions import actions
from sessions.models import DoseOrder, Order
from tests.people import signed_in
from tests.sessions import conftest as start
from tests.sessions.screens import entry, second, url
from tests.standing import standing

MORE = {"drug": "ketamine", "basis": "mg/kg", "minutes": "40", "strength_mg_ml": "1", "pump": ""}
SAID = (
    "Infusion dose, ketamine, over 40 minutes (four zero), 42 milligrams (four two). "
    "0.6 mg/kg (zero point six) at 70 kg, 1 milligram in a millilitre (one)."
)


def as_prepared(scene):
    """Everything before the dose is done."""
    scene.check_in()
    scene.answer()
    scene.weigh()
    scene.baseline()
    scene.line()
    return scene


prepared = standing(as_prepared, on=start.scene, begun=20)


def typed(scene, **said):
    scene.fresh()
    return MORE | {"per_unit": "0.6", "version": str(scene.session.version)} | said


def words(answer):
    return " ".join(re.sub(r"<[^>]+>|\s+", " ", answer.content.decode()).split())


class TestDose:
    def test_a_nurse_takes_another_dose_than_planned_and_it_waits_for_its_signature(self, everyone, prepared):
        nurse, path = signed_in(everyone.nurse), url("dose-order", prepared.session)
        asked = nurse.post(path, typed(prepared, step="confirm"))
        assert SAID in words(asked)
        assert "The prescriber said yes: take it" in words(asked)
        alone = nurse.post(path, typed(prepared, step="sign"))
        assert alone.status_code == 422, "without anybody who said so"
        said = {"step": "sign", "ordered_by": str(everyone.prescriber.pk)}
        assert nurse.post(path, typed(prepared, **said, said_back="")).status_code == 422
        assert nurse.post(path, typed(prepared, **said, said_back=SAID, per_unit="0.7")).status_code == 422
        assert not Order.objects.filter(kind="verbal").exists()
        assert nurse.post(path, typed(prepared, **said, said_back=SAID)).status_code == 302
        dose = DoseOrder.objects.get()
        assert (dose.planned_mg, dose.order.kind, dose.order.said_back) == (42, "verbal", SAID)
        assert Task.objects.filter(dedupe_key=f"co_sign:{dose.order_id}", state="open").count() == 1
        self.the_start_waits(everyone, prepared, dose)

    def the_start_waits(self, everyone, scene, dose):
        scene.dose_order = dose
        scene.draw(ml="1", diluent_ml="49", container=scene.stock())
        nurse, start = signed_in(everyone.nurse), url("session-start", scene.session)
        read = {"patient_read": scene.patient.record_number, "strength_read": "1", "rate_read": "63",
                "volume_read": "50", "occasion": "start"}  # fmt: skip
        assert nurse.post(url("second-check", scene.session), read | second(everyone.colleague)).status_code == 302
        waiting = words(nurse.get(start))
        assert "No signed dose order." in waiting
        assert "has to co-sign the verbal one." in waiting
        assert nurse.post(start, entry()).status_code == 422
        doctor = signed_in(everyone.prescriber)
        assert "Infusion dose" in words(doctor.get(url("order-list", scene.session)))
        assert doctor.post(url("order-cosign", scene.session, dose.order_id)).status_code == 302
        assert nurse.post(start, entry()).status_code == 302

    def test_within_the_plan_nothing_is_asked(self, everyone, prepared):
        nurse = signed_in(everyone.nurse)
        page = words(nurse.post(url("dose-order", prepared.session), typed(prepared, per_unit="0.5", step="confirm")))
        assert "By word of mouth" not in page
        assert "Sign the dose for" in page

    def test_a_prescriber_at_the_chair_signs_it(self, everyone, prepared):
        doctor, path = signed_in(everyone.prescriber), url("dose-order", prepared.session)
        assert "By word of mouth" not in words(doctor.post(path, typed(prepared, step="confirm")))
        assert doctor.post(path, typed(prepared, step="sign")).status_code == 302
        assert DoseOrder.objects.get().order.kind == "written"

    def test_the_protocols_maximum_stops_it_whoever_says_so(self, prepared):
        said = {"drug": "ketamine", "basis": "mg/kg", "per_unit": D(2), "minutes": D(40), "strength_mg_ml": D(1)}
        with pytest.raises(Refused) as refused:
            actions.take_dose(session=prepared.session, ordered_by=prepared.doctor, read_back=True, **said,
                              weight_kind="actual", by=prepared.nurse, at=prepared.at(8))  # fmt: skip
        assert {item.code.partition(".")[0] for item in refused.value.items} >= {"hard"}
        assert not Order.objects.exists()
