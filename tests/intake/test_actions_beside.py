"""Beside a sent packet: corrections, verified statements, pages sent back and answered, holders, the one reminder."""

from datetime import timedelta

import pytest
from django.db import InternalError, ProgrammingError, transaction

from clinic import clock
from clinic.models import Alert, AllergyStatement, AuditEvent, InstrumentResponse, MedicationStatement, Message, Task
from clinic.refusal import Conflict, Refused
from intake.actions import assessments, corrections, holding, nudges, returned
from intake.models import PageAnswers, PageCorrection, PageSupplement
from intake.queries import answers_of, verified_answers_of
from tests.intake.packets import assessed, filled, invited, submitted
from tests.intake.second import answered, asked, corrected, days_ago, signed, typed
from tests.people import people
from tests.standing import standing

pytestmark = pytest.mark.django_db


everyone = standing(people)


# ---- corrections
def test_a_correction_stands_beside_and_the_rules_read_it(everyone):
    assessment = assessed(everyone, body={"weight": "300", "height_ft": "5", "height_in": "2"})
    packet = assessment.packet
    assert "bmi" in _rules(assessment)
    corrected(packet, "body", everyone.nurse, weight="150", height_ft="5", height_in="2")
    packet = type(packet).objects.get(pk=packet.pk)
    assert answers_of(packet)["weight_kg"] == "136.1"
    assert verified_answers_of(packet)["weight_kg"] == "68"
    assert "bmi" not in _rules(assessment)
    row = PageCorrection.objects.get(code="weight_kg")
    assert (row.corrected_by, row.reason, row.value) == (everyone.nurse, "Asked on the phone.", "68")
    assert AuditEvent.objects.get(verb="packet.corrected").detail["questions"] == ["weight", "weight_kg"]


def _rules(assessment):
    return set(assessment.findings.filter(ended_at=None).values_list("rule", flat=True))


def test_the_patients_own_page_is_frozen(everyone):
    packet = submitted(everyone)
    with pytest.raises(InternalError), transaction.atomic():
        PageAnswers.objects.filter(packet=packet, slug="body").update(answers={})
    corrected(packet, "body", everyone.nurse, weight="150")
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        PageCorrection.objects.update(reason="Other words")


def test_taking_a_correction_back_takes_the_whole_deed_back_and_keeps_every_row(everyone):
    packet = submitted(everyone)
    corrected(packet, "body", everyone.nurse, weight="82", weight_unit="kg")
    row = PageCorrection.objects.get(code="weight_unit")
    corrections.take_back_correction(correction=row, reason="It was pounds after all.", by=everyone.prescriber)
    packet = type(packet).objects.get(pk=packet.pk)
    assert verified_answers_of(packet)["weight_kg"] == answers_of(packet)["weight_kg"] == "81.6"
    assert PageCorrection.objects.filter(kind="undone").count() == PageCorrection.objects.filter(kind="value").count()
    with pytest.raises(Conflict):
        corrections.take_back_correction(correction=row, reason="Again.", by=everyone.prescriber)


def test_two_at_once_are_a_conflict_and_nothing_changed_is_refused(everyone):
    packet = submitted(everyone)
    corrected(packet, "body", everyone.nurse, weight="150")
    with pytest.raises(Conflict):
        corrected(packet, "body", everyone.prescriber, weight="160", seen=0)
    stood = PageCorrection.objects.count()
    with pytest.raises(Refused, match="Nothing was changed"):
        corrected(packet, "body", everyone.prescriber, weight="150", seen=stood)


def test_the_front_desk_corrects_nothing_and_nobody_after_the_decision(everyone):
    packet = submitted(everyone)
    with pytest.raises(Refused):
        corrected(packet, "body", everyone.front_desk, weight="150")
    with pytest.raises(Refused):
        corrected(packet, "body", everyone.away["nurse"], weight="150")


def test_after_the_signature_nothing_is_corrected(everyone):
    packet = signed(everyone).packet
    with pytest.raises(Refused, match="addendum"):
        corrected(packet, "body", everyone.nurse, weight="150")
    with pytest.raises(Refused):
        asked(packet, everyone.nurse, "body")


def test_a_corrected_medicine_replaces_the_statement_and_the_others_stay_verified(everyone):
    packet = submitted(everyone)
    sertraline = MedicationStatement.objects.get(name="Sertraline 50 mg")
    corrections.verify_statements(statements=[sertraline], packet=packet, by=everyone.nurse)
    corrected(packet, "medicines", everyone.nurse, medicines_0_amount="20")
    sertraline.refresh_from_db()
    assert (sertraline.ended_at, sertraline.verified_by) == (None, everyone.nurse)
    in_force = MedicationStatement.objects.get(ended_at=None, name="Oxycodone")
    assert (in_force.source, in_force.recorded_by, in_force.daily_mg) == ("staff", everyone.nurse, 40)
    assert MedicationStatement.objects.filter(name="Oxycodone").count() == 2


