"""The demo can be made at any hour: whoever sits in a chair today came, and leaves, while the clinic is open."""

import datetime as dt
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from clinic import clock
from clinic.actions.protocols import make_default_protocols
from clinic.dev.demo import today, world
from clinic.models import ProtocolVersion
from tests.people import people

ZONE = ZoneInfo("America/New_York")
SITE = SimpleNamespace(zone=ZONE)


@pytest.mark.django_db
def test_every_visit_of_today_fits_the_hours_at_every_hour():
    make_default_protocols(by=people().prescriber, at=clock.now())
    longest = max(version.chair_minutes for version in ProtocolVersion.objects.all())
    lasts = dt.timedelta(minutes=longest)
    for minute in range(0, 24 * 60, 5):
        now = dt.datetime(2026, 5, 6, minute // 60, minute % 60, tzinfo=ZONE)
        opens, closes = world._hours(SITE, now.weekday(), now)
        for stage, (_, running) in today.SEATS.items():
            begins = today._arrival(now, running, is_next=stage == "today_next")
            starts = today.wanted(now, begins, lasts, ZONE).astimezone(ZONE)
            ends = starts + lasts
            if starts.date() == now.date():
                assert (opens <= starts.time(), ends.date(), ends.time() <= closes) == (True, now.date(), True), (
                    stage, now,
                )  # fmt: skip
