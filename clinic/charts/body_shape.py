"""The outline of a standing body and its regions, front and back, as path data of our own drawing.

One half is written down, as offsets from the middle line (pixels to the outside, pixels down); the other is its mirror.
Chains are smooth curves through their points; regions share chains, so that they meet without a gap.
"""

from functools import cache

from clinic.charts.svg import number

WIDTH, HEIGHT, MIDDLE = 220, 484, 110

HEAD = ((0, 8), (9.5, 9.4), (17.5, 15), (22.3, 25), (23, 38), (20.5, 52), (14.5, 63.5), (7, 69.5), (0, 71))
ARM_OUT = (
    *((11.5, 66), (12.5, 77), (19, 84), (33, 89), (47, 94.5), (56.5, 104), (61, 119)),
    *((64, 141), (68, 165), (74, 190), (82, 219)),
)
ARM_IN = ((44, 128), (48, 147), (53, 168), (61, 195), (71, 223))
HAND = (
    *((82, 219), (88.5, 231), (91.5, 246), (89.5, 261), (83.5, 267.5), (79, 260), (76.5, 246), (74.5, 241)),
    *((71.5, 249), (67, 250), (65.5, 243), (67.5, 232), (71, 223)),
)
SIDE = ((44, 128), (41.5, 148), (37, 182), (38.5, 203), (43.5, 222), (47.5, 252))
LEG_OUT = ((47.5, 252), (47, 278), (43, 304), (37.5, 331), (35.5, 345), (36, 358), (38, 382), (33.5, 410), (27, 438))
LEG_IN = ((2.5, 254), (6, 284), (9.5, 310), (12, 331), (12.5, 345), (11, 358), (9, 382), (12, 410), (14, 438))
FOOT_FRONT = ((27, 438), (30, 450), (36, 464), (34.5, 473), (24, 476), (14, 473), (12, 460), (14, 438))
FOOT_BACK = ((27, 438), (29.5, 452), (30.5, 466), (26, 475), (18, 475.5), (13, 468), (12.5, 454), (14, 438))
BROW, CHIN = 4, 8  # places in HEAD
NECK_BASE, SHOULDER, ELBOW, WRIST = 2, 6, 8, 10  # places in ARM_OUT
ELBOW_IN, WRIST_IN = 2, 4  # places in ARM_IN
KNEE_TOP, KNEE_END, ANKLE = 3, 5, 8  # places in LEG_OUT and LEG_IN

# Each region of a half: runs through a chain from one place to another, and single points between them.
ARM = {
    "upper_arm": ((ARM_OUT, SHOULDER, ELBOW), (ARM_IN, ELBOW_IN, 0)),
    "forearm": ((ARM_OUT, ELBOW, WRIST), (ARM_IN, WRIST_IN, ELBOW_IN)),
    "hand": ((HAND, 0, 12),),
}
FRONT_HALF = ARM | {
    "shoulder": ((ARM_OUT, NECK_BASE, SHOULDER), (44, 128), (38, 104), (20, 96)),
    "chest": ((20, 96), (38, 104), (SIDE, 0, 1), (0, 152), (0, 96)),
    "hip": ((SIDE, 3, 5), (30, 252), (17, 226), (17, 212)),
    "thigh": ((LEG_OUT, 0, KNEE_TOP), (LEG_IN, KNEE_TOP, 0), (17, 226), (30, 252)),
    "knee": ((LEG_OUT, KNEE_TOP, KNEE_END), (LEG_IN, KNEE_END, KNEE_TOP)),
    "shin": ((LEG_OUT, KNEE_END, ANKLE), (LEG_IN, ANKLE, KNEE_END)),
    "foot": ((FOOT_FRONT, 0, 7),),
}
BACK_HALF = ARM | {
    "shoulder": ((ARM_OUT, NECK_BASE, SHOULDER), (SIDE, 0, 1), (14, 152), (14, 92)),
    "lower": ((SIDE, 2, 4), (0, 222), (0, 184)),
    "buttock": ((SIDE, 4, 5), (LEG_OUT, 0, 1), (24, 276), (4.5, 268), (LEG_IN, 0, 0), (0, 250), (0, 222)),
    "thigh": ((LEG_OUT, 1, KNEE_TOP), (LEG_IN, KNEE_TOP, 1), (4.5, 268), (24, 276)),
    "knee": ((LEG_OUT, KNEE_TOP, KNEE_END), (LEG_IN, KNEE_END, KNEE_TOP)),
    "calf": ((LEG_OUT, KNEE_END, ANKLE), (LEG_IN, ANKLE, KNEE_END)),
    "foot": ((FOOT_BACK, 0, 7),),
}
# Regions across the middle: the half's edge from top to bottom; the mirror closes it.
FRONT_MIDDLE = {
    "neck": ((10, 66), (ARM_OUT, 0, NECK_BASE), (20, 96), (0, 96)),
    "head": ((HEAD, 0, BROW),),
    "face": ((HEAD, BROW, CHIN),),
    "belly_upper": ((SIDE, 1, 2),),
    "belly_lower": ((SIDE, 2, 3), (17, 212)),
    "pelvis": ((17, 212), (17, 226), (LEG_IN, 0, 0), (0, 251)),
}
BACK_MIDDLE = {
    "neck": ((10, 66), (ARM_OUT, 0, NECK_BASE), (14, 92)),
    "head": ((HEAD, 0, CHIN),),
    "spine": ((14, 92), (14, 152)),
    "middle": ((14, 152), (SIDE, 1, 2), (0, 184)),
}
# The edge of the whole body from the neck around one side; the head stands on top of it.
EDGE = ((ARM_OUT, 0, WRIST), (HAND, 0, 12), (ARM_IN, WRIST_IN, 0), (SIDE, 0, 5), (LEG_OUT, 0, ANKLE))
FEET = {"front": FOOT_FRONT, "back": FOOT_BACK}
VIEWS = {"front": (FRONT_MIDDLE, FRONT_HALF), "back": (BACK_MIDDLE, BACK_HALF)}


