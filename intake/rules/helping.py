"""Who may fill in a packet with the patient, and which pages. Pure.

Pages about mental health stay with the patient and clinicians, also when the front desk helps. A page that others have
answered before stays closed to somebody whose role does not receive its class: they may write, never read.
"""

from clinic.refusal import Item, Refused

FILL, BY_PATIENT, ANSWERED = "fill", "by_patient", "answered"


def page_for_helper(*, receives, is_mental, is_begun, is_own):
    """What this helper may do with a page: fill it, leave it to the patient, or see only that it is answered.

    ``receives``: their role receives the page's field class. ``is_begun``: something is saved on it; ``is_own``: and it
    was this helper who saved it last.
    """
    if receives:
        return FILL
    if is_mental:
        return BY_PATIENT
    return FILL if not is_begun or is_own else ANSWERED


def check_can_help(*, name, relation):
    """Raise Refused unless the helper has a name and says who they are to the patient."""
    items = [
        *([] if name.strip() else [Item("helper-name", "Write the name of the person who helps.", field="name")]),
        *([] if relation.strip() else [Item("helper-relation", "Write who they are to you.", field="relation")]),
    ]
    if items:
        raise Refused(*items)


def can_help(**facts):
    """The bool of check_can_help."""
    try:
        check_can_help(**facts)
    except Refused:
        return False
    return True


def check_can_invite_representative(*, email, is_in_force):
    """Raise Refused unless the representative can be written to and may speak for the patient now."""
    items = [
        *([] if is_in_force else [Item("not-in-force", "This representative no longer speaks for the patient.")]),
        *([] if email else [Item("no-email", "There is no e-mail address of this representative.")]),
    ]
    if items:
        raise Refused(*items)


def can_invite_representative(**facts):
    """The bool of check_can_invite_representative."""
    try:
        check_can_invite_representative(**facts)
    except Refused:
        return False
    return True
