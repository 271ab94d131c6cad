"""May this patient be booked or treated, as far as intake knows? Pure; booking and check-in ask it again."""

from clinic.refusal import Item, Refused

# Days an approval is good for. Source: clinic default (unverified default, the clinic approves).
VALID_DAYS = 180
NEUTRAL = "Needs a clinician: ask the prescriber."


def check_may_be_treated(*, approval, unsettled, day, consents=()):
    """Raise Refused with all that stands against treating on ``day`` (a local date).

    ``approval`` is the newest one or None (``valid_until``, ``revoked_at``); ``unsettled`` are findings that gate.
    ``consents``: Items for what is not signed or was taken back.
    """
    items = [*_approval_items(approval, day), *(_finding_item(finding) for finding in unsettled), *consents]
    if items:
        raise Refused(*items)


def can_be_treated(**facts):
    """The bool of check_may_be_treated, for templates."""
    try:
        check_may_be_treated(**facts)
    except Refused:
        return False
    return True


def _approval_items(approval, day):
    if approval is None:
        return [
            Item("no-approval", "No prescriber has approved treatment yet.", "Not approved yet: ask the prescriber.")
        ]
    if approval.revoked_at is not None:
        return [Item("approval-revoked", f"The approval was revoked: {approval.revoked_reason}", NEUTRAL)]
    if approval.valid_until < day:
        return [
            Item(
                "approval-expired", f"The approval ended on {approval.valid_until:%d-%b-%Y}.", "The approval has ended."
            )
        ]
    return []


def _finding_item(finding):
    return Item(f"finding-{finding.rule}", finding.reason, finding.neutral)
