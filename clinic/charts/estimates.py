"""Figures of one kind under each other: each a point with the interval in which it lies."""

import math

from clinic.charts.svg import GRID, GRID2, INK, MUTED, SMALL, Svg, number, text_width

ROW, TOP, FOOT, GAP, BESIDE = 30, 8, 40, 14, 150
MOST_LABEL = 190


def estimates_chart(data, *, uid, width=640):
    """data.Estimates, as high as it has lines."""
    return _Estimates(data, uid, width).draw()


class _Estimates:
    def __init__(self, data, uid, width):
        self.data, self.floor = data, TOP + ROW * max(len(data.rows), 1)
        widest = max((text_width(row.label) for row in data.rows), default=0)
        self.left = min(widest, MOST_LABEL) + GAP
        self.wide = width - self.left - BESIDE
        self.s = Svg(width, self.floor + FOOT, data.title, _words(data), uid, "tlc-est")

    def x(self, value):
        """Where a value lies; one beyond the axis lies at its end."""
        return self.left + min(value, self.data.top) / self.data.top * self.wide

    def draw(self):
        self._grid()
        for n, row in enumerate(self.data.rows):
            self._row(row, TOP + ROW * n + ROW / 2)
        return self.s.done()

    def _grid(self):
        for value in ticks(self.data.top):
            colour = ("c-grid2", GRID2) if value == 0 else ("c-grid", GRID)
            self.s.line(self.x(value), TOP, self.x(value), self.floor, *colour)
            self.s.text(self.x(value), self.floor + 16, number(value), "t-muted num", MUTED, "middle", SMALL)
        self.s.text(self.left + self.wide, self.floor + 33, self.data.unit, "t-muted", MUTED, "end", SMALL)

    def _row(self, row, y):
        self.s.text(self.left - GAP, y + 4, _short(row.label), "t-ink", INK, "end")
        self.s.text(self.left + self.wide + GAP, y + 4, row.words, "t-muted num", MUTED, size=SMALL)
        if row.value is None:
            return
        if row.low is not None:
            self._interval(row, y)
        self.s.circle(self.x(row.value), y, 4.5, "c-ink-f")

    def _interval(self, row, y):
        """A bar with an upright end where the interval ends, an arrow where it goes on."""
        high = self.data.top if row.high is None else row.high
        self.s.line(self.x(row.low), y, self.x(high), y, "c-ink", INK, 1.6)
        self.s.line(self.x(row.low), y - 4, self.x(row.low), y + 4, "c-ink", INK, 1.6)
        end = self.x(high)
        if row.high is None or row.high > self.data.top:
            self.s.path(f"M{number(end)} {number(y)}l-5 -4m5 4l-5 4", "c-ink", INK, width=1.6)
        else:
            self.s.line(end, y - 4, end, y + 4, "c-ink", INK, 1.6)


def _short(label):
    """A label that fits its place; the table beside the picture has the whole of it."""
    return label if text_width(label) <= MOST_LABEL else f"{label[: int(MOST_LABEL / 7.2)].rstrip()}…"


def ticks(top):
    """Round values from 0 to `top`: steps of 1, 2 or 5 times a power of ten, at most eight of them."""
    if top <= 0:
        return [0]
    power = 10 ** math.floor(math.log10(top / 8))
    step = next(power * n for n in (1, 2, 5, 10) if top / (power * n) <= 8)
    return [round(n * step, 6) for n in range(int(top / step + 1e-9) + 1)]


def _words(data):
    said = []
    for row in data.rows:
        if row.value is None:
            said.append(f"{row.label}: {row.words or 'not known'}.")
            continue
        high = "" if row.high is None else f" to {number(row.high)}"
        interval = "" if row.low is None else f", 95 % interval from {number(row.low)}{high}"
        said.append(f"{row.label}: {number(row.value)} {data.unit}{interval}.")
    return " ".join(said) or "Nothing to show."
