"""Who holds an assessment: claim, assign, hand over, release. Pure; people are passed in as ids."""

from clinic.refusal import Conflict, Item, Refused

WAITING = ("submitted", "in_review")


def check_can_hold(*, state, holder, holder_is_prescriber, expected, current, by, roles):
    """Raise Refused unless the packet may be given to ``holder`` (None: to nobody).

    ``expected`` is whom the page showed as holder, ``current`` who holds it now (Conflict when they differ). The one
    who holds it and prescribers may give it on; the rest of the team only what nobody holds.
    """
    if expected != current:
        raise Conflict(Item("held", "Somebody else was faster: look who holds it now."))
    items = [
        *([] if state in WAITING else [Item("state", "Only a packet that waits for its decision is held.")]),
        *(
            []
            if holder is None or holder_is_prescriber
            else [Item("holder", "Only a prescriber of this site can hold it.", field="holder")]
        ),
        *(
            []
            if current in (None, by) or "prescriber" in roles
            else [Item("theirs", "It is held by a prescriber: ask them, or another prescriber, to give it on.")]
        ),
    ]
    if items:
        raise Refused(*items)


def can_hold(**facts):
    """The bool of check_can_hold, for templates."""
    try:
        check_can_hold(**facts)
    except Refused:
        return False
    return True
