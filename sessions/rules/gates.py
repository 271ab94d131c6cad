"""The gates: start, resume and discharge. Each lists all that is missing, in words, with a link to where it is mended.

Gates stop planned steps; they never stop the record of what already happened. A fact is True, False or None (not
known): unknown is missing too, and says so.
"""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from clinic.refusal import Item, Refused

ASK = "Needs a clinician: ask the nurse."


@dataclass(frozen=True)
class Gate:
    """One condition of a start. `never`: nobody can override it; else a prescriber can, with a reason."""

    code: str
    never: bool
    false: str
    unknown: str
    link: str


# In the order of the work: the first that is missing is what to do next.
START_GATES = (
    Gate("identity", True, "Identity does not match.", "Identity is not confirmed.", "#check-identity"),
    Gate("consent_in_force", True, "A consent is not in force.", "Treatment consent is not known.", "#consent"),
    Gate(
        "consent",
        True,
        "The patient does not want it today, or cannot decide.",
        "Willing and able today is not asked.",
        "#check-consent",
    ),
    Gate(
        "prescriber_named",
        True,
        "No responsible prescriber is named.",
        "No responsible prescriber is named.",
        "#prescriber",
    ),
    Gate(
        "prescriber",
        True,
        "The responsible prescriber is not available as the site's policy asks.",
        "The responsible prescriber's availability is not confirmed.",
        "#check-prescriber",
    ),
    Gate(
        "emergency_equipment",
        True,
        "Emergency equipment is not in order.",
        "Emergency equipment is not checked today.",
        "#check-emergency_equipment",
    ),
    Gate("escort", True, "The escort is not reached.", "No escort is named and reached.", "#check-escort"),
    Gate("fasting", False, "Not fasting as instructed.", "Fasting is not known.", "#check-fasting"),
    Gate("pregnancy", False, "Pregnancy test positive or refused.", "Pregnancy is not known.", "#check-pregnancy"),
    Gate("findings", False, "A new finding is a hard stop or needs action.", "A finding is unknown: ask.", "#findings"),
    Gate(
        "education",
        False,
        "What to expect was neither read nor explained.",
        "What to expect of a first infusion was neither read nor explained in person.",
        "#education",
    ),
    Gate("weight", False, "The weight is stated or from another day.", "No weight today.", "#weight"),
    Gate("baseline", False, "The baseline set is not complete.", "No baseline vitals.", "#vitals"),
    Gate("hold_limits", False, "A baseline value is beyond a hold limit.", "Hold limits cannot be judged.", "#vitals"),
    Gate("line", True, "No IV line is charted.", "No IV line is charted.", "#line"),
    Gate("monitoring", True, "The monitor is not on.", "Monitor on is not confirmed.", "#check-monitoring"),
    Gate("order", True, "No signed dose order.", "No signed dose order.", "#order"),
    Gate(
        "container",
        True,
        "The drug is not from a container in date and in stock.",
        "No preparation from a container.",
        "#prepare",
    ),
    Gate("second_check", True, "The second check did not match.", "The second check is not done.", "#second-check"),
)
BY_CODE = {gate.code: gate for gate in START_GATES}
NEVER_OVERRIDDEN = frozenset(g.code for g in START_GATES if g.never)


def missing_to_start(facts, *, overrides=frozenset(), details=None, asked=None):
    """Everything a start lacks.

    `facts` maps gate codes to True, False or None; `overrides` are the codes a prescriber overrode with a reason
    (those of `NEVER_OVERRIDDEN` are ignored); `details` adds words to a code; `asked` limits the gates that depend on
    the protocol's checklist (None: all).
    """
    details, items = details or {}, []
    for gate in START_GATES:
        if facts.get(gate.code) is True or (asked is not None and gate.code not in asked):
            continue
        if gate.code in overrides and not gate.never:
            continue
        words = gate.unknown if facts.get(gate.code) is None else gate.false
        items.append(Item(f"start.{gate.code}", f"{words} {details.get(gate.code, '')}".strip(), ASK, gate.link))
    return items


