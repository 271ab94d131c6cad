"""Where words may stand: no label covers another label or a mark."""

from dataclasses import dataclass

from clinic.charts.svg import text_width

LANE = 18


class Placer:
    """Remembers the boxes already taken (x1, y1, x2, y2 in pixels) and finds free ones.

    `marks`: gives the boxes of a picture's many marks. They are taken from `marks_count` on, and asked for when
    the first label after it is placed.
    """

    def __init__(self, marks=None):
        self.taken, self._marks, self._waiting = [], marks, None

    def marks_count(self):
        """From now on no label may cover a mark."""
        self._waiting = self._marks

    def is_free(self, box):
        return not any(_overlap(box, other) for other in self.taken)

    def place(self, boxes):
        """The first free box of the candidates, now taken; None when every one is covered."""
        if self._waiting:
            self.taken += self._waiting()
            self._waiting = None
        for box in boxes:
            if self.is_free(box):
                self.taken.append(box)
                return box
        return None


def _overlap(a, b):
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


@dataclass(frozen=True)
class Spot:
    """Where one label of a row stands: its lane, text x in pixels and anchor."""

    lane: int
    x: float
    anchor: str


def pack(items, left, right, bar=None):
    """Lanes for the labels of one row.

    `items`: (x1, x2, words) of each mark, in pixels. A label stands right of its mark, else left, else one lane lower;
    it stays within `left`..`right` and doesn't cross `bar` (the now line). Returns one Spot for each, in order.
    """
    lanes = [[]]
    return [_spot(item, lanes, (left, right), bar) for item in items]


def _spot(item, lanes, edges, bar):
    x1, x2, words = item
    wide = text_width(words) + 4
    sides = [(x2 + 8, "start", (x1 - 5, x2 + 8 + wide)), (x1 - 8, "end", (x1 - 8 - wide, x2 + 5))]
    fits = [side for side in sides if side[2][0] >= edges[0] - 8 and side[2][1] <= edges[1]] or sides[:1]
    clear = [side for side in fits if not (bar and side[2][0] < bar < side[2][1])]
    for lane in range(len(lanes) + 1):
        if lane == len(lanes):
            lanes.append([])
        for x, anchor, span in clear or fits:
            if all(span[1] <= a or span[0] >= b for a, b in lanes[lane]):
                lanes[lane].append(span)
                return Spot(lane, x, anchor)
    raise AssertionError("an empty lane takes any label")


def spread(heights, gap, top, bottom):
    """Heights moved apart by at least `gap` pixels, in their order, within top..bottom as far as there is room."""
    order = sorted(range(len(heights)), key=lambda i: heights[i])
    out, last = list(heights), top - gap
    for i in order:
        out[i] = last = max(heights[i], last + gap)
    over = bottom + gap
    for i in reversed(order):
        out[i] = over = min(out[i], over - gap)
    return out
