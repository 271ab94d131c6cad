"""The board as a screen on a wall may show it: what everyone who passes by may read, and nothing else.

A row of its own with few fields, so that no template can show more: chair, initials, phase, what is due, how grave an
alarm is. Vital signs only where the site's settings say so.
"""

from dataclasses import dataclass

from clinic.words import clinic_time
from sessions.presenters.board import ALARM, CAUTION, DUE, EMERGENCY, FREE, WAIT, day_words
from sessions.presenters.board_words import chairs, wall_title

LEVELS = {EMERGENCY: "alarm", ALARM: "alarm", CAUTION: "caution", DUE: "clock"}
WORDS = {EMERGENCY: "Emergency", ALARM: "Alarm", CAUTION: "Caution"}
FEW, SOME = 8, 16  # chairs in use: one column, two columns, else small ones


@dataclass(frozen=True)
class WallRow:
    """One chair in use. `values` is empty unless the site lets vital signs on the wall."""

    chair: str
    initials: str
    kind: str
    level: str
    phase: str
    count: str
    value: int | None
    top: int | None
    next: str
    note: str
    rings: bool
    values: tuple = ()


@dataclass(frozen=True)
class Wall:
    """What one screen shows at one moment."""

    site: object
    now: object
    day: str
    title: str
    level: str
    rows: list
    free: str
    density: str


def wall(made, *, site, now):
    """The wall out of a `board` presented for nobody."""
    policy = site.policy
    values = bool(policy and policy.wall_values)
    used = [row for row in made.rows if row.rank != FREE]
    rows = [_row(row, site.zone, now, values) for row in used]
    free = [row for row in made.rows if row.rank == FREE]
    return Wall(
        site, now, day_words(now, site.zone), wall_title(used, now), made.level, rows, _free(free), _density(rows)
    )


def _row(row, zone, now, values):
    phase = row.phase
    return WallRow(
        chair=row.chair,
        initials=row.session.patient.initials,
        kind=row.kind,
        level=LEVELS.get(row.rank, ""),
        phase=phase.words,
        count=phase.count,
        value=phase.value,
        top=phase.top,
        next=WORDS.get(row.rank) or _next(row, now),
        note=_note(row, zone),
        rings=row.rings,
        values=row.cells if values else (),
    )


def _next(row, now):
    """What is due, without saying which measure: that would tell what is treated."""
    if row.rank in (DUE, WAIT) or not (row.state and row.state.next_due) or row.next.startswith("Ready"):
        return row.next
    minutes = max(0, int((row.state.next_due.at - now).total_seconds() // 60))
    return f"Due in {minutes} min" if minutes else "Due now"


def _note(row, zone):
    state = row.state
    if row.rank == EMERGENCY:
        return f"called {clinic_time(state.emergency_since, zone)}, everyone free goes there"
    if row.rank in (ALARM, CAUTION):
        return _answered(row.alarm, zone)
    return f"due {clinic_time(max(state.overdue, key=lambda d: d.late_minutes).at, zone)}" if row.rank == DUE else ""


def _answered(alarm, zone):
    if alarm.answered_at is None:
        return f"since {clinic_time(alarm.since, zone)}, nobody is going yet"
    recheck = clinic_time(alarm.recheck_due_at, zone) if alarm.recheck_due_at else ""
    if alarm.escalate:
        return f"the recheck of {recheck} is late"
    return f"somebody is there, recheck {recheck}" if recheck else "somebody is there"


def _free(rows):
    """ "Free: chairs 4, 5 and 9", and whom a chair waits for is not said."""
    return f"Free: {chairs(rows)[0].lower()}{chairs(rows)[1:]}" if rows else ""


def _density(rows):
    return "few" if len(rows) <= FEW else "some" if len(rows) <= SOME else "many"
