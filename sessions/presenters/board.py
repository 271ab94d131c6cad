"""The day board: one row a chair, the one that needs someone first on top, and the sentence that says so.

A filter shows fewer chairs; the sentence, the counts and whoever calls for somebody are of the whole site always.
"""

import hashlib
import re
import uuid
from dataclasses import dataclass, field
from datetime import timedelta

from django.urls import reverse

from clinic.charts.data import Spark
from clinic.words import clinic_date, clinic_time, years_old
from sessions.presenters import links
from sessions.presenters.board_filter import Filter, nurses, rooms
from sessions.presenters.board_words import alarm_lines, next_lines, phase_of, tally, title
from sessions.presenters.figures import board_cells, series
from sessions.presenters.monitor_words import preliminary
from sessions.presenters.people import short_name
from sessions.presenters.words import LONG

EMERGENCY, ALARM, CAUTION, DUE, WAIT, WELL, FREE = range(7)
EMERGENCY_RINGS = 120  # seconds: then everyone has heard it, and the people at the chair need quiet
KINDS = ("is-alarm", "is-alarm", "is-caution", "is-due", "is-wait", "", "is-free")
SPARK_READINGS = 10
UNSTEADY = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')


@dataclass
class BoardRow:
    """One row of the board, in words and figures."""

    rank: int
    order: float
    chair: str
    kind: str = ""
    session: object = None
    appointment: object = None
    name: str = ""
    sub: str = ""
    phase: object = None
    cells: tuple = ()
    spark: object = None
    age: str = ""
    monitor: str = ""
    missing: list = field(default_factory=list)
    more: int = 0
    flag: str = ""
    next: str = ""
    lines: list = field(default_factory=list)
    alarm: object = None
    answer_id: object = None
    vitals: bool = False
    state: object = None
    nurse: object = None
    room: str = ""
    rings: bool = False

    @property
    def nurse_id(self):
        return self.nurse.pk if self.nurse else None

    @property
    def calls(self):
        """Whether it asks for anybody, whoever's chair it is."""
        return self.rank == EMERGENCY or (self.rank == ALARM and self.alarm is not None and self.alarm.sounds)

    @property
    def url(self):
        return reverse("sessions:session-show", args=[self.session.pk]) if self.session else ""


@dataclass(frozen=True)
class Arrival:
    """Somebody who comes later today to a chair that is taken until then."""

    at: str
    chair: str
    name: str
    words: str
    url: str


@dataclass
class Board:
    """The whole board at one moment. `hidden` counts the chairs a filter leaves out."""

    site: object
    now: object
    title: str
    level: str
    tally: list
    needs: list
    well: list
    clinical: bool
    later: list = field(default_factory=list)
    filter: Filter = field(default_factory=Filter)
    nurses: list = field(default_factory=list)
    rooms: list = field(default_factory=list)
    hidden: int = 0
    is_empty: bool = False

    @property
    def rows(self):
        return [*self.needs, *self.well]

    @property
    def rings(self):
        """Whether this device makes a sound for it."""
        return any(row.rings for row in self.rows)


def board(day, *, site, now, user, clinical=True, chosen=None):
    """The board out of a `queries.day` for `user`; `clinical` False leaves every clinical field out."""
    made = [_row(row, site, now, clinical) for row in day.rows]
    for row in made:
        row.answer_id = answer_id(row.alarm, user) if row.alarm and user else None
    made.sort(key=lambda r: (r.rank, r.order, _counted(r.chair)))
    level = {EMERGENCY: "alarm", ALARM: "alarm", CAUTION: "caution"}.get(made[0].rank if made else WELL, "")
    chosen = chosen or Filter()
    shown = [r for r in made if r.calls or chosen.lets(r, user)]
    later = [visit for visit in day.later if chosen.room in ("", visit.chair.room)]
    return Board(
        site, now, title(made, clinical), level if clinical else "", tally(made),
        [r for r in shown if r.rank < WELL], [r for r in shown if r.rank >= WELL], clinical,
        later=[_arrival(visit, site, clinical) for visit in later],
        filter=chosen, nurses=nurses(chosen, made, user) if user else [], rooms=rooms(chosen, made),
        hidden=len(made) - len(shown), is_empty=not day.later and all(r.rank == FREE and not r.name for r in made),
    )  # fmt: skip


def _counted(label):
    """Chairs as people count: 2 before 10, numbers before names."""
    return (0, int(label), "") if label.isdecimal() else (1, 0, label)


def _arrival(visit, site, clinical):
    name = f"{visit.patient.family_name.upper()}, {visit.patient.given_name}"
    url = reverse("sessions:check-in", args=[visit.pk]) if clinical else ""
    return Arrival(clinic_time(visit.starts_at, site.zone), visit.chair.label, name, _coming(visit), url)


def version_of(html):
    """A short fingerprint of a rendered fragment: the page asks with it and gets 304 while nothing is new."""
    return hashlib.blake2s(UNSTEADY.sub("", html).encode(), digest_size=8).hexdigest()


def answer_id(alarm, user):
    """The id of this user's next answer to an alarm: pressing twice answers once."""
    return uuid.uuid5(alarm.entry.pk, f"going/{user.pk}/{alarm.answered_at}")


