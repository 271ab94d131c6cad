"""The course page in one sentence, made from the last episode by a rule. Pure."""

from collections.abc import Sequence
from datetime import date

from followup.rules.relief import LOST, NO_RESPONSE, STILL, TOO_FEW, Episode, Report

STALE_DAYS = 7


def headline(episodes: Sequence[Episode], reports: Sequence[Report], today: date) -> str:
    """What a prescriber wants to know first: does relief hold, is it fading, is it gone, or is it not known."""
    if not episodes:
        return "No infusion yet. The diary gathers the baseline."
    last = episodes[-1]
    day = (today - last.infusion.day).days
    said = _state(last, f"{_days(day)} after infusion {last.infusion.label}")
    return said + _staleness(reports, today)


def _state(last: Episode, when: str) -> str:
    thirty, fifty = last.spans[30], last.spans[50]
    if not last.baseline.is_usable:
        return f"No baseline, so relief can't be told. {_start(when)}."
    if thirty.ending == TOO_FEW:
        return f"Too few reports to tell. {_start(when)}, {last.reports} so far."
    if thirty.ending == NO_RESPONSE:
        return f"No relief of 30 % so far. {_start(when)}, {last.reports} reports."
    if thirty.ending == LOST:
        return f"Relief has ended. {_start(when)}, 30 % relief was lost between day {thirty.low} and day {thirty.high}."
    return _holding(when, thirty, fifty)


def _holding(when: str, thirty, fifty) -> str:
    if fifty.ending == LOST:
        held = "30 % is in doubt" if thirty.in_doubt else "30 % still holds"
        return f"Relief is fading. {_start(when)}, 50 % relief has ended; {held}."
    if thirty.in_doubt or (fifty.ending == STILL and fifty.in_doubt):
        return f"Relief may be fading. {_start(when)}, the last report is above the line; one more would confirm it."
    if fifty.ending == STILL:
        return f"Relief holds. {_start(when)}, 50 % or more."
    return f"Relief holds at 30 %. {_start(when)}; 50 % was not reached."


def _staleness(reports: Sequence[Report], today: date) -> str:
    if not reports:
        return ""
    age = (today - reports[-1].day).days
    return f" The last report is {age} days old." if age > STALE_DAYS else ""


def _days(count: int) -> str:
    return "The day" if count == 0 else f"{count} day" if count == 1 else f"{count} days"


def _start(when: str) -> str:
    """The clause after the first sentence; day 0 is the day of the infusion itself."""
    return when.replace("The day after infusion", "On the day of infusion") if when.startswith("The day") else when


def compared(own: Sequence[tuple[str, tuple[int, int]]], median: float | None) -> str:
    """A patient's completed intervals against the clinic's median: which lasted longer, which did not."""
    if median is None or not own:
        return ""
    longer = [label for label, (low, _) in own if low >= median]
    shorter = [label for label, (_, high) in own if high <= median]
    parts = [_lasted(longer, "lasted longer than that"), _lasted(shorter, "ended sooner")]
    return " ".join(part for part in parts if part)


def _lasted(labels: Sequence[str], how: str) -> str:
    if not labels:
        return ""
    if len(labels) == 1:
        return f"Relief after infusion {labels[0]} {how}."
    return f"Relief after infusions {', '.join(labels[:-1])} and {labels[-1]} {how}."


def condition(code: str) -> str:
    """A condition's code as words: "CRPS", "Low back pain"."""
    return code.upper() if len(code) <= 4 else code.replace("_", " ").capitalize()


def count(number: int, noun: str) -> str:
    """A number with its noun: "1 infusion", "4 infusions"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