def check_override(code, *, reason, prescriber):
    """Raise `Refused` unless this gate can be overridden, by a prescriber, with a reason."""
    gate = BY_CODE.get(code)
    items = []
    if gate is None or gate.never:
        items.append(Item("override.never", "This cannot be overridden by anyone."))
    if not prescriber:
        items.append(Item("override.role", "Only a prescriber can override this."))
    if not reason.strip():
        items.append(Item("override.reason", "Give the reason for the override."))
    if items:
        raise Refused(*items)


@dataclass(frozen=True)
class ResumeFacts:
    """What a resume is judged on: `beyond` are breaches of the newest set, `decision_at` a prescriber's."""

    paused_at: object
    now: object
    guarded: bool
    cause_named: bool
    last_set_at: object = None
    beyond: tuple = ()
    decision_at: object = None
    baseline_at: object = None
    pause_baseline_minutes: int = 15
    emergency_open: bool = False
    line_in: bool = True


def missing_to_resume(f):
    """Everything a resume lacks. `guarded`: paused for an alarm, a stop rule or an emergency."""
    items = []
    if f.emergency_open:
        items.append(Item("resume.emergency", "The emergency is still open.", ASK, "#emergency"))
    if not f.line_in:
        items.append(Item("resume.line", "The IV line is out or infiltrated.", ASK, "#line"))
    if f.guarded:
        items += _guarded(f)
    long = f.now - f.paused_at > timedelta(minutes=f.pause_baseline_minutes)
    if long and (f.baseline_at is None or f.baseline_at < f.paused_at):
        items.append(
            Item(
                "resume.baseline",
                f"Paused for more than {f.pause_baseline_minutes} minutes: a new baseline set is needed.",
                ASK,
                "#vitals",
            )
        )
    return items


def _guarded(f):
    items = [] if f.cause_named else [Item("resume.cause", "Name the cause.", ASK, "#cause")]
    if f.last_set_at is None or f.last_set_at <= f.paused_at:
        items.append(Item("resume.fresh", "A fresh set of vitals since the pause is needed.", ASK, "#vitals"))
    elif f.beyond:
        items.append(Item("resume.limits", "The fresh set is not within limits.", ASK, "#vitals"))
    if f.decision_at is None or f.decision_at <= f.paused_at:
        items.append(Item("resume.decision", "The prescriber's decision to go on is needed.", ASK, "#orders"))
    return items


CRITERIA = {
    "score": "Discharge score",
    "vitals_fresh": "Vitals fresh and within limits",
    "line_out": "IV line out",
    "room_air": "On room air",
    "oriented": "Oriented and steady",
    "no_dissociation": "No dissociation",
    "escort": "Escort arrived",
    "instructions": "Instructions handed over: no driving until tomorrow",
    "observed": "Observed for the protocol's minutes",
    "alarms": "No open alarm",
}
ALWAYS_CRITERIA = ("line_out", "alarms", "instructions")
# Also with a prescriber's decision: nobody is sent home with a line in the arm.
KEPT_CRITERIA = frozenset({"line_out", "instructions"})


@dataclass(frozen=True)
class DischargeFacts:
    """What a discharge is judged on; None = not known. Minutes whole, `score` of 10, `last_set_minutes` its age."""

    observed_minutes: int = 0
    observe_minutes: int = 60
    score: int | None = None
    score_blank: bool = False
    score_min: int = 9
    back_to_baseline: bool = False
    last_set_minutes: int | None = None
    stale_minutes: int = 15
    beyond: tuple = ()
    line: str = ""
    room_air: bool | None = None
    sedation: int | None = None
    dissociation: int | None = None
    oriented: bool | None = None
    escort_arrived: bool | None = None
    other_way: str = ""
    instructions_given: bool | None = None
    open_alarms: int = 0
    waived: frozenset = frozenset()


