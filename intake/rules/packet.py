"""May this packet be opened, changed, submitted? Pure; the pages and the time are passed in."""

from django.utils.translation import gettext as _

from clinic.refusal import Item, Refused
from clinic.states import machine

ADULT = 18  # years. The clinic treats adults only.
UNDER_AGE_FOR_STAFF = (
    "This patient is under 18, and the clinic treats adults only. "
    "Please help them to find a team for children and young people."
)

PACKET = machine(
    "packet",
    "invited",
    {
        "invited": "started withdrawn",
        "started": "submitted withdrawn",
        "submitted": "in_review withdrawn",
        "in_review": "decided withdrawn",
        "decided": "",
        "withdrawn": "",
    },
    labels={
        "invited": "invited, not opened yet",
        "started": "being filled in",
        "submitted": "sent, waiting for the assessment",
        "in_review": "being assessed",
        "decided": "decided",
        "withdrawn": "withdrawn",
    },
)
OPEN = ("invited", "started")
TAB = "tab"  # under this name a draft keeps which page of which device it was typed on
PAGE = machine(
    "packet_page",
    "draft",
    {"draft": "done", "done": "draft"},
    labels={"draft": "started", "done": "done"},
)


def check_can_invite(*, age, email, has_open_packet):
    """Raise Refused when this person can't be invited. Age in whole years."""
    items = [
        *([Item("under-18", UNDER_AGE_FOR_STAFF)] if age < ADULT else []),
        *([] if email else [Item("no-email", "There is no e-mail address to send the link to.", link="patient-edit")]),
        *(
            [Item("open-packet", "A packet is already open for this patient. Send its link again.")]
            if has_open_packet
            else []
        ),
    ]
    if items:
        raise Refused(*items)


def can_invite(**facts):
    """The bool of check_can_invite, for templates."""
    return _allowed(check_can_invite, **facts)


def check_can_fill(*, state, age):
    """Raise Refused when answers can't be changed any more, or the patient is not an adult."""
    if age < ADULT:
        raise Refused(_under_age())
    if state not in OPEN:
        raise Refused(Item("sent", _("You have already sent these answers. Call the clinic if something has changed.")))


def can_fill(**facts):
    """The bool of check_can_fill, for templates."""
    return _allowed(check_can_fill, **facts)


def check_can_submit(*, state, age, unfinished):
    """Raise Refused with every page that still waits. ``unfinished`` are (slug, title) in order."""
    check_can_fill(state=state, age=age)
    items = [Item("unfinished", f"Finish “{title}”", link=slug) for slug, title in unfinished]
    if items:
        raise Refused(*items)


def can_submit(**facts):
    """The bool of check_can_submit, for templates."""
    return _allowed(check_can_submit, **facts)


def is_same_page(row, fields):
    """Do these fields say what the row (name -> value) says already? Out of which tab they come counts for nothing."""
    return all(_untabbed(row[name]) == _untabbed(value) for name, value in fields.items())


def _untabbed(value):
    return {name: part for name, part in value.items() if name != TAB} if isinstance(value, dict) else value


def is_own_tab(draft, tab):
    """Was this draft saved before by the same tab ("<page of a device>.<number of the save>")?"""
    page, _, number = tab.partition(".")
    saved_page, _, saved_number = str(draft.get(TAB, "")).partition(".")
    return bool(page) and page == saved_page and _whole(number) > _whole(saved_number)


def is_late(draft, tab):
    """Has the same tab saved something newer since this was sent?"""
    page, _, number = tab.partition(".")
    saved_page, _, saved_number = str(draft.get(TAB, "")).partition(".")
    return bool(page) and page == saved_page and _whole(number) <= _whole(saved_number)


def _whole(text):
    return int(text) if text.isdecimal() else 0


def _under_age():
    return Item(
        "under-18",
        _("We can only treat people who are 18 or older. Please call us: we will help to find someone who can."),
    )


def _allowed(check, **facts):
    try:
        check(**facts)
    except Refused:
        return False
    return True
