"""The share of infusions still in relief, as steps the caller has computed (Kaplan-Meier or Turnbull)."""

from clinic.charts.svg import ACCENT, GRID, GRID2, INK, MUTED, PAPER, SMALL, SOFT, Svg, number, points, text_width

LEFT, RIGHT, TOP, BOTTOM = 44, 14, 14, 92


BESIDE, ALONE = (510, 318), (920, 380)


def survival_chart(data, *, uid):
    """data.Survival as steps with their band, censor ticks, numbers at risk and the patient's own intervals."""
    return _Survival(data, uid, *(ALONE if data.is_wide else BESIDE)).draw()


class _Survival:
    def __init__(self, data, uid, width, height):
        self.data = data
        self.wide, self.high = width - LEFT - RIGHT, height - TOP - BOTTOM
        self.floor = TOP + self.high
        self.s = Svg(width, height, data.title, _words(data), uid, "tlc-km tlc-alone" if data.is_wide else "tlc-km")

    def x(self, day):
        return LEFT + min(day, self.data.days) / self.data.days * self.wide

    def y(self, share):
        return TOP + (1 - share) * self.high

    def draw(self):
        self._grid()
        self._band()
        self._curve()
        self._median()
        self._patient()
        self._at_risk()
        return self.s.done()

    def _grid(self):
        for share in (0, 0.25, 0.5, 0.75, 1):
            self.s.line(
                LEFT,
                self.y(share),
                LEFT + self.wide,
                self.y(share),
                *(("c-grid2", GRID2) if share in (0, 0.5) else ("c-grid", GRID)),
            )
            self.s.text(LEFT - 8, self.y(share) + 4, f"{share * 100:.0f} %", "t-muted num", MUTED, "end")
        for day in range(0, self.data.days + 1, 7):
            self.s.line(self.x(day), TOP, self.x(day), self.floor, "c-grid", GRID)
            if day % 14 == 0:
                self.s.text(self.x(day), self.floor + 24, str(day), "t-muted num", MUTED, "middle")
        self.s.text(LEFT + self.wide, self.floor + 39, "days after the infusion", "t-muted", MUTED, "end", SMALL)

    def _steps(self, pick):
        """Corner points of one line; a bound that is None keeps the last one."""
        here = 1.0
        out = [(self.x(0), self.y(1))]
        for step in self.data.steps:
            if step.day > self.data.days:
                break
            there = pick(step)
            there = here if there is None else there
            out += [(self.x(step.day), self.y(here)), (self.x(step.day), self.y(there))]
            here = there
        return [*out, (self.x(self._last_day()), self.y(here))]

    def _last_day(self):
        followed = [*(step.day for step in self.data.steps), *self.data.censored]
        return min(self.data.days, max(followed, default=0))

    def _band(self):
        if all(step.low is None for step in self.data.steps):
            return
        low, high = self._steps(lambda step: step.low), self._steps(lambda step: step.high)
        self.s.path(points(high + low[::-1], close=True), "c-soft", fill=SOFT)
        for edge in (low, high):
            self.s.path(points(edge), "c-acc", ACCENT, width=0.8, dash="2 2")

    def _curve(self):
        before = 1.0
        for step in self.data.steps:
            since = getattr(step, "since", None)
            if since is not None and since < step.day <= self.data.days:
                box = (
                    self.x(since),
                    self.y(before),
                    self.x(step.day) - self.x(since),
                    self.y(step.share) - self.y(before),
                )
                self.s.rect(*box, "c-box", "none", MUTED, 1, ' stroke-dasharray="2 2"')
            before = step.share
        self.s.path(points(self._steps(lambda step: step.share)), "c-ink", INK, width=2)
        for day in self.data.censored:
            if day <= self.data.days:
                y = self.y(self._share_at(day))
                self.s.line(self.x(day), y - 5, self.x(day), y + 3, "c-ink", INK, 1.3)

    def _share_at(self, day):
        return next((step.share for step in reversed(self.data.steps) if step.day <= day), 1.0)

    def _median(self):
        median = self.data.median
        if median is None or median > self.data.days:
            return
        x, words = self.x(median), f"median {number(median)} days"
        self.s.path(
            f"M{LEFT} {number(self.y(0.5))}H{number(x)}V{number(self.y(0))}", "c-acc", ACCENT, width=1.2, dash="5 3"
        )
        flip = x + 10 + text_width(words) > LEFT + self.wide
        at = x - 8 - text_width(words) if flip else x + 5
        self.s.rect(at, self.y(0) - 21, text_width(words) + 6, 17, "c-paper-f", PAPER)
        self.s.text(at + 3, self.y(0) - 8, words, "t-acc num", ACCENT, weight=600)

    def _patient(self):
        for low, high in self.data.patient:
            if high is None:
                self.s.path(
                    f"M{number(self.x(low))} {number(self.floor + 7)}h12m-4 -4l5 4l-5 4", "c-ink", INK, width=1.6
                )
            else:
                self.s.rect(self.x(low), self.floor + 4, max(self.x(high) - self.x(low), 2), 6, "c-ink-f", INK)

    def _at_risk(self):
        y = self.floor + 56
        self.s.text(0, y, "Infusions still in relief and followed", "t-ink", INK, size=SMALL, weight=600)
        self.s.text(0, y + 17, "n", "t-muted", MUTED)
        for day, count in self.data.at_risk:
            if day <= self.data.days:
                self.s.text(self.x(day), y + 17, str(count), "t-ink num", INK, "middle")


def _words(data):
    said = [
        f"{data.n} infusions, relief ended after {data.ended}, "
        f"{data.n - data.ended} still in relief or cut off by the next infusion."
    ]
    if data.median is not None:
        said.append(f"Median {number(data.median)} days{_interval(data)}.")
    else:
        said.append("Half of them have not ended: no median yet.")
    if data.patient:
        own = ", ".join(f"{number(a)} or more" if b is None else f"{number(a)} to {number(b)}" for a, b in data.patient)
        said.append(f"This patient's own intervals: {own} days.")
    return " ".join(said)


def _interval(data):
    if data.median_low is None:
        return ""
    if data.median_high is None:
        return f", 95 % interval from {number(data.median_low)} days"
    return f", 95 % interval {number(data.median_low)} to {number(data.median_high)} days"
