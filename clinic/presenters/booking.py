"""A site's calendar, people, chairs and what is taken, read in few queries and handed to the booking rules."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import DateTimeRangeField
from django.db.models import F, Func, OuterRef, Q
from django.db.models.functions import JSONObject

from clinic.models import Chair, ClosedDay, Membership, OpeningHours, ResourceClaim, Role, Site, StaffAbsence
from clinic.prepared import Prepared
from clinic.queries.shifts import said_of_memberships, shifts_of
from clinic.rules import booking as rules
from clinic.rules.booking import Busy, Calendar, Hours, Room, Span

REACH_DAYS = 10
# What a visit takes when neither anybody nor a protocol says otherwise, in minutes: clinic default, to be approved.
MINUTES = {"infusion": 130, "booster": 130, "consultation": 30, "follow_up": 15, "adjunct": 60}
PRESCRIBER_MINUTES = 15  # of an infusion's start
IN_A_CHAIR = ("infusion", "booster")


@dataclass(frozen=True)
class Desk:
    """What the front desk knows of a site: its calendar, its chairs in use, who works there, lanes of a nurse.

    `shifts`: the hours of each person (id) for whom some are set; whoever has none is there whenever it is open.
    """

    site: Site
    calendar: Calendar
    chairs: dict
    nurses: dict
    prescribers: dict
    lanes: int
    first_takes_all: bool
    shifts: dict = field(default_factory=dict)

    def named(self, pk) -> Any:
        """A chair or a person of the site by id; None when it is neither."""
        return self.chairs.get(pk) or self.nurses.get(pk) or self.prescribers.get(pk)


@dataclass(frozen=True)
class Offer:
    """A free slot with its chair and person as rows, for pages and refusals."""

    starts_at: datetime
    ends_at: datetime
    chair: Chair | None = None
    nurse: Any = None
    prescriber: Any = None
    lanes: tuple = ()

    @property
    def user(self):
        return self.nurse or self.prescriber


@dataclass(frozen=True)
class Need:
    """What a visit needs. `minutes` on the clock of the world; chair, nurse, prescriber: rows, or None for any."""

    kind: str
    minutes: int
    patient: Any
    chair: Any = None
    nurse: Any = None
    prescriber: Any = None
    all_lanes: bool = False
    flexible: bool = False

    @property
    def length(self) -> timedelta:
        return timedelta(minutes=self.minutes)

    @property
    def in_a_chair(self) -> bool:
        return self.kind in IN_A_CHAIR

    @property
    def with_prescriber(self) -> bool:
        """Whether it is the prescriber's own time, as a consultation is."""
        return not self.in_a_chair and self.kind != "adjunct" and self.nurse is None

    def span(self, starts_at: datetime) -> Span:
        return Span(starts_at, starts_at + self.length)


def desk_of(site, at):
    """Read a site's calendar and people. Four queries."""
    chairs = {chair.pk: chair for chair in _chairs.rows(site=site.pk)}
    nurses, prescribers, shifts = _people(site, at)
    policy = site.policy
    return Desk(
        site, _calendar(site), chairs, nurses, prescribers,
        lanes=policy.nurse_lanes if policy else 1, first_takes_all=bool(policy and policy.first_infusion_takes_all),
        shifts=shifts,
    )  # fmt: skip


def _hours_in(of):
    """The weekly hours, each row with all days of the site that have hours of their own."""
    said = JSONObject(day="day", opens="opens", closes="closes")
    days = ClosedDay.objects.filter(site=OuterRef("site")).values(said=said)
    return OpeningHours.objects.filter(site=of("site")).annotate(days=ArraySubquery(days))


def _staff_in(of):
    rows = Membership.objects.active(of.moment("at")).filter(site=of("site"), user__is_active=True)
    rows = rows.filter(role__in=[Role.NURSE, Role.PRESCRIBER]).select_related("user")
    return said_of_memberships(rows).order_by("user__name")


