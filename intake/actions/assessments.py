"""Assess a packet: findings, their settling, the decision, its signature, what comes after."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_noop

from clinic import audit, clock, notify
from clinic.access import roles_of
from clinic.actions.fingerprints import keep_fingerprint
from clinic.actions.tasks import close_task
from clinic.models import Task
from clinic.refusal import Conflict, Item, Refused, refuse_if
from clinic.states import transition
from intake.actions.findings import refresh_findings, settle_row, stamp_of
from intake.models import Addendum, Approval, Assessment, Finding, Packet
from intake.rules import decisions as rules
from intake.rules.approvals import VALID_DAYS
from intake.rules.packet import PACKET

EXAM = ("systolic", "diastolic", "mallampati", "airway", "heart", "lungs", "mental_state", "exam")
FIELDS = ("decision", "reasons", "conditions", "wait_for", *EXAM, "tests")
NEXT_STEP = {
    rules.CANDIDATE: gettext_noop("The next step is to plan your visits. We will call you."),
    rules.CONDITIONS: gettext_noop("We will call you to plan the next steps with you."),
    rules.WAIT: gettext_noop("We need something more before we can go on. We will call you to explain."),
    rules.NOT: gettext_noop("We will call you to talk about what fits you best."),
}


@transaction.atomic
def start_assessment(*, packet, by, at=None):
    """Open the assessment of a submitted packet and run the rules. Opening it again returns the same one."""
    at = at or clock.now()
    packet = Packet.objects.select_for_update(of=("self",)).select_related("patient", "site").get(pk=packet.pk)
    existing = Assessment.objects.filter(packet=packet).first()
    if existing is not None:
        refresh_findings(assessment=existing, by=by, at=at)
        return existing
    _check_prescriber(by, packet.site, at)
    transition(packet, "in_review", by=by, at=at, machine=PACKET)
    if packet.held_by_id is None:
        packet.held_by, packet.held_at = by, at
        packet.save(update_fields=["held_by", "held_at"])
    assessment = Assessment.objects.create(
        packet=packet, patient=packet.patient, site=packet.site, started_at=at, started_by=by
    )
    refresh_findings(assessment=assessment, by=by, at=at)
    audit.record("assessment.started", assessment, by=by, patient=packet.patient, site=packet.site, at=at)
    return assessment


@transaction.atomic
def settle_finding(*, finding, resolution, reason, by, at=None):
    """Settle one finding (not_so | handled | overridden | stands) with a reason.

    Raises Refused when this resolution may not settle a finding of its weight, or the assessment is signed.
    """
    at = at or clock.now()
    finding = (
        Finding.objects.select_for_update(of=("self",)).select_related("patient", "assessment__site").get(pk=finding.pk)
    )
    assessment = finding.assessment
    rules.check_can_settle(
        would_be=finding.would_be,
        resolution=resolution,
        reason=reason,
        signed=assessment.is_signed,
        roles=roles_of(by, assessment.site, at),
    )
    settle_row(finding, assessment.site, resolution, reason, by, at)
    return finding


@transaction.atomic
def settle_findings(*, findings, resolution, reason, by, stamp=None, at=None):
    """Settle several findings alike, all or none: unknowns on the same question. Refused as settle_finding.

    ``stamp``: when the newest of them was settled as the page showed it ("" for none); Conflict when that has changed.
    """
    at = at or clock.now()
    rows = list(Finding.objects.select_for_update(of=("self",)).filter(pk__in=[f.pk for f in findings]))
    if stamp is not None and stamp != stamp_of(rows):
        raise Conflict(Item("settled", "Somebody else has settled this finding meanwhile."), current=rows)
    return [settle_finding(finding=f, resolution=resolution, reason=reason, by=by, at=at) for f in findings]


@transaction.atomic
def save_assessment(*, assessment, version, by, at=None, **fields):
    """Keep the draft: any of FIELDS (pressures in mmHg, Mallampati 1 to 4). Conflict on an old ``version``."""
    at = at or clock.now()
    assessment = _locked(assessment)
    _check_prescriber(by, assessment.site, at)
    _check_unsigned(assessment)
    if all(getattr(assessment, name) == value for name, value in fields.items()):
        return assessment
    if assessment.version != version:
        raise Conflict(Item("assessment-changed", "Somebody else has changed this assessment."), current=assessment)
    for name in FIELDS:
        setattr(assessment, name, fields.get(name, getattr(assessment, name)))
    assessment.version += 1
    assessment.saved_at, assessment.saved_by = at, by
    assessment.save()
    audit.record("assessment.saved", assessment, by=by, patient=assessment.patient, site=assessment.site, at=at)
    return assessment


def sign_assessment(*, assessment, printed_name, by, at=None):
    """Sign and lock the decision; a treating one makes the Approval. Signing again by the same person changes nothing.

    The rules are run once more first, and what they find now is kept also when the signature is refused.
    Raises Refused with everything that is missing: words, unsettled findings, the name.
    """
    at = at or clock.now()
    refresh_findings(assessment=assessment, by=by, at=at)
    return _sign(assessment, printed_name, by, at)


@transaction.atomic
def _sign(assessment, printed_name, by, at):
    assessment = _locked(assessment)
    if assessment.is_signed and assessment.signed_by_id == by.pk:
        return assessment
    rules.check_can_sign(
        decision=assessment.decision,
        reasons=assessment.reasons,
        conditions=assessment.conditions,
        wait_for=assessment.wait_for,
        findings=list(assessment.findings.in_force()),
        signed=assessment.is_signed,
        roles=roles_of(by, assessment.site, at),
        printed_name=printed_name,
        own_name=by.name,
    )
    _approve(assessment, by, at)
    assessment.signed_at, assessment.signed_by = at, by
    assessment.printed_name, assessment.meaning = printed_name.strip(), Assessment.MEANING
    assessment.version += 1
    assessment.save()
    keep_fingerprint(assessment, by=by, patient=assessment.patient, site=assessment.site, at=at)
    _finish(assessment, by, at)
    audit.record("assessment.signed", assessment, by=by, patient=assessment.patient, site=assessment.site, at=at)
    return assessment


def _approve(assessment, by, at):
    if assessment.decision in rules.TREATS:
        until = at.astimezone(assessment.site.zone).date() + timedelta(days=VALID_DAYS)
        Approval.objects.create(
            patient=assessment.patient,
            assessment=assessment,
            conditions=assessment.conditions,
            approved_at=at,
            approved_by=by,
            valid_until=until,
        )


def _finish(assessment, by, at):
    packet = Packet.objects.select_for_update().get(pk=assessment.packet_id)
    transition(packet, "decided", by=by, at=at, machine=PACKET)
    packet.touched_at = at
    packet.save(update_fields=["touched_at"])
    task = Task.objects.filter(dedupe_key=f"assess:{packet.pk}", state="open").first()
    if task is not None:
        close_task(task=task, by=by, outcome="Assessment signed", at=at)


@transaction.atomic
def add_addendum(*, assessment, text, by, at=None):
    """Add to a signed assessment; it is never changed. Raises Refused without words or before the signature."""
    at = at or clock.now()
    assessment = _locked(assessment)
    _check_prescriber(by, assessment.site, at)
    refuse_if(
        [
            *([] if assessment.is_signed else [Item("not-signed", "It is not signed yet: change it directly.")]),
            *([] if text.strip() else [Item("text", "Write what to add.", field="text")]),
        ]
    )
    addendum = Addendum.objects.create(assessment=assessment, text=text.strip(), added_at=at, added_by=by)
    audit.record("assessment.addendum", assessment, by=by, patient=assessment.patient, site=assessment.site, at=at)
    return addendum


@transaction.atomic
def tell_patient(*, assessment, by, at=None):
    """Queue the news for the patient, in plain words that name nothing. Once an assessment. Refused before signing."""
    at = at or clock.now()
    if not assessment.is_signed:
        raise Refused(Item("not-signed", "Sign the assessment before telling the patient."))
    message = notify.enqueue(
        "decision",
        recipient=assessment.patient,
        dedupe_key=f"next-step:{assessment.pk}",
        due_at=at,
        subject_kind="intake.assessment",
        subject_id=assessment.pk,
        site=assessment.site,
        context={"next_step": NEXT_STEP[assessment.decision]},
        by=by,
    )
    audit.record("assessment.told", assessment, by=by, patient=assessment.patient, site=assessment.site, at=at)
    return message


@transaction.atomic
def revoke_approval(*, approval, reason, by, at=None):
    """Take an approval back, with the reason. Raises Refused without one, or when it is revoked already."""
    at = at or clock.now()
    approval = Approval.objects.select_for_update(of=("self",)).select_related("assessment__site").get(pk=approval.pk)
    site = approval.assessment.site
    _check_prescriber(by, site, at)
    refuse_if(
        [
            *([Item("revoked", "This approval is revoked already.")] if approval.revoked_at else []),
            *([] if reason.strip() else [Item("reason", "Write the reason.", field="reason")]),
        ]
    )
    approval.revoked_at, approval.revoked_by, approval.revoked_reason = at, by, reason.strip()
    approval.save(update_fields=["revoked_at", "revoked_by", "revoked_reason"])
    audit.record("approval.revoked", approval, by=by, patient=approval.patient, site=site, at=at, reason=reason)
    return approval


@transaction.atomic
def plan_approval(*, approval, course, by, at=None):
    """Tie an approval to the course it was used for. Raises Refused when it already belongs to another."""
    at = at or clock.now()
    approval = Approval.objects.select_for_update(of=("self",)).get(pk=approval.pk)
    if approval.course_id not in (None, course.pk):
        raise Refused(Item("approval-used", "This approval already belongs to another course."))
    approval.course = course
    approval.save(update_fields=["course"])
    audit.record("approval.planned", approval, by=by, patient=approval.patient, site=course.site, at=at)
    return approval


def _locked(assessment):
    related = ("patient", "site", "saved_by")
    return Assessment.objects.select_for_update(of=("self",)).select_related(*related).get(pk=assessment.pk)


def _check_prescriber(by, site, at):
    if rules.PRESCRIBER not in roles_of(by, site, at):
        raise Refused(Item("not-prescriber", "Only a prescriber of this site can do this."))


def _check_unsigned(assessment):
    if assessment.is_signed:
        raise Refused(Item("signed", "The assessment is signed. Write an addendum instead."))
