"""What a rule asks of the facts, as small readable data. Three answers: it holds, it doesn't, or None: not known.

A part of AllOf or AnyOf that is not known leaves the whole unknown only where the other parts don't decide it.
"""

from dataclasses import dataclass

from intake.rules.medicines import class_title
from intake.rules.said import said


@dataclass(frozen=True, slots=True)
class Yes:
    """The fact is true, or a list that is not empty."""

    fact: str

    @property
    def facts(self):
        """The facts it rests on."""
        return (self.fact,)

    def holds(self, facts):
        """True, False, or None when the fact is not known. KeyError when nothing derives it."""
        return None if facts[self.fact] is None else bool(facts[self.fact])

    def shown(self, facts):
        """The facts that made it hold, in words."""
        return said(facts[self.fact])

    @property
    def words(self):
        """The condition as a reader of the rules sees it."""
        return f"{named(self.fact)}: yes"


@dataclass(frozen=True, slots=True)
class No(Yes):
    """The fact is known, and it is not so."""

    def holds(self, facts):
        """True, False, or None when the fact is not known."""
        return None if facts[self.fact] is None else not facts[self.fact]

    @property
    def words(self):
        """The condition as a reader of the rules sees it."""
        return f"{named(self.fact)}: no"


@dataclass(frozen=True, slots=True)
class Is(Yes):
    """The fact is one of these answers."""

    values: tuple = ()

    def holds(self, facts):
        """True, False, or None when the fact is not known."""
        return None if facts[self.fact] is None else facts[self.fact] in self.values

    @property
    def words(self):
        """The condition as a reader of the rules sees it."""
        return f"{named(self.fact)}: {' or '.join(said(value) for value in self.values)}"


@dataclass(frozen=True, slots=True)
class AtLeast(Yes):
    """The figure reaches the limit, in the fact's own unit."""

    limit: object = 0

    def holds(self, facts):
        """True, False, or None when the fact is not known."""
        return None if facts[self.fact] is None else facts[self.fact] >= self.limit

    @property
    def words(self):
        """The condition as a reader of the rules sees it."""
        return f"{named(self.fact)}: {self.limit} or more"


@dataclass(frozen=True, slots=True)
class Takes:
    """A medicine of this class is listed. An incomplete list that lacks it is not known, never "no"."""

    group: str

    @property
    def facts(self):
        """The facts it rests on."""
        return ("medicines",)

    def holds(self, facts):
        """True, False, or None when the list is not complete and none of its medicines is of the class."""
        taken = facts["medicines"]
        if self.group in taken.classes:
            return True
        return False if taken.is_complete else None

    def shown(self, facts):
        """The medicines of the class, as written."""
        return ", ".join(facts["medicines"].classes.get(self.group, ()))

    @property
    def words(self):
        """The condition as a reader of the rules sees it."""
        return f"takes: {class_title(self.group)}"


@dataclass(frozen=True, slots=True)
class TakesTwo(Takes):
    """Two different medicines of this class are listed. One, in a list that is not complete, is not known."""

    def holds(self, facts):
        """True, False, or None when a second one may be missing from the list."""
        taken = facts["medicines"]
        if len(taken.classes.get(self.group, ())) > 1:
            return True
        return False if taken.is_complete else None

    @property
    def words(self):
        """The condition as a reader of the rules sees it."""
        return f"takes two of: {class_title(self.group)}"


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds."""

    parts: tuple

    @property
    def facts(self):
        """The facts it rests on, each once."""
        return tuple(dict.fromkeys(fact for part in self.parts for fact in part.facts))

    def holds(self, facts):
        """False as soon as one part is known not to hold; None when the rest is not all known."""
        found = [part.holds(facts) for part in self.parts]
        if False in found:
            return False
        return None if None in found else True

    def shown(self, facts):
        """The facts that made it hold, in words."""
        return _joined(part.shown(facts) for part in self.parts)

    @property
    def words(self):
        """The condition as a reader of the rules sees it."""
        return "; and ".join(part.words for part in self.parts)


@dataclass(frozen=True, slots=True)
class AnyOf(AllOf):
    """At least one part holds."""

    def holds(self, facts):
        """True as soon as one part holds; None when none does and not all are known."""
        found = [part.holds(facts) for part in self.parts]
        if True in found:
            return True
        return None if None in found else False

    def shown(self, facts):
        """The parts that hold, in words."""
        return _joined(part.shown(facts) for part in self.parts if part.holds(facts))

    @property
    def words(self):
        """The condition as a reader of the rules sees it."""
        return "; or ".join(part.words for part in self.parts)


def _joined(shown):
    """The parts that say more than "yes", each once."""
    words = list(dict.fromkeys(shown))
    return "; ".join(word for word in words if word != "yes") or "yes"


def named(fact):
    """A fact's code in words."""
    return NAMES.get(fact, fact.replace("_", " "))


NAMES = {
    "bmi": "body mass index in kg/m2",
    "age": "age in years",
    "suicide_item": "PHQ-9 item 9 (0 to 3)",
    "opioid_dose": "daily opioid dose in MME",
    "opioid_dose_unknown": "an opioid whose daily dose can't be added up",
    "unrecognised": "a medicine that is not recognised",
    "icp_mass": "raised pressure in the head or a mass",
    "heart_attack_6m": "heart attack in the last 6 months",
    "stroke_6m": "stroke in the last 6 months",
    "bp_uncontrolled": "blood pressure too high",
}
