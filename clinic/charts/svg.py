"""A small SVG writer: a list of elements with a title and a description that say what the picture says.

Every mark carries its light and print colour as an attribute and a class; static/css/charts.css overrides the class per
theme. So one picture serves screen, print and PDF. Every text is escaped here and nowhere else.
"""

import re
from html import escape
from itertools import chain

INK, MUTED, GRID, GRID2 = "#16191c", "#555b61", "#e6e4dd", "#c9c7be"
HEART, OXYGEN, ACCENT, SOFT = "#1b4f7c", "#2b6140", "#1b4f7c", "#e7eef4"
CAUTION, ALARM, PAPER = "#9a6700", "#b5121b", "#ffffff"
FONT = "system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif"
SMALL = 11.5
WIDTH_OF_LETTER = 6.9
_WHOLE = re.compile(r"\.0(?!\d)")


def number(value):
    """At most one decimal, no dangling zero: 5.04 -> "5", 3.6 -> "3.6"."""
    written = f"{float(value):.1f}"
    return written[:-2] if written.endswith(".0") else written


def numbers(form, spots):
    """`form`, with %.1f where a coordinate goes, once for each spot (a tuple of them); written as `number` writes."""
    spots = list(spots)
    return _WHOLE.sub("", form * len(spots) % tuple(chain.from_iterable(spots)))


def text_width(words, size=12, bold=False):
    """About how wide these words are in pixels, on the safe side."""
    return len(words) * WIDTH_OF_LETTER * (1.12 if bold else 1) * size / 12


def points(pairs, close=False):
    """Path data through these points (pixels)."""
    return "M" + numbers("L%.1f %.1f", pairs)[1:] + ("Z" if close else "")


class Svg:
    """One picture of `width` x `height` pixels. `uid` must be unique in the page it stands in."""

    def __init__(self, width, height, title, description, uid, kind=""):
        self.width, self.height, self.uid = width, height, escape(uid)
        self.title, self.description, self.kind = title, description, kind
        self.out = []

    def add(self, element):
        self.out.append(element)

    def line(self, x1, y1, x2, y2, cls, stroke, width=1, dash=None):
        self.add(
            f'<line class="{cls}" x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}" '
            f'stroke="{stroke}" stroke-width="{width}"{_dash(dash)}/>'
        )

    def path(self, d, cls, stroke="none", fill="none", width=1.5, dash=None, extra=""):
        self.add(
            f'<path class="{cls}" d="{d}" fill="{fill}" stroke="{stroke}" stroke-width="{width}" '
            f'stroke-linejoin="round"{_dash(dash)}{extra}/>'
        )

    def rect(self, x, y, width, height, cls, fill="none", stroke="none", line=1, extra="", title=""):
        head = (
            f'<rect class="{cls}" x="{number(x)}" y="{number(y)}" width="{number(max(width, 0))}" '
            f'height="{number(max(height, 0))}" fill="{fill}" stroke="{stroke}" stroke-width="{line}"{extra}'
        )
        self.add(f"{head}><title>{escape(title)}</title></rect>" if title else f"{head}/>")

    def circle(self, x, y, r, cls, fill=INK, extra=""):
        self.add(f'<circle class="{cls}" cx="{number(x)}" cy="{number(y)}" r="{number(r)}" fill="{fill}"{extra}/>')

    def text(self, x, y, words, cls="t-muted", fill=MUTED, anchor="start", size=None, weight=None, struck=""):
        """`struck` is written before `words`, struck through."""
        old = f'<tspan text-decoration="line-through">{escape(struck)}</tspan> ' if struck else ""
        self.add(
            f'<text class="{cls}" x="{number(x)}" y="{number(y)}" fill="{fill}" text-anchor="{anchor}"'
            + (f' font-size="{size}"' if size else "")
            + (f' font-weight="{weight}"' if weight else "")
            + f">{old}{escape(str(words))}</text>"
        )

    def hatch(self, gap=5):
        """The pattern for "missed" and "paused"; returns the fill that names it."""
        self.add(
            f'<defs><pattern id="{self.uid}-h" width="{gap}" height="{gap}" patternUnits="userSpaceOnUse" '
            f'patternTransform="rotate(45)"><line class="c-hatch" x1="0" y1="0" x2="0" y2="{gap}" stroke="{MUTED}" '
            'stroke-width="1"/></pattern></defs>'
        )
        return f"url(#{self.uid}-h)"

    def done(self):
        """The whole picture as text."""
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="tlc {self.kind}" role="img" '
            f'viewBox="0 0 {number(self.width)} {number(self.height)}" width="{number(self.width)}" '
            f'height="{number(self.height)}" aria-labelledby="{self.uid}-t {self.uid}-d" font-family="{FONT}" '
            f'font-size="12"><title id="{self.uid}-t">{escape(self.title)}</title>'
            f'<desc id="{self.uid}-d">{escape(self.description)}</desc>'
        )
        return head + "".join(self.out) + "</svg>"


def _dash(dash):
    return f' stroke-dasharray="{dash}"' if dash else ""