def _row(row, site, now, clinical):
    chair = row.chair.label if row.chair else "\u2013"
    if row.session is None:
        return _free(row, chair, site, now)
    made = BoardRow(_rank(row), 0, chair, session=row.session, appointment=row.appointment, state=row.state,
                    nurse=row.session.responsible_nurse, room=row.chair.room if row.chair else "")  # fmt: skip
    made.kind = KINDS[made.rank]
    _name(made, row.session, site, now)
    _fill(made, row, site, now)
    return made if clinical else _without_clinical(made)


def _free(row, chair, site, now):
    made = BoardRow(FREE, 0, chair, "is-free", appointment=row.appointment, next="Nothing due", room=row.chair.room)
    visit = row.appointment
    if visit is None:
        made.sub = "Free"
        return made
    made.order = visit.starts_at.timestamp()
    made.name = f"{visit.patient.family_name.upper()}, {visit.patient.given_name}"
    made.sub = f"Free until {clinic_time(visit.starts_at, site.zone)}, then"
    made.age = _coming(visit)
    if visit.state == "arrived" or visit.starts_at - now < timedelta(0):
        made.sub, made.next = f"Expected {clinic_time(visit.starts_at, site.zone)}", "Not checked in"
    return made


def _coming(visit):
    """ "3 of 6 · Confirmed · said: ready"."""
    said = {True: "said: ready", False: "said: not ready", None: "readiness not answered"}[visit.ready]
    here = visit.state == "arrived"
    parts = [_number(visit.number, visit.course, visit.kind), visit.get_state_display(), "" if here else said]
    return " \u00b7 ".join(filter(None, parts))


def _name(made, session, site, now):
    patient = session.patient
    made.name = f"{patient.family_name.upper()}, {patient.given_name}"
    made.sub = " \u00b7 ".join(
        [f"{years_old(patient.born_on, now.astimezone(site.zone).date())} y",
         _number(session.number, session.course, session.appointment.kind), short_name(session.responsible_nurse)]
    )  # fmt: skip


def _number(number, course, kind):
    if kind == "booster" or course is None:
        return "booster" if kind == "booster" else ""
    return f"{number} of {course.planned_number}" if number else ""


def _rank(row):
    state = row.state
    if state.emergency_since:
        return EMERGENCY
    if state.level:
        return ALARM if state.level == "alarm" else CAUTION
    if state.phase == "preparing":
        return WAIT if row.missing else WELL
    return DUE if state.overdue else WELL


def _fill(made, row, site, now):
    state, session = row.state, row.session
    made.phase = phase_of(session, state, site.zone, now)
    made.cells = board_cells(state) if state.last else ()
    made.spark, made.age = spark(state, now)
    made.monitor = preliminary(row.monitor)
    made.alarm = state.alarms[0] if state.alarms else None
    made.rings = _rings(made, state, now)
    if made.rank in (EMERGENCY, ALARM, CAUTION):
        made.flag, made.next, made.lines = alarm_lines(state, site.zone)
        made.order = _alarm_order(state)
        return
    made.flag, made.next, made.lines, made.order = next_lines(made.rank, row, site.zone, now)
    made.vitals = made.rank == DUE
    if made.rank == WAIT:
        made.missing, made.more = links.short(session, row.missing)


def _rings(made, state, now):
    """An emergency rings for a while, an alarm until somebody answers; a caution never does."""
    if made.rank == EMERGENCY:
        return now - state.emergency_since < timedelta(seconds=EMERGENCY_RINGS)
    return made.calls


def _alarm_order(state):
    first = state.alarms[0] if state.alarms else None
    if first is None:
        return 0
    return (0 if first.sounds else 1e12) + first.since.timestamp()


def spark(state, now):
    """(the small trend of the measure that matters for this row, its age in words)."""
    measure = state.alarms[0].measure if state.alarms else "systolic"
    points = series(state, measure)[-SPARK_READINGS:]
    last = state.last.get(measure)
    if not any(value is not None for _, value in points) or measure not in LONG:
        return None, ""
    alarm = state.alarms[0] if state.alarms else None
    limit = alarm.entry.detail.limit_value if alarm else None
    label = f"{LONG[measure]}, last {int((now - points[0][0]).total_seconds() // 60)} min"
    values = [None if v is None else float(v) for _, v in points]
    base = state.baseline.get(measure)
    return Spark(values, label, _plain(base), _plain(limit), alarm.level if alarm else ""), f"{last.minutes} min ago"


def _plain(value):
    return None if value is None else float(value)


def _without_clinical(made):
    """What the front desk may see: who sits where since when, and whether a clinician is asked for.

    A set of vitals that is due is the nurse's own work: nobody at the desk is asked to fetch anyone for it.
    """
    wanted = made.rank in (EMERGENCY, ALARM, CAUTION, WAIT)
    return BoardRow(
        WAIT if made.rank == WAIT else WELL, 0, made.chair, "is-wait" if made.rank == WAIT else "",
        session=None, appointment=made.appointment, name=made.name, nurse=made.nurse, room=made.room,
        sub=short_name(made.session.responsible_nurse), phase=made.phase.plain(),
        next="Needs a clinician: ask the nurse" if wanted else "",
    )  # fmt: skip


def day_words(now, zone):
    """Thu 14-May-2026."""
    here = now.astimezone(zone)
    return f"{here:%a} {clinic_date(here.date())}"
