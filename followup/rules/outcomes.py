"""Which groups the clinic's report speaks of, and which of them must stay hidden. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from followup.rules.relief import Span, asked_counts_as_loss
from followup.rules.response import DAYS, Outcome, Rate, rate, state_of

SMALLEST = 5  # patients: fewer are not shown
ALL, PROTOCOL, DOSE, SERIES = "all", "protocol", "dose", "series"
EVERY = ""  # the reason of "all conditions"

# Upper ends in mg/kg given in one infusion or block (clinic default, unverified: the clinic approves).
BANDS = [(Decimal("0.5"), "under 0.5 mg/kg"), (Decimal("1"), "0.5 to under 1 mg/kg"),
         (Decimal("2"), "1 to under 2 mg/kg"), (None, "2 mg/kg and more")]  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One infusion in one measure and at one level: whose, on which protocol and dose, what came of it."""

    person: object
    course: object
    protocol: str
    protocol_name: str
    min_days: int
    mg_per_kg: Decimal | None
    is_booster: bool
    span: Span
    changes: tuple[int | None, ...]
    asked_day: int | None
    next_day: int | None
    next_is_booster: bool
    age_days: int

    def outcome(self, place: int) -> Outcome:
        """What the response rate of the day at this place of DAYS asks for."""
        return Outcome(self.person, self.changes[place], self.next_day, self.age_days)

    @property
    def mark(self) -> tuple:
        """All that the group's figures rest on, for its fingerprint."""
        states = tuple(state_of(self.outcome(i), day, self.span.percent) for i, day in enumerate(DAYS))
        return (str(self.person), self.span.ending, self.span.low, self.span.high, self.asked, states)

    @property
    def asked(self) -> tuple | None:
        """The interval of the sensitivity run; None with too few reports."""
        if not self.span.counts:
            return None
        return asked_counts_as_loss(self.span, self.asked_day, self.next_day, is_booster=self.next_is_booster)


def band_of(mg_per_kg: Decimal | None) -> tuple[str, str] | None:
    """(code, words) of the band of doses; None when the dose or the weight is not known."""
    if mg_per_kg is None:
        return None
    for place, (end, label) in enumerate(BANDS):
        if end is None or mg_per_kg < end:
            return str(place), label
    raise AssertionError("the last band has no end")


def parts_of(line: Line) -> list[tuple[str, str, str]]:
    """(split, value, label) of every group a line of one condition belongs to."""
    found = [(ALL, "", ""), (PROTOCOL, line.protocol, line.protocol_name)]
    band = band_of(line.mg_per_kg)
    if band:
        found.append((DOSE, *band))
    found.append((SERIES, "booster", "Boosters") if line.is_booster else (SERIES, "first", "First series"))
    return found


def by_person(lines: Iterable[Line], *, asked: bool = False) -> list[list]:
    """One list of intervals a patient; `asked`: those of the sensitivity run."""
    groups: dict[object, list] = {}
    for line in lines:
        if line.span.counts:
            groups.setdefault(line.person, []).append(line.asked if asked else line.span.interval)
    return list(groups.values())


def rates(lines: Sequence[Line], percent: int) -> list[Rate]:
    """The response rates of a group after 24 hours, 7, 30 and 90 days."""
    return [rate(day, percent, [line.outcome(i) for line in lines]) for i, day in enumerate(DAYS)]


def hidden(patients: Sequence[int], whole: int | None = None) -> list[bool]:
    """Which parts of one split stay hidden: those under five, and the next smallest when one alone could be told
    from the whole and the others."""
    found = [count < SMALLEST for count in patients]
    if sum(found) == 1 and whole is not None and len(patients) > 1:
        rest = [(count, place) for place, count in enumerate(patients) if not found[place]]
        found[min(rest)[1]] = True
    return found
