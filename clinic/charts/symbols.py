"""The marks of the anaesthesia record, told apart by shape first; the tip of an angle is at the value."""

from clinic.charts.svg import ALARM, CAUTION, HEART, INK, OXYGEN, PAPER, number, points


def systolic(s, x, y, cls="c-bp", stroke=INK, width=1.8, r=5.5):
    s.path(points([(x - r, y - r * 1.35), (x, y), (x + r, y - r * 1.35)]), cls, stroke, width=width)


def diastolic(s, x, y, cls="c-bp", stroke=INK, width=1.8, r=5.5):
    s.path(points([(x - r, y + r * 1.35), (x, y), (x + r, y + r * 1.35)]), cls, stroke, width=width)


def mean(s, x, y, cls="c-bp-f", fill=INK, r=3.6):
    triangle = points([(x - r, y + r * 0.75), (x, y - r), (x + r, y + r * 0.75)], close=True)
    s.path(triangle, f"{cls} c-halo", PAPER, fill, width=1.2, extra=' paint-order="stroke"')


def heart(s, x, y, r=3.4):
    s.circle(x, y, r, "c-hr-f c-halo", HEART, f' stroke="{PAPER}" stroke-width="1.6" paint-order="stroke"')


def oxygen(s, x, y, r=2.6):
    s.rect(x - r, y - r, 2 * r, 2 * r, "c-ox-f", OXYGEN)


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
