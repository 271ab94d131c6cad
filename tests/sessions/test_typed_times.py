"""A typed clock time: which moment it means, by the time now and by when the patient was checked in."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from sessions.forms.base import moment

ZONE = ZoneInfo("America/Chicago")


def on(day, clock):
    return dt.datetime.combine(dt.date(2026, 3, day), dt.time.fromisoformat(clock), tzinfo=ZONE)


@pytest.mark.parametrize(
    ("now", "since", "typed", "meant"),
    [
        pytest.param("14:00", (5, "10:40"), "13:20", (5, "13:20"), id="a little ago"),
        pytest.param("14:00", (5, "10:40"), "14:20", (5, "14:20"), id="a little ahead"),
        pytest.param("14:00", (5, "10:40"), "09:00", (5, "09:00"), id="before the check-in but near: baseline at home"),
        pytest.param("14:00", (5, "10:40"), "01:00", (6, "01:00"), id="the small hours, before anybody came: ahead"),
        pytest.param("23:50", (5, "16:00"), "00:10", (6, "00:10"), id="soon, over midnight: ahead"),
        pytest.param("21:30", (5, "07:30"), "08:00", (5, "08:00"), id="long ago, the patient was here"),
        pytest.param("00:20", (4, "16:00"), "23:50", (4, "23:50"), id="yesterday evening"),
        pytest.param("21:30", None, "08:00", (5, "08:00"), id="no check-in known: today"),
    ],
)
def test_a_typed_time_means_the_moment_a_nurse_means(now, since, typed, meant):
    at = moment(dt.time.fromisoformat(typed), ZONE, on(5, now).astimezone(dt.UTC), since and on(*since))
    assert at == on(*meant)


def test_no_time_typed_is_no_time():
    assert moment(None, ZONE, on(5, "14:00"), on(5, "10:40")) is None
