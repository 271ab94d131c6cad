"""An infusion on paper: lines written, struck through and written anew, and a plain reading of them.

Written from the promises, not from the code: no entry, rule or table of the product is used. Lines are sheets of a
notebook; what counts is resolved by crossing out, and everything else is found by going through the minutes.
"""

from dataclasses import dataclass, field
from fractions import Fraction

# Values beyond which somebody must come at once, as the protocol of the tests has them: lowest and highest allowed.
ALARMS = {"systolic": (90, 179), "diastolic": (50, 109), "heart_rate": (45, 130), "spo2": (90, 100)}


@dataclass(frozen=True)
class Line:
    """One line of the notebook. `minute` is when it happened, `turn` when it was written, both whole numbers."""

    ident: str
    turn: int
    minute: int
    kind: str
    said: dict = field(default_factory=dict)
    crosses_out: str = ""
    strike: bool = False


@dataclass
class Reading:
    """What the notebook says at a minute."""

    phase: str = "preparing"
    started: int | None = None
    mg: Fraction = Fraction(0)
    ml: Fraction = Fraction(0)
    minutes: int = 0
    paused: int = 0
    pump_ml: Fraction | None = None
    kg: Fraction | None = None
    mg_per_kg: Fraction | None = None
    last: dict = field(default_factory=dict)
    baseline: dict = field(default_factory=dict)
    missed: list = field(default_factory=list)
    line: str = ""
    uncertain: bool = False
    oxygen: str = ""
    emergency: int | None = None
    effects: int = 0
    score: int | None = None
    given: int = 0


def standing(lines):
    """The lines that stand, in the order in which things happened."""
    crossed = {line.crosses_out for line in lines}
    left = [line for line in lines if line.ident not in crossed and not line.strike]
    return sorted(left, key=lambda line: (line.minute, line.turn))


def read(lines, until, *, order_kg, weight_line, strength):
    """Read the notebook at minute `until`. The dose order rests on `weight_line` and `order_kg`; mg/mL `strength`."""
    stands = standing(lines)
    found = Reading()
    for line in stands:
        READERS.get(line.kind, lambda found, line: None)(found, line)
    _walk(found, [line for line in stands if line.kind == "drug"], until, Fraction(strength))
    weights = [line for line in stands if line.kind == "weight"]
    found.kg = Fraction(weights[-1].said["kg"]) if weights else None
    rests = any(line.ident == weight_line for line in weights) or not weights
    found.mg_per_kg = found.mg / (Fraction(order_kg) if rests else found.kg)
    return found


def _walk(found, events, until, strength):
    """Minute by minute: what happens at a minute counts from that minute on."""
    rate, holds, seen = Fraction(0), Fraction(0), False
    for minute in range(until + 1):
        for line in (line for line in events if line.minute == minute):
            rate, holds = _pump(found, line, rate, holds, strength)
            seen = True
        if minute == until:
            break
        if found.phase == "infusing":
            found.ml += rate / 60
            found.mg += rate * holds / 60
            found.minutes += 1
        found.paused += found.phase == "paused"
    assert seen or not events


def _pump(found, line, rate, holds, strength):
    deed, said = line.said["deed"], line.said
    rate = Fraction(said.get("rate", rate))
    if deed == "start":
        holds = strength
        found.started = line.minute if found.started is None else found.started
        found.phase = "infusing"
    elif deed == "pause" and found.phase == "infusing":
        found.phase = "paused"
    elif deed == "resume" and found.phase in ("paused", "observing"):
        found.phase = "infusing"
    elif deed == "bolus":
        found.ml += Fraction(said["ml"])
        found.mg += Fraction(said["ml"]) * holds
    elif deed == "stop":
        if said.get("ml") is not None:
            found.pump_ml = Fraction(said["ml"])
        if found.phase in ("infusing", "paused"):
            found.phase = "observing"
    return rate, holds


def _vitals(found, line):
    for measure, value in line.said["values"].items():
        found.last[measure] = (value, line.minute)
        if line.said["baseline"]:
            found.baseline[measure] = value
    found.missed += [(measure, line.minute, why) for measure, why in line.said["missing"].items()]
    if line.said.get("oxygen"):
        found.oxygen = line.said["oxygen"]


def _line(found, line):
    what = line.said["action"]
    found.line = {"placed": "placed", "resited": "placed", "removed": "removed", "infiltrated": "infiltrated"}.get(
        what, found.line
    )
    found.uncertain = found.uncertain or line.said["uncertain"]


def _oxygen(found, line):
    found.oxygen = "room_air" if line.said["flow"] == 0 else "flow"


def _emergency(found, line):
    if line.said["step"] == "called":
        found.emergency = line.minute if found.emergency is None else found.emergency
    if line.said["step"] in ("over", "handed_over"):
        found.emergency = None


def _effect(found, line):
    found.effects += 1


def _score(found, line):
    found.score = line.said["total"]


def _given(found, line):
    found.given += 1


READERS = {
    "vitals": _vitals,
    "line": _line,
    "oxygen": _oxygen,
    "emergency": _emergency,
    "side_effect": _effect,
    "score": _score,
    "given": _given,
}


def crying(found):
    """The measures whose newest value asks for somebody at once."""
    return {m for m, (low, high) in ALARMS.items() if m in found.last and not low <= found.last[m][0] <= high}


def calm(found):
    """The measures whose newest value is as calm as the day is long."""
    easy = {"systolic": (120, 130), "diastolic": (70, 80), "heart_rate": (70, 90), "spo2": (96, 100)}
    return {m for m, (low, high) in easy.items() if m in found.last and low <= found.last[m][0] <= high}
