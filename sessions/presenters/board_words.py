"""The sentences of the board: phase, what is next, the title. Pure functions of the derived state."""

from dataclasses import dataclass

from clinic.words import clinic_time, figure
from sessions.presenters.links import SHORT
from sessions.presenters.words import LONG, PHASES, one_of, value_words
from sessions.presenters.words import SHORT as NAMES

LONG_INFUSION_MINUTES = 90
VITALS = ("systolic", "diastolic", "heart_rate", "spo2")


@dataclass(frozen=True)
class PhaseWords:
    """Phase, minutes "31 of 40", progress as value and max, and what stands under it."""

    words: str
    count: str = ""
    value: int | None = None
    top: int | None = None
    sub: str = ""

    def plain(self):
        """Without minutes: what the front desk reads."""
        return PhaseWords(self.words if self.words.startswith("Arrived") else "In the chair")


def phase_of(session, state, zone, now):
    """The phase in words with its minutes and progress."""
    if state.phase == "preparing":
        start = session.appointment.starts_at
        return PhaseWords(
            f"Arrived {clinic_time(session.checked_in_at, zone)}", sub=f"Booked for {clinic_time(start, zone)}"
        )
    if state.phase == "observing":
        return _observing(session, state, now)
    return _infusing(session, state, zone, now)