def criteria(f, codes):
    """[(code, label, met, words), ...] for the protocol's criteria plus the ones that always hold."""
    order = [c for c in CRITERIA if c in codes or c in ALWAYS_CRITERIA]
    return [(code, CRITERIA[code], *_JUDGES[code](f)) for code in order]


def missing_to_discharge(f, codes, *, override=False):
    """The criteria that are not met, as `Item`s.

    With a prescriber's `override`, or for what the facts name as `waived`, only the ones nobody can waive.
    """
    return [
        Item(f"discharge.{code}", words, ASK, f"#{code}")
        for code, _label, met, words in criteria(f, codes)
        if not met and (code in KEPT_CRITERIA or not (override or code in f.waived))
    ]


def _score(f):
    if f.score is None:
        blank = "The score has a blank item: not scorable."
        return f.back_to_baseline, blank if f.score_blank else "No discharge score yet."
    return f.score >= f.score_min or f.back_to_baseline, f"Score {f.score} of 10, needs {f.score_min}."


def _vitals_fresh(f):
    if f.last_set_minutes is None:
        return False, "No vitals since the infusion ended."
    if f.last_set_minutes > f.stale_minutes:
        return False, f"No vitals in the last {f.stale_minutes} minutes."
    return not f.beyond, "The last vitals are not within limits."


def _observed(f):
    left = f.observe_minutes - f.observed_minutes
    return left <= 0, f"{left} of {f.observe_minutes} minutes of observation to go."


def _escort(f):
    met = f.escort_arrived is True or bool(f.other_way.strip())
    return met, "Escort has not arrived, and no other way was decided by the prescriber."


_JUDGES = {
    "score": _score,
    "vitals_fresh": _vitals_fresh,
    "line_out": lambda f: (f.line in ("", "removed"), "The IV line is still in."),
    "room_air": lambda f: (
        f.room_air is True,
        "Room air is not charted." if f.room_air is None else "Still on oxygen.",
    ),
    "oriented": lambda f: (f.oriented is True, "Oriented and steady is not confirmed."),
    "no_dissociation": lambda f: (
        f.dissociation == 0,
        "Dissociation is not charted." if f.dissociation is None else "Still dissociated.",
    ),
    "escort": _escort,
    "instructions": lambda f: (f.instructions_given is True, "Instructions are not handed over."),
    "observed": _observed,
    "alarms": lambda f: (f.open_alarms == 0, "An alarm or an emergency is still open."),
}


def check_start(facts, **options):
    """Raise `Refused` with everything `missing_to_start` lists."""
    _refuse(missing_to_start(facts, **options))


def can_start(facts, **options):
    """True when nothing is missing."""
    return not missing_to_start(facts, **options)


def check_resume(facts):
    """Raise `Refused` with everything `missing_to_resume` lists."""
    _refuse(missing_to_resume(facts))


def can_resume(facts):
    """True when nothing is missing."""
    return not missing_to_resume(facts)


def check_discharge(facts, codes, *, override=False):
    """Raise `Refused` with everything `missing_to_discharge` lists."""
    _refuse(missing_to_discharge(facts, codes, override=override))


def can_discharge(facts, codes, *, override=False):
    """True when nothing is missing."""
    return not missing_to_discharge(facts, codes, override=override)


def _refuse(items):
    if items:
        raise Refused(*items)


def back_to_baseline(last, baseline, *, percent=Decimal(20)):
    """True when pressure and rate are within `percent` of this patient's own baseline and SpO2 not more than 2 below.

    False when any of them, or its baseline, is not known. Source: clinic default.
    """
    if any(m not in last or m not in baseline for m in ("systolic", "heart_rate", "spo2")):
        return False
    near = all(abs(last[m] - baseline[m]) * 100 <= percent * baseline[m] for m in ("systolic", "heart_rate"))
    return near and last["spo2"] >= baseline["spo2"] - 2
