"""May this score be entered? Pure: the instrument's own range, and no day to come."""

from clinic.instruments.score import check_entered
from clinic.refusal import Item, Refused, refuse_if


def check_can_enter(*, instrument, total, day, today):
    """The Score of ``total`` on ``instrument`` (a code); Refused with every reason. Days are the site's dates."""
    score, wrong = _scored(instrument, total)
    refuse_if([*wrong, *_not_to_come(day, today)])
    return score


def can_enter(**facts):
    """The bool of check_can_enter."""
    try:
        check_can_enter(**facts)
    except Refused:
        return False
    return True


def check_day(*, day, today):
    """Refused when the day is still to come."""
    refuse_if(_not_to_come(day, today))


def _scored(instrument, total):
    try:
        return check_entered(instrument, total), []
    except ValueError as wrong:
        return None, [Item("score-range", f"{wrong}. Check the score", field="total")]


def _not_to_come(day, today):
    return [Item("score-day", "This day is still to come", field="answered_on")] if day > today else []
