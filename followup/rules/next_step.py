"""The one thing to do now for a patient, from what stands in the record. Pure: facts in, a sentence and a place out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

FRONT_DESK, NURSE, PRESCRIBER = "front_desk", "nurse", "prescriber"
CLINICIANS = (NURSE, PRESCRIBER)
CARE = (FRONT_DESK, *CLINICIANS)
PATIENT = "patient"  # stands for the patient's own id in `Step.arg`
LATE = timedelta(minutes=15)  # after the booked time; clinic default
WAITING, OPEN = ("submitted", "in_review"), ("invited", "started")


@dataclass(frozen=True)
class Facts:
    """What the sentence rests on; None or "" where there is nothing of the kind."""

    now: datetime
    has_alert: bool = False
    alert_words: str = ""
    packet_state: str = ""
    packet_id: Any = None
    has_email: bool = True
    is_approved: bool = False
    course_id: Any = None
    course_state: str = ""
    course_signed: bool = False
    planned: int = 0
    booked: int = 0
    has_proposal: bool = False
    window: str = ""  # of an accepted booster that is not booked yet
    session_id: Any = None
    next_visit_id: Any = None
    next_at: datetime | None = None
    next_is_today: bool = False
    next_state: str = ""
    roles: frozenset = field(default_factory=frozenset)


@dataclass(frozen=True)
class Step:
    """What to do: `say` is the headline, `more` a line under it, `url` a url name with `arg`, `button` its words.

    `post`: pressing it does it, instead of leading there. `url` is blank for a role that may not do it.
    """

    code: str
    say: str
    more: str = ""
    url: str = ""
    arg: Any = None
    button: str = ""
    post: bool = False


def next_step(facts: Facts) -> Step:
    """The first of these that holds. A role that may not do it is told who must."""
    for rule in RULES:
        step = rule(facts)
        if step is not None:
            return step
    return Step("nothing", "Nothing to do now.", "What comes next will stand here.")


def _step(f: Facts, code: str, say: str, more: str, roles: tuple, url: str, arg: Any, button: str, *, post=False):
    if f.roles & set(roles):
        return Step(code, say, more, url, arg, button, post)
    return Step(code, say, more)


def _alert(f: Facts):
    if f.has_alert:
        say, button = "Somebody must answer an alert.", "Open the alerts"
        return _step(f, "alert", say, f.alert_words, CARE, "clinic:task-list", None, button)
    return None


def _in_the_chair(f: Facts):
    if f.session_id:
        url, button = "sessions:session-show", "Open the run sheet"
        return _step(f, "in-chair", "In the chair now.", "", CLINICIANS, url, f.session_id, button)
    return None


def _today(f: Facts):
    if not f.next_is_today:
        return None
    if f.next_state == "arrived":
        say = "Has arrived: check in."
        return _step(f, "arrived", say, "", CLINICIANS, "sessions:board", None, "To the board")
    say = "Was to come earlier today and is not here yet." if f.next_at and f.now - f.next_at > LATE else "Comes today."
    return _step(f, "today", say, "", CARE, "followup:visit-show", f.next_visit_id, "Open the visit")


def _packet(f: Facts):
    url, button = "intake:packet-show", "Open the packet"
    if f.packet_state in WAITING:
        say, more = "The packet waits for its assessment.", "The packet is sent. A prescriber reads it and decides."
        return _step(f, "assess", say, more, CLINICIANS, url, f.packet_id, button)
    if f.packet_state in OPEN:
        words = "not opened it yet" if f.packet_state == "invited" else "begun, not finished"
        say = "Waiting for the patient's packet."
        return _step(f, "packet-open", say, f"They have {words}.", CARE, url, f.packet_id, button)
    return None


def _invite(f: Facts):
    if f.packet_state or f.is_approved or f.course_id:
        return None
    if not f.has_email:
        say, more = "Ask for an e-mail address.", "The packet goes out as a link by e-mail."
        return _step(f, "no-email", say, more, CARE, "clinic:patient-edit", PATIENT, "Add the address")
    more = "The patient fills it in at home, bit by bit."
    return _step(
        f, "invite", "Send the packet.", more, CARE, "intake:packet-invite", PATIENT, "Send the invitation", post=True
    )


def _plan(f: Facts):
    if f.is_approved and not f.course_id:
        say, more = "Approved: plan the course.", "A prescriber chooses the protocol, the dose and the number."
        return _step(f, "plan", say, more, (PRESCRIBER,), "followup:course-plan", PATIENT, "Plan the course")
    if f.course_id and not f.course_signed and f.course_state == "planned":
        say, more = "The plan waits for its signature.", "Nothing is booked before it is signed."
        return _step(f, "sign", say, more, (PRESCRIBER,), "followup:course-sign", f.course_id, "Read and sign the plan")
    return None


def _book(f: Facts):
    if not f.course_signed or f.course_state != "active" or f.booked >= f.planned:
        return None
    say = f"Book the series: {f.planned - f.booked} of {f.planned} visits to book." if f.booked else "Book the series."
    return _step(f, "book", say, "All in one step.", CARE, "followup:series-book", f.course_id, "Propose dates")


def _proposal(f: Facts):
    if f.has_proposal:
        say, more = "A booster is proposed.", "The prescriber accepts, changes or declines it."
        return _step(f, "booster", say, more, CLINICIANS, "followup:course-show", f.course_id, "See why")
    return None


def _booster(f: Facts):
    if f.window:
        more = f"Between {f.window}."
        return _step(
            f, "book-booster", "Book the accepted visit.", more, CARE, "followup:visit-book", PATIENT, "Find a time"
        )
    return None


def _coming(f: Facts):
    if f.next_visit_id:
        more, url = "The next visit stands below.", "followup:visit-show"
        return _step(f, "coming", "All is planned.", more, CARE, url, f.next_visit_id, "Open the next visit")
    return None


def _no_approval(f: Facts):
    if f.packet_state == "decided" and not f.is_approved and not f.course_id:
        say, more, url = "Decided: no approval to treat.", "The assessment says why.", "intake:packet-show"
        return _step(f, "decided", say, more, CLINICIANS, url, f.packet_id, "Open the packet")
    return None


RULES = (_alert, _in_the_chair, _today, _packet, _invite, _plan, _book, _proposal, _booster, _coming, _no_approval)
