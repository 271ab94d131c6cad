"""The body map: where it hurts, front and back. The same drawing for the patient's page, for staff and on paper."""

from html import escape

from clinic.charts.body_shape import HEIGHT, MIDDLE, WIDTH, outline, shapes
from clinic.charts.svg import ACCENT, GRID2, INK, MUTED, PAPER, SOFT, Svg, number

TOP, GAP = 26, 24
EYES, MOUTH = (-8, 8), "M-5.5 57.5q5.5 .8 11 0"


def body_map(data, *, uid):
    """SVG text of data.Body: every region is a shape of its own; marked ones are hatched, the worst one is solid."""
    width = len(data.views) * (WIDTH + GAP) - GAP
    s = Svg(width, TOP + HEIGHT, data.title, data.words, uid, "tlc-body")
    hatch = s.hatch(6)
    for place, view in enumerate(data.views):
        s.add(f'<g transform="translate({place * (WIDTH + GAP)} {TOP})">')
        _figure(s, data, view, hatch)
        s.add("</g>")
    return s.done()


def _figure(s, data, view, hatch):
    s.text(MIDDLE, -10, data.view_words[view], "t-ink", INK, "middle", 15, 650)
    for edge in outline(view):
        s.path(edge, "c-edge", INK, PAPER, 3.5)
    here = [code for code in shapes() if code.startswith(view)]
    for code in here:
        _region(s, data, code)
    for code in here:
        _hatched(s, data, code, hatch)
    if view == "front":
        _face(s)
    left = -1 if view == "back" else 1
    for side, toward in (("left", left), ("right", -left)):
        s.text(MIDDLE + toward * 86, 292, data.side_words[side], "t-muted", MUTED, "middle", 12)


def _region(s, data, code):
    is_worst, is_on = code == data.worst, code in data.marked
    fill, cls = (ACCENT, "bm bm-worst") if is_worst else (SOFT, "bm bm-on") if is_on else (PAPER, "bm")
    title = f"<title>{escape(str(data.names[code]))}</title>" if code in data.names else ""
    named = f' data-region="{code}"' if data.is_live else ""
    drawn = f'd="{shapes()[code]}" fill="{fill}" stroke="{GRID2}" stroke-width="1"'
    s.add(f'<path class="{cls}" {drawn}{named}>{title}</path>')


def _hatched(s, data, code, hatch):
    """The hatch of a marked region, on top of its neighbours' edges; the script shows and hides it where it is live."""
    is_on = code in data.marked and code != data.worst
    if is_on or data.is_live:
        named = f' data-hatch="{code}"' if data.is_live else ""
        shown = "" if is_on else ' visibility="hidden"'
        s.add(
            f'<path class="bm-h" d="{shapes()[code]}" fill="{hatch}" stroke="{INK}" stroke-width="1.5"{named}{shown}/>'
        )


def _face(s):
    for side in EYES:
        s.circle(MIDDLE + side, 44, 1.6, "c-face-f", MUTED)
    s.add(
        f'<path class="c-face" d="{MOUTH}" transform="translate({number(MIDDLE)} 0)" fill="none" stroke="{MUTED}" '
        'stroke-width="1.4" stroke-linecap="round"/>'
    )