def test_verifying_is_by_name_once_and_not_for_the_front_desk(everyone):
    packet = submitted(everyone)
    allergy = AllergyStatement.objects.get()
    with pytest.raises(Refused):
        corrections.verify_statements(statements=[allergy], packet=packet, by=everyone.front_desk)
    corrections.verify_statements(statements=[allergy], packet=packet, by=everyone.nurse)
    corrections.verify_statements(statements=[allergy], packet=packet, by=everyone.prescriber)
    allergy.refresh_from_db()
    assert allergy.verified_by == everyone.nurse
    assert AuditEvent.objects.filter(verb="statement.verified").count() == 1


def test_a_corrected_questionnaire_is_scored_anew_in_staffs_name(everyone):
    packet = submitted(everyone)
    corrected(packet, "worry", everyone.prescriber, gad7_1="3")
    first, second = InstrumentResponse.objects.filter(instrument="gad-7").order_by("answered_at")
    assert (first.score, first.answered_by) == (7, None)
    assert (second.score, second.answered_by) == (9, everyone.prescriber)


def test_a_note_changes_no_answer(everyone):
    packet = submitted(everyone)
    corrections.note_beside(packet=packet, slug="heart", words="Cardiologist will write.", by=everyone.nurse)
    assert PageCorrection.objects.get().kind == "note"
    assert verified_answers_of(packet) == answers_of(packet)


# ---- pages sent back
def test_asking_again_mails_a_link_that_tells_nothing(everyone):
    packet = submitted(everyone)
    request = asked(packet, everyone.nurse, "heart", "goals", codes=["angina"])
    assert [row.slug for row in request.pages.order_by("slug")] == ["goals", "heart"]
    assert request.pages.get(slug="heart").codes == ["angina"]
    message = Message.objects.get(kind="questions")
    assert (message.subject_id, message.context) == (request.pk, {})
    assert AuditEvent.objects.filter(verb="questions.asked", user=everyone.nurse).count() == 1
    with pytest.raises(Refused, match="waiting for the patient already"):
        asked(packet, everyone.nurse, "body")


def test_answers_count_once_they_are_sent_and_the_rules_run_again(everyone):
    assessment = assessed(everyone, health={"seizures": "not_sure"})
    packet = assessment.packet
    unknown = assessment.findings.get(rule="seizures", ended_at=None)
    assert unknown.level == "unknown"
    kept = assessment.findings.get(rule="takes-opioid", ended_at=None)
    assessments.settle_finding(finding=kept, resolution="handled", reason="Agreed.", by=everyone.prescriber)
    request = asked(packet, everyone.nurse, "health")
    row = request.pages.get()
    returned.save_supplement(
        supplement=row, answers=typed(packet, "health", seizures="yes"), version=0, by=everyone.patient
    )
    assert verified_answers_of(type(packet).objects.get(pk=packet.pk))["seizures"] == "not_sure"
    returned.send_answers(request=request, by=everyone.patient)
    packet = type(packet).objects.get(pk=packet.pk)
    assert answers_of(packet)["seizures"] == "yes"
    assert assessment.findings.get(rule="seizures", ended_at=None).level != "unknown"
    kept.refresh_from_db()
    assert (kept.resolution, kept.ended_at) == ("handled", None)
    assert Task.objects.get(kind="review").title.startswith("Read the later answers")
    assert "answered the questions" in Task.objects.get(kind="review").neutral_title


def test_sending_twice_is_once_and_needs_every_page(everyone):
    packet = submitted(everyone)
    request = asked(packet, everyone.nurse, "heart", "goals")
    with pytest.raises(Refused) as refused:
        returned.send_answers(request=request, by=everyone.patient)
    assert len(refused.value.items) == 2
    answered(request, everyone.patient)
    returned.send_answers(request=request, by=everyone.patient)
    assert Task.objects.filter(kind="review").count() == 1
    assert AuditEvent.objects.filter(verb="questions.answered").count() == 1


def test_what_was_sent_is_frozen_by_the_database(everyone):
    packet = submitted(everyone)
    answered(asked(packet, everyone.nurse, "goals"), everyone.patient)
    with pytest.raises(InternalError), transaction.atomic():
        PageSupplement.objects.update(answers={})
    row = PageSupplement.objects.get()
    with pytest.raises(Refused, match="already sent"):
        returned.save_supplement(supplement=row, answers={}, version=row.version, by=everyone.patient)


