"""The clinic's report of relief: groups beside each other, one curve, how windows went; only what may be shown.

Every figure comes with how many it rests on and with its interval; a group or an answer of fewer than five patients is
left out here, so that neither page nor file can hold it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from clinic.charts import data as charts
from followup.models import ClinicCurve, WindowBackTest
from followup.queries import outcomes as query
from followup.rules import outcomes, response, window
from followup.rules.outcomes import ALL, DOSE, EVERY, PROTOCOL, SERIES, SMALLEST
from followup.rules.sentences import condition

STALE = timedelta(hours=3)
MEASURES = {"pain": "Pain", "mood": "Low mood"}
PURPOSES = {"pain": "for pain", "mood": "for mood"}
SPLITS = {PROTOCOL: "By protocol", DOSE: "By dose given", SERIES: "First series and boosters"}
OWN = {"none": "No own interval yet", "few": "1 or 2 own intervals", "fair": "3 or 4", "good": "5 and more"}
HEAD = [
    *("measure", "relief_percent", "purpose", "condition", "split", "group", "patients", "infusions", "ended"),
    *("no_response", "too_few_reports", "median_days", "median_low", "median_high", "kaplan_meier_median"),
    *("asked_counts_median", "asked_counts_low", "asked_counts_high"),
    *(f"day_{day}_{name}" for day in response.DAYS for name in ("responded", "answered", "low", "high", "missing")),
]


@dataclass(frozen=True)
class Choice:
    """What the reader chose: measure, level of relief, purpose and condition, and whose curve is drawn."""

    measure: str = "pain"
    percent: int = 30
    purpose: str = "pain"
    reason: str = EVERY
    split: str = ALL
    value: str = ""

    def query(self, **other) -> str:
        """The address of this choice with some parts changed."""
        parts = {name: getattr(self, name) for name in self.__dataclass_fields__} | other
        return "&".join(f"{name}={value}" for name, value in parts.items() if value not in ("", None))


@dataclass(frozen=True)
class Answered:
    """A response rate as shown: "12 of 20", its interval in words; both empty when too few answered."""

    name: str
    words: str
    band: str = ""
    left_out: str = ""


@dataclass(frozen=True)
class Row:
    """One group of a table; `is_hidden`: too small, then nothing but its name is here."""

    name: str
    address: str
    is_hidden: bool
    is_shown: bool = False
    patients: int = 0
    infusions: int = 0
    median: str = ""
    band: str = ""
    bar: charts.Interval | None = None
    rates: Sequence[Answered] = ()
    asked: str = ""
    curve: ClinicCurve | None = None


@dataclass(frozen=True)
class Table:
    """A heading and its rows; `columns`: how many a hidden row spans."""

    code: str
    heading: str
    rows: list[Row]
    columns: int = 5 + len(response.DAYS)

    @property
    def scale(self) -> int:
        """Days at the right edge of the bars."""
        return next((row.bar.scale for row in self.rows if row.bar), 42)


@dataclass(frozen=True)
class Tested:
    """How windows went that rested on so many own intervals."""

    name: str
    is_hidden: bool
    tried: int = 0
    met: int = 0
    early: int = 0
    late: int = 0
    unseen: int = 0
    patients: int = 0
    width: float | None = None
    band: str = ""
    is_below: bool = False


@dataclass(frozen=True)
class ReliefReport:
    """Everything the page shows."""

    choice: Choice
    conditions: list[tuple[str, str, bool]]
    tables: list[Table]
    shown: Row | None
    chart: charts.Survival | None
    tested: list[Tested]
    computed_at: datetime | None
    is_stale: bool
    days: list[str] = field(default_factory=lambda: list(response.NAMES.values()))
    goal: str = "8 of 10"


def report(choice: Choice, at: datetime) -> ReliefReport:
    """Two queries, whatever the clinic holds: everything was worked out before."""
    curves = query.curves(choice.measure, choice.percent)
    tables = _tables(curves, choice)
    rows = [row for table in tables for row in table.rows]
    shown = next((row for row in rows if row.is_shown and not row.is_hidden), None)
    newest = max((curve.computed_at for curve in curves), default=None)
    return ReliefReport(
        choice=choice,
        conditions=_conditions(curves, choice),
        tables=tables,
        shown=shown,
        chart=_chart(shown, choice) if shown and shown.curve.steps else None,
        tested=[_tested(one) for one in query.back_tests(choice.purpose)],
        computed_at=newest,
        is_stale=newest is not None and at - newest > STALE,
    )


def _conditions(curves: Sequence[ClinicCurve], choice: Choice) -> list[tuple[str, str, bool]]:
    """(value, words, chosen) of every condition that may be chosen."""
    wholes = [c for c in curves if c.split == ALL]
    found = [(f"{c.purpose}:{c.reason}", _name(c), (c.purpose, c.reason)) for c in _sorted(wholes)]
    return [(value, words, key == (choice.purpose, choice.reason)) for value, words, key in found]


def _name(curve: ClinicCurve) -> str:
    what = "All conditions" if curve.reason == EVERY else condition(curve.reason)
    return f"{what}, {PURPOSES.get(curve.purpose, curve.purpose)}"


def _sorted(curves: Sequence[ClinicCurve]) -> list[ClinicCurve]:
    return sorted(curves, key=lambda c: (c.purpose != "pain", c.purpose, c.reason != EVERY, -c.patients, c.reason))


def _tables(curves: Sequence[ClinicCurve], choice: Choice) -> list[Table]:
    """The conditions of the purpose; for a chosen condition its parts as well."""
    own = [c for c in curves if c.purpose == choice.purpose]
    conditions = [c for c in own if c.split == ALL]
    tables = [Table("condition", "By condition", _rows(_sorted(conditions), choice, _name))]
    if choice.reason == EVERY:
        return tables
    whole = next((c for c in conditions if c.reason == choice.reason), None)
    for split, heading in SPLITS.items():
        parts = [c for c in own if c.reason == choice.reason and c.split == split]
        parts.sort(key=lambda c: (c.value if split == DOSE else "", c.value != "first", -c.patients))
        if parts and whole:
            tables.append(Table(split, heading, _rows(parts, choice, lambda c: c.label)))
    return tables


def _rows(curves: Sequence[ClinicCurve], choice: Choice, name) -> list[Row]:
    parts = [c for c in curves if not (c.split == ALL and c.reason == EVERY)]
    small = dict(zip([c.pk for c in parts], outcomes.hidden([c.patients for c in parts], whole=1), strict=True))
    scale = _scale([c for c in curves if not small.get(c.pk, c.patients < SMALLEST)])
    return [_row(c, choice, name(c), scale, is_hidden=small.get(c.pk, c.patients < SMALLEST)) for c in curves]


def _scale(curves: Sequence[ClinicCurve]) -> int:
    """Days at the right edge of the bars: 42, or the next whole fortnight above the furthest end."""
    ends = [value for c in curves for value in (c.median, c.median_high, c.median_low) if value is not None]
    return min(max(42, -(-int(max(ends, default=0) + 1) // 14) * 14), 182)


def _row(curve: ClinicCurve, choice: Choice, name: str, scale: int, *, is_hidden: bool) -> Row:
    address = choice.query(purpose=curve.purpose, reason=curve.reason, split=curve.split, value=curve.value)
    if is_hidden:
        return Row(name, address, is_hidden=True)
    key = (curve.purpose, curve.reason, curve.split, curve.value)
    return Row(
        name=name,
        address=address,
        is_hidden=False,
        is_shown=key == (choice.purpose, choice.reason, choice.split, choice.value),
        patients=curve.patients,
        infusions=curve.infusions,
        median=_days(curve.median),
        band=_band(curve.median_low, curve.median_high),
        bar=charts.Interval(curve.median, curve.median_low, curve.median_high, f"{name}: median relief", scale),
        rates=[_answered(rate) for rate in curve.rates],
        asked=_with_band(curve.asked_median, curve.asked_low, curve.asked_high),
        curve=curve,
    )


def _days(value: float | None) -> str:
    return "not reached" if value is None else f"{value:.1f}".removesuffix(".0")


def _band(low: float | None, high: float | None) -> str:
    if low is None:
        return ""
    return f"from {_days(low)}" if high is None else f"{_days(low)} to {_days(high)}"


def _with_band(value: float | None, low: float | None, high: float | None) -> str:
    band = _band(low, high)
    return f"{_days(value)} ({band})" if band else _days(value)


def _answered(rate: dict) -> Answered:
    """A share with what it rests on; who was infused again before or gave no report is said beside it."""
    name = response.NAMES[rate["day"]]
    parts = [("cut", "infused again before"), ("waiting", "day not come"), ("missing", "no report")]
    left_out = ", ".join(f"{rate[key]} {words}" for key, words in parts if rate[key])
    if rate["patients"] < SMALLEST:
        return Answered(name, f"fewer than {SMALLEST} patients")
    return Answered(name, f"{rate['responded']} of {rate['known']}", _percents(rate["low"], rate["high"]), left_out)


def _percents(low: float | None, high: float | None) -> str:
    return "" if low is None else f"{low * 100:.0f} to {high * 100:.0f} %"


def _chart(row: Row, choice: Choice) -> charts.Survival:
    curve = row.curve
    days = next((d for d in (28, 56, 84) if d >= max(curve.median_high or 0, curve.third_quarter or 0)), 84)
    return charts.Survival(
        steps=[charts.Step(day, share, low, high, since) for day, share, low, high, _, since in curve.steps],
        n=curve.infusions,
        ended=curve.ended,
        days=days,
        median=curve.median,
        median_low=curve.median_low,
        median_high=curve.median_high,
        at_risk=[tuple(pair) for pair in curve.at_risk if pair[0] <= days],
        title=f"{row.name}: share still with {choice.percent} % relief",
        is_wide=True,
    )


def _tested(kept: WindowBackTest) -> Tested:
    name = OWN[kept.own]
    if kept.patients < SMALLEST:
        return Tested(name, is_hidden=True)
    return Tested(
        name, False, kept.tried, kept.met, kept.early, kept.late, kept.unseen, kept.patients, kept.width,
        _percents(kept.low, kept.high), kept.met < window.GOAL * kept.tried,
    )  # fmt: skip


def report_table(choice: Choice) -> tuple[list[str], list[list]]:
    """Every group of the chosen measure and level that may be shown, for a file."""
    curves = query.curves(choice.measure, choice.percent)
    rows = []
    for purpose, reason in dict.fromkeys((c.purpose, c.reason) for c in _sorted(curves)):
        one = Choice(choice.measure, choice.percent, purpose, reason)
        for table in _tables(curves, one)[0 if reason == EVERY else 1 :]:
            rows += [_line(row.curve, row.name) for row in table.rows if not row.is_hidden]
    return HEAD, rows


def _line(curve: ClinicCurve, name: str) -> list:
    rates = []
    for rate in curve.rates:
        known = rate["patients"] >= SMALLEST
        rates += [rate[key] if known else None for key in ("responded", "known", "low", "high", "missing")]
    return [
        curve.measure, curve.percent, curve.purpose, curve.reason or "all", curve.split, name, curve.patients,
        curve.infusions, curve.ended, curve.no_response, curve.too_few, curve.median, curve.median_low,
        curve.median_high, curve.km_median, curve.asked_median, curve.asked_low, curve.asked_high, *rates,
    ]  # fmt: skip
