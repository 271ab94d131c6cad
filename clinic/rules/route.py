"""Whom an unanswered alert reaches next, and when. Pure: the moment is passed in."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from clinic.refusal import Item, refuse_if

AT_MOST = 20
LOOK_AGAIN = timedelta(hours=1)
REPEAT_MINUTES = 30
CLINICIANS = ("nurse", "prescriber")


@dataclass(frozen=True)
class Step:
    """One line of a route: `when` is always, open or closed; `whom` is role, user or outside."""

    after_minutes: int
    when: str = "always"
    whom: str = "role"
    role: str = ""
    user: object = None
    name: str = ""
    email: str = ""
    phone: str = ""


# A site that has set no route of its own: all clinicians at once and again, then the prescribers and the clinic admin.
# Clinic default (unverified default, the clinic approves).
DEFAULT = (
    Step(0, role="nurse"),
    Step(0, role="prescriber"),
    Step(10, role="nurse"),
    Step(10, role="prescriber"),
    Step(25, role="prescriber"),
    Step(25, role="clinic_admin"),
)


def applies(when: str, is_open: bool) -> bool:
    """Does a step of this kind count while the site is open (or closed)?"""
    return when == "always" or (when == "open") == is_open


def is_on_call(steps: Iterable, *, can_text: bool) -> bool:
    """Is there an out-of-hours route: a step for closed hours that reaches somebody as things are?"""
    return any(step.when == "closed" and reaches(step, can_text=can_text) for step in steps)


def reaches(step, *, can_text: bool) -> bool:
    """Can anything be sent by this step? A phone alone needs text messages to be set up."""
    return step.whom != "outside" or bool(step.email) or (can_text and bool(step.phone))


@dataclass(frozen=True)
class Climb:
    """What to do now: the steps to take (or to repeat), and when to look again."""

    keys: tuple[tuple[int, str], ...]
    is_repeat: bool
    next_at: datetime


def climb(
    steps: Sequence,
    *,
    raised_at: datetime,
    at: datetime,
    is_open: bool,
    next_change: datetime | None,
    taken: Collection[tuple[int, str]],
    last_sent_at: datetime | None,
    repeat_minutes: int,
) -> Climb:
    """The next thing to do about an alert nobody has answered.

    Steps that are due by now and count at this hour are taken, each once. When none is left, the last one that counts
    at this hour is repeated every `repeat_minutes` until somebody answers: it never falls silent.
    """
    keys = {(step.after_minutes, step.when) for step in steps if applies(step.when, is_open)}
    ahead = {key for key in keys if key not in taken and due_at(raised_at, key) > at}
    now = tuple(sorted(key for key in keys if key not in taken and key not in ahead))
    last = tuple(sorted(key for key in keys if key[0] == max(minutes for minutes, _ in keys)))
    repeat_at = (last_sent_at or raised_at) + timedelta(minutes=repeat_minutes)
    is_repeat = bool(keys) and not now and not ahead and repeat_at <= at
    doing = last if is_repeat else now
    again = [due_at(raised_at, key) for key in ahead]
    if keys and not ahead:
        again.append((at if doing else last_sent_at or raised_at) + timedelta(minutes=repeat_minutes))
    if next_change is not None:
        again.append(next_change)
    return Climb(doing, is_repeat, min(again, default=at + LOOK_AGAIN))


def due_at(raised_at: datetime, key: tuple[int, str]) -> datetime:
    """When a step is due, if it counts at that hour."""
    return raised_at + timedelta(minutes=key[0])


def must_raise(value: int, *, open_values: Collection[int], last_value: int | None) -> bool:
    """Does this answer call for an alert of its own? `open_values`: of alerts to the same question nobody answered.

    While one is open, only a worse answer raises again. When none is, everything worse than what was said last does:
    somebody who went back to "not at all" and comes again is heard again.
    """
    if value <= 0:
        return False
    if open_values:
        return value > max(open_values)
    return last_value is None or value > last_value


def check_can_set(steps: Sequence, *, working: Collection, can_text: bool) -> None:
    """Raise Refused with everything that is wrong with a route. `working`: users who work at the site now."""
    refuse_if(_against(list(steps), working, can_text))


def _against(steps, working, can_text):
    if len(steps) > AT_MOST:
        yield Item("route-long", f"A route has at most {AT_MOST} lines.")
    if not any(step.after_minutes == 0 and step.when in ("always", "open") and _clinician(step) for step in steps):
        yield Item("route-at-once", "While the site is open, a nurse, a prescriber or a colleague is told at minute 0.")
    if len({_line(step) for step in steps}) < len(steps):
        yield Item("route-twice", "The same line stands there twice.")
    for step in steps:
        yield from _against_step(step, working, can_text)


def _clinician(step):
    return step.whom == "user" or (step.whom == "role" and step.role in CLINICIANS)


def _line(step):
    return (step.after_minutes, step.when, step.whom, step.role, step.user, step.email.lower(), step.phone)


def _against_step(step, working, can_text):
    said = f"The line at {step.after_minutes} min"
    if step.whom == "role" and not step.role:
        yield Item("route-role", f"{said}: choose the role.")
    if step.whom == "user" and step.user not in working:
        yield Item("route-user", f"{said}: choose a colleague who works at this site.")
    if step.whom == "outside" and not (step.name and (step.email or step.phone)):
        yield Item("route-outside", f"{said}: somebody outside needs a name and an e-mail address.")
    elif not reaches(step, can_text=can_text):
        yield Item("route-text", f"{said}: text messages are not set up on this server; give an e-mail address too.")
    if step.whom != "outside" and (step.name or step.email or step.phone):
        yield Item("route-mixed", f"{said}: name, e-mail and phone are for somebody outside only.")
