"""What the charts are drawn from: plain values, made by the caller from its own records.

Times are aware datetimes, dates are local dates; a missing value is None and stays a gap. Levels ("caution", "alarm")
are decided by the rules and only drawn here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

Number = int | float | Decimal


@dataclass(frozen=True)
class Reading:
    """One set of vitals: mmHg, beats a minute, per cent.

    `missed`: the reason why the whole set was missed. `missing`: reason per measure when only some were.
    `was`: values that a correction replaced. `levels`: measure -> "caution" | "alarm". Measures: sys dia mean hr spo2.
    """

    at: datetime
    sys: int | None = None
    dia: int | None = None
    mean: int | None = None
    hr: int | None = None
    spo2: int | None = None
    missed: str = ""
    missing: Mapping[str, str] = field(default_factory=dict)
    was: Mapping[str, int] = field(default_factory=dict)
    levels: Mapping[str, str] = field(default_factory=dict)

    @property
    def map(self):
        """Mean pressure in mmHg: as read, else diastolic plus a third of the difference, else None."""
        if self.mean is not None:
            return self.mean
        if self.sys is None or self.dia is None:
            return None
        return self.dia + (self.sys - self.dia) / 3

    def value(self, measure):
        return self.map if measure == "mean" else getattr(self, measure)


@dataclass(frozen=True)
class Phase:
    """A stretch of the session. `kind`: baseline | infusing | paused | observation | any word; `end` None: to now."""

    kind: str
    start: datetime
    end: datetime | None = None
    label: str = ""
    planned: bool = False


@dataclass(frozen=True)
class Rate:
    """From `at` on the pump ran at `rate` (unit of its row); 0 is paused or stopped. `note`: "48 mg/h, 24 mL/h"."""

    at: datetime
    rate: Number
    note: str = ""


@dataclass(frozen=True)
class DrugRow:
    """One infused drug on its own row: name, unit ("mg/kg/h" or "mg/h"), its rates in order of time."""

    name: str
    unit: str
    rates: Sequence[Rate] = ()


@dataclass(frozen=True)
class Mark:
    """Something at a moment, or lasting `until` then: a drug given, an event. `struck`: recorded, then struck out."""

    at: datetime
    label: str
    until: datetime | None = None
    struck: bool = False


@dataclass(frozen=True)
class ScoreRow:
    """A scored measure on its own row: name, scale ("0-10"), points of (time, what is written)."""

    name: str
    scale: str = ""
    points: Sequence[tuple[datetime, Number | str]] = ()


@dataclass(frozen=True)
class Limit:
    """A line across: measure (sys, dia, hr, spo2), kind (baseline, caution, alarm), value, side ("above" | "below").

    `reached`: the value itself already counts (drawn as "at or above").
    """

    measure: str
    kind: str
    value: Number
    side: str = "above"
    reached: bool = False


@dataclass(frozen=True)
class Infusion:
    """Everything on an infusion chart. `zone`: whose clock the axis shows. `now` None: a finished chart.

    `rule`: the limits in words, under the chart. `start`/`end` are widened to hold every entry.
    """

    start: datetime
    end: datetime
    zone: ZoneInfo
    now: datetime | None = None
    readings: Sequence[Reading] = ()
    phases: Sequence[Phase] = ()
    drugs: Sequence[DrugRow] = ()
    given: Sequence[Mark] = ()
    events: Sequence[Mark] = ()
    scores: Sequence[ScoreRow] = ()
    limits: Sequence[Limit] = ()
    rule: str = ""
    title: str = "Infusion chart"


@dataclass(frozen=True)
class Report:
    """One diary report: local day and value on the chart's scale."""

    day: date
    value: Number


@dataclass(frozen=True)
class Dose:
    """An infusion on the relief chart: what stands in its flag ("3" or "1-5"), local day, dose in words ("72 mg")."""

    label: str
    day: date
    words: str = ""


@dataclass(frozen=True)
class Relief:
    """A burden over time, less is better: reports, infusions, baseline, levels of relief in per cent.

    `window`: (first day, last day) of a proposed booster. `top`: end of the scale (10 for pain).
    """

    start: date
    end: date
    today: date
    reports: Sequence[Report] = ()
    infusions: Sequence[Dose] = ()
    baseline: Number | None = None
    baseline_words: str = ""
    percents: Sequence[int] = (30, 50)
    window: tuple[date, date] | None = None
    top: int = 10
    title: str = "Pain over time with infusions and levels of relief"
    report_words: str = "one diary report, average pain that day"


@dataclass(frozen=True)
class Step:
    """One step of a curve: from `day` on this `share` (0-1) is left, between `low` and `high`.

    `since`: the fall happened somewhere between that day and `day` (interval-censored), drawn as an open box.
    """

    day: float
    share: float
    low: float | None = None
    high: float | None = None
    since: float | None = None


@dataclass(frozen=True)
class Survival:
    """A curve of the share still in relief, computed by the caller (Kaplan-Meier or Turnbull).

    `steps` in order of day, starting anywhere (1 at day 0 is added). `at_risk`: (day, number) under the axis.
    `censored`: days of a short tick. `patient`: own intervals (low, high or None when not ended).
    """

    steps: Sequence[Step]
    n: int
    ended: int
    days: int = 56
    median: float | None = None
    median_low: float | None = None
    median_high: float | None = None
    at_risk: Sequence[tuple[int, int]] = ()
    censored: Sequence[float] = ()
    patient: Sequence[tuple[float, float | None]] = ()
    title: str = "Similar courses at this clinic: share still with 30 % relief"


@dataclass(frozen=True)
class Duration:
    """How long relief lasted, in days: last report with it, first without (None: not seen to end).

    Both 0: never reached. `low` None: too few reports. `scale`: days at the right edge.
    """

    low: float | None
    high: float | None
    label: str = ""
    scale: int = 42


@dataclass(frozen=True)
class Spark:
    """A small trend beside a figure: one value a reading, None where it was missed; a limit is a line."""

    values: Sequence[Number | None]
    label: str
    baseline: Number | None = None
    limit: Number | None = None
    level: str = ""
