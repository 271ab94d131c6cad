"""Run the rules for a submission, an assessment, a booking, a visit; keep what is new since the approval; settle."""

from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from clinic import audit, clock
from clinic.access import roles_of
from clinic.actions.tasks import close_task, open_task, withdraw_task
from clinic.models import Task
from clinic.refusal import Conflict, Item, Refused
from intake.known import known_of
from intake.models import Approval, Assessment, Finding
from intake.rules import decisions
from intake.rules.comparing import Before, compare, is_of_day, key_of
from intake.rules.engine import ASSESSMENT, BOOKING, GATING, SUBMISSION
from intake.rules.findings import RULES
from intake.rules.today import day_facts

PACKET, CHANGE, COURSE, SESSION = "packet", "change", "course", "session"
TASK_TITLE = "A new finding needs your decision"
TASK_NEUTRAL = "A visit waits for the prescriber's decision"


class Occasion(NamedTuple):
    """What the rules are run for: its kind (PACKET, CHANGE, COURSE, SESSION) and its id."""

    kind: str
    id: UUID | None


NONE = Occasion("", None)


@transaction.atomic
def note_submission(*, packet, by, at=None):
    """Run the rules over a packet that was just sent, and keep what they find with it. Doing it again is once."""
    at, occasion = at or clock.now(), Occasion(PACKET, packet.pk)
    if packet.patient.findings.filter(occasion_kind=occasion.kind, occasion_id=occasion.id).exists():
        return []
    found = known_of(packet.patient, site=packet.site, at=at, packet=packet).find(SUBMISSION)
    rows = _keep(found, packet.patient, at, occasion=occasion)
    audit.record("findings.submitted", packet, by=by, patient=packet.patient, site=packet.site, at=at)
    return rows


@transaction.atomic
def refresh_findings(*, assessment, by, at=None):
    """Run the rules again for an unsigned assessment: what changed is ended and written anew, the rest stays settled.

    Returns the findings in force. A signed assessment is left as it was signed.
    """
    at = at or clock.now()
    locked = Assessment.objects.select_for_update(of=("self",)).select_related("packet__patient", "packet__site")
    assessment = locked.get(pk=assessment.pk)
    rows = list(assessment.findings.in_force())
    if assessment.is_signed:
        return rows
    packet = assessment.packet
    found = known_of(packet.patient, site=packet.site, at=at, packet=packet).find(ASSESSMENT)
    kept = {_whole(row): row for row in rows}
    gone = [row for key, row in kept.items() if key not in {(v.key, v.would_be) for v in found}]
    _end(gone, at)
    fresh = [v for v in found if (v.key, v.would_be) not in kept]
    _keep(fresh, packet.patient, at, assessment=assessment)
    _in_order(assessment, found)
    if fresh or gone:
        detail = {"new": [v.rule for v in fresh], "ended": [row.rule for row in gone]}
        audit.record(
            "findings.refreshed",
            assessment,
            by=by,
            patient=packet.patient,
            site=packet.site,
            at=at,
            detail=detail,
        )
    return list(assessment.findings.in_force())


@transaction.atomic
def run_rules(*, patient, site, stage, occasion, by, at=None, today=None):
    """Run the rules for someone who was approved; keep what is new since then. Returns all Verdicts of this run.

    ``occasion`` is an Occasion, ``today`` the answers of a visit (see intake.rules.today). A new hard stop or needed
    action, or an unknown of those, opens a task for the prescribers. Without an approval in force nothing is kept: then
    nothing may be planned or started anyhow.
    """
    at = at or clock.now()
    approval = _locked_approval(patient)
    if approval is None or not approval.is_valid(at.astimezone(site.zone).date()):
        return []
    verdicts = known_of(patient, site=site, at=at).find(stage, today)
    before, of_day = _before(patient, approval), day_facts(today)
    change = compare(
        verdicts,
        before,
        day_facts=of_day,
        stage=stage,
        occasion=occasion.id,
        considered={rule.code for rule in RULES if stage in rule.stages},
    )
    _end(change.ended, at)
    rows = _keep(change.new, patient, at, occasion=occasion, is_new=True, day=of_day)
    if rows or change.ended:
        detail = {"stage": stage, "new": [v.rule for v in change.new], "ended": [row.rule for row in change.ended]}
        audit.record("findings.run", approval, by=by, patient=patient, site=site, at=at, detail=detail)
    _tell_prescribers(patient, site, rows, by, at)
    _withdraw_idle(patient, by, at)
    return verdicts


def recheck(*, patient, site, by, at=None):
    """Run the rules because a fact may have changed: a result, a correction, a page answered again. See run_rules."""
    return run_rules(
        patient=patient, site=site, stage=BOOKING, occasion=Occasion(CHANGE, patient.pk), by=by, at=at
    )  # fmt: skip


@transaction.atomic
def judge_again(*, patient, site, by, at=None):
    """A fact of the record changed: refresh the assessment that is not signed yet, recheck what was approved."""
    at = at or clock.now()
    rows = Assessment.objects.filter(patient__person=patient.person_id, signed_at=None)
    open_one = rows.order_by("-started_at").first()
    if open_one is not None:
        refresh_findings(assessment=open_one, by=by, at=at)
    return recheck(patient=patient, site=site, by=by, at=at)


