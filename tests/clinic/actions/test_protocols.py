"""The shipped protocols and texts: drafts, complete, within their own bounds, approved only by a prescriber."""

from decimal import Decimal
from itertools import pairwise

import pytest

from clinic.actions import protocols, setup
from clinic.models import ConsentText, Measure, MessageText, Protocol, ProtocolVersion
from clinic.notify.kinds import FOR_STAFF, KINDS
from clinic.refusal import Refused
from tests.people import people

SHIPPED = protocols.shipped()


def test_the_ready_protocols_are_there():
    assert {data["purpose"] for data in SHIPPED.values()} == {"mood", "pain", "booster"}
    assert len(SHIPPED) == 4


@pytest.mark.parametrize("data", SHIPPED.values(), ids=SHIPPED)
def test_each_says_that_it_is_not_verified_and_where_its_figures_come_from(data):
    assert "not verified" in data["source_words"]
    assert len(data["source_words"]) > 200


@pytest.mark.parametrize("data", SHIPPED.values(), ids=SHIPPED)
def test_rate_steps_add_up_to_the_planned_dose_and_keep_below_the_maximum(data):
    minutes, drug = data["version"]["infusion_minutes"], data["drug"][0]
    steps = [(row["from_minute"], Decimal(row["rate"])) for row in data.get("step", [])]
    if not steps:
        assert drug["basis"] == "mg/kg"
        assert Decimal(drug["dose"]) * 60 / minutes <= Decimal(drug["max_rate"])
        return
    edges = [*steps, (minutes, Decimal(0))]
    given = sum((after - start) * rate for (start, rate), (after, _) in pairwise(edges)) / 60
    assert given == Decimal(drug["dose"]) * minutes / 60
    assert max(rate for _, rate in steps) <= Decimal(drug["max_rate"])
    assert steps[0][0] == 0


@pytest.mark.parametrize("data", SHIPPED.values(), ids=SHIPPED)
def test_every_phase_is_watched_and_every_watched_vital_has_limits(data):
    assert set(data["measures"]) == {"baseline", "infusing", "paused", "observation"}
    measured = {measure for every in data["measures"].values() for measure in every}
    assert measured <= set(Measure.values)
    vitals = {"systolic", "diastolic", "heart_rate", "spo2", "resp_rate", "sedation"}
    assert {row["measure"] for row in data["limit"] if row["level"] == "alarm"} == vitals & measured
    for phase in ("infusing", "paused", "observation"):
        assert {"systolic", "heart_rate", "spo2", "sedation"} <= set(data["measures"][phase])


@pytest.mark.django_db
def test_they_are_made_once_as_drafts_that_only_a_prescriber_approves():
    p = people()
    made = protocols.make_default_protocols(by=p.clinic_admin)
    assert len(made) == len(SHIPPED)
    assert protocols.make_default_protocols(by=p.clinic_admin) == []
    assert not any(protocol.current for protocol in made)
    for protocol in made:
        with pytest.raises(Refused, match="Only a prescriber"):
            setup.approve_version(version=protocol.versions.get(), by=p.clinic_admin)
        setup.approve_version(version=protocol.versions.get(), by=p.prescriber)
    assert all(protocol.current for protocol in made)


@pytest.mark.django_db
def test_a_protocol_has_all_its_rows():
    protocols.make_default_protocols()
    version = ProtocolVersion.objects.get(protocol__name__contains="over 4 hours")
    assert [str(step.rate) for step in version.ratesteps.all()] == ["0.100", "0.200", "0.300", "0.440"]
    assert version.phasemeasures.get(phase="infusing", measure="spo2").first_hour_every == 15
    assert version.standingorders.get(drug="ondansetron").dose == Decimal(4)
    assert version.checklistitems.count() == 14
    assert version.dischargecriterions.count() == 9
    assert Protocol.objects.get(name__startswith="Mood").versions.get().diary_days[0] == 1


@pytest.mark.django_db
def test_texts_of_every_kind_are_made_once_as_drafts():
    made = protocols.make_default_texts()
    assert {text.kind for text in made if isinstance(text, ConsentText)} == {kind for kind, _ in ConsentText.KINDS}
    assert {text.kind for text in made if isinstance(text, MessageText)} == set(KINDS)
    assert not any(text.published_at for text in made)
    assert protocols.make_default_texts() == []


@pytest.mark.django_db
def test_consents_say_that_the_clinic_must_approve_them():
    protocols.make_default_texts()
    begins = {
        "en": "Draft, to be approved by the clinic.",
        "es": "Borrador y traducción, pendiente de aprobación por la clínica.",
    }
    for text in ConsentText.objects.all():
        assert text.body.startswith(begins[text.language])


@pytest.mark.django_db
def test_every_text_for_patients_is_drafted_in_each_language():
    made = protocols.make_default_texts()
    for model in (ConsentText, MessageText):
        kinds = {
            spoken: {t.kind for t in made if isinstance(t, model) and t.language == spoken} for spoken in ("en", "es")
        }
        assert kinds["en"] - kinds["es"] <= FOR_STAFF
