"""The strip on top of the run sheet: the nurse's open sessions, one tap apart, each with its own pattern."""

from dataclasses import dataclass

from django.urls import reverse

from clinic.prepared import Prepared
from sessions import queries
from sessions.models import InfusionSession
from sessions.presenters.words import PHASES, value_words
from sessions.queries.board import Row

PATTERNS = 3


@dataclass(frozen=True)
class Tab:
    """One session in the strip; `number` 1-3 is its pattern, the same as its banner's."""

    title: str
    url: str
    number: int
    here: bool
    flag: str
    side: str
    below: str
    session_id: object
    version: int = 0
    row: object = None


def stamps(user, session):
    """What tells whether the strip is news: each of the nurse's open sessions, and this one, at its version.

    One query, no entries: a page that has this state already is answered without reading any record.
    """
    mine = _mine.rows(site=session.site_id, nurse=user.pk)
    return sorted({f"{one.pk}/{one.version}" for one in (*mine, session)})


_mine = Prepared(
    lambda of: (
        InfusionSession.objects.open().filter(site=of("site"), responsible_nurse=of("nurse")).only("pk", "version")
    )
)


def strip(request, sheet, *, alone=False):
    """(tabs, the pattern of this one). The nurse's own open sessions; the one of `sheet` is always among them.

    `alone`: the caller knows (by `stamps`) that there is no other, and nothing is asked.
    """
    session, at = sheet.session, sheet.at
    rows = [] if alone else queries.board(session.site, at, nurse=request.user, but=session.pk)
    rows.append(Row(session.chair, session, sheet.state))
    rows.sort(key=lambda r: (r.session.checked_in_at, str(r.session.pk)))
    rows = _with_this(rows, session)
    tabs = [_tab(row, n + 1, session, at) for n, row in enumerate(rows)]
    return tabs, next((tab.number for tab in tabs if tab.here), 1)


def pattern(user, session):
    """The pattern (1-3) of this session's banner on its other pages: the same as on the run sheet. One query."""
    mine = InfusionSession.objects.open().filter(site=session.site_id, responsible_nurse=user)
    keys = sorted({*mine.values_list("checked_in_at", "pk"), (session.checked_in_at, session.pk)}, key=_by_arrival)
    return min(keys.index((session.checked_in_at, session.pk)) + 1, PATTERNS)


def _by_arrival(key):
    return key[0], str(key[1])


def _with_this(rows, session):
    """At most three, this one among them."""
    first = rows[:PATTERNS]
    if any(r.session.pk == session.pk for r in first):
        return first
    return [*first[: PATTERNS - 1], *(r for r in rows if r.session.pk == session.pk)]


def _tab(row, number, session, at):
    other, state = row.session, row.state
    chair = other.chair.label if other.chair else "-"
    flag, side, below = _words(state, at)
    return Tab(
        f"{chair} \u00b7 {other.patient.family_name.upper()}",
        reverse("sessions:session-show", args=[other.pk]),
        number,
        other.pk == session.pk,
        flag,
        side,
        below,
        other.pk,
        other.version,
        row,
    )


def _words(state, at):
    phase = PHASES[state.phase]
    if state.emergency_since:
        return "alarm", "Emergency", phase
    if state.alarms:
        alarm = state.alarms[0]
        return alarm.level, alarm.level.capitalize(), value_words(alarm.measure, alarm.value)
    if state.overdue:
        late = max(due.late_minutes for due in state.overdue)
        return "clock", f"{late} min over", f"{phase} \u00b7 vitals overdue"
    if state.next_due:
        minutes = max(0, int((state.next_due.at - at).total_seconds() // 60))
        return "", f"{minutes} min", f"{phase} \u00b7 vitals next"
    return "", "", phase
