"""The infusion chart, after the anaesthesia record: vitals above, drugs and events under the same time axis.

Scales are fixed: SpO2 70-100 %, pressure and rate 40-200; a value beyond them is clipped with an arrow and its number.
"""

from datetime import timedelta
from itertools import pairwise

from clinic.charts import symbols
from clinic.charts.legend import LINE, draw_legend, lines_of, names_of, placed, ruled
from clinic.charts.placing import Placer, spread
from clinic.charts.saying import description, limit_words
from clinic.charts.spark import runs
from clinic.charts.strips import draw_strips, strips_height
from clinic.charts.svg import (
    ALARM,
    CAUTION,
    GRID,
    GRID2,
    HEART,
    INK,
    MUTED,
    OXYGEN,
    PAPER,
    SMALL,
    Svg,
    number,
    numbers,
    points,
    text_width,
)
from clinic.charts.timeline import Timeline

LEFT, RIGHT = 78, 100
OX_TOP, OX_HIGH, OX_LOW, OX_MOST = 32, 66, 70, 100
BP_TOP, BP_HIGH, BP_LOW, BP_MOST = 114, 192, 40, 200
AXIS = BP_TOP + BP_HIGH + 18
STRIPS = AXIS + 8
PHASE_TOP, PHASE_HIGH = 4, 18
TONES = {
    "alarm": ("c-alarm", "t-alarm", ALARM, None),
    "caution": ("c-caution", "t-caution", CAUTION, "5 3"),
    "baseline": ("c-muted", "t-muted", MUTED, "1 3"),
}
MARKED = ("sys", "dia", "hr", "spo2")
MARKS = {"sys": symbols.systolic, "dia": symbols.diastolic}
OUTLINES = {"sys": symbols.systolics, "dia": symbols.diastolics}


def infusion_chart(data, *, uid, width=788):
    """data.Infusion as SVG, `width` pixels wide; as high as its rows of drugs, events and scores need."""
    return _Chart(data, uid, width).draw()


def _all_times(data):
    """Every moment on the chart: the axis is widened to hold them."""
    yield from (data.start, data.end)
    yield from (reading.at for reading in data.readings)
    yield from (rate.at for drug in data.drugs for rate in drug.rates)
    for mark in (*data.given, *data.events):
        yield mark.at
        if mark.until:
            yield mark.until
    yield from (at for row in data.scores for at, _ in row.points)
    if data.now:
        yield data.now