def _observing(session, state, now):
    top = session.protocol_version.observe_minutes
    done = int((now - state.stopped_at).total_seconds() // 60) if state.stopped_at else 0
    left = top - done
    score = state.score.detail if state.score else None
    said = (
        f"{score.get_scale_display() if hasattr(score, 'get_scale_display') else score.scale.capitalize()} "
        if score
        else ""
    )
    total = (figure(score.total) if score.total is not None else "not scorable") if score else ""
    parts = [f"{left} min left" if left > 0 else "done", f"{said}{total}".strip()]
    return PhaseWords(
        PHASES["observing"], f"{done} of {top}", min(done, top), top, " \u00b7 ".join(filter(None, parts))
    )


def _infusing(session, state, zone, now):
    main = state.main
    top = (
        int(main.planned_minutes)
        if main and main.planned_minutes is not None
        else session.protocol_version.infusion_minutes
    )
    done = main.minutes if main else state.minutes
    if state.phase == "paused":
        since = int((now - state.phase_since).total_seconds() // 60)
        return PhaseWords(PHASES["paused"], f"{done} of {top}", min(done, top), top, f"paused for {since} min")
    return PhaseWords(PHASES["infusing"], f"{done} of {top}", min(done, top), top, _ends(main, top, zone, now))


def _ends(main, top, zone, now):
    if main is None or main.ends_at is None:
        return ""
    left = int((main.ends_at - now).total_seconds() // 60)
    if left < 0:
        return f"{-left} min over: read the pump"
    return f"ends about {clinic_time(main.ends_at, zone)}" if top >= LONG_INFUSION_MINUTES else f"{left} min left"


def alarm_lines(state, zone):
    """(flag, words, lines) for the gravest thing of a row: emergency, alarm or caution."""
    if state.emergency_since:
        return (
            "alarm",
            "Emergency",
            [f"called {clinic_time(state.emergency_since, zone)}", "Everyone free goes to this chair"],
        )
    alarm = state.alarms[0]
    word = "Alarm" if alarm.level == "alarm" else "Caution"
    return alarm.level, f"{word}: {value_words(alarm.measure, alarm.value)}", [*alarm_facts(alarm, zone), *_also(state)]


def _also(state):
    """The other alarms of the same patient, on one line."""
    more = [f"{a.level} {value_words(a.measure, a.value)}" for a in state.alarms[1:]]
    return ["Also " + ", ".join(more)] if more else []


def alarm_facts(alarm, zone):
    """Limit, baseline, since; who is going; what the protocol says."""
    detail = alarm.entry.detail
    said = alarm.baseline is None or "baseline" in alarm.limit_text
    base = "" if said else f"baseline {figure(alarm.baseline)}"
    facts = [alarm.limit_text.capitalize(), base, f"since {clinic_time(alarm.since, zone)}"]
    return [" \u00b7 ".join(filter(None, facts)), _answered(alarm, zone), *filter(None, [detail.instruction])]


def _answered(alarm, zone):
    if alarm.answered_at is None:
        called = alarm.escalate and alarm.level == "alarm"  # for a caution nobody is called (rules.watch)
        return "Nobody is going yet" + (", prescriber asked too" if called else "")
    who = f"{alarm.answered_by.name}, {clinic_time(alarm.answered_at, zone)}"
    if alarm.escalate:
        return f"{who}: the recheck of {clinic_time(alarm.recheck_due_at, zone)} is late"
    return f"{who}: recheck at {clinic_time(alarm.recheck_due_at, zone)}" if alarm.recheck_due_at else who


def next_lines(rank, row, zone, now):
    """(flag, words, lines, order) of a row without an alarm."""
    state = row.state
    if state.phase == "preparing":
        return _preparing(row)
    if state.overdue:
        return _overdue(state, zone)
    if state.phase == "observing" and not row.missing:
        return "", "Ready to go home", ["All criteria are met"], 0
    return _calm(row, zone, now)


def _preparing(row):
    if not row.missing:
        return "", "Ready to start", ["Nothing is missing"], 0
    count = len(row.missing)
    return (
        "",
        f"Not ready: {count} missing",
        ["Can't start until all is done" if count > 1 else "Can't start without it"],
        0,
    )


def _overdue(state, zone):
    first = max(state.overdue, key=lambda d: (d.late_minutes, d.measure in VITALS))
    what = "Vitals" if first.measure in VITALS else LONG[first.measure]
    return (
        "clock",
        f"{first.late_minutes} min overdue",
        [f"{what} due {clinic_time(first.at, zone)}"],
        -first.late_minutes,
    )


def _calm(row, zone, now):
    due = row.state.next_due
    if due is None:
        return "", "Nothing due", _home(row), 1e12
    minutes = max(0, int((due.at - now).total_seconds() // 60))
    what = "Vitals" if due.measure in VITALS else NAMES[due.measure]
    words = f"{what} in {minutes} min" if minutes else f"{what} due now"
    return "", words, _home(row), due.at.timestamp()


def _home(row):
    if row.state.phase != "observing" or not row.missing:
        return []
    return ["Still missing: " + ", ".join(SHORT.get(i.code, i.text).lower() for i in row.missing[:3])]


def title(rows, clinical=True):
    """The answer first: who needs someone, in one sentence."""
    if not clinical:
        return "Who is in which chair"
    for test, said in _TITLES:
        found = [r for r in rows if test(r)]
        if found:
            return said(found)
    return _all_well(rows)


def chairs(rows):
    """ "Chair 3", "Chairs 3 and 5", "Chairs 1, 2 and 3"."""
    named = [r.chair for r in rows]
    if len(named) == 1:
        return f"Chair {named[0]}"
    return f"Chairs {', '.join(named[:-1])} and {named[-1]}"


def _all_well(rows):
    due = [r for r in rows if r.session and r.state and r.state.next_due]
    if due:
        first = min(due, key=lambda r: r.state.next_due.at)
        return f"All is well. Chair {first.chair} is next: {first.next[0].lower()}{first.next[1:]}"
    return "No infusion is running"


def _calls(row):
    return row.rank == 1 and row.alarm and row.alarm.sounds


_TITLES = (
    (lambda r: r.rank == 0, lambda f: f"Emergency in {chairs(f).lower()}"),
    (_calls, lambda f: f"{chairs(f)} {'needs' if len(f) == 1 else 'need'} someone now"),
    (lambda r: r.rank == 1, lambda f: f"{f[0].alarm.answered_by.name} is going to chair {f[0].chair}"),
    (lambda r: r.rank == 2 and r.alarm.sounds, lambda f: f"{chairs(f)}: look in soon"),
    (lambda r: r.rank == 3, lambda f: f"Vitals are overdue in {chairs(f).lower()}"),
    (lambda r: r.rank == 2, lambda f: f"{chairs(f)} {'is' if len(f) == 1 else 'are'} being rechecked"),
    (lambda r: r.rank == 4, lambda f: f"{chairs(f)} {'is' if len(f) == 1 else 'are'} not ready yet"),
)


def wall_title(rows, now):
    """The same for a screen on a wall: nobody is named, of the staff neither, and no measure."""
    for test, said in _TITLES:
        found = [r for r in rows if test(r)]
        if found and found[0].rank == 1 and not _calls(found[0]):
            return f"Somebody is at {chairs(found).lower()}"
        if found:
            return said(found)
    due = [r for r in rows if r.state and r.state.next_due]
    if not due:
        return "No infusion is running"
    first = min(due, key=lambda r: r.state.next_due.at)
    minutes = max(0, int((first.state.next_due.at - now).total_seconds() // 60))
    return f"All is well. Chair {first.chair} is next, in {minutes} min"


def tally(rows):
    """Counts somebody acts on, in words; nothing that is zero."""
    count = {rank: sum(1 for r in rows if r.rank == rank) for rank in range(6)}
    said = [(0, "emergency", "emergencies"), (1, "alarm", ""), (2, "caution", ""),
            (3, "set of vitals overdue", "sets of vitals overdue"),
            (4, "arrival not ready", "arrivals not ready")]  # fmt: skip
    return [one_of(count[rank], one, many) for rank, one, many in said if count[rank]]
