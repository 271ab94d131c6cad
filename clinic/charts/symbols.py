"""The marks of the anaesthesia record, told apart by shape first; the tip of an angle is at the value."""

from clinic.charts.svg import ALARM, CAUTION, HEART, INK, OXYGEN, PAPER, number, numbers, points


def systolic(s, x, y, cls="c-bp", stroke=INK, width=1.8, r=5.5):
    s.path(systolics([(x, y)], r), cls, stroke, width=width)


def diastolic(s, x, y, cls="c-bp", stroke=INK, width=1.8, r=5.5):
    s.path(diastolics([(x, y)], r), cls, stroke, width=width)


def mean(s, x, y, r=3.6):
    means(s, [(x, y)], r)


def heart(s, x, y, r=3.4):
    hearts(s, [(x, y)], r)


def oxygen(s, x, y, r=2.6):
    oxygens(s, [(x, y)], r)


# Many marks of one kind are one path: a chart of hundreds of readings stays a small picture.
def systolics(spots, r=5.5):
    """The path of the angles that point down at these spots."""
    tail = f"l{number(r)} {number(r * 1.35)} {number(r)} {number(-r * 1.35)}"
    return _each(spots, -r, -r * 1.35, tail)


def diastolics(spots, r=5.5):
    """The path of the angles that point up at these spots."""
    tail = f"l{number(r)} {number(-r * 1.35)} {number(r)} {number(r * 1.35)}"
    return _each(spots, -r, r * 1.35, tail)


def means(s, spots, r=3.6):
    """A filled triangle at each spot."""
    tail = f"l{number(r)} {number(-r * 1.75)} {number(r)} {number(r * 1.75)}z"
    _halo(s, _each(spots, -r, r * 0.75, tail), "c-bp-f", INK, 1.2)


def hearts(s, spots, r=3.4):
    """A filled circle at each spot."""
    arc = f"a{number(r)} {number(r)} 0 1 0"
    _halo(s, _each(spots, -r, 0, f"{arc} {number(2 * r)} 0{arc} {number(-2 * r)} 0"), "c-hr-f", HEART, 1.6)


def oxygens(s, spots, r=2.6):
    """A filled square at each spot."""
    side = number(2 * r)
    s.path(_each(spots, -r, -r, f"h{side}v{side}h-{side}z"), "c-ox-f", fill=OXYGEN)


def _each(spots, dx, dy, tail):
    return numbers(f"M%.1f %.1f{tail}", ((x + dx, y + dy) for x, y in spots))


def _halo(s, d, cls, fill, width):
    s.path(d, f"{cls} c-halo", PAPER, fill, width=width, extra=' paint-order="stroke"')


def caution(s, x, y, r=5):
    """A triangle with one mark: never colour alone."""
    s.path(
        points([(x, y - r), (x + r * 1.1, y + r * 0.85), (x - r * 1.1, y + r * 0.85)], close=True),
        "c-caution-f",
        fill=CAUTION,
    )


def alarm(s, x, y, r=6):
    """An octagon with two marks."""
    k = r * 0.42
    corners = [(-k, -r), (k, -r), (r, -k), (r, k), (k, r), (-k, r), (-r, k), (-r, -k)]
    s.path(points([(x + a, y + b) for a, b in corners], close=True), "c-alarm-f", fill=ALARM)
    for dx in (-1.7, 1.7):
        s.line(x + dx, y - 3, x + dx, y + 0.8, "c-halo", PAPER, 1.5)
        s.line(x + dx, y + 2.2, x + dx, y + 3.6, "c-halo", PAPER, 1.5)


def given(s, x, y, r=4.6):
    """A drug given at once: a diamond."""
    s.path(points([(x, y - r), (x + r, y), (x, y + r), (x - r, y)], close=True), "c-ink-f", fill=INK)


def bracket(s, x1, x2, y):
    """Something that lasted."""
    s.line(x1, y, x2, y, "c-ink", INK, 1.6)
    for x in (x1, x2):
        s.line(x, y - 5, x, y + 5, "c-ink", INK, 1.6)


def arrow(s, x, y, up=True):
    """At the edge of a fixed scale: the value lies beyond."""
    tip = -7 if up else 7
    s.path(f"M{number(x - 4)} {number(y)}h8l-4 {tip}z", "c-ink-f", fill=INK)


def strike(s, x, y, r=8):
    s.line(x - r, y + 2, x + r, y - 8, "c-ink", INK, 1.6)


LEVEL = {"caution": caution, "alarm": alarm}
