"""Going home, adverse events, side by side and the proof: who may, what stays typed, how many queries."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sessions import actions
from sessions.models import AdverseReport, AftercareSheet, DischargeDecision, DischargeRequest, Entry
from sessions.urls_after import OF_AN_EVENT, OF_ONE
from tests.people import signed_in
from tests.sessions import conftest as start
from tests.sessions.screens import Busy, begin, entry, url
from tests.standing import standing

POSTED = {"escort-gone"}
FOR_PRESCRIBERS = {"discharge-allow"}
PLAIN = [name for rest, _, name in OF_ONE if "<" not in rest and name not in POSTED]


def stopped(scene):
    """Stopped an hour ago, calm, the line out; no score yet."""
    scene.running()
    scene.stop(50)
    scene.vitals(112, oxygen="room_air", sedation=0, dissociation=0, spo2=95)
    scene.line(112, action="removed")
    scene.fresh()
    return scene


watched = standing(stopped, on=start.scene, begun=115)


@pytest.fixture
def nurse(everyone):
    return signed_in(everyone.nurse)


@pytest.fixture
def doctor(everyone):
    return signed_in(everyone.prescriber)


def event(scene, **said):
    facts = {"term": "fainting", "severity": "severe", "serious": True, "entry_id": uuid.uuid4()} | said
    return scene.do(actions.record_side_effect, 100, **facts).entry


def of_event(name, row):
    return reverse(f"sessions:{name}", args=[row.pk])


def test_pages_open_for_clinicians_of_the_site_and_nobody_else(everyone, watched):
    opened = {}
    for name in PLAIN:
        role = "prescriber" if name in FOR_PRESCRIBERS else "nurse"
        asked = (everyone.by_role(role), everyone.away[role], everyone.front_desk, everyone.auditor, None)
        opened[name] = tuple(signed_in(user).get(url(name, watched.session)).status_code for user in asked)
    assert opened == dict.fromkeys(PLAIN, (200, 404, 403, 403, 302))


def test_an_event_is_for_clinicians_of_its_site(everyone, watched):
    row = event(watched)
    for _rest, _view, name in OF_AN_EVENT:
        if name != "report-begin":
            asked = (everyone.nurse, everyone.away["nurse"], everyone.front_desk)
            got = tuple(signed_in(user).get(of_event(name, row)).status_code for user in asked)
            assert got == (200, 404, 403), name
    watched.do(actions.record_note, 101, text="x")
    note = Entry.objects.get(kind="note")
    assert signed_in(everyone.nurse).get(of_event("event-show", note)).status_code == 404


def test_asked_by_the_nurse_decided_elsewhere_seen_by_the_nurse(nurse, doctor, everyone, watched):
    page = nurse.get(url("discharge", watched.session)).content.decode()
    assert "4 missing" in page
    assert nurse.post(url("discharge-ask", watched.session), {"words": "Walks well", "of_whom": ""}).status_code == 302
    asked = DischargeRequest.objects.get()
    decide = reverse("sessions:discharge-decide", args=[asked.pk])
    assert nurse.get(decide).status_code == 403
    assert signed_in(everyone.away["prescriber"]).get(decide).status_code == 404
    bad = doctor.post(decide, {"allows": "yes", "reason": "", "other_way": "Taxi with her brother"})
    assert bad.status_code == 422
    assert "Taxi with her brother" in bad.content.decode()
    said = {"allows": "yes", "codes": ["score", "oriented"], "reason": "Known to me", "other_way": "Taxi, brother"}
    assert doctor.post(decide, said).status_code == 302
    assert doctor.post(decide, said).status_code == 409
    page = nurse.get(url("discharge", watched.session)).content.decode()
    assert "decided by the prescriber" in page
    assert "Known to me" in page
    assert "1 missing" in page
    sheet = nurse.get(url("session-show", watched.session)).content.decode()
    assert "Known to me" in sheet
    assert DischargeDecision.objects.get().decided_by == everyone.prescriber


def test_escort_and_sheet_by_forms_then_discharged(nurse, watched):
    nurse.post(url("escort-note", watched.session), {"who": "Sister Ada"})
    assert nurse.post(url("aftercare-give", watched.session), {"spoken": "es"}).status_code == 422
    said = {"spoken": "es", "to_whom": "both", "talked_through": "on", "printed": "on"}
    assert nurse.post(url("aftercare-give", watched.session), said).status_code == 302
    sheet = AftercareSheet.objects.get()
    paper = nurse.get(url("aftercare-show", watched.session, sheet.pk)).content.decode()
    assert "No maneje" in paper
    assert 'lang="es"' in paper
    page = nurse.get(url("discharge", watched.session)).content.decode()
    assert "Sister Ada" in page
    assert 'name="escort_arrived"' not in page
    items = dict.fromkeys(("activity", "respiration", "circulation", "consciousness", "oxygen"), "2")
    nurse.post(url("score-record", watched.session), entry(**items, oriented="yes"))
    watched.fresh()
    done = nurse.post(url("discharge", watched.session), {"version": watched.session.version})
    assert done.status_code == 302
    assert watched.fresh().ending == "completed"
    nurse.post(url("escort-gone", watched.session))
    assert watched.session.check_answers.filter(code="escort_arrived").count() == 1


def test_the_score_is_the_one_the_protocol_asks_for(everyone, nurse, watched):
    page = nurse.get(url("score-record", watched.session)).content.decode()
    assert "Modified Aldrete score" in page
    assert "J Clin Anesth 7:89-91" in page
    other = nurse.get(url("score-record", watched.session) + "?scale=padss").content.decode()
    assert "asks for another score" in other


def test_signing_before_the_end_is_refused_kindly(doctor, watched):
    page = doctor.get(url("chart-sign", watched.session))
    assert page.status_code == 200
    assert "Nobody has to wait for the signature" in page.content.decode()
    assert doctor.post(url("chart-sign", watched.session), {"version": 1, "read": "on"}).status_code == 409
    assert watched.fresh().signed_at is None


def test_signing_names_what_is_still_open_and_what_it_means(nurse, doctor, watched):
    event(watched)
    watched.discharge(114, override_reason="Known.", by=watched.doctor)
    page = doctor.get(url("chart-sign", watched.fresh())).content.decode()
    assert "Report to sign: fainting" in page
    said = {"version": watched.session.version, "read": "on", "meaning": "Written and reviewed by me"}
    assert doctor.post(url("chart-sign", watched.session), said).status_code == 302
    assert watched.fresh().signature.meaning == "Written and reviewed by me"
    assert "signed already" in doctor.get(url("chart-sign", watched.session)).content.decode()
    assert "exactly what was signed" in nurse.get(url("record-check", watched.session)).content.decode()


def test_a_serious_effect_leads_to_its_report_and_a_prescriber_signs(nurse, doctor, watched):
    said = entry(term="fainting", severity="severe", criteria=["hospital"])
    went = nurse.post(url("side-effect-record", watched.session), said)
    report = AdverseReport.objects.get()
    assert went.headers["Location"] == of_event("report-edit", report.entry)
    draft = {"version": 1, "criteria": ["hospital"], "narrative": "Fainted on standing."}
    assert nurse.post(of_event("report-edit", report.entry), draft).status_code == 302
    stale = nurse.post(of_event("report-edit", report.entry), draft)
    assert stale.status_code == 409
    assert "Fainted on standing." in stale.content.decode()
    whole = draft | {"version": 2, "outcome": "recovered", "action_taken": "none", "relatedness": "possible"}
    assert doctor.post(of_event("report-edit", report.entry), whole | {"sign": "1"}).status_code == 302
    report.refresh_from_db()
    assert report.is_signed
    paper = nurse.get(of_event("report-print", report.entry)).content.decode()
    assert "Needed a hospital" in paper
    assert "Draft" not in paper


def test_follow_up_by_form_until_over(nurse, watched):
    row = event(watched, serious=False)
    assert nurse.post(of_event("event-follow-up", row), {"status": "worse", "how": "seen"}).status_code == 422
    assert nurse.post(of_event("event-follow-up", row), {"status": "resolved", "how": "seen"}).status_code == 302
    assert "Over," in nurse.get(of_event("event-show", row)).content.decode()


def test_the_list_of_events_asks_the_same_queries_however_many(nurse, watched):
    event(watched)
    path = reverse("sessions:event-list")
    nurse.get(path)
    with CaptureQueriesContext(
        connection,
    ) as few:
        nurse.get(path)
    for n in range(4):
        event(watched, term=f"headache {n}")
    with CaptureQueriesContext(connection) as many:
        page = nurse.get(path).content.decode()
    assert len(many) == len(few)
    assert "Headache 3" in page
    assert "Nothing here" not in nurse.get(path + "?show=all").content.decode()


def test_side_by_side_aligned_at_the_start(everyone, nurse, watched, monkeypatch):
    watched.observed(113)
    watched.discharge(114)
    begin(monkeypatch, 20)
    later = Busy(everyone, patient=watched.patient, version=watched.version, approved=False)
    later.ready(code="KET-9")
    later.start(10)
    later.vitals(15, systolic=140, pain=0, missing={"resp_rate": "busy"})
    path = url("session-compare", later.session)
    page = nurse.get(path).content.decode()
    assert page.count("<polyline") == 0
    for said in ("No. 1, ", "Highest systolic", "140 at 5 min, +18 from baseline", "35 of 35 mg", "missed: rr"):
        assert said in page, said
    assert str(watched.session.pk) in page
    alone = nurse.get(path + f"?with={uuid.uuid4()}").content.decode()
    assert "Highest systolic" in alone
    assert "No earlier infusion" in nurse.get(url("session-compare", watched.session)).content.decode()


def test_side_by_side_says_so_before_the_start(everyone, nurse, scene, monkeypatch):
    begin(monkeypatch, 5)
    scene.check_in()
    assert "has not started" in nurse.get(url("session-compare", scene.session)).content.decode()
