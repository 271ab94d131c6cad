"""Limits that the prescriber sets for one patient: which figures can be one, and what a row of them says."""

from clinic.refusal import Item
from sessions.rules.limits import ALARM, CAUTION, HIGH, LOW, edges
from sessions.rules.vitals import MEASURES

# Measures that have limits at all: scores of pain and the like have none by themselves.
LIMITED = ("systolic", "diastolic", "heart_rate", "spo2", "resp_rate", "etco2", "temperature", "sedation")


def items(measure, level, *, low, high, reason, others=()):
    """What is wrong with a new limit. `others`: the limits in force, of which the other level is held against it.

    An alarm never lies nearer than the caution: a value that alarms has passed the caution before.
    """
    found = []
    if measure not in LIMITED:
        found.append(Item("limit.measure", "Choose a measure.", field="measure"))
    if level not in (CAUTION, ALARM):
        found.append(Item("limit.level", "Choose caution or alarm.", field="level"))
    if not reason.strip():
        found.append(Item("limit.reason", "Say why this patient has a limit of their own.", field="reason"))
    if low is None and high is None:
        found.append(Item("limit.empty", "Type a lower or an upper limit, or both.", field="low"))
    if found:
        return found
    return _figures(measure, low, high) + _order(measure, level, low, high, others)


def _figures(measure, low, high):
    least, most = MEASURES[measure].hard
    found = [
        Item(f"limit.{name}", f"{MEASURES[measure].label} is between {least} and {most}.", field=name)
        for name, value in (("low", low), ("high", high))
        if value is not None and not least < value < most
    ]
    if low is not None and high is not None and low >= high:
        found.append(Item("limit.turned", "The lower limit must be below the upper one.", field="low"))
    return found


def _order(measure, level, low, high, others):
    absolute = [one for one in others if one.kind == "absolute"]
    other = edges(measure, CAUTION if level == ALARM else ALARM, absolute)
    found = []
    for side, mine, theirs in ((LOW, low, other.low), (HIGH, high, other.high)):
        if mine is None or theirs is None:
            continue
        caution, alarm = (theirs, mine) if level == ALARM else (mine, theirs)
        turned = alarm > caution if side == LOW else alarm < caution
        if turned:
            words = f"The alarm ({alarm:f}) would come before the caution ({caution:f}): change the other one first."
            found.append(Item(f"limit.{side}", words, field=side))
    return found