class _Chart:
    def __init__(self, data, uid, width):
        self.data = data
        self.readings = sorted(data.readings, key=lambda reading: reading.at)
        times = list(_all_times(data))
        end = max(max(times), min(times) + timedelta(minutes=15))
        self.time = Timeline(min(times), end, data.zone, LEFT, width - LEFT - RIGHT)
        self.bottom = STRIPS + strips_height(data, self.time)
        self.legend = placed(names_of(data, self.readings), width)
        self.rule = ruled(data.rule, width)
        high = self.bottom + 16 + LINE * lines_of(self.legend) + 16 * len(self.rule)
        self.s = Svg(width, high, data.title, description(data, self.readings, self.time), uid, "tlc-inf")
        self.hatch = self.s.hatch()
        self.xs = [self.time.x(reading.at) for reading in self.readings]
        self.heights = {measure: self._heights(measure) for measure in (*MARKED, "mean")}
        self.places = Placer(self._marks)
        self.r = self._mark_size()

    def _mark_size(self):
        """Half the width of a mark: smaller when readings stand close, so that they don't run into one another."""
        gaps = [b - a for a, b in pairwise(self.xs) if b - a > 0.5]
        return max(2.6, min(5.5, 0.45 * min(gaps, default=20)))

    def bp(self, value):
        return BP_TOP + (BP_MOST - min(max(float(value), BP_LOW), BP_MOST)) / (BP_MOST - BP_LOW) * BP_HIGH

    def ox(self, value):
        return OX_TOP + (OX_MOST - min(max(float(value), OX_LOW), OX_MOST)) / (OX_MOST - OX_LOW) * OX_HIGH

    def y(self, measure, value):
        return self.ox(value) if measure == "spo2" else self.bp(value)

    def _heights(self, measure):
        """The pixels of this measure in all readings, None where it has no value; each value worked out once."""
        values = [reading.value(measure) for reading in self.readings]
        known = {value: self.y(measure, value) for value in set(values) if value is not None}
        return [known.get(value) for value in values]

    def draw(self):
        self._grid()
        self._limits()
        self._phases()
        self._missed()
        self.places.marks_count()
        self._lines()
        self._pressures()
        self._hearts()
        self._corrections()
        self._beyond()
        self._now()
        draw_strips(self.s, self.data, self.time, STRIPS, self.hatch)
        self._legend()
        return self.s.done()

    # ---- frame
    def _grid(self):
        now = self.time.x(self.data.now) if self.data.now else None
        free_from = 0.0
        for at, named in self.time.ticks():
            x = self.time.x(at)
            for top, bottom in ((OX_TOP, OX_TOP + OX_HIGH), (BP_TOP, BP_TOP + BP_HIGH), (STRIPS, self.bottom)):
                self.s.line(x, top, x, bottom, *(("c-grid2", GRID2) if named else ("c-grid", GRID)))
            if named and (now is None or abs(x - now) > 42) and x - 18 >= free_from:
                self.s.text(*self._tick_place(x), self.time.label(at), "t-muted num", MUTED, self._tick_anchor(x))
                free_from = x + 24
        self._scale(range(BP_LOW, BP_MOST + 1, 20), self.bp, lambda v: v % 40 == 0)
        self._scale((70, 80, 90, 100), self.ox, lambda v: v != 80)
        for y, name, unit in ((OX_TOP, "SpO\u2082", "%"), (BP_TOP, "BP", "mmHg"), (BP_TOP + 38, "HR", "/min")):
            self.s.text(2, y + 12, name, "t-ink", INK, weight=600)
            self.s.text(2, y + 26, unit)

    @staticmethod
    def _tick_place(x):
        return (x - 3 if x < LEFT + 16 else x), AXIS - 4

    def _tick_anchor(self, x):
        """At the edges the label stays within the plot, away from the numbers of the scale."""
        return "start" if x < LEFT + 16 else "end" if x > self.time.right - 4 else "middle"

    def _scale(self, values, height, is_named):
        for value in values:
            strong = is_named(value) and value != 70 and value != 90
            self.s.line(
                LEFT,
                height(value),
                self.time.right,
                height(value),
                *(("c-grid2", GRID2) if strong else ("c-grid", GRID)),
            )
            if is_named(value):
                self.s.text(LEFT - 8, height(value) + 4, str(value), "t-muted num", MUTED, "end")

    def _limits(self):
        self._band()
        for measures, top, bottom in (
            (("spo2",), OX_TOP, OX_TOP + OX_HIGH + 6),
            (("sys", "dia", "hr"), BP_TOP, BP_TOP + BP_HIGH),
        ):
            limits = [limit for limit in self.data.limits if limit.measure in measures]
            heights = [self.y(limit.measure, limit.value) for limit in limits]
            for limit, y, label_y in zip(limits, heights, spread(heights, 13, top, bottom), strict=True):
                cls, text_cls, stroke, dash = TONES[limit.kind]
                self.s.line(LEFT, y, self.time.right, y, cls, stroke, 1, dash)
                self.s.text(self.time.right + 6, label_y + 4, limit_words(limit), text_cls, stroke, size=SMALL)

    def _band(self):
        """A faint band above the caution limit of the systolic pressure."""
        limit = next(
            (lim for lim in self.data.limits if (lim.measure, lim.kind, lim.side) == ("sys", "caution", "above")), None
        )
        if limit:
            self.s.rect(
                LEFT,
                BP_TOP,
                self.time.width,
                self.bp(limit.value) - BP_TOP,
                "c-band",
                CAUTION,
                extra=' fill-opacity=".07"',
            )

    def _phases(self):
        self.s.text(2, PHASE_TOP + 13, "Phase", "t-ink", INK, weight=600)
        for phase in self.data.phases:
            end = phase.end or (self.time.end if phase.planned else self.data.now or self.time.end)
            a, b = max(self.time.x(phase.start), LEFT), min(self.time.x(end), self.time.right)
            if b > a:
                self._phase(phase, a, b, phase.label or phase.kind.capitalize())

    def _phase(self, phase, a, b, label):
        box = (a + 0.5, PHASE_TOP, b - a - 1, PHASE_HIGH)
        fits = b - a > text_width(label, SMALL, bold=True) + 7
        if phase.kind == "infusing" and not phase.planned:
            self.s.rect(*box, "c-ph", INK, INK, title=label)
            cls, fill = "t-ph", PAPER
        elif phase.kind == "paused":
            self.s.rect(*box, "c-box", self.hatch, INK, title=label)
            cls, fill = "t-ink", INK
            if fits:
                self.s.rect(
                    a + 4, PHASE_TOP + 2, text_width(label, SMALL, bold=True) + 6, PHASE_HIGH - 4, "c-paper-f", PAPER
                )
        else:
            self.s.rect(
                *box, "c-box", "none", MUTED, 1, ' stroke-dasharray="3 2"' if phase.planned else "", title=label
            )
            cls, fill = "t-muted", MUTED
        if fits:
            self.s.text(a + 6, PHASE_TOP + 13, label, cls, fill, size=SMALL, weight=600)

    # ---- vitals
    def _missed(self):
        """One hatch for readings missed in a row, with one word; a measure missed alone is hatched in its own band."""
        run = []
        for x, reading in zip(self.xs, self.readings, strict=True):
            if reading.missed:
                run.append(x)
                continue
            self._missed_run(run)
            run = []
            if reading.sys is None and reading.dia is None:
                self._hatch(x - 6, x + 6, BP_TOP, BP_HIGH)
            if reading.spo2 is None:
                self._hatch(x - 6, x + 6, OX_TOP, OX_HIGH)
        self._missed_run(run)

    def _missed_run(self, xs):
        if not xs:
            return
        for top, high in ((BP_TOP, BP_HIGH), (OX_TOP, OX_HIGH)):
            self._hatch(max(xs[0] - 8, LEFT), min(xs[-1] + 8, self.time.right), top, high)
        words = "missed" if len(xs) == 1 else f"{len(xs)} missed"
        wide, middle = text_width(words, SMALL) + 6, (xs[0] + xs[-1]) / 2
        middle = min(max(middle, LEFT + wide / 2), self.time.right - wide / 2)
        rows = (BP_TOP + BP_HIGH - 20 - 18 * i for i in range(6))
        box = self.places.place([(middle - wide / 2, y, middle + wide / 2, y + 16) for y in rows])
        if box:
            self.s.rect(box[0], box[1], wide, 16, "c-paper-f", PAPER)
            self.s.text(middle, box[1] + 12, words, "t-ink", INK, "middle", SMALL, 600)

    def _hatch(self, a, b, top, high):
        self.s.rect(a, top, b - a, high, "", self.hatch, extra=' opacity=".55"')

    def _marks(self):
        """The boxes of the marks of pressure, rate and SpO2: no label may cover one."""
        pressures = zip(self.xs, self.heights["sys"], self.heights["dia"], strict=True)
        found = [(x - self.r, a - 8, x + self.r, b + 8) for x, a, b in pressures if a is not None and b is not None]
        for measure in MARKED:
            for x, y, reading in zip(self.xs, self.heights[measure], self.readings, strict=True):
                if y is not None:
                    found.append((x - 6, y - (24 if measure in reading.levels else 6), x + 6, y + 6))
        return found

    def _lines(self):
        for measure, cls, stroke, width in (("spo2", "c-ox", OXYGEN, 1.6), ("hr", "c-hr", HEART, 1.1)):
            for run in runs(list(zip(self.xs, self._taken(measure), strict=True))):
                if len(run) > 1:
                    self.s.path(points(run), cls, stroke, width=width)
        self._all(symbols.oxygens, self._spots("spo2"), min(2.6, self.r))

    def _taken(self, measure):
        """The heights of a measure, with a gap where the whole set was missed."""
        heights = zip(self.heights[measure], self.readings, strict=True)
        return [None if reading.missed else y for y, reading in heights]

    def _spots(self, measure):
        return [(x, y) for x, y in zip(self.xs, self._taken(measure), strict=True) if y is not None]

    def _all(self, draw, spots, r):
        if spots:
            draw(self.s, spots, r)

    def _pressures(self):
        highs, lows = self._taken("sys"), self._taken("dia")
        bars = [bar for bar in zip(self.xs, highs, lows, strict=True) if bar[1] is not None and bar[2] is not None]
        if bars:
            self.s.path(numbers("M%.1f %.1fV%.1f", bars), "c-bp", INK, width=1)
        for measure, outline in OUTLINES.items():
            for is_bold in (False, True):
                rows = zip(self.xs, self._taken(measure), self.readings, strict=True)
                spots = [(x, y) for x, y, one in rows if y is not None and (measure in one.levels) == is_bold]
                if spots:
                    self.s.path(outline(spots, self.r), "c-bp", INK, width=2.6 if is_bold else 1.8)
        self._all(symbols.means, self._spots("mean"), min(3.6, self.r * 0.7))

    def _hearts(self):
        self._all(symbols.hearts, self._spots("hr"), min(3.4, self.r * 0.7))
        for x, reading in zip(self.xs, self.readings, strict=True):
            for measure, level in reading.levels.items():
                if reading.value(measure) is not None:
                    symbols.LEVEL[level](self.s, x, self._level_y(measure, reading.value(measure)))

    def _level_y(self, measure, value):
        """The warning stands above its value, within the band (under it where there is no room above)."""
        y, top = self.y(measure, value), OX_TOP if measure == "spo2" else BP_TOP
        away = 17 if measure in ("sys", "dia") else 12
        return y - away if y - away - 6 > top - 8 and measure != "dia" else y + away

    def _corrections(self):
        for x, reading in zip(self.xs, self.readings, strict=True):
            for measure, old in reading.was.items():
                y = self.y(measure, old)
                MARKS.get(measure, symbols.systolic)(self.s, x, y, "c-muted", MUTED, 1.3, r=self.r)
                symbols.strike(self.s, x, y)
                self._correction_words(reading, measure, old, x, y)

    def _correction_words(self, reading, measure, old, x, y):
        new = reading.value(measure)
        words = f"corrected to {number(new)}" if new is not None else "struck"
        wide = text_width(f"{number(old)} {words}", SMALL) + 4
        heights = [y + 14 * step for step in (0, 1, -1, 2, -2, 3, 4, 5) if y + 14 * step - 10 > OX_TOP]
        sides = ((x + 12, x + 12 + wide), (x - 12 - wide, x - 12))
        boxes = [(a, h - 10, b, h + 3) for h in heights for a, b in sides if a >= LEFT and b <= self.time.right + 4]
        box = self.places.place([box for box in boxes if not self._crosses_now(box)] + boxes)
        if box:
            self.s.text(box[0] + 2, box[3] - 3, words, "t-muted t-halo num", MUTED, size=SMALL, struck=number(old))

    def _crosses_now(self, box):
        return bool(self.data.now) and box[0] < self.time.x(self.data.now) < box[2]

    def _beyond(self):
        for at, reading in enumerate(self.readings):
            for measure in MARKED:
                value = reading.value(measure)
                low, high = (OX_LOW, OX_MOST) if measure == "spo2" else (BP_LOW, BP_MOST)
                if value is not None and not low <= value <= high:
                    self._beyond_one(self.xs[at], self.heights[measure][at], number(value), value > high)

    def _beyond_one(self, x, y, words, is_high):
        symbols.arrow(self.s, x + 9 if x - 14 < LEFT else x - 9, y + 9 if is_high else y - 9, up=is_high)
        wide = text_width(words) + 2
        sides = ((x - 14 - wide, x - 14), (x + 14, x + 14 + wide))
        heights = [y + (4 + 13 * i if is_high else -9 - 13 * i) for i in range(5)]
        box = self.places.place([(a, h - 2, b, h + 11) for h in heights for a, b in sides if a >= LEFT])
        if box:
            self.s.text(box[0] + 1, box[3] - 1, words, "t-ink t-halo num", INK, size=12, weight=700)

    def _now(self):
        if not self.data.now:
            return
        x = self.time.x(self.data.now)
        self.s.line(x, PHASE_TOP + PHASE_HIGH, x, self.bottom, "c-ink", INK, 1.4)
        self.s.rect(x - 21, AXIS - 17, 42, 17, "c-ink-f", INK)
        self.s.text(
            x, AXIS - 4, f"{self.data.now.astimezone(self.data.zone):%H:%M}", "t-paper num", PAPER, "middle", 12, 700
        )

    # ---- legend, always visible
    def _legend(self):
        draw_legend(self.s, self.legend, self.bottom + 19, self.hatch)
        under = self.bottom + 25 + LINE * lines_of(self.legend)
        for n, words in enumerate(self.rule):
            self.s.text(2, under + 16 * n, words, size=SMALL)
