"""Which local day a report was typed on: the same as asking the zone each time, through every change of the clocks."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from followup.queries.relief import _is_of_its_day, reports_of

# Zones and days about which clocks change there; in Apia a whole day was left out, in Lord Howe half an hour changes.
CHANGES = [
    ("America/New_York", date(2026, 3, 8)),
    ("America/New_York", date(2026, 11, 1)),
    ("America/Phoenix", date(2026, 3, 8)),
    ("Europe/Berlin", date(2026, 10, 25)),
    ("Australia/Lord_Howe", date(2026, 4, 5)),
    ("Pacific/Apia", date(2011, 12, 30)),
    ("Asia/Kathmandu", date(2026, 6, 1)),
]


@pytest.mark.parametrize(("zone", "day"), CHANGES)
def test_every_quarter_of_an_hour_about_a_change(zone, day):
    begins = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(days=2)
    for quarter in range(4 * 24 * 4):
        at = begins + timedelta(minutes=15 * quarter)
        there = at.astimezone(ZoneInfo(zone)).date()
        assert _is_of_its_day(at, there, zone)
        assert not _is_of_its_day(at, there + timedelta(days=1), zone)
        assert _is_of_its_day(at.astimezone(ZoneInfo("Asia/Tokyo")), there, zone), "whatever zone it is written in"


def test_a_report_of_the_evening_stands_where_it_was_typed_and_one_typed_later_at_the_end_of_its_day():
    zone = "America/New_York"
    evening = datetime(2026, 3, 8, 23, 30, tzinfo=UTC)  # 19:30 there, on the day the clocks went forward
    morning = datetime(2026, 3, 9, 11, 0, tzinfo=UTC)
    told = [
        SimpleNamespace(day=date(2026, 3, 8), zone_name=zone, recorded_at=at, pain=4, relief_gone=False)
        for at in (evening, morning)
    ]
    assert [report.at for report in reports_of(told, "pain")] == [
        evening,
        datetime(2026, 3, 8, 20, tzinfo=ZoneInfo(zone)),
    ]
