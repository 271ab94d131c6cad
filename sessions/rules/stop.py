"""The protocol's stop rule: a value beyond a limit of level alarm ("stop, call the prescriber") while a drug runs.

It says the exact reason: which value, when, against which limit and baseline. It never stops anything by itself, and
stopping never waits for it.
"""

from sessions.rules.limits import ALARM
from sessions.rules.phases import INFUSING, PAUSED
from sessions.rules.vitals import MEASURES


def met(alarms, phase):
    """The open alarms by which the infusion is to be stopped or paused now, gravest first; none while nothing runs."""
    return [a for a in alarms if a.level == ALARM] if phase in (INFUSING, PAUSED) else []


def reason(alarms, clock_time):
    """ "SpO2 85 % at 14:05, limit below 90; Systolic 184 mmHg at 14:10, limit at or above 180".

    `clock_time` writes a moment on the clock of the site.
    """
    return "; ".join(_one(a, clock_time) for a in alarms)


def _one(alarm, clock_time):
    measure = MEASURES[alarm.measure]
    value = format(alarm.value.normalize(), "f")
    return f"{f'{measure.label} {value} {measure.unit}'.strip()} at {clock_time(alarm.since)}, {alarm.limit_text}"
