"""The facts that the gates judge, gathered; the judging itself is in `sessions.rules.gates`."""

from decimal import Decimal

from clinic import clock
from sessions.queries.sheet import sheet
from sessions.rules import checklist, gates, limits, scores
from sessions.rules.phases import OBSERVING

GUARDED_CAUSES = ("alarm", "stop_rule", "emergency")


def start_facts(page, *, dose_order=None, preparation=None):
    """(facts, details) for `gates.missing_to_start` from a `Sheet`."""
    dose_order, preparation = _now(page, dose_order), preparation or page.preparation
    facts = {code: _answered(page, code) for code in checklist.BY_CODE}
    not_asked = set(checklist.BY_CODE) - set(checklist.ALWAYS) - set(page.plan.checks)
    facts.update(dict.fromkeys(not_asked, True))
    hold, hold_words = _hold(page)
    found, found_words = _findings(page)
    facts.update(
        consent_in_force=page.session.consented,
        order=bool(dose_order) and dose_order.order.is_signed or None,
        second_check=_checked(page, dose_order, preparation),
        prescriber_named=page.session.responsible_prescriber_id is not None or None,
        container=_container_ok(page, preparation),
        line=page.state.line == "placed" or None,
        baseline=_baseline_complete(page),
        hold_limits=hold,
        findings=found,
        weight=_weight_today(page),
    )
    return facts, {"hold_limits": hold_words, "findings": found_words, "second_check": _mismatch(page, preparation)}


def _now(page, dose_order):
    """The dose order as it stands in the record now (None when it was replaced), the main one when none is named."""
    if dose_order is None:
        return page.dose_order
    return next((o for o in page.dose_orders if o.pk == dose_order.pk), None)


def missing_to_start(page, *, dose_order=None, preparation=None, extra_overrides=frozenset()):
    """Everything the start of this session lacks, as `Item`s."""
    facts, details = start_facts(page, dose_order=dose_order, preparation=preparation)
    return gates.missing_to_start(facts, overrides=set(page.overrides) | set(extra_overrides), details=details)


def _answered(page, code):
    row = page.answers.get(code)
    return checklist.verdict(code, row.answer) if row else None


def _findings(page):
    words = [] if page.session.approved else ["No approval to treat is in force."]
    words += page.session.open_findings
    return not words, " ".join(words)


def _last_check(page, preparation):
    """The newest second check of this preparation as a dict, or None."""
    mine = [p for p in page.preparations if preparation is not None and p.pk == preparation.pk]
    return mine[0].checks[-1] if mine and mine[0].checks else None


def _checked(page, dose_order, preparation):
    last = _last_check(page, preparation)
    if last is None:
        return None
    return last["matched"] and dose_order is not None and Decimal(last["rate"]) == dose_order.rate_ml_h


def _mismatch(page, preparation):
    last = _last_check(page, preparation)
    return " ".join(last["mismatches"]) if last else ""


def _container_ok(page, preparation):
    mine = [p for p in page.preparations if preparation is not None and p.pk == preparation.pk]
    if not mine or mine[0].first_expiry is None:
        return None
    day = page.at.astimezone(page.session.site.zone).date()
    return mine[0].first_expiry >= day and mine[0].use_by > page.at


def _baseline_complete(page):
    wanted = {i.measure for i in page.plan.intervals_in("baseline")} or {"systolic", "diastolic", "heart_rate", "spo2"}
    if not page.state.baseline:
        return None
    return wanted <= set(page.state.baseline)


def _hold(page):
    """Judged on the newest values, so that a high first pressure is settled by a later one within limits."""
    values = {m: last.value for m, last in page.state.last.items()}
    if "systolic" not in values:
        return None, ""
    found = limits.breaches(values, page.plan.hold_limits)
    return not found, " ".join(f"{b.measure.capitalize()} {b.value.normalize():f}: {b.text}." for b in found)


def _weight_today(page):
    if page.state.weight is None:
        return None
    detail = page.state.weight.detail
    return detail.basis == "measured" and detail.measured_on == page.at.astimezone(page.session.site.zone).date()


def resume_facts(page, *, drug_state=None, decision_at=None, cause_named=""):
    """The `ResumeFacts` of a paused session from its `Sheet`."""
    state, pause = page.state, page.state.pause
    paused_at = pause.observed_at if pause else page.at
    values = {m: last.value for m, last in state.last.items() if last.at > paused_at}
    last_set_at = max((last.at for last in state.last.values()), default=None)
    decisions = [o.ordered_at for o in page.orders if o.category == "resume" and o.ended_at is None]
    return gates.ResumeFacts(
        paused_at=paused_at,
        now=page.at,
        guarded=bool(pause and pause.detail.cause in GUARDED_CAUSES) or bool(state.alarms),
        cause_named=bool(cause_named or (pause and pause.detail.text)),
        last_set_at=last_set_at,
        beyond=tuple(limits.breaches(values, page.plan.limits, baseline=state.baseline)),
        decision_at=decision_at or max(decisions, default=None),
        baseline_at=state.baseline_at,
        pause_baseline_minutes=page.plan.pause_baseline_minutes,
        emergency_open=state.emergency_since is not None,
        line_in=state.line in ("placed", ""),
    )


def missing_to_resume(page, **options):
    """Everything a resume lacks, as `Item`s."""
    return gates.missing_to_resume(resume_facts(page, **options))


def discharge_facts(page, *, escort_arrived=None, other_way="", instructions_given=None):
    """The `DischargeFacts` of a session from its `Sheet` and what the form says."""
    state, plan = page.state, page.plan
    since = state.phase_since if state.phase == OBSERVING else page.at
    fresh = {m: last for m, last in state.last.items() if last.at >= since}
    values = {m: last.value for m, last in fresh.items()}
    score = state.score if state.score and state.score.observed_at >= since else None
    return gates.DischargeFacts(
        observed_minutes=int((page.at - since).total_seconds() // 60),
        observe_minutes=plan.observe_minutes,
        score=score.detail.total if score else None,
        score_min=plan.score_min,
        back_to_baseline=gates.back_to_baseline(values, state.baseline),
        last_set_minutes=fresh["systolic"].minutes if "systolic" in fresh else None,
        stale_minutes=plan.stale_minutes,
        beyond=tuple(b for b in limits.breaches(values, plan.limits, baseline=state.baseline)),
        line=state.line,
        room_air=_room_air(state),
        dissociation=values.get("dissociation"),
        oriented=score.detail.oriented if score else None,
        escort_arrived=escort_arrived,
        other_way=other_way,
        instructions_given=instructions_given,
        open_alarms=len(state.alarms) + (state.emergency_since is not None),
    )


def _room_air(state):
    entry = state.oxygen
    if entry is None:
        return None
    return entry.detail.flow_l_min == 0 if entry.kind == "oxygen" else entry.detail.oxygen == "room_air"


def discharge_criteria(page, **form):
    """[(code, label, met, words), ...] for the panel."""
    return gates.criteria(discharge_facts(page, **form), page.plan.criteria)


def missing_to_discharge(page, *, override=False, **form):
    """Everything a discharge lacks, as `Item`s."""
    return gates.missing_to_discharge(discharge_facts(page, **form), page.plan.criteria, override=override)


def circulation_hint(page):
    """The Aldrete circulation points from the newest systolic and the baseline, or None."""
    last = page.state.last.get("systolic")
    return scores.circulation_points(last.value if last else None, page.state.baseline.get("systolic"))


def page_of(session, at=None):
    """A fresh `Sheet` at `at`."""
    return sheet(session, at or clock.now())