_chairs = Prepared(lambda of: Chair.objects.filter(site=of("site"), in_use=True))
_hours, _staff = Prepared(_hours_in), Prepared(_staff_in)


def _calendar(site):
    """The site's weekly hours with its closed days and those that have hours of their own. One query."""
    rows = _hours.rows(site=site.pk)
    hours = tuple(Hours(row.weekday, row.opens, row.closes) for row in rows)
    closed, special = set(), {}
    for found in rows[0].days if rows else ():  # a site without hours is closed every day
        day = date.fromisoformat(found["day"])
        if found["opens"] is None:
            closed.add(day)
        else:
            special[day] = (time.fromisoformat(found["opens"]), time.fromisoformat(found["closes"]))
    return Calendar(site.zone, hours, frozenset(closed), special)


def _people(site, at):
    rows = _staff.rows(site=site.pk, at=at)
    nurses = {row.user_id: row.user for row in rows if row.role == Role.NURSE}
    shifts = {row.user_id: shifts_of(row) for row in rows if row.weeks or row.other_days}
    return nurses, {row.user_id: row.user for row in rows if row.role == Role.PRESCRIBER}, shifts


def room_for(desk, need):
    """The chairs and people that would do for this visit, those asked for first and alone unless it is flexible."""
    chairs = _choice(need.chair, desk.chairs, need.flexible) if need.in_a_chair or need.chair else ()
    if need.in_a_chair or need.nurse:
        return Room(chairs, _choice(need.nurse, desk.nurses, need.flexible), desk.lanes, need.all_lanes)
    if need.with_prescriber:
        return Room(chairs, _choice(need.prescriber, desk.prescribers, need.flexible))
    return Room(chairs)


def _choice(asked, known, flexible):
    if asked is None:
        return tuple(known)
    rest = tuple(pk for pk in known if pk != asked.pk) if flexible else ()
    return (asked.pk, *rest)


def busy_between(desk, span, *, at, patients=(), but=(), held_by=None):
    """What is taken of the site's chairs and people, and of these patients, in the span. Two queries.

    Leaves out the claims of the appointments `but`, expired holds, and holds of `held_by` (a user).
    """
    people = [*desk.nurses, *desk.prescribers]
    persons = {patient.person_id: patient.pk for patient in patients}
    asked = {"resources": [*desk.chairs, *people], "persons": list(persons), "but": [one.pk for one in but]}
    claims = {}
    if asked["resources"] or persons:
        by = held_by.pk if held_by else NOBODY
        for row in _claims.rows(start=span.start, end=span.end, at=at, by=by, **asked):
            mine = Span(row.during.lower, row.during.upper)
            claims.setdefault(persons.get(row.person, row.resource), []).append((row.lane, mine))
    return Busy(claims, absences(people, span), off_shift(desk, span))


NOBODY = UUID(int=0)  # no user's id


def _within(of):
    """The time asked about, as a range in SQL."""
    return Func(of.moment("start"), of.moment("end"), function="tstzrange", output_field=DateTimeRangeField())


def _claims_in(of):
    wanted = Q(resource__in=of.list("resources")) | Q(patient__person__in=of.list("persons"))
    rows = ResourceClaim.objects.filter(wanted, occupies=True, during__overlap=_within(of))
    rows = rows.exclude(appointment__in=of.list("but")).filter(_holding(of))
    return rows.only("resource", "lane", "during").annotate(person=F("patient__person"))


def _holding(of):
    """Not held, or held by somebody else and not over yet."""
    standing = Q(hold__expires_at__gt=of.moment("at"), hold__ended_at__isnull=True)
    return Q(hold__isnull=True) | (standing & ~Q(hold__made_by=of("by")))


def _gone_in(of):
    gone = StaffAbsence.objects.filter(user__in=of.list("people"), called_off_at__isnull=True)
    return gone.filter(during__overlap=_within(of)).only("user", "during")