@cache
def shapes():
    """Region code -> path data within one figure of WIDTH x HEIGHT; the codes are "<view>_<part>[_left|_right]"."""
    return {code: data for view, (middle, half) in VIEWS.items() for code, data in _view(view, middle, half)}


@cache
def outline(view):
    """Path data of the whole body's edge and, apart from it, of the head, seen from the front or from behind."""
    body = _points((*EDGE, (FEET[view], 0, 7), (LEG_IN, ANKLE, 0)))
    return _mirrored(body), _mirrored(_points(((HEAD, 0, CHIN),)))


def _mirrored(right):
    """Path data of an edge of one half and its mirror."""
    return _data([*_placed(right, 1), *_placed(_turned(right), -1)])


def _view(view, middle, half):
    for part, runs in middle.items():
        yield f"{view}_{part}", _mirrored(_points(runs))
    # Seen from the front, a person's left is on the right of the picture; from behind it is on the left.
    left = 1 if view == "front" else -1
    for part, runs in half.items():
        yield f"{view}_{part}_left", _data(_placed(_points(runs), left))
        yield f"{view}_{part}_right", _data(_placed(_points(runs), -left))


def _points(runs):
    """The runs as one list of (control, control, point); a straight line has no controls."""
    found = []
    for run in runs:
        steps = _curve(*run) if isinstance(run[0], tuple) else [(None, None, run)]
        found += steps
    return found


def _curve(chain, begin, end):
    """A smooth curve (Catmull-Rom, as cubic Bezier) from place to place of a chain, either way."""
    steps = [(None, None, chain[begin])]
    way = 1 if end >= begin else -1
    for at in range(begin, end, way):
        before, here, there, after = (_at(chain, at + n * way) for n in (-1, 0, 1, 2))
        steps.append((_control(here, before, there), _control(there, after, here), there))
    return steps


def _at(chain, place):
    return chain[min(max(place, 0), len(chain) - 1)]


def _control(point, before, after):
    return tuple(p + (a - b) / 6 for p, b, a in zip(point, before, after, strict=True))


def _turned(steps):
    """The same edge walked the other way."""
    ends = [end for _, _, end in steps]
    found = [(None, None, ends[-1])]
    for (first, second, _), end in zip(reversed(steps[1:]), reversed(ends[:-1]), strict=True):
        found.append((second, first, end))
    return found


def _placed(steps, side):
    return [tuple(point and (MIDDLE + side * point[0], point[1]) for point in step) for step in steps]


def _data(steps):
    parts = []
    for first, second, end in steps:
        if not parts:
            parts.append(f"M{_pair(end)}")
        elif first is None:
            parts.append(f"L{_pair(end)}")
        else:
            parts.append(f"C{_pair(first)} {_pair(second)} {_pair(end)}")
    return "".join(parts) + "Z"


def _pair(point):
    return f"{number(point[0])} {number(point[1])}"
