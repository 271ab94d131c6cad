"""This infusion beside earlier ones of the same patient, aligned at the start: picture, sums, and minute by minute."""

from dataclasses import dataclass, field
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

from clinic.charts.data import Band, Beside, Track
from clinic.words import clinic_date, clinic_time, figure, local
from sessions.presenters.words import SHORT, minutes_words, sedation, signed
from sessions.rules.dose import shown
from sessions.rules.drugs import RUNNING

MOST = 4
BANDS = (
    Band("systolic", "Systolic", "mmHg", 80, 200, (120, 160)),
    Band("diastolic", "Diastolic", "mmHg", 40, 120, (60, 80, 100)),
    Band("heart_rate", "Heart rate", "/min", 40, 140, (60, 100)),
    Band("spo2", "SpO\u2082", "%", 80, 100, (90,)),
    Band("dissociation", "Dissociation", "0-10", 0, 10, (5,)),
    Band("pain", "Pain", "0-10", 0, 10, (5,)),
)
TABLE = ("systolic", "diastolic", "heart_rate", "spo2", "sedation", "dissociation", "pain")
# Readings that lie this near to a line of the table stand on it, with their own minute.
EVERY = 10


@dataclass
class BesidePage:
    """What the page shows. `choices`: (session, words, chosen); `sums`: (name, [a value a session])."""

    chart: object
    choices: list
    heads: list = field(default_factory=list)
    sums: list = field(default_factory=list)
    minutes: list = field(default_factory=list)
    earlier: int = 0


def chosen_of(sessions, this, asked):
    """Which sessions are laid beside each other: this one and those asked for, else the one before; at most four."""
    others = [s for s in sessions if s.pk != this.pk]
    picked = [s for s in others if str(s.pk) in asked] if asked else others[:1]
    return [this, *picked[: MOST - 1]]


def beside_page(this, sessions, sheets):
    """The page of these sheets (newest first, `this` among `sessions`)."""
    shown_ids = {sheet.session.pk for sheet in sheets}
    choices = [(s, name_of(s), s.pk in shown_ids) for s in sessions if s.pk != this.pk]
    tracks = [track(sheet) for sheet in sheets]
    bands = [b for b in BANDS if any(v is not None for t in tracks for _, v in t.series.get(b.code, ()))]
    return BesidePage(
        Beside(tracks, bands),
        choices,
        heads=[(t.label, name_of(s.session)) for t, s in zip(tracks, sheets, strict=True)],
        sums=sums(sheets),
        minutes=minute_rows(sheets),
        earlier=len(choices),
    )


def name_of(session):
    """ "Infusion 3, 14-May-2026"."""
    day = clinic_date(local(session.checked_in_at, session.site.zone).date())
    return f"Infusion {session.number}, {day}"


def track(sheet):
    """A sheet as a track, its minutes counted from its start."""
    main, start = sheet.state.main, sheet.state.started_at
    words = f"{figure(shown(main.mg))} mg" if main else ""
    if main and main.mg_per_kg is not None:
        words += f", {figure(shown(main.mg_per_kg))} mg/kg"
    return Track(
        f"No. {sheet.session.number}, {clinic_date(local(sheet.session.checked_in_at, sheet.session.site.zone))[:6]}",
        words,
        {band.code: series(sheet, band.code, start) for band in BANDS},
        tuple(_runs(sheet, start)),
    )


def series(sheet, measure, start):
    """[(minute, value or None)] of one measure; a set that missed it is a gap, one that did not ask for it nothing."""
    rows = [e for e in sheet.state.effective if e.kind == "vitals"]
    return [
        (minute_of(e.observed_at, start), getattr(e.detail, measure))
        for e in rows
        if getattr(e.detail, measure) is not None or measure in e.detail.missing
    ]


def minute_of(at, start):
    """Whole and part minutes from the start, one decimal."""
    return round((at - start).total_seconds() / 60, 1)


def _runs(sheet, start):
    main = sheet.state.main
    if main is None:
        return
    end = sheet.session.ended_at or sheet.at
    timeline = [*main.timeline, (end, None)]
    for (at, phase), (until, _) in zip(timeline, timeline[1:], strict=False):
        if phase == RUNNING:
            yield minute_of(at, start), minute_of(until, start)


# ---- the sums
def sums(sheets):
    """[(name, [words a session])] of what is compared at a glance."""
    rows = [(name, [said(sheet) for sheet in sheets]) for name, said in SUMS]
    return [(name, words) for name, words in rows if any(words)]


def _dose(sheet):
    main = sheet.state.main
    return f"{figure(shown(main.mg))} of {figure(shown(main.planned_mg))} mg" if main and main.started_at else ""


def _per_kg(sheet):
    value = sheet.state.mg_per_kg
    return f"{figure(shown(value))} mg/kg at {figure(sheet.state.main.weight_kg)} kg" if value is not None else ""


