"""How a questionnaire's score has moved since the baseline, in words with its rule. Pure.

Sources: clinical reference 4.1 and 4.4. PHQ-9 response is a drop of half or more, remission below 5, a meaningful
change 5 points; PEG a drop of 30 % (unverified default, the clinic approves). Where no rule is published none is made.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

HIGHER_IS_BETTER = ("sleep-0-10", "function-0-10")
SINCE_START = ("change-7",)  # says the change itself: nothing is taken off it
REMISSION = Decimal(5)
RESPONSE, PEG_RESPONSE = Decimal("0.5"), Decimal("0.3")
PHQ9_MEANINGFUL = Decimal(5)


@dataclass(frozen=True)
class Point:
    """One score of a questionnaire on a local day; `value` None: not scorable."""

    day: date
    value: Decimal | None
    band: str = ""
    language: str = "en"
    key: str = ""


@dataclass(frozen=True)
class Change:
    """Now against the baseline. `points` is now minus baseline; `verdict` "" where nothing can be said."""

    points: Decimal | None
    verdict: str = ""


def baseline_of(points: Sequence[Point], first_infusion: date | None) -> Point | None:
    """The last scorable one on or before the day of the first infusion; None without: nothing later is a baseline."""
    known = [p for p in points if p.value is not None and (first_infusion is None or p.day <= first_infusion)]
    return known[-1] if known else None


def latest_of(points: Sequence[Point], baseline: Point | None) -> Point | None:
    """The last scorable one that is not the baseline itself."""
    known = [p for p in points if p.value is not None and p is not baseline]
    later = [p for p in known if baseline is None or p.day >= baseline.day]
    return later[-1] if later else None


def judge(code: str, before: Point | None, now: Point | None) -> Change:
    """The change of one questionnaire with the rule that names it."""
    if now is None:
        return Change(None)
    if code in SINCE_START or before is None:
        return Change(None, now.band if code in SINCE_START else "")
    points = now.value - before.value
    rules = {"phq-9": _phq9, "peg": _peg}
    return Change(points, rules[code](before.value, now.value) if code in rules else _plain(code, points))


def _phq9(before: Decimal, now: Decimal) -> str:
    if now - before >= PHQ9_MEANINGFUL:
        return "worse by 5 points or more"
    if before >= REMISSION and now < REMISSION:
        return "remission (below 5)"
    if before > 0 and now <= before * RESPONSE:
        return "response (half or less)"
    return "better by 5 points or more" if before - now >= PHQ9_MEANINGFUL else "less than 5 points"


def _peg(before: Decimal, now: Decimal) -> str:
    if before == 0:
        return "the baseline is 0: no share of it"
    share = ((before - now) / before).quantize(Decimal("0.01"), ROUND_HALF_UP)
    if share >= PEG_RESPONSE:
        return "better by 30 % or more"
    return "worse by 30 % or more" if share <= -PEG_RESPONSE else "less than 30 %"


def _plain(code: str, points: Decimal) -> str:
    if points == 0:
        return "the same"
    better = points > 0 if code in HIGHER_IS_BETTER else points < 0
    return "better" if better else "worse"


def signed(points: Decimal | None) -> str:
    """A difference with its sign: "+3", "−2", "0"; "" for none."""
    if points is None:
        return ""
    shown = f"{abs(points).normalize():f}"
    return shown if points == 0 else f"{'+' if points > 0 else '−'}{shown}"
