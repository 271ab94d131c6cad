"""Phases of a session and its endings: one table each, used by actions, pages and the database trigger."""

from dataclasses import dataclass

from clinic.refusal import Item, Refused
from clinic.states import machine

PREPARING, INFUSING, PAUSED, OBSERVING, ENDED = "preparing", "infusing", "paused", "observing", "ended"

# Leading back (infusing -> preparing and the like) happens only when a correction or strike shows that the start,
# pause or stop was not this patient's or not at all: phases follow the entries.
MACHINE = machine(
    "session",
    PREPARING,
    {
        PREPARING: "infusing paused observing ended",
        INFUSING: "paused observing ended preparing",
        PAUSED: "infusing observing ended preparing",
        OBSERVING: "infusing paused preparing ended",
        ENDED: "",
    },
    {
        PREPARING: "being prepared",
        INFUSING: "infusing",
        PAUSED: "paused",
        OBSERVING: "under observation",
        ENDED: "ended",
    },
)

COMPLETED, STOPPED_EARLY, NOT_STARTED = "completed", "stopped_early", "not_started"
AGAINST_ADVICE, TRANSFERRED, DIED = "against_advice", "transferred", "died"


@dataclass(frozen=True)
class EndingRule:
    """Where an ending may be written from, and the facts that belong to it (name -> words when missing)."""

    label: str
    phases: frozenset
    facts: dict


ENDINGS = {
    COMPLETED: EndingRule(
        "Completed", frozenset({OBSERVING}), {"instructions_given": "Instructions have not been handed over."}
    ),
    STOPPED_EARLY: EndingRule(
        "Stopped early",
        frozenset({OBSERVING}),
        {
            "reason": "Say why the infusion was stopped early.",
            "instructions_given": "Instructions have not been handed over.",
        },
    ),
    NOT_STARTED: EndingRule("Not started", frozenset({PREPARING}), {"reason": "Say why the infusion was not started."}),
    AGAINST_ADVICE: EndingRule(
        "Left against advice",
        frozenset({PREPARING, INFUSING, PAUSED, OBSERVING}),
        {
            "advice": "Write the advice that was given.",
            "risks": "Write the risks that were told.",
            "capacity": "Say whether the patient was able to decide.",
            "line_out": "Say whether the line is out.",
            "form": "Say whether the form was signed or refused.",
            "told": "Name who was told.",
        },
    ),
    TRANSFERRED: EndingRule(
        "Transferred",
        frozenset({PREPARING, INFUSING, PAUSED, OBSERVING}),
        {
            "reason": "Say why the patient was transferred.",
            "to_where": "Name where the patient was taken.",
            "taken_by": "Say who took the patient.",
            "handed_to": "Name who took the handover.",
        },
    ),
    DIED: EndingRule(
        "Died",
        frozenset({PREPARING, INFUSING, PAUSED, OBSERVING}),
        {
            "died_at": "Write the time of death.",
            "pronounced_by": "Name who pronounced death.",
            "told": "Name who was told.",
        },
    ),
}


def missing_for_ending(kind, phase, facts):
    """List all that an ending still lacks.

    `facts` maps the rule's fact names to values; None and "" count as missing, False and 0 are answers.
    Returns `Item`s: `ending.phase` when the session is not where this ending can be written, then `ending.<fact>`.
    """
    rule = ENDINGS[kind]
    items = []
    if phase not in rule.phases:
        items.append(Item("ending.phase", _phase_words(kind, phase), "This visit cannot be closed in this way now."))
    items += [Item(f"ending.{name}", words) for name, words in rule.facts.items() if facts.get(name) in (None, "")]
    return items


def signature_items(form, printed_name, *, witness, by):
    """What a signed or refused form of leaving lacks; `witness` and `by` are ids."""
    items = []
    if form == "signed" and not printed_name.strip():
        items.append(Item("ending.printed_name", "Type the name of who signed the form.", field="printed_name"))
    if witness is not None and witness == by:
        items.append(Item("witness.maker", "The witness is somebody else.", field="second_email"))
    return items


def _phase_words(kind, phase):
    if phase == ENDED:
        return "This session has already ended."
    if kind == NOT_STARTED:
        return "The infusion was started, so it cannot be 'not started'."
    return "The patient is not under observation yet: stop the infusion first."


def check_ending(kind, phase, facts):
    """Raise `Refused` with everything `missing_for_ending` lists."""
    items = missing_for_ending(kind, phase, facts)
    if items:
        raise Refused(*items)


def can_end(kind, phase, facts):
    """True when `check_ending` would let it pass."""
    return not missing_for_ending(kind, phase, facts)
