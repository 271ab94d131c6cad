"""Assess, settle, sign, lock: the database keeps what was signed."""

import pytest
from django.db import InternalError, transaction

from clinic import clock
from clinic.models import AuditEvent, Message, Task
from clinic.refusal import Conflict, Refused
from intake.actions import assessments
from intake.models import Approval, Assessment, Finding
from intake.queries import check_eligible, unsettled_gates
from tests import factories
from tests.intake.packets import assessed, invited, submitted
from tests.people import people
from tests.standing import standing

pytestmark = pytest.mark.django_db
GLAUCOMA = {"health": {"glaucoma": "yes"}}


everyone = standing(people)


def decide(assessment, by, **fields):
    said = {"decision": "candidate", "reasons": "CRPS for two years, fits the protocol."} | fields
    return assessments.save_assessment(assessment=assessment, version=assessment.version, by=by, **said)


def sign(assessment, by, name=None):
    return assessments.sign_assessment(assessment=assessment, printed_name=name or by.name, by=by)


def today():
    return clock.now().date()


def test_starting_runs_the_rules_and_doing_it_twice_is_once(everyone):
    packet = submitted(everyone)
    first = assessments.start_assessment(packet=packet, by=everyone.prescriber)
    again = assessments.start_assessment(packet=packet, by=everyone.prescriber_too)
    assert first == again
    assert "takes-opioid" in set(first.findings.values_list("rule", flat=True))
    unknown = first.findings.filter(level="unknown").values_list("rule", flat=True)
    assert set(unknown) == {"ptsd-screen", "ptsd-likely"}, "the gate to the questions about trauma stayed shut"


@pytest.mark.parametrize("role", ["front_desk", "nurse", "clinic_admin"])
def test_only_a_prescriber_of_the_site_may_assess(everyone, role):
    packet = submitted(everyone)
    with pytest.raises(Refused):
        assessments.start_assessment(packet=packet, by=everyone.by_role(role))


def test_a_prescriber_of_another_site_may_not(everyone):
    packet = submitted(everyone)
    with pytest.raises(Refused):
        assessments.start_assessment(packet=packet, by=everyone.away["prescriber"])


def test_an_unsent_packet_cannot_be_assessed(everyone):
    with pytest.raises(Refused):
        assessments.start_assessment(packet=invited(everyone), by=everyone.prescriber)


def test_signing_locks_decides_approves_and_closes_the_task(everyone):
    assessment = sign(decide(assessed(everyone), everyone.prescriber), everyone.prescriber)
    assessment.packet.refresh_from_db()
    assert assessment.packet.state == "decided"
    assert Approval.objects.get().assessment == assessment
    assert Task.objects.get(kind="assessment").state == "done"
    assert AuditEvent.objects.filter(verb="assessment.signed", user=everyone.prescriber).count() == 1


def test_signing_twice_is_once(everyone):
    assessment = sign(decide(assessed(everyone), everyone.prescriber), everyone.prescriber)
    sign(assessment, everyone.prescriber)
    assert Approval.objects.count() == 1


def test_signing_needs_the_own_name_and_a_decision(everyone):
    assessment = assessed(everyone)
    with pytest.raises(Refused) as refused:
        sign(assessment, everyone.prescriber, "Somebody Else")
    assert {item.code for item in refused.value.items} == {"decision", "reasons", "printed-name"}


def test_the_database_refuses_to_change_what_was_signed(everyone):
    assessment = sign(decide(assessed(everyone), everyone.prescriber), everyone.prescriber)
    with pytest.raises(InternalError), transaction.atomic():
        Assessment.objects.filter(pk=assessment.pk).update(decision="not_candidate")
    with pytest.raises(InternalError), transaction.atomic():
        Finding.objects.filter(assessment=assessment).update(value="")


def test_a_hard_stop_blocks_until_a_prescriber_overrides_it_with_a_reason(everyone):
    assessment = decide(assessed(everyone, **GLAUCOMA), everyone.prescriber)
    finding = assessment.findings.get(rule="glaucoma")
    with pytest.raises(Refused, match="Hard stop"):
        sign(assessment, everyone.prescriber)
    with pytest.raises(Refused, match="reason"):
        assessments.settle_finding(finding=finding, resolution="overridden", reason=" ", by=everyone.prescriber)
    assessments.settle_finding(
        finding=finding, resolution="overridden", reason="Eye clinic agrees, pressure 14.", by=everyone.prescriber
    )
    assert sign(assessment, everyone.prescriber).is_signed
    assert AuditEvent.objects.get(verb="finding.overridden").reason.startswith("Eye clinic")


def test_not_a_candidate_can_be_signed_over_a_hard_stop_and_gives_no_approval(everyone):
    assessment = decide(assessed(everyone, **GLAUCOMA), everyone.prescriber, decision="not_candidate")
    sign(assessment, everyone.prescriber)
    assert Approval.objects.count() == 0
    with pytest.raises(Refused):
        check_eligible(everyone.patient, day=today())


def test_an_old_version_is_a_conflict(everyone):
    assessment = assessed(everyone)
    decide(assessment, everyone.prescriber)
    with pytest.raises(Conflict) as conflict:
        decide(assessment, everyone.prescriber_too, reasons="Other words")
    assert conflict.value.current.reasons.startswith("CRPS")


def test_after_the_signature_only_addenda(everyone):
    assessment = assessed(everyone)
    with pytest.raises(Refused, match="not signed yet"):
        assessments.add_addendum(assessment=assessment, text="More", by=everyone.prescriber)
    signed = sign(decide(assessment, everyone.prescriber), everyone.prescriber)
    with pytest.raises(Refused, match="addendum"):
        decide(signed, everyone.prescriber, reasons="Changed")
    assessments.add_addendum(assessment=signed, text="Potassium came back normal.", by=everyone.prescriber_too)
    assert signed.addenda.get().added_by == everyone.prescriber_too


def test_the_patient_is_told_once_and_in_neutral_words(everyone):
    signed = sign(decide(assessed(everyone), everyone.prescriber), everyone.prescriber)
    for _ in range(2):
        assessments.tell_patient(assessment=signed, by=everyone.prescriber)
    message = Message.objects.get(kind="decision")
    assert "plan your visits" in message.context["next_step"]
    assert "ketamine" not in str(message.context).lower()


def test_eligible_only_with_a_valid_approval(everyone):
    with pytest.raises(Refused, match="approved"):
        check_eligible(everyone.patient, day=today())
    sign(decide(assessed(everyone), everyone.prescriber), everyone.prescriber)
    check_eligible(everyone.patient, day=today())
    assert unsettled_gates(everyone.patient) == []
    approval = Approval.objects.get()
    assessments.revoke_approval(approval=approval, reason="New chest pain", by=everyone.prescriber)
    with pytest.raises(Refused, match="revoked"):
        check_eligible(everyone.patient, day=today())


def test_an_approval_belongs_to_one_course(everyone):
    sign(decide(assessed(everyone), everyone.prescriber), everyone.prescriber)
    approval = Approval.objects.get()
    frame = {"of": everyone.patient, "at_site": everyone.site, "prescriber": everyone.prescriber}
    version = factories.protocol_version(approved_by=everyone.prescriber)
    course, other = (factories.course(version=version, **frame) for _ in range(2))
    assessments.plan_approval(approval=approval, course=course, by=everyone.prescriber)
    with pytest.raises(Refused):
        assessments.plan_approval(approval=approval, course=other, by=everyone.prescriber)
