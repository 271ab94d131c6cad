"""The facts that the gates judge, gathered; the judging itself is in `sessions.rules.gates`."""

from datetime import timedelta
from decimal import Decimal

from django.utils.dateparse import parse_datetime

from clinic import clock
from clinic.models import ConsentText
from intake.rules.consents import NEEDED_TO_TREAT
from sessions.queries.sheet import sheet
from sessions.rules import checklist, gates, going_home, limits, scores
from sessions.rules import equipment as equipment_rules
from sessions.rules import findings as found_rules
from sessions.rules.phases import OBSERVING

ONE_VISIT = timedelta(hours=12)  # what was weighed since then was weighed at this visit (clinic default, unverified)
GUARDED_CAUSES = ("alarm", "stop_rule", "emergency")


def start_facts(page, *, dose_order=None, preparation=None):
    """(facts, details) for `gates.missing_to_start` from a `Sheet`."""
    dose_order, preparation = _now(page, dose_order), preparation or page.preparation
    facts = {code: _answered(page, code) for code in checklist.BY_CODE}
    not_asked = set(checklist.BY_CODE) - set(checklist.ALWAYS) - set(page.plan.checks)
    facts.update(dict.fromkeys(not_asked, True))
    lacking = _lacking_consents(page)
    hold, hold_words = _hold(page)
    found, found_words = _findings(page)
    facts["emergency_equipment"], equipment = _equipment(page, facts["emergency_equipment"])
    facts.update(
        consent_in_force=not lacking,
        education=page.session.prepared or None,
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
    return facts, {
        "consent_in_force": f"To sign: {', '.join(lacking)}." if lacking else "",
        "hold_limits": hold_words,
        "findings": found_words,
        "second_check": _mismatch(page, preparation),
        "order": _awaited(dose_order),
        "emergency_equipment": equipment,
    }


def _awaited(dose_order):
    """Who has to co-sign it, of a verbal dose order."""
    if dose_order is None or dose_order.order.is_signed:
        return ""
    return f"{dose_order.order.ordered_by} has to co-sign the verbal one."


def _equipment(page, answered):
    """(the gate's fact, what is wrong in words) of the site's check of the day, or this session's own answer."""
    policy, check = page.session.site.policy, page.session.equipment_today
    every = policy.equipment_check if policy else equipment_rules.EVERY_DAY
    fact = equipment_rules.verdict(every, check and check["in_order"], answered)
    items = check["items"] if check else ()
    faults = [f"{label}: {words}" for _code, label, is_right, words in items if not is_right]
    return fact, ". ".join(faults)


def _lacking_consents(page):
    """The names of the consents that treatment rests on and that are missing, outdated or taken back."""
    names = dict(ConsentText.KINDS)
    return [names[kind].lower() for kind in NEEDED_TO_TREAT if getattr(page.session, f"lacks_{kind}")]


def _now(page, dose_order):
    """The dose order as it stands in the record now (None when it was replaced), the main one when none is named."""
    if dose_order is None:
        return page.dose_order
    return next((o for o in page.dose_orders if o.pk == dose_order.pk), None)


def missing_to_start(page, *, dose_order=None, preparation=None, extra_overrides=frozenset()):
    """Everything the start of this session lacks, as `Item`s."""
    facts, details = start_facts(page, dose_order=dose_order, preparation=preparation)
    overrides = found_rules.overrides_in_force(page.overrides, page.session.new_findings) | set(extra_overrides)
    return gates.missing_to_start(facts, overrides=overrides, details=details)


def _answered(page, code):
    row = page.answers.get(code)
    return checklist.verdict(code, row.answer) if row else None


def _findings(page):
    words = [] if page.session.approved else ["No approval to treat is in force."]
    words += page.session.open_findings
    new, new_words = found_rules.verdict(page.session.new_findings, page.answers)
    return (False if words else new), " ".join([*words, new_words]).strip()


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
    """Measured today; in a visit that goes past midnight, on the day it began too."""
    if page.state.weight is None:
        return None
    detail, zone, arrived = page.state.weight.detail, page.session.site.zone, page.session.checked_in_at
    days = {page.at.astimezone(zone).date()}
    if page.at - arrived < ONE_VISIT:
        days.add(arrived.astimezone(zone).date())
    return detail.basis == "measured" and detail.measured_on in days


def resume_facts(page, *, drug_state=None, decision_at=None, cause_named=""):
    """The `ResumeFacts` of a paused session from its `Sheet`; of one drug where several run on their own pumps."""
    state, halts = page.state, _halts(page.state, drug_state)
    pause = halts[-1] if halts else None
    paused_at = pause.observed_at if pause else page.at
    values = {m: last.value for m, last in state.last.items() if last.at > paused_at}
    last_set_at = max((last.at for last in state.last.values()), default=None)
    decisions = [o.ordered_at for o in page.orders if o.category == "resume" and o.ended_at is None]
    return gates.ResumeFacts(
        paused_at=paused_at,
        now=page.at,
        guarded=any(h.detail.cause in GUARDED_CAUSES for h in halts) or bool(state.alarms),
        cause_named=bool(cause_named or (pause and pause.detail.text)),
        last_set_at=last_set_at,
        beyond=tuple(limits.breaches(values, page.plan.limits, baseline=state.baseline)),
        decision_at=decision_at or max(decisions, default=None),
        baseline_at=state.baseline_at,
        pause_baseline_minutes=page.plan.pause_baseline_minutes,
        emergency_open=state.emergency_since is not None,
        line_in=state.line in ("placed", ""),
    )


def _halts(state, drug_state):
    """Every pause and stop since it last ran, of this drug, else of the one that was halted last."""
    if drug_state is None:
        halted = [d for d in state.drugs if d.halt]
        drug_state = max(halted, key=lambda d: d.halt.observed_at, default=None)
    return drug_state.halts if drug_state else []


def missing_to_resume(page, **options):
    """Everything a resume lacks, as `Item`s."""
    return gates.missing_to_resume(resume_facts(page, **options))


def discharge_facts(page, *, escort_arrived=None, other_way="", instructions_given=None):
    """The `DischargeFacts` of a session from its `Sheet` and what the form says."""
    state, plan, decided = page.state, page.plan, standing_decision(page)
    since = observing_since(page)
    fresh = {m: last for m, last in state.last.items() if last.at >= since}
    values = {m: last.value for m, last in fresh.items()}
    score = max(scores_since(page), key=lambda e: e.observed_at, default=None)
    return gates.DischargeFacts(
        observed_minutes=int((page.at - since).total_seconds() // 60),
        observe_minutes=plan.observe_minutes,
        score=score.detail.total if score else None,
        score_blank=score is not None and score.detail.total is None,
        score_min=plan.score_min,
        back_to_baseline=gates.back_to_baseline(values, state.baseline),
        last_set_minutes=fresh["systolic"].minutes if "systolic" in fresh else None,
        stale_minutes=plan.stale_minutes,
        beyond=tuple(b for b in limits.breaches(values, plan.limits, baseline=state.baseline)),
        line=state.line,
        room_air=_room_air(state),
        dissociation=values.get("dissociation"),
        oriented=score.detail.oriented if score else None,
        escort_arrived=escort_arrived or _escort_here(page),
        other_way=other_way or (decided.other_way if decided else ""),
        instructions_given=instructions_given or (True if page.session.sheet_given_at else None),
        open_alarms=len(state.alarms) + (state.emergency_since is not None),
        waived=decided.codes if decided else frozenset(),
    )


def observing_since(page):
    """Since when the patient is watched after the infusion; the moment of the page before that."""
    return page.state.phase_since if page.state.phase == OBSERVING else page.at


def scores_since(page):
    """The score entries that count, of the protocol's scale, since the infusion ended; oldest first."""
    since = observing_since(page)
    mine = [e for e in page.state.effective if e.kind == "score" and e.detail.scale == page.plan.score_scale]
    return [e for e in mine if e.observed_at >= since]


def standing_decision(page):
    """The prescriber's decision about going home that counts now, or None."""
    said = page.session.home_decision
    if not said:
        return None
    newest = going_home.Decision(
        said["allows"], frozenset(said["codes"]), said["other_way"], said["reason"], parse_datetime(said["decided_at"])
    )
    return going_home.standing(newest, troubles(page))


def troubles(page):
    """When alarms were raised and emergencies called, as far as they count."""
    called = [e for e in page.state.effective if e.kind == "emergency" and e.detail.step == "called"]
    raised = [e for e in page.entries if e.kind == "alarm" and e.detail.level == "alarm"]
    return [e.observed_at for e in (*called, *raised)]


def _escort_here(page):
    row = page.answers.get("escort_arrived")
    return True if row is not None and row.answer == "yes" else None


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
