"""Going home by a decision from elsewhere, the sheet, adverse events with their reports, and the record's proof."""

import uuid
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from clinic.models import Alert, AuditEvent, Document, Message, Task
from clinic.notify.composing import outgoing
from clinic.pdf import missing_library
from clinic.refusal import Conflict, Refused
from sessions import actions
from sessions.actions.charts import proof_of, record_hash
from sessions.models import AdverseReport, CheckAnswer, DischargeDecision, EventFollowUp, Order
from sessions.queries.adverse import events_of
from sessions.queries.gates import missing_to_discharge, page_of
from tests import factories


def codes(refused):
    return [item.code for item in refused.value.items]


@pytest.fixture
def watched(scene, infusing):
    """Under observation for an hour: calm but not back to baseline, line out, a score of 8, nobody here yet."""
    scene.stop(50)
    scene.vitals(112, oxygen="room_air", sedation=0, dissociation=0, spo2=95)
    items = dict.fromkeys(("activity", "respiration", "circulation", "consciousness", "oxygen"), 2) | {"activity": 1}
    scene.do(actions.record_score, 112, scale="aldrete", items=items | {"oxygen": 1}, oriented=True)
    scene.line(112, action="removed")
    scene.fresh()
    return scene


def missing(scene, minutes):
    return {i.code.removeprefix("discharge.") for i in missing_to_discharge(page_of(scene.fresh(), scene.at(minutes)))}


def ask(scene, minutes=113, **said):
    return actions.ask_discharge(session=scene.session, by=scene.nurse, at=scene.at(minutes), **said)


def decide(scene, minutes=114, *, by=None, **said):
    facts = {"allows": True, "codes": ["score"], "reason": "Her score is 8 every time."} | said
    return actions.decide_discharge(session=scene.session, by=by or scene.doctor, at=scene.at(minutes), **facts)


# ---- a decision from elsewhere
def test_a_prescriber_decides_from_elsewhere_and_the_nurse_discharges(watched):
    request = ask(watched, words="Walks well, wants to go.", of_whom=watched.doctor)
    assert {code for code, _ in request.missing} == {"score", "escort", "instructions"}
    task = Task.objects.get(dedupe_key=f"discharge:{request.pk}")
    assert (task.for_role, task.state) == ("prescriber", "open")
    mail = Message.objects.get(kind="staff_decision")
    assert mail.user == watched.doctor
    assert watched.patient.family_name not in outgoing(mail, watched.at(113)).body

    decision = decide(watched, request=request, other_way="Taxi with her brother", codes=["score"])
    task.refresh_from_db()
    assert task.state == "done"
    assert missing(watched, 114) == {"instructions"}
    ending = watched.discharge(115, escort_arrived=None)
    assert (ending.override_reason, ending.override_by) == (decision.reason, watched.doctor)
    assert ending.other_way_home == "Taxi with her brother"
    assert {"discharge.asked", "discharge.allowed"} <= set(AuditEvent.objects.values_list("verb", flat=True))


def test_a_no_allows_nothing_and_stays(watched):
    request = ask(watched)
    decide(watched, request=request, allows=False, codes=[], reason="Another half hour.")
    assert "score" in missing(watched, 114)
    with pytest.raises(Refused) as refused:
        watched.discharge(115)
    assert codes(refused) == ["discharge.score"]
    decide(watched, 140)
    watched.vitals(145, oxygen="room_air", sedation=0, dissociation=0, spo2=95)
    watched.discharge(146)
    assert [d.allows for d in DischargeDecision.objects.order_by("decided_at")] == [False, True]


def test_an_alarm_after_the_decision_ends_it(watched):
    decide(watched)
    assert "score" not in missing(watched, 114)
    watched.vitals(116, systolic=190, confirmed={"systolic"})
    assert {"score", "alarms"} <= missing(watched, 116)


def test_only_a_prescriber_decides_once_a_request_and_one_request_waits(watched):
    request = ask(watched)
    with pytest.raises(Conflict):
        ask(watched, 114)
    with pytest.raises(Refused):
        decide(watched, by=watched.nurse)
    decide(watched, request=request)
    with pytest.raises(Conflict):
        decide(watched, 115, request=request)


def test_a_line_is_never_gone_without_whoever_decides(scene, infusing):
    scene.stop(50)
    with pytest.raises(Refused) as refused:
        decide(scene, 60, codes=["line_out"])
    assert codes(refused) == ["decide.never"]


def test_nothing_to_ask_while_it_runs(scene, infusing):
    with pytest.raises(Refused) as refused:
        ask(scene, 30)
    assert codes(refused) == ["ask.phase"]


