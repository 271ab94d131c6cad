"""The rules of eligibility at a visit: run with today's answers, at check-in, after answers and pressures, at start."""

from django.db import transaction

from clinic import clock
from intake.actions.findings import SESSION, Occasion, override_new_findings, run_rules
from intake.actions.medicines import keep_new_medicines
from intake.models import Finding
from intake.rules.engine import CHECK_IN
from intake.rules.listed import new_today
from sessions.actions.sessions import bump, lock
from sessions.queries.sheet import sheet
from sessions.queries.today import today_of
from sessions.rules import findings as rules


def run_for_visit(session, *, by, at):
    """Run the rules with what is known of this visit now; a new medicine becomes part of the record.

    Never refuses: what it finds shows at the start's gate. The session is locked by the caller.
    """
    today = today_of(sheet(session, at))
    if today.get("medicines"):
        names = [entry["name"] for entry in new_today(today) or ()]
        keep_new_medicines(patient=session.patient, site=session.site, names=names, visit=session.pk, by=by, at=at)
    occasion = Occasion(SESSION, session.pk)
    return run_rules(
        patient=session.patient, site=session.site, stage=CHECK_IN, occasion=occasion, by=by, at=at, today=today
    )  # fmt: skip


@transaction.atomic
def recheck_visit(*, session, by, at=None):
    """Run the rules once more, before the start: something may have come in since the checklist was answered."""
    session = lock(session)
    at = at or clock.now()
    verdicts = run_for_visit(session, by=by, at=at)
    bump(session)
    return verdicts


def settle_gate(session, code, *, reason, by, at):
    """Letting a gate pass settles the findings it stands for, with the same reason."""
    rows = Finding.objects.at_visit(session.patient.person_id, session.pk)
    codes = {f["rule"] for f in rules.of_gate(code, rows.values("rule", "resolution"))}
    if codes:
        override_new_findings(findings=rows.filter(rule__in=codes), site=session.site, reason=reason, by=by, at=at)
