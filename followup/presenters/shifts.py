"""Who works when, in words: everybody's week, one person's with the visits that lie outside."""

from dataclasses import dataclass, field
from datetime import timedelta

from clinic.models import Role
from clinic.models.places import WEEKDAYS
from clinic.presenters import booking
from clinic.queries.shifts import days_ahead, outside_shifts
from clinic.rules.shifts import Shifts
from clinic.words import clinic_date
from followup.presenters.away import Hit
from followup.presenters.visits import kind_words

WHO_SETS = (Role.FRONT_DESK.value, Role.CLINIC_ADMIN.value)


@dataclass
class Person:
    """One person's week: `hours` in words for each weekday, "" on a day off; `next_words`: what begins later."""

    row: object
    hours: list
    is_set: bool
    next_words: str = ""
    days: list = field(default_factory=list)


@dataclass
class ShiftPage:
    """Everybody's hours, and whether this reader sets them."""

    people: list
    may_set: bool
    weekdays: list = field(default_factory=lambda: [name for _, name in WEEKDAYS])


@dataclass
class PersonPage:
    """One person's hours, other hours ahead, visits outside them."""

    person: Person
    hits: list
    may_set: bool
    week: dict


def list_page(request, at):
    """Everybody who is booked at the current site, with their week of today."""
    desk = booking.desk_of(request.site, at)
    today, everyone = desk.calendar.day_of(at), desk.nurses | desk.prescribers
    days = days_ahead(list(everyone), request.site, today)
    people = [_person(pk, row, desk, today, days) for pk, row in everyone.items()]
    return ShiftPage(people, _may_set(request))


def person_page(request, user, at):
    """One person's hours at the current site."""
    desk = booking.desk_of(request.site, at)
    today = desk.calendar.day_of(at)
    person = _person(user.pk, user, desk, today, days_ahead([user], request.site, today))
    hits = [Hit(visit, kind_words(request, visit.kind)) for visit in outside_shifts(user, request.site, at)]
    return PersonPage(person, hits, _may_set(request), _typed(desk.shifts.get(user.pk, Shifts()), today))


def _may_set(request):
    return bool(set(WHO_SETS) & set(request.roles))


def _person(pk, row, desk, today, days):
    """With the week of today; where none is in force yet, the one that begins later."""
    shifts = desk.shifts.get(pk, Shifts())
    later = min((one.first for one in shifts.weekly if one.first > today), default=None)
    is_now = any(one.is_in_force(today) for one in shifts.weekly)
    week = _week(shifts, today if is_now or later is None else later)
    hours = [f"{one.starts:%H:%M} to {one.ends:%H:%M}" if one else "" for one in week]
    words = f"{'another week' if is_now else 'this week'} from {clinic_date(later)} on" if later else ""
    return Person(row, hours, any(week), words, [one for one in days if one.user_id == pk])


def _week(shifts, day):
    """The rows in force on that day by weekday, None on a day off."""
    rows = {one.weekday: one for one in shifts.weekly if one.is_in_force(day)}
    return [rows.get(number) for number, _ in WEEKDAYS]


def _typed(shifts, today):
    """The week as the form shows it first: the newest that is set, from today or from its own first day on."""
    first = max([today, *(one.first for one in shifts.weekly)], default=today)
    rows = enumerate(_week(shifts, first))
    typed = {"first": first if first > today else today + timedelta(days=1)}
    for number, one in rows:
        typed |= {f"from_{number}": one.starts, f"until_{number}": one.ends} if one else {}
    return typed