def test_a_question_is_withdrawn_when_the_patient_has_gone(watched):
    request = ask(watched)
    watched.discharge(114, override_reason="Seen by me.", by=watched.doctor)
    assert Task.objects.get(dedupe_key=f"discharge:{request.pk}").state == "withdrawn"
    assert set(Message.objects.filter(kind="staff_decision").values_list("state", flat=True)) == {"withdrawn"}


# ---- the escort and the sheet
def test_the_escort_who_came_is_named_and_may_go_again(watched):
    actions.note_escort(session=watched.session, who="Sister Ada", by=watched.nurse, at=watched.at(113))
    assert "escort" not in missing(watched, 113)
    actions.note_escort(session=watched.session, here=False, by=watched.nurse, at=watched.at(114))
    assert "escort" in missing(watched, 114)
    assert CheckAnswer.objects.filter(code="escort_arrived").count() == 2
    with pytest.raises(Refused):
        actions.note_escort(session=watched.session, who=" ", by=watched.nurse, at=watched.at(115))


def give(scene, minutes=113, **said):
    facts = {"to_whom": "patient", "talked_through": True} | said
    return actions.hand_over_sheet(session=scene.session, by=scene.nurse, at=scene.at(minutes), **facts)


def test_the_sheet_is_kept_word_for_word_in_the_patients_language_and_mailed(watched):
    patient = watched.patient
    patient.language, patient.email = "es", "ngozi@example.org"
    patient.save()
    sheet = give(watched, mailed=True, own_words="Tome agua.")
    assert sheet.language == "es"
    assert "No maneje" in sheet.body
    assert "mi\u00e9rcoles 4 de marzo" in sheet.body
    assert watched.site.phone in sheet.body
    assert "{" not in sheet.body
    assert "instructions" not in missing(watched, 114)
    if missing_library():
        assert sheet.document is None
        return
    kept = Document.objects.get(pk=sheet.document_id)
    assert (kept.kind, kept.field_class) == ("education", "clinical")
    mail = outgoing(Message.objects.get(kind="aftercare"), watched.at(114))
    assert "ketamin" not in (mail.subject + mail.body).lower()
    assert "/p/" in mail.body


def test_a_sheet_needs_a_way_and_the_talk_and_comes_after_the_infusion(watched, everyone):
    with pytest.raises(Refused) as refused:
        give(watched, printed=False, talked_through=False)
    assert codes(refused) == ["sheet.way", "sheet.talk"]
    again = type(watched)(everyone, patient=factories.patient(at_site=everyone.harbor), chair=1)
    again.check_in()
    with pytest.raises(Refused) as refused:
        give(again, 20)
    assert codes(refused) == ["sheet.phase"]


# ---- adverse events
def serious(scene, minutes=30, **said):
    facts = {"term": "fainting", "severity": "severe", "criteria": ["hospital"], "entry_id": uuid.uuid4()} | said
    return scene.do(actions.record_side_effect, minutes, **facts).entry


def test_a_serious_event_alerts_at_once_and_asks_for_its_report(scene, infusing):
    entry = serious(scene)
    assert Alert.objects.get(kind="side_effect").subject_id == entry.pk
    report = AdverseReport.objects.get(entry=entry)
    assert report.criteria == ["hospital"]
    assert report.due_at == scene.at(30) + timedelta(hours=24)
    assert Task.objects.get(dedupe_key=f"adverse_report:{report.pk}").for_role == "prescriber"
    assert entry.detail.serious


def test_the_same_entry_sent_twice_begins_one_report(scene, infusing):
    same = uuid.uuid4()
    for _ in range(2):
        serious(scene, entry_id=same)
    assert AdverseReport.objects.count() == Alert.objects.filter(kind="side_effect").count() == 1


def test_an_event_that_turns_out_serious_alerts_and_asks_for_its_report_once(scene, infusing):
    entry = serious(scene, criteria=[])
    assert not Alert.objects.filter(kind="side_effect").exists()
    changed = {"reason": "It was worse", "by": scene.nurse, "at": scene.at(40)}
    worse = actions.correct_entry(entry=entry, entry_id=uuid.uuid4(), changes={"serious": True}, **changed).entry
    assert Alert.objects.get(kind="side_effect").subject_id == worse.pk
    assert AdverseReport.objects.get().entry_id == entry.pk
    named = actions.correct_entry(entry=worse, entry_id=uuid.uuid4(), changes={"term": "syncope"}, **changed).entry
    back = actions.correct_entry(entry=named, entry_id=uuid.uuid4(), changes={"serious": False}, **changed).entry
    actions.correct_entry(entry=back, entry_id=uuid.uuid4(), changes={"serious": True}, **changed)
    assert (AdverseReport.objects.count(), Alert.objects.filter(kind="side_effect").count()) == (1, 2)


