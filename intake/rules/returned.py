"""Packet pages sent back: what may be asked of the patient again, answered, withdrawn; staff words beside. Pure."""

from datetime import timedelta

from django.utils.translation import gettext as _

from clinic.refusal import Item, Refused
from clinic.states import machine

REQUEST = machine(
    "page_request",
    "asked",
    {"asked": "answered withdrawn", "answered": "", "withdrawn": ""},
    labels={"asked": "waiting for the patient", "answered": "answered", "withdrawn": "taken back"},
)
SUPPLEMENT = machine(
    "page_supplement",
    "asked",
    {"asked": "draft done", "draft": "done", "done": "draft"},
    labels={"asked": "not started", "draft": "started", "done": "done"},
)
REOPENS = ("submitted", "in_review")
CLINICIANS = {"nurse", "prescriber"}
VALUE, NOTE, UNDONE = "value", "note", "undone"
CORRECTIONS = {VALUE: "Corrected", NOTE: "Note beside", UNDONE: "Correction taken back"}
# Days the patient has to answer. Source: clinic default (unverified default, the clinic approves).
ANSWER_DAYS = 7
# The link goes out at most once a day. Source: clinic default (unverified default, the clinic approves).
REMIND_AGAIN = timedelta(days=1)


def check_can_ask(*, state, slugs, known, words, roles, email, has_open):
    """Raise Refused with all that keeps these pages from being sent back.

    ``state`` is the packet's, ``slugs`` the pages chosen out of ``known``, ``roles`` those of the asker at the site.
    """
    items = [
        *_not_clinician(roles),
        *([] if state in REOPENS else [Item("state", "Only a packet that was sent and not decided can go back.")]),
        *([] if slugs else [Item("pages", "Choose at least one page.", field="pages")]),
        *([] if set(slugs) <= set(known) else [Item("pages", "One of these is not a page of it.", field="pages")]),
        *([] if words.strip() else [Item("words", "Write a line to the patient.", field="words")]),
        *([] if email else [Item("no-email", "There is no e-mail address to send the link to.")]),
        *([Item("open", "A question is waiting for the patient already. Take it back first.")] if has_open else []),
    ]
    if items:
        raise Refused(*items)


def can_ask(**facts):
    """The bool of check_can_ask, for templates."""
    return _allowed(check_can_ask, **facts)


def check_can_answer(*, state):
    """Raise Refused when these pages can't be changed any more. ``state`` is the request's."""
    if state == "withdrawn":
        raise Refused(Item("withdrawn", _("The clinic no longer needs these answers. You don't have to do anything.")))
    if state != "asked":
        raise Refused(Item("sent", _("You have already sent these answers. Call the clinic if something has changed.")))


def can_answer(**facts):
    """The bool of check_can_answer, for templates."""
    return _allowed(check_can_answer, **facts)


def check_can_send(*, state, unfinished):
    """Raise Refused with every reopened page that still waits. ``unfinished`` are (slug, title) in order."""
    check_can_answer(state=state)
    items = [Item("unfinished", title, link=slug) for slug, title in unfinished]
    if items:
        raise Refused(*items)


def can_send(**facts):
    """The bool of check_can_send, for templates."""
    return _allowed(check_can_send, **facts)


def check_can_remind(*, last, at):
    """Raise Refused within a day of the last sending. ``last`` and ``at`` are aware."""
    if at - last < REMIND_AGAIN:
        raise Refused(Item("soon", "A link was sent within the last day. Call the patient if it is urgent."))


def can_remind(**facts):
    """The bool of check_can_remind, for templates."""
    return _allowed(check_can_remind, **facts)


def check_can_correct(*, state, signed, reason, changed, roles):
    """Raise Refused unless words of staff may stand beside the patient's: sent, not signed, with a reason."""
    items = [
        *_not_clinician(roles),
        *([] if state in REOPENS else [Item("state", "Only answers that were sent and not decided are corrected.")]),
        *([Item("signed", "The assessment is signed. Write an addendum instead.")] if signed else []),
        *([] if changed else [Item("same", "Nothing was changed.")]),
        *([] if reason.strip() else [Item("reason", "Write the reason.", field="reason")]),
    ]
    if items:
        raise Refused(*items)


def can_correct(**facts):
    """The bool of check_can_correct, for templates."""
    return _allowed(check_can_correct, **facts)


def in_force(newest, answered_at):
    """Does a correction stand over the patient's words, given when that page was answered again (None: never)?

    ``newest`` is the last value or undone row of one question, or None. What the patient says later counts more.
    """
    if newest is None or newest.kind != VALUE:
        return False
    return answered_at is None or newest.corrected_at > answered_at


def _not_clinician(roles):
    return [] if CLINICIANS & set(roles) else [Item("not-clinician", "Only a nurse or a prescriber can do this.")]


def _allowed(check, **facts):
    try:
        check(**facts)
    except Refused:
        return False
    return True
