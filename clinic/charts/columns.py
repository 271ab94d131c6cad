"""Counts in a row of weeks, months or days, several kinds piled on each other."""

from clinic.charts.estimates import ticks
from clinic.charts.svg import GRID, GRID2, INK, MUTED, PAPER, SMALL, SOFT, Svg, number, text_width

LEFT, RIGHT, TOP, FOOT, KEY = 40, 10, 10, 26, 24
HIGH = 190


def columns_chart(data, *, uid, width=640):
    """data.Columns with its key on top; one kind is told from another by its filling, not by colour alone."""
    return _Columns(data, uid, width).draw()


class _Columns:
    def __init__(self, data, uid, width):
        self.data, self.wide = data, width - LEFT - RIGHT
        self.floor = KEY + TOP + HIGH
        self.totals = [sum(counts) for counts in zip(*(values for _, values in data.series), strict=True)]
        self.top = max([*self.totals, 4])
        self.s = Svg(width, self.floor + FOOT, data.title, self._words(), uid, "tlc-col")
        self.fillings = (("c-ink-f", INK), ("c-soft c-edge", SOFT), ("", self.s.hatch()), ("c-paper-f", PAPER))

    def y(self, count):
        return self.floor - count / self.top * HIGH

    def draw(self):
        self._grid()
        self._key()
        for n in range(len(self.data.labels)):
            self._column(n)
        self._labels()
        return self.s.done()

    def _grid(self):
        for count in ticks(self.top):
            if count == int(count):
                colour = ("c-grid2", GRID2) if count == 0 else ("c-grid", GRID)
                self.s.line(LEFT, self.y(count), LEFT + self.wide, self.y(count), *colour)
                self.s.text(LEFT - 7, self.y(count) + 4, number(count), "t-muted num", MUTED, "end", SMALL)

    def _key(self):
        x = LEFT
        for (name, _), (cls, fill) in zip(self.data.series, self.fillings, strict=False):
            self._box(x, 4, 12, 12, cls, fill)
            self.s.text(x + 18, 14, name, "t-ink", INK, size=SMALL)
            x += 34 + text_width(name)

    def _column(self, n):
        step = self.wide / len(self.data.labels)
        x, wide, below = LEFT + n * step + step * 0.14, step * 0.72, 0
        for (name, counts), (cls, fill) in zip(self.data.series, self.fillings, strict=False):
            if counts[n]:
                top, bottom = self.y(below + counts[n]), self.y(below)
                self._box(x, top, wide, bottom - top, cls, fill, f"{self.data.labels[n]}: {counts[n]} {name}")
                below += counts[n]

    def _box(self, x, y, wide, high, cls, fill, title=""):
        self.s.rect(x, y, wide, high, cls, fill, INK, 1, title=title)

    def _labels(self):
        """As many labels as have room, the first always."""
        step = self.wide / max(len(self.data.labels), 1)
        widest = max((text_width(label, SMALL) for label in self.data.labels), default=1)
        every = max(1, -(-int(widest + 8) // max(int(step), 1)))
        for n in range(0, len(self.data.labels), every):
            x = LEFT + n * step + step / 2
            self.s.text(x, self.floor + 18, self.data.labels[n], "t-muted num", MUTED, "middle", SMALL)

    def _words(self):
        said = [
            f"{label}: " + ", ".join(f"{counts[n]} {name}" for name, counts in self.data.series)
            for n, label in enumerate(self.data.labels)
        ]
        return "; ".join(said) or "Nothing to show."
