"""A patient's own diary over weeks, for a phone: two lines from 0 to 10, the visits as marks under the axis.

All words are handed in, so that the picture speaks the reader's language.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from clinic.charts.svg import ACCENT, GRID, GRID2, HEART, INK, MUTED, Svg, points

WIDTH, HEIGHT = 360, 230
LEFT, RIGHT, TOP, BOTTOM = 26, 10, 12, 54
HIGHEST = 10
JOINED_DAYS = 3  # dots further apart are not joined
LOOKS = (("c-hr", "c-hr-f", HEART, None), ("c-acc", "c-ink-f", ACCENT, "5 3"))


@dataclass(frozen=True)
class DayLine:
    """One measure: its name and (day, 0 to 10) in order of days; days without a report are not in it."""

    name: str
    reports: Sequence[tuple[date, int]]


@dataclass(frozen=True)
class Days:
    """Up to two lines over the days from `start` to `end`; `visits` are marked, `months`: (day, word) of the axis."""

    start: date
    end: date
    lines: Sequence[DayLine]
    title: str
    words: str
    visits: Sequence[date] = ()
    visit_words: str = ""
    months: Sequence[tuple[date, str]] = field(default_factory=tuple)


def days_chart(data, *, uid, width=WIDTH, height=HEIGHT):
    """data: Days; a gap of more than three days stays a gap."""
    s = Svg(width, height, data.title, data.words, uid, "tlc-days")
    span = max((data.end - data.start).days, 1)
    floor = height - BOTTOM

    def place(day, value=0):
        across = LEFT + (day - data.start).days / span * (width - LEFT - RIGHT)
        return across, TOP + (HIGHEST - value) / HIGHEST * (floor - TOP)

    _grid(s, width, place, data)
    for line, look in zip(data.lines, LOOKS, strict=False):
        _line(s, line, look, place)
    for day in data.visits:
        if data.start <= day <= data.end:
            x, _ = place(day)
            s.path(points([(x - 4, floor + 9), (x, floor + 2), (x + 4, floor + 9)], close=True), "c-ink-f", fill=INK)
    _legend(s, data, height)
    return s.done()


def _grid(s, width, place, data):
    for value in (0, 5, HIGHEST):
        _, y = place(data.start, value)
        s.line(LEFT, y, width - RIGHT, y, "c-grid2" if value == 0 else "c-grid", GRID2 if value == 0 else GRID)
        s.text(LEFT - 7, y + 4, str(value), "t-muted num", MUTED, "end")
    last = -60.0
    for day, word in data.months:
        x, y = place(day)
        if x - last > 44 and x < width - 30:
            s.text(x, y + 22, word, "t-muted")
            last = x


def _line(s, line, look, place):
    cls, dot, stroke, dash = look
    for run in _runs(line.reports):
        spots = [place(day, value) for day, value in run]
        if len(spots) > 1:
            s.path(points(spots), cls, stroke, width=1.6, dash=dash)
        for x, y in spots:
            s.circle(x, y, 2.2, dot, stroke)


def _runs(reports):
    run = []
    for report in reports:
        if run and (report[0] - run[-1][0]).days > JOINED_DAYS:
            yield run
            run = []
        run.append(report)
    if run:
        yield run


def _legend(s, data, height):
    x, y = LEFT, height - 8
    for line, (cls, _, stroke, dash) in zip(data.lines, LOOKS, strict=False):
        s.line(x, y - 4, x + 22, y - 4, cls, stroke, 2, dash)
        s.text(x + 28, y, line.name, "t-ink", INK)
        x += 44 + 7 * len(line.name)
    if data.visits and data.visit_words:
        s.path(points([(x, y), (x + 4, y - 7), (x + 8, y)], close=True), "c-ink-f", fill=INK)
        s.text(x + 14, y, data.visit_words, "t-ink", INK)