def test_another_device_is_a_conflict_and_the_same_again_is_once(everyone):
    row = asked(submitted(everyone), everyone.nurse, "goals").pages.get()
    said = typed(row.packet, "goals")
    returned.save_supplement(supplement=row, answers=said, version=0, by=everyone.patient)
    again = returned.save_supplement(supplement=row, answers=said, version=0, by=everyone.patient)
    assert again.version == 1
    with pytest.raises(Conflict):
        returned.save_supplement_draft(supplement=row, draft={"goal_first": "x"}, version=0, by=everyone.patient)


def test_a_suicidal_answer_in_a_draft_raises_the_same_alert(everyone):
    row = asked(submitted(everyone), everyone.nurse, "mood").pages.get()
    returned.save_supplement_draft(supplement=row, draft={"phq9_9": "2"}, version=0, by=everyone.patient)
    alert = Alert.objects.get()
    assert (alert.kind, alert.subject_id, alert.patient) == ("suicide", row.packet_id, everyone.patient)


def test_a_questionnaire_answered_again_is_a_new_score_of_the_patients(everyone):
    packet = submitted(everyone)
    answered(asked(packet, everyone.nurse, "worry"), everyone.patient, worry={"gad7_1": "3"})
    newest = InstrumentResponse.objects.filter(instrument="gad-7").order_by("-answered_at").first()
    assert (newest.score, newest.answered_by) == (9, None)


def test_taking_back_ends_the_link_and_a_reminder_goes_out_once_a_day(everyone):
    packet = submitted(everyone)
    request = asked(packet, everyone.nurse, "heart", at=days_ago(2))
    returned.remind(request=request, by=everyone.front_desk)
    with pytest.raises(Refused, match="within the last day"):
        returned.remind(request=request, by=everyone.front_desk)
    with pytest.raises(Refused):
        returned.take_back_request(request=request, reason="", by=everyone.front_desk)
    returned.take_back_request(request=request, reason="Told on the phone.", by=everyone.nurse)
    assert set(Message.objects.filter(kind="questions").values_list("state", flat=True)) == {"withdrawn"}
    row = request.pages.get()
    with pytest.raises(Refused, match="no longer needs"):
        returned.save_supplement(supplement=row, answers={}, version=0, by=everyone.patient)
    asked(packet, everyone.nurse, "heart")


# ---- who holds it
def test_starting_takes_the_packet_and_it_can_be_given_on(everyone):
    packet = assessed(everyone).packet
    assert packet.held_by == everyone.prescriber
    give = {"packet": packet, "by": everyone.prescriber_too}
    holding.hold_packet(holder=everyone.prescriber_too, expected=everyone.prescriber, **give)
    with pytest.raises(Conflict):
        holding.hold_packet(holder=everyone.prescriber, expected=everyone.prescriber, **give)
    holding.hold_packet(holder=None, expected=everyone.prescriber_too, **give)
    packet.refresh_from_db()
    assert (packet.held_by, packet.held_at) == (None, None)
    assert AuditEvent.objects.filter(verb__in=("packet.held", "packet.released")).count() == 2


def test_the_desk_assigns_what_nobody_holds_and_only_to_a_prescriber_of_the_site(everyone):
    packet = submitted(everyone)
    for stranger in (everyone.nurse, everyone.away["prescriber"]):
        with pytest.raises(Refused):
            holding.hold_packet(packet=packet, holder=stranger, expected=None, by=everyone.front_desk)
    holding.hold_packet(packet=packet, holder=everyone.prescriber, expected=None, by=everyone.front_desk)
    with pytest.raises(Refused):
        holding.hold_packet(packet=packet, holder=None, expected=everyone.prescriber, by=everyone.front_desk)


# ---- two at one assessment
def test_a_finding_somebody_else_settled_is_a_conflict(everyone):
    assessment = assessed(everyone, health={"glaucoma": "yes"})
    finding = assessment.findings.get(rule="glaucoma", ended_at=None)
    settle = {"findings": [finding], "resolution": "stands"}
    assessments.settle_findings(reason="First", by=everyone.prescriber, stamp="", **settle)
    with pytest.raises(Conflict) as conflict:
        assessments.settle_findings(reason="Second", by=everyone.prescriber_too, stamp="", **settle)
    assert conflict.value.current[0].resolution_reason == "First"


# ---- the one reminder
def test_a_packet_nobody_touches_is_reminded_of_once(everyone):
    packet = invited(everyone, at=days_ago(4))
    assert nudges.nudge_packets() == 1
    assert nudges.nudge_packets(at=clock.now() + timedelta(days=9)) == 0
    message = Message.objects.get(kind="packet_reminder")
    assert message.subject_id == packet.pk
    assert AuditEvent.objects.filter(verb="packet.nudged").count() == 1


def test_a_packet_that_goes_on_or_was_sent_is_left_alone(everyone):
    filled(everyone)
    assert nudges.nudge_packets() == 0
    assert Message.objects.filter(kind="packet_reminder").count() == 0
