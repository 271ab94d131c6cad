"""May this assessment be decided and signed? Pure; findings and texts are passed in."""

from clinic.refusal import Item, Refused
from intake.rules.engine import GATING, Level

CANDIDATE, CONDITIONS, WAIT, NOT = "candidate", "conditions", "wait", "not_candidate"
DECISIONS = {
    CANDIDATE: "Candidate",
    CONDITIONS: "Candidate with conditions",
    WAIT: "Wait for something first",
    NOT: "Not a candidate",
}
TREATS = (CANDIDATE, CONDITIONS)
NOT_SO, HANDLED, OVERRIDDEN, STANDS = "not_so", "handled", "overridden", "stands"
RESOLUTIONS = {
    NOT_SO: "Checked: it does not apply",
    HANDLED: "Dealt with",
    OVERRIDDEN: "Goes ahead all the same (override)",
    STANDS: "It applies and stands",
}
# What may settle a finding of this weight. A hard stop is never simply "dealt with": it is overridden, with a reason.
SETTLED_BY = {
    Level.HARD_STOP: (NOT_SO, OVERRIDDEN, STANDS),
    Level.NEEDS_ACTION: (NOT_SO, HANDLED, STANDS),
    Level.WARN: (NOT_SO, HANDLED, STANDS),
    Level.INFO: (NOT_SO, HANDLED, STANDS),
}
SAME_DAY = ("suicide-item", "c-ssrs", "suicide-attempt-recent")
PRESCRIBER = "prescriber"


def offered(would_be):
    """The resolutions [(code, words)] that may settle a finding of this weight."""
    return [(code, RESOLUTIONS[code]) for code in SETTLED_BY[Level(would_be)]]


def check_can_settle(*, would_be, resolution, reason, signed, roles):
    """Raise Refused unless this resolution may settle a finding of this weight, by this person, with a reason."""
    items = [
        *_not_prescriber(roles),
        *([Item("signed", "The assessment is signed. Write an addendum instead.")] if signed else []),
        *(
            []
            if resolution in SETTLED_BY[Level(would_be)]
            else [Item("resolution", "This can't settle a finding of this weight.", field="resolution")]
        ),
        *([] if reason.strip() else [Item("reason", "Write the reason.", field="reason")]),
    ]
    if items:
        raise Refused(*items)


def can_settle(**facts):
    """The bool of check_can_settle, for templates."""
    return _allowed(check_can_settle, **facts)


def check_can_decide(*, decision, reasons, conditions, wait_for, findings, roles, signed):
    """Raise Refused with all that is missing before this decision can stand.

    ``findings`` have ``rule``, ``level``, ``would_be``, ``reason`` and ``resolution`` ("" while open).
    """
    items = [
        *_not_prescriber(roles),
        *([Item("signed", "The assessment is signed. Write an addendum instead.")] if signed else []),
        *_words_missing(decision, reasons, conditions, wait_for),
        *_open_findings(decision, findings),
    ]
    if items:
        raise Refused(*items)


def can_decide(**facts):
    """The bool of check_can_decide, for templates."""
    return _allowed(check_can_decide, **facts)


def check_can_sign(*, decision, reasons, conditions, wait_for, findings, roles, signed, printed_name, own_name):
    """Raise Refused unless the decision stands and the prescriber typed their own name to sign."""
    is_own = printed_name.strip().casefold() == own_name.strip().casefold()
    named = [] if is_own else [Item("printed-name", f"Type your name, {own_name}, to sign.", field="printed_name")]
    try:
        check_can_decide(
            decision=decision,
            reasons=reasons,
            conditions=conditions,
            wait_for=wait_for,
            findings=findings,
            roles=roles,
            signed=signed,
        )
    except Refused as refused:
        raise Refused(*refused.items, *named) from None
    if named:
        raise Refused(*named)


def can_sign(**facts):
    """The bool of check_can_sign, for templates."""
    return _allowed(check_can_sign, **facts)


def gates(finding):
    """Must this finding be settled before somebody is treated? (hard stop, needs action, or an unknown of those)"""
    return finding.would_be in GATING


def _not_prescriber(roles):
    return [] if PRESCRIBER in roles else [Item("not-prescriber", "Only a prescriber can decide this.")]


def _words_missing(decision, reasons, conditions, wait_for):
    needed = [
        (decision in DECISIONS, "decision", "Choose a decision."),
        (bool(reasons.strip()), "reasons", "Write the reasons for the decision."),
        (decision != CONDITIONS or bool(conditions.strip()), "conditions", "Write the conditions."),
        (decision != WAIT or bool(wait_for.strip()), "wait_for", "Write what to wait for."),
    ]
    return [Item(field, words, field=field) for given, field, words in needed if not given]


def _open_findings(decision, findings):
    for finding in findings:
        if _blocks(decision, finding):
            weight = "Unknown" if finding.level == Level.UNKNOWN else finding.would_be.replace("_", " ").capitalize()
            yield Item(f"finding-{finding.rule}", f"{weight}: {finding.reason}", link=f"finding-{finding.rule}")


def _blocks(decision, finding):
    if finding.rule in SAME_DAY and finding.level != Level.UNKNOWN and not finding.resolution:
        return True
    return decision in TREATS and gates(finding) and finding.resolution in ("", STANDS)


def _allowed(check, **facts):
    try:
        check(**facts)
    except Refused:
        return False
    return True
