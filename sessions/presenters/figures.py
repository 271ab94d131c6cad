"""Figures with their age, their level and what they are compared with, out of the derived state."""

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice

from clinic.words import age_words, clinic_time, figure
from sessions.presenters.words import sedation

FLAT, UP, DOWN = "flat", "up", "down"


@dataclass(frozen=True)
class Part:
    """A piece of a figure; `box` is "", box-alarm or box-caution."""

    text: str
    box: str = ""


@dataclass(frozen=True)
class Figure:
    """A figure as a board cell or on the run sheet."""

    key: str
    parts: tuple = ()
    old: bool = False
    at: str = ""
    age: str = ""
    small: str = ""
    sub: str = ""
    trend: str = ""
    trend_words: str = ""
    is_word: bool = False
    measures: tuple = field(default=(), repr=False)


def levels(state):
    """Measure -> caution | alarm, of the alarms that are open."""
    found = {}
    for alarm in state.alarms:
        if found.get(alarm.measure) != "alarm":
            found[alarm.measure] = alarm.level
    return found


def series(state, measure):
    """[(at, value), ...] of a measure, oldest first; a set in which it was missed gives (at, None)."""
    points = []
    for entry in state.effective:
        if entry.kind == "vitals":
            value = getattr(entry.detail, measure)
            if value is not None or measure in entry.detail.missing:
                points.append((entry.observed_at, value))
    return points


def _part(state, measure, text=None):
    last, level = state.last.get(measure), levels(state).get(measure)
    said = figure(last.value) if last else "\u2013"
    return Part(text or said, f"box-{level}" if level and last else "")


def pressure(state):
    """142/86 as parts, so that only the offending figure is boxed."""
    return (_part(state, "systolic"), Part("/"), _part(state, "diastolic"))


def board_cells(state):
    """Blood pressure, heart rate, SpO2 for a board row; empty ones are an en dash."""
    last = state.last
    return (
        Figure("BP", pressure(state) if "systolic" in last else (Part("\u2013"),), _old(state, "systolic")),
        Figure("HR", (_part(state, "heart_rate"),), _old(state, "heart_rate")),
        Figure("SpO\u2082", (_part(state, "spo2"),), _old(state, "spo2"), sub=oxygen_words(state.oxygen)),
    )


def _old(state, measure):
    last = state.last.get(measure)
    return bool(last and last.stale)


def oxygen_words(entry):
    """ "room air", "2 L/min nasal prongs", or nothing when nobody said."""
    if entry is None:
        return ""
    detail = entry.detail
    flow = detail.oxygen_flow if entry.kind == "vitals" else detail.flow_l_min
    device = detail.oxygen_device if entry.kind == "vitals" else detail.device
    return f"{figure(flow)} L/min {device}".strip() if flow else "room air"


def latest(state, zone):
    """The row of latest values on the run sheet: pressure, HR, SpO2, RR, sedation and pain, each with its time."""
    cells = [_pressure_cell(state, zone)]
    cells += [
        _cell(state, m, key, zone) for m, key in (("heart_rate", "HR"), ("spo2", "SpO\u2082 %"), ("resp_rate", "RR"))
    ]
    return [*cells, _sedation_cell(state, zone), _cell(state, "pain", "Pain 0-10", zone)]


def _pressure_cell(state, zone):
    sets = _newest(state, "systolic")
    points = _points(sets, "systolic")
    before = f"{figure(points[-2][1])}/{figure(sets[-2].detail.diastolic)}" if len(points) > 1 else ""
    base = state.baseline
    base_words = f"base {figure(base['systolic'])}/{figure(base.get('diastolic'))}" if "systolic" in base else ""
    return Figure(
        "BP mmHg", pressure(state) if points else (Part("\u2013"),), _old(state, "systolic"),
        **_when(state, "systolic", zone), small=_mean(state),
        trend=_direction(points), trend_words=" \u00b7 ".join(filter(None, [before, base_words])),
    )  # fmt: skip


def _newest(state, measure):
    """The last two sets in which this was measured, the older one first: all that a trend compares."""
    taken = (e for e in reversed(state.effective) if e.kind == "vitals" and getattr(e.detail, measure) is not None)
    return list(islice(taken, 2))[::-1]


def _points(sets, measure):
    return [(e.observed_at, getattr(e.detail, measure)) for e in sets]


def _mean(state):
    s, d, m = (state.last.get(x) for x in ("systolic", "diastolic", "mean_pressure"))
    if not s or not d:
        return ""
    mean = m.value if m and m.at == s.at else round(d.value + (s.value - d.value) / 3)
    return f"({figure(mean)})"


def _cell(state, measure, key, zone):
    points = _points(_newest(state, measure), measure)
    sub = oxygen_words(state.oxygen) if measure == "spo2" else ""
    return Figure(key, (_part(state, measure),), _old(state, measure), **_when(state, measure, zone), sub=sub,
                  trend=_direction(points), trend_words=_against(points, zone, timed=measure == "pain"))  # fmt: skip


def _sedation_cell(state, zone):
    last = state.last.get("sedation")
    points = _points(_newest(state, "sedation"), "sedation")
    said = sedation(last.value) if last else "\u2013"
    before = f"from {sedation(points[-2][1], number=True)}" if _direction(points) not in ("", FLAT) else ""
    return Figure("Sedation", (_part(state, "sedation", said),), _old(state, "sedation"),
                  **_when(state, "sedation", zone), trend=_direction(points),
                  trend_words=before or ("same" if len(points) > 1 else ""), is_word=bool(last))  # fmt: skip


def _when(state, measure, zone):
    last = state.last.get(measure)
    if last is None:
        return {}
    age = age_words(last.at, last.at + timedelta(minutes=last.minutes)) if last.stale else ""
    return {"at": clinic_time(last.at, zone), "age": age}


def _direction(points):
    if len(points) < 2:
        return ""
    now, before = points[-1][1], points[-2][1]
    return FLAT if now == before else UP if now > before else DOWN


def _against(points, zone, *, timed=False):
    if len(points) < 2:
        return ""
    if points[-1][1] == points[-2][1]:
        return "same"
    when = f" at {clinic_time(points[-2][0], zone)}" if timed else ""
    return f"from {figure(points[-2][1])}{when}"