def _time(sheet):
    paused = f", paused {sheet.state.paused_minutes} min" if sheet.state.paused_minutes else ""
    return f"{minutes_words(sheet.state.minutes)}{paused}"


def extreme(measure, pick):
    """The highest or lowest value of a measure after the start, with its minute and the change from the baseline."""

    def said(sheet):
        found = [(m, v) for m, v in series(sheet, measure, sheet.state.started_at) if v is not None and m >= 0]
        if not found:
            return ""
        minute, value = pick(found, key=lambda pair: pair[1])
        base = sheet.state.baseline.get(measure)
        change = f", {signed(value - base)} from baseline" if base is not None else ""
        return f"{figure(value)} at {figure(Decimal(str(minute)))} min{change}"

    return said


def _pain(sheet):
    found = [v for _, v in series(sheet, "pain", sheet.state.started_at) if v is not None]
    return f"{figure(found[0])} to {figure(found[-1])}" if len(found) > 1 else ""


def _given(sheet):
    return ", ".join(f"{e.detail.drug} {figure(e.detail.dose_mg)} mg" for e in sheet.state.drugs_given)


def _alarms(sheet):
    found = [e for e in sheet.entries if e.kind == "alarm"]
    counts = [(sum(e.detail.level == level for e in found), level) for level in ("alarm", "caution")]
    return ", ".join(f"{n} {level}{'s' if n != 1 else ''}" for n, level in counts if n) or "none"


def _effects(sheet):
    return [e.detail for e in sheet.state.side_effects]


def _side_effects(sheet):
    return ", ".join(f"{d.term}, {d.severity}" for d in _effects(sheet)) or "none charted"


def _observed(sheet):
    if sheet.state.stopped_at is None and sheet.session.stopped_at is None:
        return ""
    since = sheet.session.stopped_at or sheet.state.stopped_at
    return minutes_words(((sheet.session.ended_at or sheet.at) - since).total_seconds() // 60)


def _score(sheet):
    entry = sheet.state.score
    if entry is None:
        return ""
    said = "not scorable" if entry.detail.total is None else f"{entry.detail.total} of 10"
    return f"{said} at {clinic_time(entry.observed_at, sheet.session.site.zone)}"


SUMS = (
    ("Protocol", lambda sheet: str(sheet.session.protocol_version)),
    ("Dose", _dose),
    ("Per kilogram", _per_kg),
    ("Time on the pump", _time),
    ("Highest systolic", extreme("systolic", max)),
    ("Highest heart rate", extreme("heart_rate", max)),
    ("Lowest SpO\u2082", extreme("spo2", min)),
    ("Deepest sedation", lambda sheet: _deepest(sheet)),
    ("Most dissociation", extreme("dissociation", max)),
    ("Pain, first to last", _pain),
    ("Drugs given beside", _given),
    ("Alarms", _alarms),
    ("Side effects", _side_effects),
    ("Watched after the stop", _observed),
    ("Discharge score", _score),
    ("Ended as", lambda sheet: sheet.session.get_ending_display()),
)


def _deepest(sheet):
    found = [v for _, v in series(sheet, "sedation", sheet.state.started_at) if v is not None]
    return sedation(min(found)) if found else ""


# ---- minute by minute
def minute_rows(sheets):
    """[(line of minutes, [[words of a reading] a session])]: each reading stands on the line it is nearest to."""
    placed = [_placed(sheet) for sheet in sheets]
    lines = sorted({line for rows in placed for line in rows})
    return [(_line_words(line), [rows.get(line, []) for rows in placed]) for line in lines]


def _line_words(line):
    return f"{signed(line)} min" if line < 0 else "Start" if line == 0 else f"{line} min"


def _placed(sheet):
    start, found = sheet.state.started_at, {}
    for entry in sheet.state.effective:
        if entry.kind == "vitals":
            minute = minute_of(entry.observed_at, start)
            found.setdefault(line_of(minute), []).append(_reading(entry.detail, minute))
    return found


def line_of(minute):
    """The line of ten minutes a reading stands on: the nearest one, and before the start always one before it."""
    tens = Decimal(str(minute)) / EVERY
    return int(tens.to_integral_value(ROUND_FLOOR if minute < 0 else ROUND_HALF_UP)) * EVERY


def _reading(detail, minute):
    parts = [f"{figure(detail.systolic) or '-'}/{figure(detail.diastolic) or '-'}"] if detail.systolic else []
    for measure in TABLE[2:]:
        value = getattr(detail, measure)
        if value is not None:
            parts.append(f"{SHORT[measure]} {signed(value) if measure == 'sedation' else figure(value)}")
    missed = [SHORT[m].lower() for m in detail.missing]
    parts += [f"missed: {', '.join(missed)}"] if missed else []
    return f"{signed(int(minute)) if minute < 0 else figure(Decimal(str(minute)))} min: {', '.join(parts)}"
