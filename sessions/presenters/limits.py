"""The limits in force for one patient, in words: the protocol's, against the baseline, and this patient's own."""

from dataclasses import dataclass

from clinic.words import clinic_date, clinic_time, figure
from sessions.presenters.words import LONG, UNITS
from sessions.rules.limits import ALARM, CAUTION, HIGH
from sessions.rules.own_limits import LIMITED


@dataclass(frozen=True)
class LimitRow:
    """One measure: its caution and alarm in words, its baseline."""

    label: str
    unit: str
    caution: str
    alarm: str
    baseline: str


@dataclass(frozen=True)
class OwnRow:
    """One limit that was set for this patient."""

    words: str
    reason: str
    who: str


def limit_rows(sheet):
    """A row for each measure that has limits."""
    base = sheet.state.baseline
    return [
        LimitRow(LONG[m], UNITS[m], *(_level(sheet.plan.limits, m, level) for level in (CAUTION, ALARM)),
                 figure(base.get(m)))
        for m in LIMITED
    ]  # fmt: skip


def _level(limits, measure, level):
    mine = [limit for limit in limits if (limit.measure, limit.level) == (measure, level)]
    return "; ".join(_words(limit) for limit in sorted(mine, key=lambda one: (one.kind, one.direction)))


def _words(limit):
    side = "above" if limit.direction == HIGH else "below"
    own = ", set for this patient" if limit.source == "set for this patient" else ""
    if limit.kind == "absolute":
        return f"{'at or ' if limit.inclusive else ''}{side} {figure(limit.value)}{own}"
    unit = " %" if limit.kind == "percent" else ""
    band = f" and outside {figure(limit.band[0])} to {figure(limit.band[1])}" if limit.band else ""
    return f"more than {figure(limit.value)}{unit} {side} baseline{band}{own}"


def own_rows(course, zone):
    """What was set for this patient, newest first."""
    return [_own(row, zone) for row in course.limits.select_related("set_by")]


def _own(row, zone):
    sides = [f"{side} {figure(v)}" for side, v in (("below", row.low), ("above", row.high)) if v is not None]
    day = clinic_date(row.set_at.astimezone(zone).date())
    who = f"{row.set_by.name}, {day} {clinic_time(row.set_at, zone)}"
    return OwnRow(f"{LONG[row.measure]}, {row.level}: {' and '.join(sides)}", row.reason, who)
