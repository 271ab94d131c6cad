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

    `window`: (first day, last day) of a proposed booster. `top`: end of the scale (10 for pain). `beside`: (day, kept)
    of appointments for other help: attended, or missed.
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
    beside: Sequence[tuple[date, bool]] = ()


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
    `censored`: days of a short tick. `patient`: own intervals (low, high or None when not ended). `is_wide`: drawn
    over a page's whole width, where it stands alone.
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
    is_wide: bool = False


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
class Interval:
    """An estimate with its 95 % interval on a scale from 0: `high` None reaches beyond what was seen; no `value`: none
    to show. `scale`: the right edge; `unit` is said, not drawn."""

    value: float | None
    low: float | None
    high: float | None
    label: str = ""
    scale: int = 42
    unit: str = "days"


@dataclass(frozen=True)
class Spark:
    """A small trend beside a figure: one value a reading, None where it was missed; a limit is a line."""

    values: Sequence[Number | None]
    label: str
    baseline: Number | None = None
    limit: Number | None = None
    level: str = ""


@dataclass(frozen=True)
class Track:
    """One infusion beside others: minutes are counted from its own start, negative ones lie before it.

    `series`: measure -> [(minute, value or None where missed)] in order of time. `runs`: (from, until) minutes in
    which the pump ran. `marks`: (minute, words) of what happened.
    """

    label: str
    words: str = ""
    series: Mapping[str, Sequence[tuple[float, Number | None]]] = field(default_factory=dict)
    runs: Sequence[tuple[float, float]] = ()
    marks: Sequence[tuple[float, str]] = ()


@dataclass(frozen=True)
class Band:
    """One measure of the picture of several infusions: its code, name, unit, and the ends of its fixed scale."""

    code: str
    name: str
    unit: str
    low: Number
    high: Number
    lines: Sequence[Number] = ()


@dataclass(frozen=True)
class Beside:
    """Several infusions of one patient over each other, aligned at their starts; at most four tracks."""

    tracks: Sequence[Track]
    bands: Sequence[Band]
    title: str = "Infusions side by side, aligned at the start"


@dataclass(frozen=True)
class Body:
    """Where it hurts: `marked` and `worst` are region codes of clinic.charts.body_shape, unknown ones are not drawn.

    `title` and `words` say the same for those who don't see it; `names`: region code -> its words. `is_live`: the
    regions carry their codes, so that the page's script can mark them.
    """

    marked: frozenset[str]
    worst: str = ""
    views: tuple[str, ...] = ("front", "back")
    title: str = "Where it hurts"
    words: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    view_words: Mapping[str, str] = field(default_factory=lambda: {"front": "Front", "back": "Back"})
    side_words: Mapping[str, str] = field(default_factory=lambda: {"left": "left", "right": "right"})
    is_live: bool = False


@dataclass(frozen=True)
class Estimate:
    """One line of `Estimates`: the figure with the ends of its interval; None: there is none to draw."""

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    words: str = ""


@dataclass(frozen=True)
class Estimates:
    """Several figures of one kind under each other, each a point with its interval, on one axis from 0 to `top`.

    An interval that goes beyond the axis ends in an arrow. `words` of a line stands at its right.
    """

    rows: Sequence[Estimate]
    title: str
    unit: str
    top: float = 100.0


@dataclass(frozen=True)
class Columns:
    """Counts of several kinds in a row of periods, piled on each other; `labels` under the axis.

    `series`: (name, one count a period), the lowest first, at most four.
    """

    labels: Sequence[str]
    series: Sequence[tuple[str, Sequence[int]]]
    title: str
