"""Somebody who charts at random through the real actions, and keeps a plain notebook of the same beside it."""

import datetime as dt
import uuid
from decimal import Decimal

from clinic.refusal import Conflict
from sessions import actions, queries
from sessions.actions import When
from sessions.actions.events import emergency_step
from sessions.models import Entry
from tests.sessions.plain_record import Line

START, END = 10, 200  # minutes: the pump starts at ten, the notebook is read at the end
REASON = "Written wrongly"
SURE = frozenset({"systolic", "diastolic", "heart_rate", "spo2", "weight", "volume_ml", "rate_ml_h"})
ALDRETE = ("activity", "respiration", "circulation", "consciousness", "oxygen")


class Writer:
    """Charts on a running `scene`. Every step goes to the database and, when it was taken, to `lines`."""

    def __init__(self, scene, rng):
        self.scene, self.rng, self.now, self.turn = scene, rng, START, 0
        self.lines, self.sent, self.deeds = [], [], []

    def learn(self):
        """Write down what the scene has charted so far; returns the id of the weight the dose rests on."""
        for entry in Entry.objects.with_details().filter(session=self.scene.session).order_by("seq"):
            if entry.kind in ("weight", "vitals", "line", "drug"):
                minute = int((entry.observed_at - self.scene.at(0)).total_seconds() // 60)
                self._note(str(entry.pk), minute, entry.kind, LEARNT[entry.kind](entry.detail))
        return next(line.ident for line in self.lines if line.kind == "weight")

    def _note(self, ident, minute, kind, said, **more):
        self.turn += 1
        self.lines.append(Line(ident, self.turn, minute, kind, said, **more))

    def write(self, steps):
        """So many steps: mostly new lines, some put right, struck out, sent again or sent with another body."""
        deeds = {self.enter: 10, self.correct: 4, self.strike: 2, self.again: 3, self.other_body: 1, self.too_late: 1}
        for _ in range(steps):
            self.now = min(END - 1, self.now + self.rng.randint(0, 6))
            self.rng.choices(list(deeds), deeds.values())[0]()

    def _id(self):
        return uuid.UUID(int=self.rng.getrandbits(128), version=4)

    def _minute(self, kind=""):
        """Now, or some time ago: what is entered late happened then. A pump is read only once it runs."""
        return self.now if self.rng.random() < 0.6 else self.rng.randint(START if kind == "drug" else 0, self.now)

    def _do(self, action, ident, minute, inputs):
        # Entered afterwards: what has happened is charted whatever the gates say.
        when = When(self.scene.at(minute), source="back_entered")
        known = {"session": self.scene.session, "by": self.scene.nurse, "at": self.scene.at(self.now)}
        return action(entry_id=ident, when=when, **known, **inputs)

    # ---- new lines
    def enter(self):
        kind, action, inputs, said = self.rng.choice(KINDS)(self)
        ident, minute = self._id(), self._minute(kind)
        assert self._do(action, ident, minute, inputs).created
        self.sent.append((action, ident, minute, inputs))
        self._note(str(ident), minute, kind, said)

    def values(self):
        """A set: calm, high, low, incomplete or with zeros."""
        systolic = self.rng.choice((120, 125, 130, 130, 165, 190, 85))
        taken = {"systolic": systolic, "diastolic": {85: 45, 190: 112}.get(systolic, 75)}
        taken |= {"heart_rate": self.rng.choice((70, 80, 90, 140)), "spo2": self.rng.choice((97, 98, 99, 88))}
        taken |= {"pain": self.rng.choice((0, 3)), "dissociation": self.rng.choice((0, 5))}
        left = {m: v for m, v in taken.items() if self.rng.random() < 0.85}
        return left or {"pain": 0}

    # ---- put right
    def _one(self, kinds=None):
        crossed = {line.crosses_out for line in self.lines}
        free = [x for x in self.lines if x.ident not in crossed and not x.strike and x.kind in (kinds or CHANGED)]
        return self.rng.choice(free) if free else None

    def correct(self):
        old = self._one()
        if old is None:
            return
        changes, said = CHANGED[old.kind](self, old.said)
        moved = self.rng.random() < 0.3 and said.get("deed") != "start"
        minute = self._minute(old.kind) if moved else old.minute
        ident = self._id()
        actions.correct_entry(
            entry=Entry.objects.get(pk=old.ident), entry_id=ident, changes=changes, reason=REASON,
            observed_at=self.scene.at(minute) if moved else None, confirmed=SURE, by=self.scene.nurse,
            at=self.scene.at(self.now),
        )  # fmt: skip
        self._note(str(ident), minute, old.kind, said, crosses_out=old.ident)

    def strike(self):
        old = self._one((*CHANGED, "emergency", "given", "score", "side_effect"))
        if old is None:
            return
        ident = self._id()
        actions.strike_entry(
            entry=Entry.objects.get(pk=old.ident), entry_id=ident, reason=REASON, by=self.scene.nurse,
            at=self.scene.at(self.now),
        )  # fmt: skip
        self._note(str(ident), old.minute, old.kind, {}, crosses_out=old.ident, strike=True)

    # ---- what must change nothing
    def again(self):
        """The same entry sent once more, later: a lost answer, a second tap, a queue sent twice."""
        if self.sent:
            action, ident, minute, inputs = self.rng.choice(self.sent)
            assert not self._do(action, ident, minute, inputs).created

    def other_body(self):
        """The same id with another body."""
        if self.sent:
            _, ident, minute, _ = self.rng.choice(self.sent)
            self._refused(lambda: self._do(actions.record_note, ident, minute, {"text": "Something else"}))

    def too_late(self):
        """An entry that somebody put right already."""
        crossed = [x.crosses_out for x in self.lines if x.crosses_out]
        if crossed:
            old = Entry.objects.get(pk=self.rng.choice(crossed))
            self._refused(
                lambda: actions.strike_entry(
                    entry=old, entry_id=self._id(), reason=REASON, by=self.scene.nurse, at=self.scene.at(self.now)
                )
            )

    def _refused(self, deed):
        try:
            deed()
        except Conflict:
            return
        raise AssertionError("a second truth was let in")


# ---- the kinds of lines: (kind, action, inputs of the action, what the notebook says)
def _vitals(writer):
    values, missing = writer.values(), {}
    if writer.rng.random() < 0.2:
        missing = {"resp_rate": "refused"}
    oxygen = writer.rng.choice(({}, {}, {"oxygen": "room_air"}, {"oxygen": "flow", "oxygen_flow": Decimal(2)}))
    said = {"values": values, "missing": missing, "baseline": writer.rng.random() < 0.1, "oxygen": oxygen.get("oxygen")}
    inputs = {"values": values | oxygen, "missing": missing, "baseline": said["baseline"], "confirmed": SURE}
    return "vitals", actions.record_vitals, inputs, said


def _weight(writer):
    kg = Decimal(writer.rng.choice(("68.5", "70", "71.5")))
    return "weight", actions.record_weight, {"value": kg, "confirmed": SURE}, {"kg": str(kg)}


def _line(writer):
    action = writer.rng.choice(("placed", "checked", "infiltrated", "resited", "removed"))
    unsure = action == "infiltrated" and writer.rng.random() < 0.5
    inputs = {"action": action, "site": "left hand", "dose_uncertain": unsure}
    return "line", actions.record_line, inputs, {"action": action, "uncertain": unsure}


def _oxygen(writer):
    flow = writer.rng.choice((0, 2, 6))
    return "oxygen", actions.record_oxygen, {"flow_l_min": Decimal(flow)}, {"flow": flow}


def _effect(writer):
    return "side_effect", actions.record_side_effect, {"term": "nausea", "severity": "mild"}, {}


def _note(writer):
    return "note", actions.record_note, {"text": "Sleeps"}, {}


def _score(writer):
    points = {item: writer.rng.choice((1, 2, 2)) for item in ALDRETE}
    return "score", actions.record_score, {"scale": "aldrete", "items": points}, {"total": sum(points.values())}


def _emergency(writer):
    step = writer.rng.choice(("airway", "called", "over"))
    return "emergency", emergency_step, {"step": step}, {"step": step}


def _given(writer):
    return "given", actions.give_drug, {"order": writer.scene.rescue, "dose_mg": Decimal(4)}, {}


def _rate(writer):
    rate = writer.rng.choice(("0", "26.3", "40", "52.5"))
    inputs = {"dose_order": writer.scene.dose_order, "rate_ml_h": Decimal(rate)}
    return "drug", actions.set_rate, inputs, {"deed": "rate", "rate": rate}


def _pause(writer):
    inputs = {"dose_order": writer.scene.dose_order, "cause": "toilet"}
    return "drug", actions.pause, inputs, {"deed": "pause"}


def _resume(writer):
    rate = writer.rng.choice(("26.3", "52.5"))
    inputs = {"dose_order": writer.scene.dose_order, "cause_named": "Back", "rate_ml_h": Decimal(rate)}
    return "drug", actions.resume, inputs, {"deed": "resume", "rate": rate}


def _bolus(writer):
    ml = writer.rng.choice(("1", "2.5"))
    inputs = {"dose_order": writer.scene.dose_order, "order": writer.scene.extra, "volume_ml": Decimal(ml)}
    return "drug", actions.bolus, inputs, {"deed": "bolus", "ml": ml}


def _stop(writer):
    ml = writer.rng.choice((None, "0", "20", "35"))
    volume = None if ml is None else Decimal(ml)
    inputs = {"dose_order": writer.scene.dose_order, "volume_ml": volume}
    return "drug", actions.stop, inputs, {"deed": "stop", "ml": ml}


KINDS = (
    _vitals, _vitals, _vitals, _weight, _line, _oxygen, _effect, _note, _score, _emergency, _given, _rate, _pause,
    _resume, _bolus, _stop,
)  # fmt: skip


# ---- what a correction changes, and what the notebook then says
def _changed_vitals(writer, said):
    fresh = said["values"] | writer.values()
    if fresh.get("systolic", 999) <= fresh.get("diastolic", 0):
        fresh["diastolic"] = fresh["systolic"] - 40
    return {m: v for m, v in fresh.items() if said["values"].get(m) != v}, said | {"values": fresh}


def _changed_weight(writer, said):
    kg = Decimal(writer.rng.choice(("69", "72")))
    return {"value": kg}, {"kg": str(kg)}


def _changed_drug(writer, said):
    if "rate" in said:
        rate = writer.rng.choice(("10", "30", "52.5"))
        return {"rate_ml_h": Decimal(rate)}, said | {"rate": rate}
    if said["deed"] in ("bolus", "stop"):
        ml = writer.rng.choice(("3", "10", "34"))
        return {"volume_ml": Decimal(ml)}, said | {"ml": ml}
    return {"text": "In other words"}, said


def _changed_oxygen(writer, said):
    flow = writer.rng.choice((0, 4))
    return {"flow_l_min": Decimal(flow)}, {"flow": flow}


def _changed_line(writer, said):
    return {"text": "In other words"}, said


CHANGED = {
    "vitals": _changed_vitals,
    "weight": _changed_weight,
    "drug": _changed_drug,
    "oxygen": _changed_oxygen,
    "line": _changed_line,
}
LEARNT = {
    "weight": lambda d: {"kg": str(d.kg)},
    "vitals": lambda d: {
        "values": {m: v for m, v in d.values().items() if v is not None},
        "missing": d.missing,
        "baseline": d.baseline,
        "oxygen": d.oxygen,
    },
    "line": lambda d: {"action": d.action, "uncertain": d.dose_uncertain},
    "drug": lambda d: {"deed": d.action} | ({"rate": str(d.rate_ml_h)} if d.rate_ml_h is not None else {}),
}


def derived(scene, minute):
    """The product's own reading of the session at a minute."""
    return queries.state_of(scene.fresh(), scene.at(minute))


def as_minute(scene, at):
    """A moment as a minute of the scene, None for None."""
    return None if at is None else (at - scene.at(0)) // dt.timedelta(minutes=1)
