"""Several infusions of one patient over each other, each counted from its own start: one band a measure.

Tracks are told apart by the shape of their marks and the dashes of their lines first. Scales are fixed; a value beyond
one is clipped with an arrow and its number; a missed value breaks the line.
"""

from clinic.charts import symbols
from clinic.charts.spark import runs
from clinic.charts.svg import ACCENT, GRID, GRID2, INK, MUTED, OXYGEN, PAPER, SMALL, Svg, number, points, text_width

LEFT, RIGHT, TOP = 128, 16, 8
BAR, BAND, GAP, FOOT = 20, 84, 26, 44
MOST = 4
# Class and colour of the line, its dashes and width: one a track, the newest first.
LOOKS = (
    ("c-ink", INK, None, 2.2),
    ("c-acc", ACCENT, "7 4", 1.7),
    ("c-ox", OXYGEN, "2 3", 1.7),
    ("c-muted", MUTED, "9 3 2 3", 1.5),
)
STEPS = (5, 10, 15, 30, 60, 120, 240)


def beside_chart(data, *, uid, width=788):
    """data.Beside as SVG, `width` pixels wide; as high as its tracks and bands need."""
    return _Beside(data, uid, width).draw()


class _Beside:
    def __init__(self, data, uid, width):
        self.data, self.tracks = data, list(data.tracks)[:MOST]
        minutes = [0, 30, *(m for t in self.tracks for m in _minutes(t))]
        self.first, self.last = min(minutes), max(minutes)
        self.wide = width - LEFT - RIGHT
        self.bands_top = TOP + BAR * len(self.tracks) + 12
        self.floor = self.bands_top + len(data.bands) * (BAND + GAP) - GAP
        self.s = Svg(width, self.floor + FOOT, data.title, _words(data), uid, "tlc-beside")

    def x(self, minute):
        return LEFT + (minute - self.first) / (self.last - self.first) * self.wide

    def draw(self):
        self._minutes_grid()
        for n, track in enumerate(self.tracks):
            self._runs(n, track)
        for n, band in enumerate(self.data.bands):
            self._band(band, self.bands_top + n * (BAND + GAP))
        self._start()
        return self.s.done()

    def _minutes_grid(self):
        span = self.last - self.first
        step = next((s for s in STEPS if span / s <= 12), STEPS[-1])
        minute = -(-int(self.first) // step) * step
        while minute <= self.last:
            self.s.line(self.x(minute), TOP, self.x(minute), self.floor, "c-grid", GRID)
            self.s.text(self.x(minute), self.floor + 16, _signed(minute), "t-muted num", MUTED, "middle")
            minute += step
        words = "minutes, counted from each start"
        self.s.text(LEFT + self.wide, self.floor + 34, words, "t-muted", MUTED, "end", SMALL)

    def _start(self):
        x = self.x(0)
        self.s.line(x, TOP, x, self.floor, "c-ink", INK, 1.4)
        self.s.text(x + 4, self.floor + 34, "start", "t-ink", INK, size=SMALL, weight=600)

    def _runs(self, n, track):
        """When the pump ran, as a bar in the track's own look, with its name and dose."""
        y = TOP + n * BAR + BAR / 2
        cls, stroke, dash, _ = LOOKS[n]
        self.s.text(2, y + 4, track.label, "t-ink", INK, weight=600)
        _mark(self.s, n, LEFT - 12, y)
        for begin, end in track.runs:
            self.s.line(self.x(begin), y, self.x(end), y, cls, stroke, 5, dash)
        end = max((e for _, e in track.runs), default=0)
        wide = text_width(track.words, SMALL)
        x = min(self.x(end) + 8, LEFT + self.wide - wide)
        self.s.rect(x - 3, y - 8, wide + 6, 16, "c-paper-f", PAPER)
        self.s.text(x, y + 4, track.words, "t-muted num", MUTED, size=SMALL)

    def _band(self, band, top):
        self.s.text(2, top + 12, band.name, "t-ink", INK, weight=600)
        self.s.text(2, top + 27, band.unit, "t-muted", MUTED)
        for value in (band.low, *band.lines, band.high):
            y = self._y(band, top, value)
            ends = value in (band.low, band.high)
            self.s.line(LEFT, y, LEFT + self.wide, y, *(("c-grid2", GRID2) if ends else ("c-grid", GRID)))
            self.s.text(LEFT - 6, y + 4, number(value), "t-muted num", MUTED, "end", SMALL)
        for n in reversed(range(len(self.tracks))):
            self._track(n, band, top, self.tracks[n].series.get(band.code, ()))

    @staticmethod
    def _y(band, top, value):
        share = (float(value) - float(band.low)) / (float(band.high) - float(band.low))
        return top + (1 - min(max(share, 0), 1)) * BAND

    def _track(self, n, band, top, series):
        cls, stroke, dash, wide = LOOKS[n]
        placed = [(self.x(m), None if v is None else self._y(band, top, v)) for m, v in series]
        for run in runs(placed):
            if len(run) > 1:
                self.s.path(points(run), cls, stroke, width=wide, dash=dash)
            for x, y in run:
                _mark(self.s, n, x, y)
        for (x, y), (_, value) in zip(placed, series, strict=True):
            if value is not None and not band.low <= value <= band.high:
                self._beyond(x, y, value, up=value > band.high)

    def _beyond(self, x, y, value, *, up):
        symbols.arrow(self.s, x + 9, y + 9 if up else y - 9, up=up)
        self.s.text(x + 15, y + 12 if up else y - 4, number(value), "t-ink t-halo num", INK, size=SMALL, weight=700)


def _mark(s, n, x, y):
    """A circle, a hollow square, a triangle, a hollow diamond."""
    if n == 0:
        s.circle(x, y, 3.2, "c-ink-f", INK)
    elif n == 1:
        s.rect(x - 3, y - 3, 6, 6, "c-paper-f c-acc", PAPER, ACCENT, 1.5)
    elif n == 2:
        s.path(points([(x - 3.6, y + 2.8), (x, y - 3.6), (x + 3.6, y + 2.8)], close=True), "c-ox-f", fill=OXYGEN)
    else:
        corners = [(x, y - 4), (x + 4, y), (x, y + 4), (x - 4, y)]
        s.path(points(corners, close=True), "c-paper-f c-muted", MUTED, PAPER, width=1.3)


def _minutes(track):
    """Every minute on a track, so that the axis holds it."""
    yield from (m for series in track.series.values() for m, _ in series)
    yield from (m for pair in track.runs for m in pair)


def _signed(minute):
    return f"\u2212{-minute}" if minute < 0 else str(minute)


def _words(data):
    """What the picture says, for those who don't see it."""
    said = []
    for track in list(data.tracks)[:MOST]:
        parts = [_range(band, track.series.get(band.code, ())) for band in data.bands]
        said.append(f"{track.label}, {track.words}: {', '.join(filter(None, parts)) or 'no values'}.")
    return " ".join(said)


def _range(band, series):
    values = [v for _, v in series if v is not None]
    if not values:
        return ""
    return f"{band.name} {number(min(values))} to {number(max(values))} {band.unit}".strip()
