"""The rows under the time axis: one for each infused drug, then drugs given, events and scores."""

from clinic.charts import symbols
from clinic.charts.placing import LANE, Placer, pack
from clinic.charts.svg import ACCENT, GRID2, INK, MUTED, SMALL, SOFT, number, numbers, text_width

RATE_HIGH, ROW_HIGH = 34, 24


def _figure(value):
    """A rate as the order has it: at most three decimals, no dangling zero."""
    written = f"{float(value):.3f}".rstrip("0").rstrip(".")
    return written or "0"


def _rows(data, time):
    """(kind, row, height, lanes) of each row, from top to bottom."""
    yield from (("rate", drug, RATE_HIGH, None) for drug in data.drugs)
    for name, marks in (("Drugs", data.given), ("Events", data.events)):
        marks = sorted(marks, key=lambda mark: mark.at)
        spots = pack(
            [_extent(mark, time) for mark in marks], time.left, time.right, time.x(data.now) if data.now else None
        )
        lanes = max((spot.lane for spot in spots), default=0) + 1
        yield "marks", (name, list(zip(marks, spots, strict=True))), ROW_HIGH + LANE * (lanes - 1), lanes
    yield from (("score", row, ROW_HIGH, None) for row in data.scores)


def _extent(mark, time):
    x1 = time.x(mark.at)
    return x1, max(time.x(mark.until), x1) if mark.until else x1, mark.label


def strips_height(data, time):
    """Height of all rows in pixels."""
    return sum(height for _, _, height, _ in _rows(data, time))


def draw_strips(s, data, time, top, hatch):
    y = top
    for kind, row, height, _ in _rows(data, time):
        s.line(0, y, time.right, y, "c-grid2", GRID2)
        if kind == "rate":
            _rate_row(s, row, data, time, y)
        elif kind == "marks":
            _mark_row(s, row, time, y)
        else:
            _score_row(s, row, time, y)
        y += height
    s.line(0, y, time.right, y, "c-grid2", GRID2)


def _short(words, width):
    """Words cut to fit `width` pixels, with an ellipsis; the whole name stands in the table."""
    if text_width(words) <= width:
        return words
    keep = max(int(width / text_width("n")) - 1, 1)
    return words[:keep].rstrip() + "\u2026"


def _rate_row(s, drug, data, time, y):
    s.text(2, y + 15, _short(drug.name, time.left - 2), "t-ink", INK, weight=600)
    s.text(2, y + 28, drug.unit, size=SMALL)
    rates = sorted(drug.rates, key=lambda rate: rate.at)
    most = max((float(rate.rate) for rate in rates), default=0) or 1
    places = Placer()
    for rate, following in zip(rates, [*rates[1:], None], strict=True):
        a = time.x(rate.at)
        b = time.x(following.at if following else data.now or time.end)
        if float(rate.rate) == 0:
            if following and b - a > 16:
                s.text((a + b) / 2, y + 26, "0", "t-ink num", INK, "middle", 12, 600)
            continue
        _rate_bar(s, rate, drug, (a, b), (y, most), places)


def _rate_bar(s, rate, drug, span, scale, places):
    (a, b), (y, most) = span, scale
    high = (RATE_HIGH - 5) * float(rate.rate) / most
    figure = _figure(rate.rate)
    said = f"{figure} {drug.unit}" + (f", {rate.note}" if rate.note else "")
    s.rect(a, y + RATE_HIGH - 1 - high, b - a, high, "c-soft c-soft-s", SOFT, ACCENT, 1, title=said)
    wide = text_width(figure, bold=True)
    base = y + RATE_HIGH - (8 if high >= 17 else high + 4)
    if b - a >= wide + 8 and places.place([(a + 4, base - 12, a + 6 + wide, base + 3)]):
        s.text(a + 6, base, figure, "t-ink num", INK, weight=600)
        if rate.note and b - a > wide + 20 + text_width(rate.note, SMALL):
            s.text(a + 14 + wide, base, rate.note, "t-muted num", MUTED, size=SMALL)


def _mark_row(s, row, time, y):
    name, marks = row
    s.text(2, y + 17, name, "t-ink", INK, weight=600)
    for mark, spot in marks:
        middle = y + 12 + spot.lane * LANE
        x1, x2, _ = _extent(mark, time)
        if mark.until:
            symbols.bracket(s, x1, x2, middle)
        elif name == "Drugs":
            symbols.given(s, x1, middle)
        else:
            s.line(x1, middle - 7, x1, middle + 7, "c-ink", INK, 1.6)
        words, struck = ("struck", mark.label) if mark.struck else (mark.label, "")
        s.text(spot.x, middle + 5, words, "t-ink t-halo", INK, spot.anchor, struck=struck)


def _score_row(s, row, time, y):
    s.text(2, y + 17, _short(row.name, time.left - 8 - text_width(row.scale, SMALL)), "t-ink", INK, weight=600)
    s.text(time.left - 8, y + 17, row.scale, "t-muted num", MUTED, "end", SMALL)
    free_from, crowded = 0.0, []
    for at, value in sorted(row.points, key=lambda point: point[0]):
        words = value if isinstance(value, str) else number(value)
        half = text_width(words, 13) / 2
        x = time.x(at)
        if x - half >= free_from:
            s.text(x, y + 17, words, "t-ink num", INK, "middle", 13, 600)
            free_from = x + half + 2
        else:
            crowded.append((x, y + 18))
    if crowded:
        s.path(numbers("M%.1f %.1fv4", crowded), "c-muted", MUTED, width=1)