_claims, _gone = Prepared(_claims_in), Prepared(_gone_in)


def absences(people, span):
    """When these users (ids) are away in the span, as user id -> [Span]. One query."""
    away = {}
    for row in _gone.rows(people=list(people), start=span.start, end=span.end) if people else ():
        mine = Span(row.during.lower or span.start, row.during.upper or span.end)
        away.setdefault(row.user_id, []).append(mine)
    return away


def off_shift(desk, span):
    """When people of the site are not at work by their hours, on the local days of the span, as user id -> [Span]."""
    first, last = desk.calendar.day_of(span.start), desk.calendar.day_of(span.end)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return {pk: shifts.off(days, desk.site.zone) for pk, shifts in desk.shifts.items()}


def day_span(desk, first, last=None):
    """From local midnight of `first` to local midnight after `last` (default: the same day), in UTC."""
    zone, last = desk.site.zone, last or first
    return Span(rules.wall(first, time(0), zone), rules.wall(last + timedelta(days=1), time(0), zone))


def offers_on(desk, need, day: date, *, at, held_by=None, but=(), busy=None):
    """All free slots of a local day for this need, as Offers. Two queries; none with `busy` read for that day."""
    if busy is None:
        busy = busy_between(desk, day_span(desk, day), at=at, patients=[need.patient], held_by=held_by, but=but)
    slots = rules.free_slots(
        day, need.length, desk.calendar, room_for(desk, need), busy, at=at, patient=need.patient.pk
    )  # fmt: skip
    return [as_offer(desk, need, slot) for slot in slots]


@dataclass(frozen=True)
class Near:
    """The local days at which another slot is looked for, the nearest first, and what is taken on all of them."""

    days: list
    window: Span
    busy: Busy


class Offers(list):
    """Free slots; `near`: what is taken on the days around them, for whoever shows more of these days."""

    near: Near | None = None


def near_to(desk, need, starts_at, *, at, held_by=None, but=()):
    """The ten days before and after this start, none behind today, as `Near`; None without any. Two queries."""
    day, today = desk.calendar.day_of(starts_at), desk.calendar.day_of(at)
    days = rules.days_around(day, REACH_DAYS, not_before=today)
    if not days:
        return None
    window = day_span(desk, min(days), max(days))
    return Near(days, window, busy_between(desk, window, at=at, patients=[need.patient], held_by=held_by, but=but))


def nearest_offers(desk, need, starts_at, *, at, number=3, held_by=None, but=()):
    """The free slots nearest in time to the wanted start, of the same length, within ten days, as `Offers`.

    Two queries. Any chair and any person will do: those asked for are only preferred.
    """
    made, found = Offers(), []
    made.near = near_to(desk, need, starts_at, at=at, held_by=held_by, but=but)
    if made.near is None:
        return made
    room, busy = room_for(desk, _any(need)), made.near.busy
    for one in made.near.days:
        found += rules.free_slots(one, need.length, desk.calendar, room, busy, at=at, patient=need.patient.pk)
        if len(found) >= number * 8:
            break
    wanted = getattr(need.chair, "pk", None)
    made += [as_offer(desk, need, slot) for slot in
             rules.alternatives(need.span(starts_at), found, chair=wanted, number=number)]  # fmt: skip
    return made


def _any(need):
    return Need(**{**need.__dict__, "flexible": True})


def as_offer(desk, need, slot):
    """A slot of ids as an offer of rows."""
    person = desk.nurses.get(slot.user) if need.in_a_chair or need.nurse else desk.prescribers.get(slot.user)
    nurse = person if need.in_a_chair or need.nurse else None
    prescriber = need.prescriber if need.in_a_chair else (person if nurse is None else need.prescriber)
    return Offer(slot.start, slot.end, desk.chairs.get(slot.chair), nurse, prescriber, slot.lanes)
