"""When a figure greys: after the interval in force when it was taken, the denser one of the first hour included."""

from datetime import UTC, datetime, timedelta

import pytest

from sessions.rules.phases import INFUSING
from sessions.rules.schedule import Interval, due_list, stale_after

START = datetime(2026, 3, 3, 14, tzinfo=UTC)
EVERY_30 = [Interval("systolic", 30, first_hour=15), Interval("pain", 0)]


@pytest.mark.parametrize(
    ("measure", "into_phase", "minutes"),
    [("systolic", 0, 15), ("systolic", 59, 15), ("systolic", 60, 30), ("pain", 10, 15), ("spo2", 10, 15)],
)
def test_a_figure_greys_after_its_interval(measure, into_phase, minutes):
    assert stale_after(EVERY_30, measure, timedelta(minutes=into_phase)) == minutes


@pytest.mark.parametrize(("last", "every", "due"), [(10, 15, 25), (70, 30, 100)])
def test_what_is_due_names_the_interval_in_force(last, every, due):
    at = START + timedelta(minutes=last)
    found = due_list(EVERY_30[:1], phase=INFUSING, phase_since=START, attempts={"systolic": at}, now=at)
    assert [(d.every, d.at) for d in found] == [(every, START + timedelta(minutes=due))]