@transaction.atomic
def settle_new_findings(*, findings, site, resolution, reason, stamp=None, by, at=None):
    """A prescriber of ``site`` settles findings that appeared after the approval, all alike, with a reason that stays.

    ``stamp`` says how they stood on the page (None: no page): Conflict with ``current`` when somebody settled one
    since. Refused as check_can_settle, and for one that is no longer found.
    """
    at = at or clock.now()
    rows = _locked(findings)
    if stamp is not None and stamp != stamp_of(rows):
        raise Conflict(Item("settled", "Somebody else has settled this since you opened the page."), current=rows)
    roles = roles_of(by, site, at)
    for row in rows:
        decisions.check_can_settle(
            would_be=row.would_be, resolution=resolution, reason=reason, signed=False, roles=roles
        )  # fmt: skip
    if any(row.ended_at is not None or row.assessment_id is not None for row in rows):
        raise Refused(Item("gone", "This finding is no longer open: look again."))
    for row in rows:
        settle_row(row, site, resolution, reason, by, at)
    _close_tasks(rows[0].patient, by, at)
    return rows


@transaction.atomic
def override_new_findings(*, findings, site, reason, by, at=None):
    """A prescriber lets these findings pass all at once, at a gate, with one reason. Refused for anyone else."""
    at = at or clock.now()
    if decisions.PRESCRIBER not in roles_of(by, site, at):
        raise Refused(Item("not-prescriber", "Only a prescriber can decide this."))
    rows = [row for row in _locked(findings) if row.ended_at is None]
    for row in rows:
        settle_row(row, site, decisions.OVERRIDDEN, reason, by, at)
    if rows:
        _close_tasks(rows[0].patient, by, at)
    return rows


def _locked(findings):
    rows = Finding.objects.select_for_update(of=("self",)).select_related("patient")
    return list(rows.filter(pk__in=[finding.pk for finding in findings]))


def stamp_of(rows):
    """How these findings stand: the last time one was settled, "" when none was."""
    return max((row.resolved_at.isoformat() for row in rows if row.resolved_at), default="")


def settle_row(finding, site, resolution, reason, by, at):
    """Write how a locked finding was settled, by whom and why."""
    finding.resolution, finding.resolution_reason = resolution, reason.strip()
    finding.resolved_at, finding.resolved_by = at, by
    finding.save(update_fields=["resolution", "resolution_reason", "resolved_at", "resolved_by"])
    audit.record(
        f"finding.{resolution}",
        finding,
        by=by,
        patient=finding.patient,
        site=site,
        at=at,
        reason=reason,
        detail={"rule": finding.rule},
    )


def _locked_approval(patient):
    """The person's newest approval, locked so that two runs at once find the same new thing once; None without one."""
    rows = Approval.objects.select_for_update(of=("self",)).filter(patient__person=patient.person_id)
    return rows.select_related("assessment").order_by("-approved_at").first()


def _before(patient, approval):
    approved = approval.assessment.findings.in_force()
    return Before(tuple(approved), tuple(Finding.objects.since_approval(patient)))


def _whole(row):
    return key_of(row), row.would_be


def _end(rows, at):
    for row in rows:
        row.ended_at = at
    Finding.objects.filter(pk__in=[row.pk for row in rows]).update(ended_at=at)


def _keep(verdicts, patient, at, *, occasion=NONE, day=(), **more):
    rows = [
        Finding(
            patient=patient,
            rule=v.rule,
            rule_version=v.rule_version,
            level=v.level,
            would_be=v.would_be,
            default_level=v.default_level,
            stage=v.stage,
            reason=v.reason,
            neutral=v.neutral,
            fact=v.fact,
            facts=list(v.facts),
            value=v.value,
            source=v.source,
            resolves=v.resolves,
            conditions=list(v.conditions),
            of_day=is_of_day(v, day),
            found_at=at,
            position=place,
            occasion_kind=occasion.kind,
            occasion_id=occasion.id,
            **more,
        )
        for place, v in enumerate(verdicts)
    ]
    return Finding.objects.bulk_create(rows)


def _in_order(assessment, verdicts):
    """Heaviest first again, after some were ended and others added."""
    places = {verdict.rule: place for place, verdict in enumerate(verdicts)}
    moved = [row for row in assessment.findings.in_force() if row.position != places[row.rule]]
    for row in moved:
        row.position = places[row.rule]
    Finding.objects.bulk_update(moved, ["position"])


def _open_tasks(patient):
    return Task.objects.filter(patient__person=patient.person_id, dedupe_key__startswith="new-finding:", state="open")


def _tell_prescribers(patient, site, rows, by, at):
    gating = [row for row in rows if row.would_be in GATING]
    if not gating or _open_tasks(patient).exists():
        return
    open_task(
        "review",
        title=f"{TASK_TITLE}: {gating[0].reason}",
        neutral_title=TASK_NEUTRAL,
        site=site,
        patient=patient,
        for_role=decisions.PRESCRIBER,
        due_at=at,
        by=by,
        subject=gating[0],
        dedupe_key=f"new-finding:{gating[0].pk}",
        at=at,
    )


def _close_tasks(patient, by, at):
    if Finding.objects.since_approval(patient).unsettled_gates().exists():
        return
    for task in _open_tasks(patient):
        close_task(task=task, by=by, outcome="Decided", at=at)


def _withdraw_idle(patient, by, at):
    """A task whose findings are no longer found needs nobody."""
    tasks = list(_open_tasks(patient))
    if tasks and not Finding.objects.since_approval(patient).unsettled_gates().exists():
        for task in tasks:
            withdraw_task(task=task, by=by, reason="No longer found", at=at)
