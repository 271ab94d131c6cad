"""The legend under an infusion's chart: only marks that the chart has, in as many lines as they need."""

from clinic.charts import symbols
from clinic.charts.svg import HEART, MUTED, OXYGEN, SMALL, text_width

LEFT, TEXT, GAP, LINE = 6, 13, 19, 18
ALWAYS = ("systolic", "diastolic", "mean", "heart rate", "SpO\u2082")
MISSED, CORRECTED, STRUCK = "missed or paused", "corrected", "struck out"


def names_of(data, readings):
    """The words of the legend, in order: what is always there, then levels, gaps, and corrections if there are any."""
    levels = {level for reading in readings for level in reading.levels.values()}
    found = [*ALWAYS, *(level for level in ("caution", "alarm") if level in levels), MISSED]
    if any(reading.was for reading in readings):
        found.append(CORRECTED)
    if any(mark.struck for mark in (*data.given, *data.events)):
        found.append(STRUCK)
    return found


def placed(names, width):
    """[(name, x, line)]: each beside the one before, in a new line where it would not fit into `width` pixels."""
    found, x, line = [], LEFT, 0
    for name in names:
        wide = TEXT + text_width(name, SMALL)
        if x + wide > width:
            x, line = LEFT, line + 1
        found.append((name, x, line))
        x += wide + GAP
    return found


def lines_of(places):
    """How many lines they take."""
    return 1 + max(line for _, _, line in places)


def ruled(rule, width):
    """The limits in words, "Limits: a; b; c", broken after a semicolon where a line would not fit into `width`."""
    lines = [f"Limits: {rule}"] if rule else []
    while lines and text_width(lines[-1], SMALL) > width and "; " in lines[-1]:
        most = int(width / text_width("x", SMALL))
        cut = lines[-1].rfind("; ", 0, most)
        cut = cut if cut > 0 else lines[-1].index("; ")
        lines[-1:] = [lines[-1][: cut + 1], lines[-1][cut + 2 :]]
    return lines


def draw_legend(svg, places, top, hatch):
    """Each mark with its word, the first line's middle at `top`; `hatch`: the fill of a gap."""
    for name, x, line in places:
        y = top + LINE * line
        _MARKS[name](svg, x, y, hatch)
        svg.text(x + TEXT, y + 4, name, size=SMALL)


def _line(cls, colour, width, symbol):
    def drawn(svg, x, y, _):
        svg.line(x - 4, y, x + 10, y, cls, colour, width)
        symbol(svg, x + 3, y)

    return drawn


def _corrected(svg, x, y, _):
    symbols.systolic(svg, x + 3, y + 4, "c-muted", MUTED, 1.3)
    symbols.strike(svg, x + 3, y + 3, 7)


_MARKS = {
    "systolic": lambda svg, x, y, _: symbols.systolic(svg, x + 3, y + 4),
    "diastolic": lambda svg, x, y, _: symbols.diastolic(svg, x + 3, y - 4),
    "mean": lambda svg, x, y, _: symbols.mean(svg, x + 3, y),
    "heart rate": _line("c-hr", HEART, 1.1, symbols.heart),
    "SpO\u2082": _line("c-ox", OXYGEN, 1.6, symbols.oxygen),
    "caution": lambda svg, x, y, _: symbols.caution(svg, x + 3, y),
    "alarm": lambda svg, x, y, _: symbols.alarm(svg, x + 3, y),
    MISSED: lambda svg, x, y, hatch: svg.rect(x - 3, y - 7, 12, 14, "", hatch),
    CORRECTED: _corrected,
    STRUCK: lambda svg, x, y, _: svg.line(x - 3, y, x + 9, y, "c-muted", MUTED, 1.4),
}
