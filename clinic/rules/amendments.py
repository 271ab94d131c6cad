"""A patient asks for a correction of the record: due dates, what each answer must say. Pure.

Source: 45 CFR 164.526 (amendment of protected health information), read in summary only: the clinic's counsel confirms.
"""

from datetime import timedelta

from clinic.refusal import Item, Refused
from clinic.states import machine

# 164.526(b)(2): act within 60 days of the request; once, by at most 30 days, this may be put off in writing.
DAYS, MORE_DAYS = 60, 30
# How long before the due date it is called urgent. Source: clinic default (unverified default, the clinic approves).
SOON_DAYS = 14
AMENDMENT = machine(
    "amendment",
    "open",
    {"open": "accepted partly denied withdrawn", "accepted": "", "partly": "", "denied": "", "withdrawn": ""},
    {"open": "to be decided", "partly": "accepted in part"},
)
# 164.526(a)(2): the grounds on which a request may be denied.
GROUNDS = {
    "accurate": "The record is accurate and complete as it stands",
    "not_ours": "We did not write that part, and who wrote it can still be asked",
    "not_record": "It is not part of the record we use to decide about care",
    "no_access": "It is a part that may not be seen either",
}
ACCEPTING, DENYING = ("accepted", "partly"), ("denied", "partly")


def due_on(asked_day, extended=False):
    """The last day on which the answer must be out: 60 days after it was asked, 90 when it was put off."""
    return asked_day + timedelta(days=DAYS + (MORE_DAYS if extended else 0))


def days_left(today, due):
    """Whole days until the due date; negative when it has passed."""
    return (due - today).days


def urgency(today, due):
    """ "", "soon" or "late"."""
    left = days_left(today, due)
    return "late" if left < 0 else "soon" if left <= SOON_DAYS else ""


def missing_to_ask(words, should_say):
    """What a request lacks."""
    items = [] if words.strip() else [Item("ask.words", "Say what is wrong or missing.", field="words")]
    if not should_say.strip():
        items.append(Item("ask.should_say", "Say what it should say.", field="should_say"))
    return items


def missing_to_decide(state, facts):
    """What an answer lacks. `facts`: added (what was put into the record), grounds, words (to the patient)."""
    items = [] if facts.get("words", "").strip() else [Item("decide.words", "Write the reason to the patient.",
                                                            field="words")]  # fmt: skip
    if state in ACCEPTING and not facts.get("added", "").strip():
        items.append(Item("decide.added", "Write what is added to the record.", field="added"))
    if state in DENYING and facts.get("grounds") not in GROUNDS:
        items.append(Item("decide.grounds", "Name the ground for denying.", field="grounds"))
    return items


def check_decide(state, facts):
    """Raise `Refused` with everything `missing_to_decide` lists, or for a state that is no answer."""
    if state not in (*ACCEPTING, "denied"):
        raise Refused(Item("decide.state", "Choose the answer.", field="answer"))
    items = missing_to_decide(state, facts)
    if items:
        raise Refused(*items)


def check_extend(*, state, extended, reason):
    """Raise `Refused` unless the answer may be put off: once, while it is open, with a reason."""
    items = [] if state == "open" else [Item("extend.state", "This request has been answered.")]
    if extended:
        items.append(Item("extend.once", "It was put off once already; it can't be put off again."))
    if not reason.strip():
        items.append(Item("extend.reason", "Write the reason; the patient reads it.", field="reason"))
    if items:
        raise Refused(*items)


def can_extend(*, state, extended):
    """True when the answer may still be put off."""
    return state == "open" and not extended


def may_disagree(state):
    """True when something was denied: then the patient's statement goes with the record."""
    return state in DENYING