def test_a_report_is_drafted_signed_whole_and_locked_with_the_records_facts(scene, infusing):
    report = AdverseReport.objects.get(entry=serious(scene))
    edited = actions.edit_report(
        report=report, version=1, criteria=["hospital", "intervention"], narrative="Fainted on standing.",
        by=scene.nurse, at=scene.at(40),
    )  # fmt: skip
    with pytest.raises(Conflict):
        actions.edit_report(report=report, version=1, criteria=[], by=scene.nurse, at=scene.at(41))
    with pytest.raises(Refused) as refused:
        actions.sign_report(report=edited, version=2, by=scene.doctor, at=scene.at(42))
    assert codes(refused) == ["report.outcome", "report.action_taken", "report.relatedness"]
    said = {"outcome": "recovered", "action_taken": "stopped", "relatedness": "probable", "narrative": "Fainted."}
    whole = actions.edit_report(
        report=report, version=2, criteria=["hospital"], by=scene.nurse, at=scene.at(43), **said
    )  # fmt: skip
    with pytest.raises(Refused):
        actions.sign_report(report=whole, version=3, by=scene.nurse, at=scene.at(44))
    signed = actions.sign_report(report=whole, version=3, by=scene.doctor, at=scene.at(45))
    facts = dict(signed.facts)
    assert facts["Patient"] == scene.patient.record_number
    assert facts["Ketamine"].startswith("17.5 mg by then")
    assert "LOT-A" in facts["Lots"]
    assert "20 min after the start" in facts["Began"]
    with pytest.raises(Conflict):
        actions.edit_report(report=signed, version=3, criteria=[], by=scene.nurse, at=scene.at(46))


def test_follow_ups_go_on_until_it_is_over_also_after_a_correction(watched):
    entry = watched.do(actions.record_side_effect, 60, term="vomiting", severity="moderate").entry
    fixed = actions.correct_entry(
        entry=entry, entry_id=uuid.uuid4(), changes={"severity": "severe"}, reason="Typed wrong", by=watched.nurse,
        at=watched.at(70),
    ).entry  # fmt: skip
    watched.discharge(114, override_reason="Known.", by=watched.doctor)
    task = Task.objects.get(dedupe_key=f"event:{entry.pk}")
    actions.follow_up_event(entry=fixed, status="better", by=watched.nurse, at=watched.at(200), how="phone")
    (event,) = events_of(watched.session)
    assert (event.root.pk, event.detail.severity, event.course.over) == (entry.pk, "severe", False)
    actions.follow_up_event(entry=entry, status="resolved", by=watched.nurse, at=watched.at(300), how="phone")
    (event,) = events_of(watched.session)
    assert event.course.over
    task.refresh_from_db()
    assert task.state == "done"
    assert EventFollowUp.objects.count() == 2


def test_a_follow_up_neither_lies_ahead_nor_says_worse_without_words(watched):
    entry = watched.do(actions.record_side_effect, 60, term="headache", severity="mild").entry
    for said in ({"status": "worse"}, {"status": "whatever"}, {"status": "same", "seen_at": watched.at(500)},
                 {"status": "same", "seen_at": watched.at(10)}):  # fmt: skip
        with pytest.raises(Refused):
            actions.follow_up_event(entry=entry, by=watched.nurse, at=watched.at(90), **said)


def test_a_mild_one_that_is_over_asks_nobody_again(watched):
    watched.do(actions.record_side_effect, 60, term="dizziness", severity="mild")
    watched.do(actions.record_side_effect, 61, term="nausea", severity="severe", resolved_at=watched.at(80))
    watched.discharge(114, override_reason="Known.", by=watched.doctor)
    assert not Task.objects.filter(dedupe_key__startswith="event:").exists()


# ---- the proof
def test_the_hash_holds_through_late_work_and_names_a_record_that_does_not(watched):
    watched.discharge(114, override_reason="Known.", by=watched.doctor)
    actions.sign_chart(session=watched.fresh(), by=watched.doctor, at=watched.at(120))
    watched.do(actions.record_note, 130, text="Phoned the day after.")
    actions.addend(session=watched.session, text="Read again.", by=watched.doctor, at=watched.at(131))
    watched.waste(132)
    assert proof_of(watched.fresh()).holds
    call_command("verify_record", str(watched.session.pk))
    Order.objects.create(
        session=watched.session, kind="written", category="drug", drug="water", dose_mg=2, ordered_at=watched.at(20),
        ordered_by=watched.doctor,
    )  # fmt: skip
    assert not proof_of(watched.fresh()).holds
    with pytest.raises(CommandError):
        call_command("verify_record")


def test_what_is_not_signed_has_no_proof_and_zero_is_not_blank(watched):
    assert not proof_of(watched.session).holds
    with pytest.raises(CommandError):
        call_command("verify_record", str(watched.session.pk))
    before = record_hash(watched.session)
    watched.vitals(113, pain=0)
    assert record_hash(watched.session) != before
