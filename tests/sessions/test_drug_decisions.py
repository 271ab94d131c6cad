"""An allergy or a pair of drugs asks when ordered and when given: a prescriber decides, with a reason."""

import re
from decimal import Decimal as D

import pytest

from clinic.models import AllergyStatement
from clinic.refusal import Refused
from intake.actions.medicines import keep_new_medicines
from sessions import actions
from sessions.models import DrugDecision
from sessions.presenters.record import record_page
from tests.people import signed_in
from tests.sessions.said import codes, words
from tests.sessions.screens import begin, url


class TestDrugDecisions:
    @pytest.fixture
    def methadone(self, scene, monkeypatch):
        begin(monkeypatch, 20)
        self.take(scene, "Methadone 10 mg")
        scene.check_in()
        return scene

    def take(self, scene, name):
        keep_new_medicines(
            patient=scene.patient, site=scene.site, names=[name], visit=scene.patient.pk, by=scene.nurse, at=scene.at(0)
        )

    def give(self, scene, by=None, **inputs):
        standing = scene.version.standingorders.get()
        order = actions.order_from_standing(
            session=scene.session, standing_order=standing, by=scene.nurse, at=scene.at(3)
        )
        return scene.do(actions.give_drug, 4, by=by, order=order, dose_mg=D(4), **inputs)

    def test_a_nurse_waits_and_a_prescriber_decides_from_elsewhere(self, methadone, everyone):
        with pytest.raises(Refused) as refused:
            self.give(methadone)
        assert codes(refused) == {"concern.interaction"}
        path = url("concern-decide", methadone.session) + "?drug=ondansetron"
        assert signed_in(everyone.nurse).get(path).status_code == 403
        doctor = signed_in(everyone.prescriber)
        assert "methadone" in words(doctor.get(path)).lower()
        assert doctor.post(path, {"reason": ""}).status_code == 422
        assert doctor.post(path, {"reason": "QTc 410 ms today"}).status_code == 302
        with pytest.raises(Refused) as refused:
            self.give(methadone)
        assert codes(refused) == {"confirm.interaction"}, "the nurse sees the decision and acknowledges it"
        assert "QTc 410 ms today" in str(refused.value)
        assert self.give(methadone, confirmed={"interaction"}).created
        row = DrugDecision.objects.get()
        assert (row.decided_by, row.occasion, row.kind) == (everyone.prescriber, "ahead", "interaction")

    def test_the_decision_shows_for_ever(self, methadone, everyone):
        actions.decide_drug(
            session=methadone.session, drug="ondansetron", reason="QTc 410 ms", by=everyone.prescriber,
            at=methadone.at(3),
        )  # fmt: skip
        said = [row for row in record_page(methadone.session, methadone.at(4)).checks if row[1] == "QTc 410 ms"]
        assert "Petra Prescriber" in said[0][2]
        assert "QTc 410 ms" in words(signed_in(everyone.nurse).get(url("order-list", methadone.session)))
        with pytest.raises(Exception, match="permission denied|Cannot update or delete"):
            DrugDecision.objects.update(reason="other")

    def test_nothing_to_decide_is_refused(self, methadone, everyone):
        with pytest.raises(Refused) as refused:
            actions.decide_drug(session=methadone.session, drug="paracetamol", reason="x", by=everyone.prescriber)
        assert codes(refused) == {"concern.none"}

    def test_by_the_form_the_question_is_answered_with_a_reason(self, methadone, everyone):
        doctor = signed_in(everyone.prescriber)
        order = {"category": "drug", "drug": "ondansetron", "dose_mg": "4", "route": "IV"}
        asked = doctor.post(url("order-write", methadone.session), order)
        html = asked.content.decode()
        assert asked.status_code == 422
        assert 'name="concern_reason"' in html
        token = re.search(r'name="confirmed" value="([^"]+)"', html)[1]
        again = doctor.post(url("order-write", methadone.session), order | {"confirmed": token, "concern_reason": ""})
        assert "Write why" in words(again)
        said = order | {"confirmed": token, "concern_reason": "QTc 410 ms"}
        assert doctor.post(url("order-write", methadone.session), said).status_code == 302
        assert DrugDecision.objects.get().occasion == "order"

    def test_a_verbal_order_names_who_decided_and_who_wrote_it(self, methadone, everyone):
        actions.verbal_order(
            session=methadone.session, category="drug", drug="ondansetron", dose_mg=D(4), read_back=True,
            ordered_by=everyone.prescriber, by=everyone.nurse, at=methadone.at(3), confirmed={"interaction"},
            concern_reason="QTc 410 ms, says the prescriber",
        )  # fmt: skip
        row = DrugDecision.objects.get()
        assert (row.decided_by, row.written_by) == (everyone.prescriber, everyone.nurse)

    def test_an_allergy_to_the_infused_drug_stops_order_and_start(self, prepared, everyone):
        prepared.second_check()
        AllergyStatement.objects.create(
            patient=prepared.patient, substance="ketamine", source="patient", said_at=prepared.at(9)
        )
        with pytest.raises(Refused) as refused:
            prepared.start(11)
        assert "start.concern" in codes(refused)
        with pytest.raises(Refused) as refused:
            prepared.order(12)
        assert codes(refused) == {"concern.allergy"}
        page = signed_in(everyone.prescriber).get(url("session-start", prepared.session)).content.decode()
        assert "concerns/?drug=ketamine" in page

    def test_not_asked_about_allergies_is_not_fine(self, scene):
        AllergyStatement.objects.filter(patient=scene.patient).update(ended_at=scene.at(0))
        scene.check_in()
        with pytest.raises(Refused) as refused:
            self.give(scene)
        assert codes(refused) == {"confirm.unknown"}
        assert self.give(scene, confirmed={"unknown"}).created
