"""The clocks of long-term safety: work them out anew, tell the nurse what is due, put a check off with a reason."""

from datetime import date, datetime, timedelta

from django.db import transaction

from clinic import audit, clock
from clinic.access import roles_of
from clinic.actions.required_tests import ask_for_tests
from clinic.actions.tasks import open_task, withdraw_task
from clinic.models import SAFETY_CHECKS, Patient, Role, SafetyCheckDue, SafetyWaiver, Task
from clinic.refusal import Item, refuse_if
from clinic.rules.quiet import from_wall
from intake.actions.findings import recheck
from sessions.queries.safety import Standing, standing_of
from sessions.rules import safety as rules

TITLES = dict(SAFETY_CHECKS)
NEUTRAL = "A check is due: needs a clinician."
SAME = ("last_on", "due_on", "overdue_from", "why")
TASK = "safety:"


@transaction.atomic
def refresh(*, patient: Patient, by=None, at: datetime | None = None) -> list[str]:
    """Work out every clock of this person anew and keep it; writes and audits only what changed.

    Returns the codes of the checks that stand otherwise than before.
    """
    at = at or clock.now()
    person = Patient.objects.select_for_update().get(pk=patient.person_id)
    standing = standing_of(person, at)
    kept = {row.code: row for row in SafetyCheckDue.objects.filter(patient__person=person.pk)}
    gone = [code for code in kept if code not in {due.code for due in standing.dues}]
    changed = [due.code for due in standing.dues if _keep(person, due, kept.get(due.code), at)]
    if gone:
        SafetyCheckDue.objects.filter(patient__person=person.pk, code__in=gone).delete()
    if changed or gone:
        site = standing.course.site if standing.course else None
        audit.record("safety.worked_out", person, by=by, site=site, at=at, detail={"changed": changed})
    _tell(person, standing, by, at)
    return changed + gone


@transaction.atomic
def judge_anew(*, patient: Patient, site, by=None, at: datetime | None = None) -> None:
    """A result came in, or a check was put off: set the clocks, and let the rules look where one of them moved."""
    at = at or clock.now()
    if refresh(patient=patient, by=by, at=at):
        recheck(patient=patient, site=site, by=by, at=at)


def _keep(person, due, row, at):
    """Write one clock; True when it says something else than before."""
    said = {"last_on": due.last_on, "due_on": due.due_on, "overdue_from": due.overdue_from, "why": due.why[:200]}
    if row is None:
        SafetyCheckDue.objects.create(patient=person, code=due.code, worked_out_at=at, **said)
        return True
    if all(getattr(row, name) == said[name] for name in SAME):
        return False
    for name, value in said.items():
        setattr(row, name, value)
    row.worked_out_at = at
    row.save(update_fields=[*SAME, "worked_out_at"])
    return True


def _tell(person, standing, by, at):
    """One open task a person while something is due; it goes when nothing is any more."""
    tasks = Task.objects.filter(patient__person=person.pk, dedupe_key__startswith=TASK, state="open")
    open_ones = list(tasks)
    if not standing.wanted:
        for task in open_ones:
            withdraw_task(task=task, by=by, reason="Nothing is due any more.", at=at)
        return
    if open_ones or not _is_under_way(standing):
        return
    said = ", ".join(TITLES[due.code].lower() for due in standing.wanted)
    overdue = min((due.overdue_from for due in standing.wanted), default=standing.today)
    zone = standing.course.site.zone
    open_task(
        "test",
        title=f"Safety checks due: {said}",
        neutral_title=NEUTRAL,
        patient=person,
        site=standing.course.site,
        due_at=max(at, from_wall(overdue - timedelta(days=1), rules.TASK_HOUR, zone)),
        for_role=Role.NURSE,
        by=by,
        subject=person,
        dedupe_key=f"{TASK}{person.pk}:{at.isoformat()}",
        at=at,
    )


def _is_under_way(standing):
    return standing.course is not None and standing.course.state in ("planned", "active", "completed")


@transaction.atomic
def waive(*, patient: Patient, site, code: str, reason: str, until: date | None, by, at: datetime | None = None):
    """A prescriber puts a check off until a day of the site (None: it does not apply). Returns the SafetyWaiver.

    Raises Refused for anyone else, without a reason, for an unknown check, a day that is past or more than a year off.
    """
    at = at or clock.now()
    today = at.astimezone(site.zone).date()
    known = code in TITLES
    refuse_if(rules.waiver_items(known=known, reason=reason, until=until, today=today, roles=roles_of(by, site, at)))
    person = Patient.objects.select_for_update().get(pk=patient.person_id)
    row = SafetyWaiver.objects.create(
        patient=person, site=site, code=code, until=until, reason=reason.strip(), made_at=at, made_by=by
    )
    audit.record("safety.waived", row, by=by, patient=person, site=site, at=at, reason=reason, detail={"check": code})
    judge_anew(patient=person, site=site, by=by, at=at)
    return row


@transaction.atomic
def lift_waiver(*, patient: Patient, site, code: str, by, at: datetime | None = None) -> SafetyWaiver:
    """The check counts again. Raises Refused for anyone but a prescriber, and when nothing was put off."""
    at = at or clock.now()
    person = Patient.objects.select_for_update().get(pk=patient.person_id)
    rows = SafetyWaiver.objects.filter(patient__person=person.pk, code=code)
    newest = rows.order_by("-made_at", "-is_lifted").first()
    is_waived = newest is not None and not newest.is_lifted
    refuse_if(rules.lift_items(is_waived=is_waived, roles=roles_of(by, site, at)))
    row = SafetyWaiver.objects.create(
        patient=person, site=site, code=code, reason="Asked for again", is_lifted=True, made_at=at, made_by=by
    )
    audit.record("safety.asked_again", row, by=by, patient=person, site=site, at=at, detail={"check": code})
    judge_anew(patient=person, site=site, by=by, at=at)
    return row


@transaction.atomic
def ask_due_tests(*, patient: Patient, site, by, at: datetime | None = None) -> list:
    """Ask the laboratory for every test that is due, within two weeks. Returns the orders.

    Raises Refused for anyone but a prescriber, and when no test of the laboratory is due.
    """
    at = at or clock.now()
    standing = standing_of(patient, at)
    tests = tests_due(standing)
    refuse_if([] if tests else [Item("nothing-due", "No laboratory test is due now.")])
    due_on = standing.today + timedelta(days=rules.SOON_DAYS)
    return ask_for_tests(
        patient=patient, site=site, codes=tests, due_on=due_on, by=by, reason="Long-term safety check is due", at=at
    )


def tests_due(standing: Standing) -> list[str]:
    """Codes of the catalogue's tests that would settle what is due now; checks that a score settles have none."""
    kinds = [rules.SOURCES[due.code] for due in standing.wanted]
    return [sources[0][1] for sources in kinds if sources[0][0] == "test"]
