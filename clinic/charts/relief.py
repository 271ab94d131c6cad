"""A burden over weeks, with the infusions on it and the levels of relief: one dot a diary report."""

from bisect import bisect_right
from datetime import date, timedelta

from clinic.charts.placing import LANE, pack, spread
from clinic.charts.spark import runs
from clinic.charts.svg import ACCENT, GRID, GRID2, INK, MUTED, PAPER, SMALL, SOFT, Svg, number, points, text_width
from clinic.words import MONTHS

LEFT, RIGHT, BOTTOM = 34, 118, 52
JOINED_DAYS = 3  # dots further apart are not joined
SILENT_DAYS = 7  # longer without a report is said in words


def relief_chart(data, *, uid, width=804, height=330):
    """data.Relief: reports as dots, joined only up to 3 days apart and never across an infusion."""
    return _Relief(data, uid, width, height).draw()


class _Relief:
    def __init__(self, data, uid, width, height):
        self.data = data
        self.wide = width - LEFT - RIGHT
        self.days = max((data.end - data.start).days, 1)
        self.flags = sorted(data.infusions, key=lambda dose: dose.day)
        self.lanes = self._flag_lanes()
        self.top = 14 + LANE * (max(self.lanes, default=0) + 1)
        self.floor = height - BOTTOM
        self.high = self.floor - self.top
        self.reports = sorted(data.reports, key=lambda report: report.day)
        self.s = Svg(width, height, data.title, self._words(), uid, "tlc-rel")
        self.hatch = self.s.hatch(6)

    def x(self, day):
        return LEFT + (day - self.data.start).days / self.days * self.wide

    def y(self, value):
        return self.top + (self.data.top - min(float(value), self.data.top)) / self.data.top * self.high

    def _flag_lanes(self):
        """A lane for each flag: infusions on days in a row stand above one another."""
        ends, lanes = [], []
        for dose in self.flags:
            half = self._flag_width(dose) / 2 + 1
            lane = next((i for i, end in enumerate(ends) if end <= self.x(dose.day) - half), len(ends))
            ends[lane : lane + 1] = [self.x(dose.day) + half]
            lanes.append(lane)
        return lanes

    @staticmethod
    def _flag_width(dose):
        return max(18, text_width(dose.label) + 6)

    def draw(self):
        self._levels()
        self._months()
        self._window()
        self._infusions()
        self._dots()
        self._beside()
        self._today()
        self._legend()
        return self.s.done()

    def _level_rows(self):
        """(value, name, note) of each line across."""
        base = self.data.baseline
        if base is None:
            return []
        marks = [(base, f"Baseline {number(base)}", self.data.baseline_words)]
        return marks + [
            (float(base) * (100 - p) / 100, f"{p} % relief", f"{number(float(base) * (100 - p) / 100)} or less")
            for p in self.data.percents
        ]

    def _levels(self):
        rows = self._level_rows()
        for value, _, _ in rows[1:]:
            self.s.rect(
                LEFT, self.y(value), self.wide, self.floor - self.y(value), "c-soft", SOFT, extra=' opacity=".55"'
            )
        for value in range(0, self.data.top + 1, max(self.data.top // 5, 1)):
            self.s.line(LEFT, self.y(value), LEFT + self.wide, self.y(value), "c-grid", GRID)
            self.s.text(LEFT - 9, self.y(value) + 4, str(value), "t-muted num", MUTED, "end")
        looks = [("c-muted", MUTED, "1 3"), ("c-acc", ACCENT, "6 3"), ("c-acc", ACCENT, None), ("c-acc", ACCENT, "2 2")]
        heights = spread([self.y(value) for value, _, _ in rows], 29, self.top, self.floor)
        for (value, name, note), (cls, stroke, dash), y in zip(rows, looks, heights, strict=False):
            self.s.line(LEFT, self.y(value), LEFT + self.wide, self.y(value), cls, stroke, 1, dash)
            self.s.text(LEFT + self.wide + 10, y + 1, name, "t-ink", INK, weight=600)
            self.s.text(LEFT + self.wide + 10, y + 15, note, "t-muted num", MUTED, size=SMALL)

    def _months(self):
        self.s.line(LEFT, self.floor, LEFT + self.wide, self.floor, "c-grid2", GRID2)
        last = -100.0
        for day in _month_starts(self.data.start, self.data.end):
            x, label = self.x(day), MONTHS[day.month - 1]
            self.s.line(x, self.top, x, self.floor, "c-grid", GRID)
            self.s.line(x, self.floor, x, self.floor + 18, "c-grid2", GRID2)
            words = f"{label} {day.year}" if day == self.data.start or day.month == 1 else label
            if x - last > text_width(words) and x + text_width(words) < LEFT + self.wide + 30:
                self.s.text(x + 4, self.floor + 17, words, "t-muted")
                last = x + text_width(words) - 26

    def _window(self):
        if not self.data.window:
            return
        first, final = self.data.window
        x, wide = self.x(first), max(self.x(final) - self.x(first), 4)
        self.s.rect(x, self.top, wide, self.high, "", self.hatch, extra=' opacity=".7"')
        self.s.rect(x, self.top, wide, self.high, "c-box", "none", INK, 1, ' stroke-dasharray="3 2"')
        words = _days(first, final)
        half = text_width(words, SMALL) / 2
        middle = min(x + wide / 2, LEFT + self.wide + RIGHT - half - 2)
        near = [
            lane
            for dose, lane in zip(self.flags, self.lanes, strict=True)
            if abs(self.x(dose.day) - middle) < half + 12
        ]
        y = self.top - 8 if not near else self.floor - 8
        self.s.text(middle, y, words, "t-ink t-halo", INK, "middle", SMALL, 600)

    def _infusions(self):
        for dose, lane in zip(self.flags, self.lanes, strict=True):
            x, wide = self.x(dose.day), self._flag_width(dose)
            y = self.top - 20 - lane * LANE
            self.s.line(x, y + 18, x, self.floor, "c-ink", INK, 1.2)
            self.s.rect(
                x - wide / 2,
                y,
                wide,
                17,
                "c-ink-f",
                INK,
                title=f"Infusion {dose.label}, {_day(dose.day)}{', ' + dose.words if dose.words else ''}",
            )
            self.s.text(x, y + 13, dose.label, "t-paper num", PAPER, "middle", 12, 700)

    def _dots(self):
        for run in runs(self._joined()):
            if len(run) > 1:
                self.s.path(points(run), "c-bp", INK, width=1)
        for report in self.reports:
            self.s.circle(self.x(report.day), self.y(report.value), 2.3, "c-ink-f")
        for before, after in zip(self.reports, self.reports[1:], strict=False):
            middle = (self.x(before.day) + self.x(after.day)) / 2
            if (after.day - before.day).days > SILENT_DAYS and self.x(after.day) - self.x(before.day) > 66:
                self.s.text(middle, self.floor - 8, "no reports", "t-muted t-halo", MUTED, "middle", SMALL)

    def _beside(self):
        """Appointments for other help, on the axis: a full square was attended, an open one missed."""
        for day, kept in self.data.beside:
            self._square(self.x(day), self.floor + 1, kept, f"{'Attended' if kept else 'Missed'}, {_day(day)}")

    def _square(self, x, y, kept, title=""):
        look = ("c-ink-f", INK) if kept else ("c-box c-paper-f", PAPER, MUTED, 1.2)
        self.s.rect(x - 3, y - 3, 6, 6, *look, title=title)

    def _joined(self):
        """Points of the line, with a None wherever it must break."""
        last, infused = None, [dose.day for dose in self.flags]
        for report in self.reports:
            if last and (
                (report.day - last).days > JOINED_DAYS
                or bisect_right(infused, last) < bisect_right(infused, report.day)
            ):
                yield 0, None
            yield self.x(report.day), self.y(report.value)
            last = report.day

    def _today(self):
        if not self.data.start <= self.data.today <= self.data.end:
            return
        x = self.x(self.data.today)
        self.s.line(x, self.top, x, self.floor, "c-acc", ACCENT, 1.6)
        spot = pack([(x, x, "today")], LEFT, LEFT + self.wide)[0]
        crowded = any(0 < self.x(dose.day) - x < 50 for dose in self.flags) or spot.anchor == "end" or self.data.window
        self.s.text(
            x - 5 if crowded else x + 5,
            self.top + 13,
            "today",
            "t-acc t-halo",
            ACCENT,
            "end" if crowded else "start",
            SMALL,
            700,
        )

    def _legend(self):
        y, x = self.s.height - 12, LEFT + 4
        self.s.circle(x, y - 4, 2.3, "c-ink-f")
        self.s.text(x + 10, y, self.data.report_words, "t-muted", MUTED, size=SMALL)
        x += 30 + text_width(self.data.report_words, SMALL)
        self.s.rect(x, y - 12, 14, 14, "c-ink-f", INK)
        self.s.text(x + 7, y - 1, "n", "t-paper", PAPER, "middle", 11, 700)
        self.s.text(x + 20, y, "infusion", "t-muted", MUTED, size=SMALL)
        if self.data.beside:
            x += 84
            self._square(x + 3, y - 4, True)
            self._square(x + 13, y - 4, False)
            words = "other help: attended, missed"
            self.s.text(x + 22, y, words, "t-muted", MUTED, size=SMALL)
            x += text_width(words, SMALL) - 40  # the gap before the next mark is added there
        if self.data.window:
            x += 84
            self.s.rect(x, y - 12, 14, 14, "", self.hatch)
            self.s.rect(x, y - 12, 14, 14, "c-box", "none", INK, 1, ' stroke-dasharray="3 2"')
            self.s.text(x + 20, y, "proposed booster window", "t-muted", MUTED, size=SMALL)

    def _words(self):
        data = self.data
        said = [f"0 to {data.top} over {self.days} days, {len(self.reports)} diary reports."]
        rows = self._level_rows()
        said.append(
            f"Baseline {number(data.baseline)}; "
            + ", ".join(f"{name} means {note}" for _, name, note in rows[1:])
            + "."
            if rows
            else "No baseline yet."
        )
        if self.flags:
            said.append(
                "Infusions: "
                + "; ".join(
                    f"{dose.label} on {_day(dose.day)}{', ' + dose.words if dose.words else ''}" for dose in self.flags
                )
                + "."
            )
        if self.reports:
            said.append(f"Latest report {number(self.reports[-1].value)} on {_day(self.reports[-1].day)}.")
        if data.beside:
            kept = sum(kept for _, kept in data.beside)
            said.append(f"Other help: {kept} appointments attended, {len(data.beside) - kept} missed.")
        if data.window:
            said.append(f"A booster is proposed for {_days(*data.window)}.")
        return " ".join([*said, "Periods without reports are left empty."])


def _day(day):
    return f"{day.day:02d}-{MONTHS[day.month - 1]}"


def _days(first, final):
    if first.month == final.month:
        return f"{first.day}\u2013{final.day} {MONTHS[final.month - 1]}"
    return f"{first.day} {MONTHS[first.month - 1]} \u2013 {final.day} {MONTHS[final.month - 1]}"


def _month_starts(start, end):
    """The first day shown and each first of a month after it."""
    yield start
    day = date(start.year + start.month // 12, start.month % 12 + 1, 1)
    while day <= end:
        yield day
        day = (day + timedelta(days=32)).replace(day=1)
