"""Small pictures that stand in a table: a trend, how long relief lasted, an estimate with its interval."""

from clinic.charts.svg import ALARM, CAUTION, GRID, GRID2, INK, MUTED, PAPER, Svg, number, points


def sparkline(data, *, uid, width=104, height=34):
    """A trend of data.Spark: one value a reading, gaps stay gaps, the last reading is marked if there is one."""
    known = [float(v) for v in data.values if v is not None]
    s = Svg(width, height, data.label, _spark_words(data), uid, "tlc-sp")
    if not known:
        return s.done()
    low, high = _range(data, known)

    def x(i):
        return 3 + i / max(len(data.values) - 1, 1) * (width - 9)

    def y(v):
        return 3 + (high - float(v)) / (high - low) * (height - 6)

    if data.baseline is not None:
        s.line(0, y(data.baseline), width, y(data.baseline), "c-muted", MUTED, 1, "1 3")
    if data.limit is not None:
        cls, stroke, dash = ("c-alarm", ALARM, None) if data.level == "alarm" else ("c-caution", CAUTION, "5 3")
        s.line(0, y(data.limit), width, y(data.limit), cls, stroke, 1, dash)
    for run in runs([(x(i), None if v is None else y(v)) for i, v in enumerate(data.values)]):
        if len(run) > 1:
            s.path(points(run), "c-ink", INK, width=1.5)
        else:
            s.circle(*run[0], 1.4, "c-ink-f")
    if data.values[-1] is not None:
        s.circle(x(len(data.values) - 1), y(data.values[-1]), 3.2, "c-ink-f")
    return s.done()


def _spark_words(data):
    known = [v for v in data.values if v is not None]
    said = [f"{data.label}."]
    if not known:
        said.append("No reading yet.")
    elif data.values[-1] is None:
        said.append(f"The latest was missed, before it {number(known[-1])}.")
    else:
        said.append(f"Latest {number(known[-1])}.")
    if data.baseline is not None:
        said.append(f"Baseline {number(data.baseline)}.")
    if data.limit is not None:
        said.append(f"Limit {number(data.limit)}.")
    return " ".join(said)


def _range(data, known):
    shown = known + [float(v) for v in (data.baseline, data.limit) if v is not None]
    pad = max((max(shown) - min(shown)) * 0.12, 1)
    return min(shown) - pad, max(shown) + pad


def runs(pairs):
    """Points parted where a y is None: a gap is never bridged."""
    run = []
    for x, y in [*pairs, (0, None)]:
        if y is not None:
            run.append((x, y))
        elif run:
            yield run
            run = []


def duration_bar(data, *, uid, width=210, height=26):
    """How long relief lasted (data.Duration): it ended between two reports, so its end is a box, never a point."""
    s = Svg(width, height, data.label or "Days of relief", _duration_words(data), uid, "tlc-dur")

    def x(days):
        return 4 + min(days, data.scale) / data.scale * (width - 28)

    for day in range(0, data.scale + 1, 7):
        s.line(x(day), 2, x(day), height - 2, *(("c-grid2", GRID2) if day % 14 == 0 else ("c-grid", GRID)))
    middle = height / 2
    if data.low is None:
        s.text(x(0) + 8, 17, "too few reports", "t-muted t-halo", MUTED)
    elif data.high == 0:
        s.path(f"M{number(x(0))} {middle - 5}v10", "c-ink", INK, width=1.6)
        s.text(x(0) + 8, 17, "not reached", "t-muted t-halo", MUTED)
    else:
        s.line(x(0), middle, x(data.low), middle, "c-ink", INK, 5)
        if data.high is None or data.low > data.scale:
            s.path(f"M{number(x(data.low))} {middle}h16m-5 -5l6 5l-6 5", "c-ink", INK, width=1.6)
        else:
            s.rect(
                x(data.low), middle - 5.5, max(x(data.high) - x(data.low), 2), 11, "c-box c-paper-f", PAPER, INK, 1.4
            )
    return s.done()


def _duration_words(data):
    if data.low is None:
        return "Too few reports to say."
    if data.high == 0:
        return "Relief was not reached."
    if data.high is None:
        return f"Still there on day {number(data.low)}, not seen to end."
    return f"Ended between day {number(data.low)} and day {number(data.high)}."


def interval_bar(data, *, uid, width=190, height=26):
    """An estimate as a dot on its interval (data.Interval); an arrow where the interval reaches further."""
    s = Svg(width, height, data.label or "Estimate", _interval_words(data), uid, "tlc-int")
    middle = height / 2

    def x(value):
        return 4 + min(value, data.scale) / data.scale * (width - 24)

    for mark in range(0, data.scale + 1, max(data.scale // 6, 1)):
        s.line(x(mark), 3, x(mark), height - 3, "c-grid", GRID)
    s.line(x(0), 3, x(0), height - 3, "c-grid2", GRID2)
    if data.low is not None:
        end = data.scale if data.high is None else data.high
        s.line(x(data.low), middle, x(end), middle, "c-ink", INK, 1.6)
        s.line(x(data.low), middle - 5, x(data.low), middle + 5, "c-ink", INK, 1.6)
        if data.high is None or data.high > data.scale:
            s.path(f"M{number(x(end))} {middle}h12m-5 -5l6 5l-6 5", "c-ink", INK, width=1.6)
        else:
            s.line(x(end), middle - 5, x(end), middle + 5, "c-ink", INK, 1.6)
    if data.value is not None:
        s.circle(x(data.value), middle, 4, "c-ink-f")
    return s.done()


def _interval_words(data):
    if data.value is None:
        return (
            "No estimate." if data.low is None else f"Not reached; 95 % interval from {number(data.low)} {data.unit}."
        )
    if data.low is None:
        return f"{number(data.value)} {data.unit}, no interval."
    if data.high is None:
        return f"{number(data.value)} {data.unit}, 95 % interval from {number(data.low)} {data.unit}."
    return f"{number(data.value)} {data.unit}, 95 % interval {number(data.low)} to {number(data.high)} {data.unit}."
