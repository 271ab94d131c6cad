"""The clinic's report of relief, worked out by the worker ahead of the pages that show it: curves, rates, back-test."""

import hashlib
from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime

from django.db import transaction

from clinic import clock
from followup.models import ClinicCurve, WindowBackTest
from followup.queries import outcomes as query
from followup.rules import forecast, groups, outcomes, survival, window
from followup.rules.outcomes import ALL, EVERY, SMALLEST, Line

VERSION = 1  # of the rules: a new one works every group out anew
RISK_DAYS = range(0, 85, 14)
MAIN = {"mood": "mood"}  # purpose of the protocol -> what its courses are judged by; pain elsewhere
LEVEL = 30
Progress = Callable[[int, int], None]


@dataclass
class Group:
    """The lines of one group, and what it is called."""

    label: str
    lines: list[Line] = field(default_factory=list)


def refresh_curves(*, at: datetime | None = None, progress: Progress = lambda done, of: None) -> int:
    """Work out every group whose facts have changed, drop those that are no more; returns how many there are.

    A group costs its own transaction: pages read the finished ones meanwhile, and one that fails spoils no other.
    `progress` hears after each how many are done, of how many.
    """
    at = at or clock.now()
    found, cases = _gather(at)
    known = {_key(row): row for row in ClinicCurve.objects.only("id", "fingerprint", *KEY)}
    for done, (key, group) in enumerate(found.items(), start=1):
        _refresh(key, group, known.pop(key, None), at)
        progress(done, len(found))
    ClinicCurve.objects.filter(pk__in=[row.pk for row in known.values()]).delete()
    for purpose, courses in cases.items():
        _back_test(purpose, list(courses.values()), at)
    return len(found)


KEY = ("measure", "purpose", "reason", "percent", "split", "value")


def _key(row: ClinicCurve) -> tuple:
    return tuple(getattr(row, name) for name in KEY)


def _gather(at: datetime) -> tuple[dict[tuple, Group], dict[str, dict]]:
    """Groups of which anything is known, with their lines; the courses for the back-test by purpose. One query."""
    found: dict[tuple, Group] = {}
    cases: dict[str, dict] = defaultdict(dict)
    for (measure, purpose, reason, percent), line in query.lines(at):
        for split, value, label in outcomes.parts_of(line):
            _into(found, (measure, purpose, reason, percent, split, value), label, line)
        _into(found, (measure, purpose, EVERY, percent, ALL, ""), "", line)
        if percent == LEVEL and measure == MAIN.get(purpose, "pain"):
            case = cases[purpose].setdefault(line.course, window.Case(line.person, line.min_days, []))
            case.spans.append(line.span)
    told = {key: group for key, group in found.items() if any(line.span.counts for line in group.lines)}
    return told, cases


def _into(found: dict[tuple, Group], key: tuple, label: str, line: Line) -> None:
    found.setdefault(key, Group(label)).lines.append(line)


def _refresh(key: tuple, group: Group, row: ClinicCurve | None, at: datetime) -> None:
    fingerprint = _fingerprint(group)
    if row is not None and row.fingerprint == fingerprint:
        ClinicCurve.objects.filter(pk=row.pk).update(computed_at=at)
        return
    fields = _work_out(group, key[KEY.index("percent")])
    _store(key, fields | {"label": group.label[:120], "fingerprint": fingerprint, "computed_at": at})


def _fingerprint(group: Group) -> str:
    said = repr((VERSION, group.label, sorted(map(repr, (line.mark for line in group.lines)))))
    return hashlib.sha256(said.encode()).hexdigest()


@transaction.atomic
def _store(key: tuple, fields: dict) -> None:
    ClinicCurve.objects.update_or_create(**dict(zip(KEY, key, strict=True)), defaults=fields)


def _work_out(group: Group, percent: int) -> dict:
    """The figures of a group; one of fewer than five patients gets its counts alone, for nobody may see more."""
    lines = group.lines
    people = outcomes.by_person(lines)
    intervals = [one for person in people for one in person]
    counts = {
        "patients": len(people),
        "infusions": len(intervals),
        "courses": len({line.course for line in lines}),
        "ended": sum(right is not None for _, right in intervals),
        "no_response": intervals.count((0, 0)),
        "too_few": len(lines) - len(intervals),
        "rates": [asdict(rate) for rate in outcomes.rates(lines, percent)],
    }
    return EMPTY | counts | (_curve(people, intervals, lines) if len(people) >= SMALLEST else {})


EMPTY = dict.fromkeys(
    ("median", "median_low", "median_high", "first_quarter", "third_quarter", "km_median", "asked_median", "asked_low",
     "asked_high", "similar")
) | {"steps": [], "at_risk": []}  # fmt: skip


def _curve(people: list, intervals: list, lines: list[Line]) -> dict:
    curve = groups.rounded(groups.clinic_curve(people))
    asked = groups.rounded(groups.clinic_curve(outcomes.by_person(lines, asked=True)))
    like, risk = forecast.fit(people), survival.AtRisk(intervals)
    return {
        "steps": [[s.day, s.share, s.low, s.high, s.at_risk, s.since] for s in curve.steps],
        "at_risk": [[day, risk.after(day)] for day in RISK_DAYS],
        **{name: getattr(curve, name) for name in EMPTY if hasattr(curve, name) and name != "steps"},
        "asked_median": asked.median,
        "asked_low": asked.median_low,
        "asked_high": asked.median_high,
        "similar": like and [like.centre, like.between, like.within, like.patients],
    }


@transaction.atomic
def _back_test(purpose: str, cases: list[window.Case], at: datetime) -> None:
    for own, result in window.back_test(cases).items():
        low, high = result.band
        WindowBackTest.objects.update_or_create(
            purpose=purpose,
            own=own,
            defaults={
                **result.counts, "tried": result.tried, "patients": result.patients, "width": result.width,
                "low": low, "high": high, "computed_at": at,
            },
        )  # fmt: skip
