"""The progress letter: when one is due, what its sentences say, and what keeps it from being signed or sent. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal

from clinic.refusal import Item
from clinic.words import clinic_date, figure
from followup.rules import relief

PRESCRIBER = "prescriber"
CLINICIANS = frozenset({"nurse", PRESCRIBER})
DUE_AFTER = timedelta(days=7)  # after the last infusion of the series, so that its first week is in: clinic default
OVER = ("completed", "stopped")
SHORTEST_BODY = 40  # characters


def is_due(*, given: int, planned: int, state: str, last: date | None, today: date, written_at: Sequence[int]) -> bool:
    """Whether a letter is due: the series is given, or the course is over, a week ago, and none was written since.

    `written_at`: the number of infusions of each letter begun so far.
    """
    if not given or last is None or today - last < DUE_AFTER:
        return False
    is_over = given >= planned or state in OVER
    return is_over and not any(count >= min(given, planned) for count in written_at)


def write_items(*, roles: Iterable[str], has_referrer: bool, given: int) -> list[Item]:
    """What keeps a letter from being begun."""
    found = _not_prescriber(roles)
    if not has_referrer:
        found.append(Item("no-referrer", "No referrer is on file: add who referred the patient first."))
    if not given:
        found.append(Item("nothing", "No infusion was given yet: there is no progress to report."))
    return found


def edit_items(*, roles: Iterable[str], is_open: bool) -> list[Item]:
    """What keeps a letter from being changed."""
    return [*_not_prescriber(roles), *([] if is_open else [Item("closed", "This letter is signed or put away.")])]


def sign_items(*, roles: Iterable[str], is_open: bool, title: str, body: str, to_name: str) -> list[Item]:
    """All that keeps a letter from being signed."""
    found = edit_items(roles=roles, is_open=is_open)
    if not title.strip():
        found.append(Item("title", "Write what it is about.", field="title"))
    if len(body.strip()) < SHORTEST_BODY:
        found.append(Item("body", "There are hardly any words in it.", field="body"))
    if "{" in body or "{" in title:
        found.append(Item("braces", "A placeholder in braces is left over: fill it in.", field="body"))
    if not to_name.strip():
        found.append(Item("to", "Write whom it goes to.", field="to_name"))
    return found


def send_items(*, roles: Iterable[str], is_signed: bool, way: str, ways: Iterable[str], to_whom: str) -> list[Item]:
    """All that keeps a sending from being noted."""
    found = [] if set(roles) & CLINICIANS else [Item("role", "Only a nurse or a prescriber can do this.")]
    if not is_signed:
        found.append(Item("not-signed", "Sign it first."))
    if way not in ways:
        found.append(Item("way", "Choose how it went out.", field="way"))
    if not to_whom.strip():
        found.append(Item("to-whom", "Write whom it went to.", field="to_whom"))
    return found


def given_words(days: Sequence[date], planned: int) -> str:
    """What was given: "6 infusions between 02-Jan-2026 and 14-Feb-2026, 6 were planned"."""
    if len(days) == 1:
        return f"1 infusion on {clinic_date(days[0])}, {planned} planned"
    boosters = f", of them {len(days) - planned} beyond the series" if len(days) > planned else f", {planned} planned"
    return f"{len(days)} infusions between {clinic_date(days[0])} and {clinic_date(days[-1])}{boosters}"


def relief_words(episodes: Sequence[relief.Episode], what: str) -> str:
    """How long relief lasted, as one sentence; what is not known is said."""
    known = [e for e in episodes if e.spans[30].ending != relief.TOO_FEW]
    if not known:
        return "There are too few reports to say how long relief lasted."
    held = [relief.in_words(e.spans[30]) for e in known if e.spans[30].ending != relief.NO_RESPONSE]
    none = len(known) - len(held)
    if not held:
        return f"No relief of at least 30 % of {what} was reported after {none} infusions with enough reports."
    listed = held[0] if len(held) == 1 else f"{', '.join(held[:-1])} and {held[-1]}"
    best = max((e.best_percent for e in known if e.best_percent is not None), default=None)
    said = f"Relief of at least 30 % of {what} lasted {listed} days after the infusions with enough reports"
    said += f", after {none} there was none" if none else ""
    return f"{said}; the best change from the baseline was {best} %." if best is not None else f"{said}."


def baseline_words(base: relief.Baseline, what: str) -> str:
    """The baseline the relief is measured against, and where it is from."""
    if base.value is None:
        return ""
    origin = {"diary": f"mean of {base.days} days of diary", "packet": "as told before treatment"}.get(base.source, "")
    return f"{what.capitalize()} {figure(base.value)} of 10 before the first infusion ({origin})."


def function_words(gained: bool | None) -> str:
    """Whether function rose."""
    said = {True: "better by 2 points of 10 or more", False: "no gain of 2 points of 10", None: "not known"}
    return f"What the patient can do in a day: {said[gained]}."


def exposure_words(mg: Decimal, in_year: int, unknown: int) -> str:
    """Ketamine given so far, with what is not known of it."""
    missing = f", without {unknown} infusions whose dose is not known" if unknown else ""
    return f"Ketamine so far: {figure(mg)} mg in all{missing}; {in_year} infusions in the last 365 days."


def _not_prescriber(roles: Iterable[str]) -> list[Item]:
    return [] if PRESCRIBER in roles else [Item("not-prescriber", "Only a prescriber can do this.")]
