"""The day as a table: no column has a gap, no minute is counted twice, over clock changes too."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from clinic.rules.booking import Calendar, Hours, Span
from followup.rules import daygrid

NEW_YORK = ZoneInfo("America/New_York")
THURSDAY = date(2026, 5, 14)
CALENDAR = Calendar(NEW_YORK, (Hours(3, time(8), time(12)), Hours(3, time(13), time(17))))
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def span(start, minutes, day=THURSDAY):
    hour, minute = map(int, start.split(":"))
    begin = datetime(day.year, day.month, day.day, hour, minute, tzinfo=NEW_YORK).astimezone(UTC)
    return Span(begin, begin + timedelta(minutes=minutes))


def whole():
    opened = CALENDAR.spans(THURSDAY)
    return Span(opened[0].start, opened[-1].end)


def column(*visits, now=LONG_AGO):
    return daygrid.column(whole(), CALENDAR.spans(THURSDAY), [(one, str(i)) for i, one in enumerate(visits)], now)


def said(blocks):
    return [(block.kind, f"{block.span.start.astimezone(NEW_YORK):%H:%M}") for block in blocks]


REST = [("closed", "12:00"), ("free", "13:00")]
COLUMNS = [
    ("an empty day", [], [("free", "08:00"), ("closed", "12:00"), ("free", "13:00")]),
    (
        "a visit of 130 minutes",
        [("08:00", 130)],
        [("visit", "08:00"), ("free", "10:10"), ("closed", "12:00"), ("free", "13:00")],
    ),
    (
        "a gap too short to offer",
        [("08:00", 60), ("09:15", 60)],
        [("visit", "08:00"), ("gone", "09:00"), ("visit", "09:15"), ("free", "10:15"), *REST],
    ),
    (
        "odd minutes are widened to five",
        [("08:02", 61)],
        [("visit", "08:00"), ("free", "09:05"), ("closed", "12:00"), ("free", "13:00")],
    ),
    (
        "two that overlap after an overrun",
        [("08:00", 90), ("09:00", 60)],
        [("visit", "08:00"), ("visit", "09:30"), ("free", "10:00"), ("closed", "12:00"), ("free", "13:00")],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("name", "visits", "expected"), COLUMNS)
def test_a_column(name, visits, expected):
    blocks = column(*(span(*visit) for visit in visits))
    assert said(blocks) == expected
    assert blocks[0].span.start == whole().start
    assert blocks[-1].span.end == whole().end
    for one, following in zip(blocks, blocks[1:], strict=False):
        assert one.span.end == following.span.start


def test_what_has_passed_is_not_offered():
    assert said(column(now=span("10:00", 1).start))[:2] == [("gone", "08:00"), ("free", "10:00")]
    assert said(column(now=span("10:02", 1).start))[:2] == [("gone", "08:00"), ("free", "10:05")]


def test_a_free_stretch_begins_at_a_whole_minute_whatever_part_of_a_second_it_is():
    now = span("10:02", 1).start + timedelta(seconds=7, microseconds=258_720)
    assert column(now=now)[1].span == span("10:05", 115)


def test_every_row_of_the_table_is_covered_once_by_every_column():
    columns = [column(span("08:00", 130)), column(span("09:15", 45), span("14:00", 130)), column()]
    lines = daygrid.table(whole(), columns, NEW_YORK)
    assert sum(line.minutes for line in lines) == 9 * 60
    assert all(line.minutes % 5 == 0 and line.minutes <= 60 for line in lines)
    assert sum(cell.rows for line in lines for cell in line.cells) == len(lines) * len(columns)
    hours = [f"{line.starts_at.astimezone(NEW_YORK):%H}" for line in lines if line.is_hour]
    assert hours == ["08", "09", "10", "11", "12", "13", "14", "15", "16"]


def test_a_night_over_a_clock_change_has_as_many_hours_as_it_lasts():
    sunday = date(2026, 11, 1)
    opened = Calendar(NEW_YORK, (Hours(6, time(0), time(4)),)).spans(sunday)
    night = Span(opened[0].start, opened[-1].end)
    lines = daygrid.table(night, [daygrid.column(night, opened, [], LONG_AGO)], NEW_YORK)
    assert [line.minutes for line in lines] == [60] * 5


def with_others(others, *visits, now=LONG_AGO):
    pairs = [(one, str(i)) for i, one in enumerate(visits)]
    return said(daygrid.column(whole(), CALENDAR.spans(THURSDAY), pairs, now, others))


OTHERS = [
    (
        "a hold beside a visit",
        [("hold", "09:00", 60)],
        [("08:00", 60)],
        [("visit", "08:00"), ("hold", "09:00"), ("free", "10:00"), *REST],
    ),
    (
        "an absence of the whole day leaves the visits to be seen",
        [("away", "08:00", 540)],
        [("09:00", 60)],
        [("away", "08:00"), ("visit", "09:00"), ("away", "10:00")],
    ),
    (
        "an overrun ends where the next visit begins",
        [("over", "09:00", 45)],
        [("08:00", 60), ("09:30", 60)],
        [("visit", "08:00"), ("over", "09:00"), ("visit", "09:30"), ("free", "10:30"), *REST],
    ),
]


@pytest.mark.parametrize(("name", "others", "visits", "expected"), OTHERS)
def test_what_else_fills_a_column(name, others, visits, expected):
    blocks = [daygrid.Block(span(start, minutes), kind) for kind, start, minutes in others]
    assert with_others(blocks, *(span(*visit) for visit in visits)) == expected


def test_pieces_of_a_span_that_nothing_touches_are_the_span():
    morning = span("08:00", 120)
    assert daygrid.pieces(morning, [span("10:00", 30)]) == [morning]
    assert daygrid.pieces(morning, [morning]) == []


NIGHT_AND_DAY = Calendar(NEW_YORK, (Hours(3, time(0), time(23, 59)),)).spans(THURSDAY)
LOOKS = [
    ("today, an hour and a bit before now", "09:06", ["11:00"], "09:10", "08:00"),
    ("today, early in the hour", "09:40", ["11:00"], "09:40", "09:00"),
    ("just after midnight there is nothing before", "00:10", [], "00:10", None),
    ("another day, before the first visit", None, ["11:00", "14:00"], None, "10:00"),
    ("another day without visits, in the morning", None, [], None, "07:00"),
]


@pytest.mark.parametrize(("name", "now", "visits", "line", "first"), LOOKS)
def test_a_day_marks_where_now_is_and_the_hour_to_look_at_first(name, now, visits, line, first):
    whole = Span(NIGHT_AND_DAY[0].start, NIGHT_AND_DAY[-1].end)
    at = span(now, 1).start if now else None
    taken = [(span(start, 60), start) for start in visits]
    lines = daygrid.table(whole, [daygrid.column(whole, NIGHT_AND_DAY, taken, at or LONG_AGO)], NEW_YORK, at)

    def marked(mark):
        return [f"{one.starts_at.astimezone(NEW_YORK):%H:%M}" for one in lines if getattr(one, mark)]

    assert marked("is_now") == ([line] if line else [])
    assert marked("is_seen_first") == ([first] if first else [])
