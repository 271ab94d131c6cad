"""The whole way through the pages, by forms alone: arrival to signature; each page refuses in place what is missing."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest

from clinic import clock
from clinic.models import Chair
from sessions import actions
from sessions.models import Entry, InfusionSession, LedgerEntry
from tests.people import signed_in
from tests.sessions.screens import begin, entry, second, url

CHECKS = {
    "identity": "yes",
    "consent": "yes",
    "fasting": "yes",
    "fasting_detail": "toast at 6",
    "escort": "reached",
    "escort_detail": "Sister 555 0123",
    "medicines": "no",
    "pregnancy": "not_applicable",
    "monitoring": "yes",
    "emergency_equipment": "yes",
    "prescriber": "yes",
}
READ = {"patient_read": "x", "strength_read": "1", "rate_read": "52.5", "volume_read": "50", "occasion": "start"}
DOSE = {"drug": "ketamine", "basis": "mg/kg", "per_unit": "0.5", "minutes": "40", "strength_mg_ml": "1"}
BASELINE = {"systolic": "122", "diastolic": "78", "heart_rate": "72", "spo2": "98", "pain": "6", "baseline": "on"}


@pytest.fixture
def nurse(everyone):
    return signed_in(everyone.nurse)


def done(answer):
    """The page was accepted and leads on."""
    assert answer.status_code == 302, re.sub(r"<[^>]+>|\s+", " ", answer.content.decode())[:1500]
    return answer.headers["Location"]


@pytest.fixture
def session(everyone, scene, monkeypatch, nurse):
    begin(monkeypatch, 10)
    return scene.check_in(5)


def test_before_during_and_after_by_forms_alone(everyone, scene, session, nurse):
    scene.stock(1)
    actions.receive_container(
        site=scene.site, code="MID-1", drug="midazolam", strength_mg_ml=Decimal(1), volume_ml=Decimal(5), lot="M",
        expires_on=date(2099, 1, 31), use="single", by=scene.other, at=scene.at(1),
    )  # fmt: skip
    _prepare(everyone, scene, session, nurse)
    done(nurse.post(url("session-start", session), entry()))
    assert InfusionSession.objects.get().phase == "infusing"
    _during(everyone, scene, session, nurse)
    done(nurse.post(url("drug-stop", session), entry(volume_ml="0.5", cause="patient", text="wants to stop")))
    _after(everyone, scene, session, nurse)
    _sign(everyone, session)


def _prepare(everyone, scene, session, nurse):
    start = nurse.get(url("session-start", session)).content.decode()
    assert "Not ready" in start
    done(nurse.post(url("checklist", session), CHECKS))
    done(nurse.post(url("weight-record", session), entry(value="70", unit="kg", basis="measured")))
    done(nurse.post(url("vitals-record", session), entry(**BASELINE)))
    done(nurse.post(url("line-record", session), entry(action="placed", site="left forearm", gauge="22")))
    dose = {
        "drug": "ketamine",
        "basis": "mg/kg",
        "per_unit": "0.5",
        "minutes": "40",
        "strength_mg_ml": "1",
        "pump": "3",
    }
    dose["version"] = str(InfusionSession.objects.get().version)
    read_back = nurse.post(url("dose-order", session), dose | {"step": "confirm"}).content.decode()
    for figure in ("35&nbsp;mg", "35 mg"):
        if figure in read_back:
            break
    else:
        pytest.fail("the dose is not read back")
    assert "0.5 mg/kg" in read_back
    assert "52.5 mL/h" in read_back
    done(nurse.post(url("dose-order", session), dose | {"step": "sign"}))
    drawn = {"code_1": "ket-1", "ml_1": "1", "diluent": "sodium chloride 0.9 %", "diluent_ml": "49", "form": "syringe"}
    label = nurse.get(done(nurse.post(url("preparation-make", session), drawn))).content.decode()
    assert "KET-1, lot LOT-A" in label
    read = {"patient_read": scene.patient.record_number, "strength_read": "1", "rate_read": "52.5", "volume_read": "50"}
    blind = nurse.get(url("second-check", session)).content.decode()
    assert "52.5" not in blind
    done(nurse.post(url("second-check", session), read | {"occasion": "start"} | second(everyone.colleague)))
    assert "Ready to start" in nurse.get(url("session-start", session)).content.decode()


def _during(everyone, scene, session, nurse):
    done(nurse.post(url("drug-rate", session), entry(rate_ml_h="40")))
    done(nurse.post(url("drug-pause", session), entry(cause="toilet")))
    done(nurse.post(url("drug-resume", session), entry()))
    standing = session.protocol_version.standingorders.get()
    done(nurse.post(url("drug-give-standing", session, standing.pk), entry(dose_mg="4", text="nausea")))
    order = {"category": "drug", "drug": "midazolam", "dose_mg": "1", "route": "IV"}
    order |= {"ordered_by": str(everyone.prescriber.pk)}
    spoken = "Midazolam, 1 milligram (one), into the vein."
    assert spoken in nurse.post(url("order-verbal", session), order).content.decode()
    changed = nurse.post(url("order-verbal", session), order | {"step": "change"}).content.decode()
    assert 'value="midazolam"' in changed
    other = order | {"dose_mg": "2", "step": "sign", "said_back": spoken}
    assert nurse.post(url("order-verbal", session), other).status_code == 422
    done(nurse.post(url("order-verbal", session), order | {"step": "sign", "said_back": spoken}))
    row = session.orders.get(kind="verbal")
    assert nurse.post(url("drug-give", session, row.pk), entry(dose_mg="1")).status_code == 422
    drawn = entry(container="mid-1", drawn_ml="1", dose_mg="1", rest="none")
    done(nurse.post(url("drug-draw", session, row.pk), drawn))
    kinds = LedgerEntry.objects.filter(container__code="MID-1").order_by("posted_at", "xact")
    assert [(row.kind, row.mg) for row in kinds] == [("received", 5), ("drawn", 1), ("given", 1)]
    doctor = signed_in(everyone.prescriber)
    assert "Co-sign" in doctor.get(url("order-list", session)).content.decode()
    done(doctor.post(url("order-cosign", session, row.pk)))
    done(nurse.post(url("side-effect-record", session), entry(term="nausea", severity="mild")))
    done(nurse.post(url("oxygen-record", session), entry(flow_l_min="2", device="nasal prongs")))
    done(nurse.post(url("oxygen-record", session), entry(flow_l_min="0")))
    done(nurse.post(url("note-record", session), entry(text="Asks for music")))
    done(nurse.post(url("session-hand-over", session), {"to_nurse": str(everyone.colleague.pk), "note": "calm"}))
    html = nurse.get(url("session-show", session)).content.decode()
    for said in ("Ondansetron 4 mg IV".lower(), "midazolam 1 mg", "Nausea, mild", "Asks for music", "Resumed ketamine"):
        assert said.lower() in html.lower(), said


def _after(everyone, scene, session, nurse):
    calm = {
        "systolic": "120",
        "diastolic": "78",
        "heart_rate": "70",
        "spo2": "98",
        "sedation": "0",
        "dissociation": "0",
    }
    done(nurse.post(url("vitals-record", session), entry(**calm, oxygen="room_air")))
    score = dict.fromkeys(("activity", "respiration", "circulation", "consciousness", "oxygen"), "2")
    done(nurse.post(url("score-record", session), entry(**score, oriented="yes")))
    done(nurse.post(url("line-record", session), entry(action="removed")))
    early = nurse.post(url("discharge", session), {"version": str(InfusionSession.objects.get().version)})
    assert early.status_code == 422
    assert "minutes of observation" in early.content.decode() or "Instructions" in early.content.decode()
    home = {"escort_arrived": "on", "instructions_given": "on", "reason": "The patient asked",
            "version": str(InfusionSession.objects.get().version), "override_reason": "Hardly any given"}  # fmt: skip
    done(signed_in(everyone.prescriber).post(url("discharge", session), home))
    assert InfusionSession.objects.get().ending == "stopped_early"
    prep = session.preparations.get(drug="ketamine")
    waste = {"mg": "49.5", "reason": "left in the syringe"}
    alone = nurse.post(url("preparation-waste", session, prep.pk), waste | second(everyone.nurse))
    assert alone.status_code == 422
    done(nurse.post(url("preparation-waste", session, prep.pk), waste | second(everyone.colleague)))
    assert LedgerEntry.objects.filter(kind="wasted").count() == 1


def _sign(everyone, session):
    doctor = signed_in(everyone.prescriber)
    version = str(InfusionSession.objects.get().version)
    assert doctor.post(url("chart-sign", session), {"version": version}).status_code == 422
    record = doctor.get(
        done(doctor.post(url("chart-sign", session), {"version": version, "read": "on"}))
    ).content.decode()
    assert "Hash of the record" in record
    done(doctor.post(url("addendum-add", session), {"text": "Reviewed with the patient"}))
    assert "Reviewed with the patient" in doctor.get(url("record-show", session)).content.decode()


def test_a_mismatch_at_the_second_check_names_both(everyone, scene, session, nurse):
    scene.answer()
    scene.weigh(6)
    scene.order(7)
    scene.draw(8)
    read = {
        "patient_read": "somebody",
        "strength_read": "10",
        "rate_read": "52.5",
        "volume_read": "50",
        "occasion": "start",
    }
    answer = nurse.post(url("second-check", session), read | second(everyone.colleague))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Strength read as 10 mg/mL, computed 1 mg/mL" in html
    assert "somebody" in html
    assert session.second_checks.get().matched is False


@pytest.mark.parametrize("who", ["nurse", "front_desk"])
def test_the_second_person_is_another_clinician(everyone, scene, session, nurse, who):
    scene.answer()
    scene.weigh(6)
    scene.order(7)
    scene.draw(8)
    read = {"patient_read": "x", "strength_read": "1", "rate_read": "52.5", "volume_read": "50", "occasion": "start"}
    answer = nurse.post(url("second-check", session), read | second(everyone.by_role(who)))
    assert answer.status_code == 422
    assert session.second_checks.count() == 0


def test_five_wrong_passwords_lock_the_second_signature(everyone, scene, session, nurse):
    scene.answer()
    scene.weigh(6)
    scene.order(7)
    scene.draw(8)
    read = {"patient_read": "x", "strength_read": "1", "rate_read": "1", "volume_read": "50", "occasion": "start"}
    wrong = read | second(everyone.colleague) | {"second_password": "wrong"}
    for _ in range(5):
        assert "don't match" in nurse.post(url("second-check", session), wrong).content.decode().replace("&#x27;", "'")
    html = nurse.post(url("second-check", session), read | second(everyone.colleague)).content.decode()
    assert "Too many wrong tries" in html


def test_pounds_typed_as_kilograms_are_asked_about(everyone, scene, session, nurse):
    form = entry(value="176", unit="kg", basis="measured")
    asked = nurse.post(url("weight-record", session), form)
    html = asked.content.decode()
    assert asked.status_code == 422
    assert "is that pounds?" in html
    assert 'value="176"' in html
    token = re.search(r'name="confirmed" value="([^"]+)"', html)[1]
    assert nurse.post(url("weight-record", session), form | {"value": "177", "confirmed": token}).status_code == 422
    done(nurse.post(url("weight-record", session), form | {"confirmed": token}))


def test_a_nurse_cannot_change_the_dose_of_the_plan(everyone, scene, session, nurse):
    scene.weigh(6)
    version = str(InfusionSession.objects.get().version)
    dose = {
        "drug": "ketamine",
        "basis": "mg/kg",
        "per_unit": "0.6",
        "minutes": "40",
        "strength_mg_ml": "1",
        "version": version,
    }
    answer = nurse.post(url("dose-order", session), dose | {"step": "sign"})
    assert answer.status_code == 422
    assert "a prescriber has to order it" in answer.content.decode()
    assert 'value="0.6"' in answer.content.decode()
    done(signed_in(everyone.prescriber).post(url("dose-order", session), dose | {"step": "sign"}))


def test_rel_14_a_stale_page_is_409_and_keeps_what_was_typed(everyone, scene, session, nurse):
    scene.weigh(6)
    dose = DOSE | {"version": "1", "step": "sign", "pump": "pump 7"}
    answer = nurse.post(url("dose-order", session), dose)
    assert answer.status_code == 409
    assert "changed since this page was shown" in answer.content.decode()
    assert "pump 7" in answer.content.decode()


def test_a_prescriber_lets_a_gate_pass_with_a_reason(everyone, scene, session, nurse):
    path = url("gate-override", session, "fasting")
    assert nurse.get(path).status_code == 403
    doctor = signed_in(everyone.prescriber)
    assert doctor.post(path, {"reason": ""}).status_code == 422
    done(doctor.post(path, {"reason": "Only clear fluids"}))
    refused = doctor.post(url("gate-override", session, "identity"), {"reason": "no time"})
    assert "cannot be overridden" in refused.content.decode()


def test_a_time_in_the_future_is_refused_beside_its_field(everyone, session, nurse):
    later = (clock.now() + timedelta(minutes=30)).astimezone(session.site.zone)
    answer = nurse.post(url("note-record", session), entry(text="x", observed=f"{later:%H:%M}"))
    assert answer.status_code == 422
    assert "in the future" in answer.content.decode()
    assert Entry.objects.filter(kind="note").count() == 0


def test_the_patient_moves_to_another_chair_and_gets_another_prescriber(everyone, scene, session, nurse):
    other = Chair.objects.filter(site=everyone.harbor).exclude(pk=session.chair_id).first()
    assert nurse.post(url("chair-move", session), {"chair": str(session.chair_id)}).status_code == 422
    done(nurse.post(url("chair-move", session), {"chair": str(other.pk)}))
    assert nurse.post(url("prescriber-name", session), {"prescriber": str(everyone.nurse.pk)}).status_code == 422
    done(nurse.post(url("prescriber-name", session), {"prescriber": str(everyone.prescriber_too.pk)}))
    session.refresh_from_db()
    assert (session.chair, session.responsible_prescriber) == (other, everyone.prescriber_too)


def test_no_figure_can_be_turned_by_a_wheel(everyone, scene, session, nurse):
    scene.stock(1)
    scene.weigh(6)
    scene.order(7)
    pages = [nurse.get(url(name, session)).content.decode() for name in ("preparation-make", "dose-order")]
    assert 'name="ml_1"' in pages[0]
    assert not [page for page in pages if 'type="number"' in page]
