"""Waiting: from referral to the first infusion, and on the day."""

from followup.presenters.reports.tables import Report, amount, middles, waits
from followup.queries.reports import waiting as asked
from followup.queries.reports.scope import Scope
from followup.rules.reports import middle, wait

STEPS = (
    ("Invited to packet sent in", asked.invited_to_sent),
    ("Packet sent in to signed decision", asked.sent_to_decided),
    ("Approved to first infusion", asked.approved_to_infused),
    ("Added to first infusion, all in all", asked.added_to_infused),
)
HOW = (
    "Who still waits counts with the days so far (Kaplan and Meier), so a long queue can't hide. A step belongs to the "
    "period in which its wait began."
)
ALL = STEPS[-1][0]


def waiting_report(scope: Scope) -> Report:
    """How long each step takes, those included who still wait."""
    rows = [(label, wait(step.days(scope.now) for step in steps(scope))) for label, steps in STEPS]
    days = asked.on_the_day(scope)
    tables = [waits("steps", "From referral to the first infusion", "Step", rows, note=HOW, empty=NOBODY)]
    tables.append(_on_the_day(days))
    return Report(_sentence(dict(rows)[ALL]), [table for table in tables if table.rows])


NOBODY = "Nobody began to wait in this period."


def _sentence(found) -> str:
    if found is None:
        return NOBODY
    if not found.is_shown:
        return "Fewer than five people were added in this period: no wait is told."
    still = f"{found.waiting} of {found.n} still wait" if found.waiting else "nobody still waits"
    if found.median is None:
        return f"More than half of those added still wait for their first infusion: {found.waiting} of {found.n}."
    return f"Half had their first infusion within {amount(found.median)} days of being added; {still}."


def _on_the_day(days):
    late = [(one.person, max(one.late, 0)) for one in days]
    rows = [
        ("Late at the door", middle(late)),
        ("Check-in to start", middle((one.person, one.to_start) for one in days if one.to_start is not None)),
        ("Start to going home", middle((one.person, one.to_home) for one in days if one.to_home is not None)),
    ]
    note = "Minutes of each infusion visit. Who came early or in time counts as 0 minutes late."
    return middles("on-the-day", "On the day of an infusion", "What", "minutes", rows, note=note)
