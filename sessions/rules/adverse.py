"""Adverse events: terms, what makes one serious, when its report is due, what a report must say. Pure."""

from dataclasses import dataclass
from datetime import timedelta

from clinic.refusal import Item, Refused

# Terms by group: what infusions of ketamine are known for, in plain words, so that events can be counted. A term of the
# nurse's own may be typed too. Source: clinic default (unverified default, the clinic approves); no coding system.
TERM_GROUPS = {
    "Stomach": ("nausea", "vomiting", "dry mouth"),
    "Head and senses": (
        "dizziness", "headache", "drowsiness", "double vision", "blurred vision", "confusion", "strong dissociation",
        "seizure", "fainting",
    ),
    "Mood": ("anxiety", "panic", "dysphoria", "agitation", "hallucination", "thoughts of suicide"),
    "Heart and circulation": ("palpitations", "chest pain", "high blood pressure", "low blood pressure", "arrhythmia"),
    "Breathing": ("shortness of breath", "low oxygen", "slow breathing", "laryngospasm"),
    "Skin and allergy": ("rash", "itching", "swelling", "anaphylaxis"),
    "Line": ("pain at the line", "infiltration", "phlebitis"),
    "Bladder": ("bladder pain", "urgency to pass urine", "blood in the urine"),
    "Other": ("fall", "wrong dose", "sweating", "shivering"),
}  # fmt: skip
TERMS = tuple(term for terms in TERM_GROUPS.values() for term in terms)
# What makes an event serious. Source: the outcomes listed in 21 CFR 312.32(a), in our own words (unverified here).
SERIOUS = {
    "death": "Died",
    "life": "Was in danger of death at that moment",
    "hospital": "Needed a hospital, or a longer stay there",
    "lasting": "Lasting or great loss of ability",
    "birth": "Harm to an unborn child",
    "intervention": "Treatment was needed to prevent one of these",
    "important": "Important in the prescriber's judgement",
}
OUTCOMES = {
    "recovered": "Recovered",
    "recovering": "Recovering",
    "not_recovered": "Not recovered",
    "after_effects": "Recovered with lasting effects",
    "died": "Died",
    "unknown": "Not known yet",
}
ACTIONS = {
    "none": "Infusion went on unchanged",
    "slowed": "Rate lowered",
    "paused": "Paused, then resumed",
    "stopped": "Stopped for good",
    "after": "Not applicable: it was over",
}
RELATEDNESS = {
    "unrelated": "Not related",
    "unlikely": "Unlikely",
    "possible": "Possible",
    "probable": "Probable",
    "certain": "Certain",
    "unknown": "Can't be judged",
}
TOLD = {
    "nobody": "Nobody outside",
    "regulator": "The drug regulator",
    "maker": "The maker",
    "both": "Regulator and maker",
}
STATUSES = {
    "same": "As before",
    "better": "Better",
    "worse": "Worse",
    "resolved": "Over",
    "after_effects": "Over, with lasting effects",
    "died": "Died",
}
OVER = frozenset({"resolved", "after_effects", "died"})
HOWS = {"seen": "Seen", "phone": "By phone", "message": "By message"}
# When the report of a serious event is due. Source: clinic default (unverified default, the clinic approves).
REPORT_WITHIN = timedelta(hours=24)
# When somebody asks again about an event that had not ended when the patient left. Source: clinic default (unverified).
ASK_AGAIN_AFTER = timedelta(hours=24)
# Serious or severe events are asked about again; a mild one that was not over belongs to the next-day contact.
ASKED_AGAIN = frozenset({"moderate", "severe"})


def unknown_criteria(criteria):
    """Items for criteria that are none of ours."""
    return [Item("criteria.unknown", f"{c} is no criterion.", field="criteria") for c in criteria if c not in SERIOUS]


def check_times(onset_at, resolved_at, *, now):
    """Raise `Refused` for an event that ended before it began, or that lies in the future."""
    items = []
    if onset_at and onset_at > now + timedelta(seconds=60):
        items.append(Item("time.onset", "That time is in the future.", field="onset"))
    if resolved_at and resolved_at > now + timedelta(seconds=60):
        items.append(Item("time.resolved", "That time is in the future.", field="resolved"))
    if onset_at and resolved_at and resolved_at < onset_at:
        items.append(Item("time.order", "It can't end before it began.", field="resolved"))
    if items:
        raise Refused(*items)


@dataclass(frozen=True)
class Course:
    """How an event stands: whether it is over, since when, and the last word on it."""

    over: bool
    resolved_at: object = None
    status: str = ""
    seen_at: object = None


def course(resolved_at, follow_ups):
    """The `Course` of an event from its own entry and [(seen_at, status)], in any order; the latest look counts."""
    last = max(follow_ups, key=lambda pair: pair[0], default=None)
    if last is None:
        return Course(resolved_at is not None, resolved_at, "resolved" if resolved_at else "")
    seen_at, status = last
    return Course(status in OVER, seen_at if status in OVER else None, status, seen_at)


def needs_asking(*, severity, serious, over):
    """Whether somebody must ask again after the patient has left."""
    return not over and (serious or severity in ASKED_AGAIN)


REPORT_WORDS = {
    "criteria": "Say what makes it serious.",
    "narrative": "Tell what happened, in order.",
    "outcome": "Say how it ended, or that it is not known yet.",
    "action_taken": "Say what was done with the infusion.",
    "relatedness": "Judge whether the infusion caused it.",
}


def missing_in_report(facts):
    """Everything a report lacks before it can be signed; `facts` maps field names to what is written."""
    return [Item(f"report.{name}", words, field=name) for name, words in REPORT_WORDS.items() if not facts.get(name)]


def check_report(facts):
    """Raise `Refused` with everything `missing_in_report` lists."""
    items = missing_in_report(facts)
    if items:
        raise Refused(*items)


def can_sign_report(facts):
    """True when nothing is missing."""
    return not missing_in_report(facts)


def report_state(*, signed_at, due_at, now):
    """signed, overdue or due."""
    if signed_at is not None:
        return "signed"
    return "overdue" if now > due_at else "due"
