"""On which days questionnaires are asked by link, which pages, and which answers a person must see. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal

from clinic.instruments.score import Score
from followup.rules.diary import Concern
from intake.rules.mme import HIGH_MME

PAIN, MOOD, WORRY, LIFE, OPIOIDS = "pain", "mood", "worry", "life", "opioids"
# Page -> the questionnaires on it, by their codes.
INSTRUMENTS = {
    PAIN: ("peg",),
    MOOD: ("phq-9",),
    WORRY: ("gad-7",),
    LIFE: ("sleep-0-10", "function-0-10", "change-7"),
    OPIOIDS: (),
}
CHANGE = "change-7"
BASELINE, WEEKLY, MONTHLY, ASKED = "baseline", "weekly", "monthly", "asked"
# All of these: clinic defaults (unverified defaults, the clinic approves).
ASK_AT = time(10)
OPEN_DAYS = 6
REMIND_AFTER_DAYS = 3  # once, while something is unanswered
AFTER_DAYS = (7, 14, 28)
THEN_EVERY = 28
STOP_AFTER_DAYS = 365
FULL_EVERY = 28
APART = 5
FRESH_DAYS = 14  # a questionnaire answered so recently is not asked again for a baseline
# Clinically meaningful change of the PHQ-9: 5 points. Source: clinical reference 4.1 (5 points usual, unverified).
PHQ9_CHANGE = 5
MUCH_WORSE = 6


@dataclass(frozen=True)
class Plan:
    """The questionnaire days of a protocol, counted from the latest infusion; after the last of them every `every`."""

    after: tuple[int, ...] = AFTER_DAYS
    every: int = THEN_EVERY
    stop_after: int = STOP_AFTER_DAYS

    def is_due(self, day: date, infusions: Sequence[date], last: date | None) -> bool:
        """Are questionnaires asked on this local day? `last`: the day they were asked last; never within five days."""
        past = [i for i in infusions if i <= day]
        if not past or (last is not None and (day - last).days < APART):
            return False
        since = (day - max(past)).days
        if 0 < since < min(self.after) and _in_series(day, infusions) and (day - min(past)).days % 7 == 6:
            return True
        if since <= max(self.after):
            return since in self.after
        return since <= self.stop_after and (since - max(self.after)) % self.every == 0


def _in_series(day: date, infusions: Sequence[date]) -> bool:
    """Is this a day between infusions that follow each other within two weeks, or just behind such?"""
    before, ahead = sorted(i for i in infusions if i <= day), sorted(i for i in infusions if i > day)
    near = [*before[-2:], *ahead[:1]]
    return any((later - sooner).days <= 14 for sooner, later in zip(near, near[1:], strict=False))


def occasion_of(day: date, last_full: date | None) -> str:
    """The whole set once in four weeks, the short one in between."""
    return WEEKLY if last_full is not None and (day - last_full).days < FULL_EVERY - 1 else MONTHLY


def pages_for(purpose: str, occasion: str, *, takes_opioids: bool, fresh: Iterable[str] = ()) -> tuple[str, ...]:
    """The pages of a round, in order. `purpose` is the protocol's: pain, mood or booster (both).

    `fresh`: questionnaires answered within the last fortnight, which a baseline does not ask again.
    """
    first = {"pain": (PAIN,), "mood": (MOOD,)}.get(purpose, (PAIN, MOOD))
    if occasion == WEEKLY:
        return (*first, LIFE)
    rest = tuple(page for page in (MOOD, WORRY) if page not in first)
    opioids = (OPIOIDS,) if takes_opioids or purpose != "mood" else ()
    pages = (*first, *rest, LIFE, *opioids)
    return pages if occasion != BASELINE else tuple(page for page in pages if not _is_fresh(page, set(fresh)))


def _is_fresh(page: str, fresh: set[str]) -> bool:
    asked = set(INSTRUMENTS[page]) - {CHANGE}
    return bool(asked) and asked <= fresh


def instruments_on(page: str, occasion: str) -> tuple[str, ...]:
    """The questionnaires of a page; before the first infusion nothing can have changed."""
    return tuple(code for code in INSTRUMENTS[page] if not (occasion == BASELINE and code == CHANGE))


def next_page(pages: Sequence[str], answered: Iterable[str], after: str = "") -> str:
    """The page to go on with: the first open one behind `after`, else any open one; "" when all are answered."""
    done = set(answered)
    start = pages.index(after) + 1 if after in pages else 0
    ahead = [*pages[start:], *pages[:start]]
    return next((page for page in ahead if page not in done), "")


def concerns(
    scores: Mapping[str, Score], answers: Mapping[str, int | None], baseline: Mapping[str, Decimal]
) -> list[Concern]:
    """What a person must see today: much worse than before. Answers about suicide are heard apart, at once."""
    return [*_phq9(scores.get("phq-9"), baseline.get("phq-9")), *_change(answers.get("change_now"))]


def _phq9(now: Score | None, before: Decimal | None) -> Iterable[Concern]:
    if now is None or not now.scorable or before is None or now.value - before < PHQ9_CHANGE:
        return
    yield Concern("phq9_worse", "task", f"PHQ-9 {now.value}, before {before}: at least {PHQ9_CHANGE} points worse.")


def _change(value: int | None) -> Iterable[Concern]:
    if value is not None and value >= MUCH_WORSE:
        yield Concern("change_worse", "task", "Says: much worse than before the first infusion.")


def opioid_concerns(now: Decimal | None, before: Decimal | None) -> list[Concern]:
    """A daily dose (mg morphine equivalents) that has newly reached the level at which it is looked at."""
    if now is None or now < HIGH_MME or (before is not None and before >= HIGH_MME):
        return []
    was = "not known before" if before is None else f"{before} before"
    return [Concern("opioids_high", "task", f"Opioids {now} mg morphine equivalents a day, {was}: look at it.")]


def days_ahead(start: date, count: int) -> Iterable[date]:
    """So many days from `start` on."""
    return (start + timedelta(days=n) for n in range(count))
