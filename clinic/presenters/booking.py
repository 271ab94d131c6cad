"""A site's calendar, people, chairs and what is taken, read in few queries and handed to the booking rules."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import OuterRef, Q

from clinic.models import Chair, ClosedDay, Membership, ResourceClaim, Role, Site, StaffAbsence
from clinic.rules import booking as rules
from clinic.rules.booking import Busy, Calendar, Hours, Room, Span

REACH_DAYS = 10
# What a visit takes when neither anybody nor a protocol says otherwise, in minutes: clinic default, to be approved.
MINUTES = {"infusion": 130, "booster": 130, "consultation": 30, "follow_up": 15, "adjunct": 60}
PRESCRIBER_MINUTES = 15  # of an infusion's start
IN_A_CHAIR = ("infusion", "booster")


@dataclass(frozen=True)
class Desk:
    """What the front desk knows of a site: its calendar, its chairs in use, who works there, lanes of a nurse."""

    site: Site
    calendar: Calendar
    chairs: dict
    nurses: dict
    prescribers: dict
    lanes: int
    first_takes_all: bool

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
    closed_days = ClosedDay.objects.filter(site=OuterRef("site")).values("day")
    rows = list(site.hours.annotate(closed=ArraySubquery(closed_days)))
    hours = tuple(Hours(row.weekday, row.opens, row.closes) for row in rows)
    closed = frozenset(rows[0].closed if rows else ())  # a site without hours is closed every day
    chairs = {chair.pk: chair for chair in site.chairs.filter(in_use=True)}
    nurses, prescribers = _people(site, at)
    policy = site.policy
    return Desk(
        site, Calendar(site.zone, hours, closed), chairs, nurses, prescribers,
        lanes=policy.nurse_lanes if policy else 1, first_takes_all=bool(policy and policy.first_infusion_takes_all),
    )  # fmt: skip


def _people(site, at):
    rows = Membership.objects.active(at).filter(site=site, user__is_active=True).select_related("user")
    rows = rows.filter(role__in=[Role.NURSE, Role.PRESCRIBER]).order_by("user__name")
    nurses = {row.user_id: row.user for row in rows if row.role == Role.NURSE}
    return nurses, {row.user_id: row.user for row in rows if row.role == Role.PRESCRIBER}


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
    window = DateTimeTZRange(span.start, span.end)
    people = [*desk.nurses, *desk.prescribers]
    resources = [*desk.chairs, *people, *(patient.pk for patient in patients)]
    rows = ResourceClaim.objects.filter(resource__in=resources, occupies=True, during__overlap=window)
    rows = rows.exclude(appointment__in=[one.pk for one in but]).filter(_holding(at, held_by))
    claims = {}
    for resource, lane, during in rows.values_list("resource", "lane", "during"):
        claims.setdefault(resource, []).append((lane, Span(during.lower, during.upper)))
    return Busy(claims, absences(people, span))


def absences(people, span):
    """When these users (ids) are away in the span, as user id -> [Span]. One query."""
    window, away = DateTimeTZRange(span.start, span.end), {}
    gone = StaffAbsence.objects.filter(user__in=people, during__overlap=window).values_list("user", "during")
    for user, during in gone:
        away.setdefault(user, []).append(Span(during.lower or span.start, during.upper or span.end))
    return away


def _holding(at, held_by):
    holding = Q(hold__isnull=True) | Q(hold__expires_at__gt=at, hold__ended_at__isnull=True)
    return holding & (Q(hold__isnull=True) | ~Q(hold__made_by=held_by)) if held_by else holding


def day_span(desk, first, last=None):
    """From local midnight of `first` to local midnight after `last` (default: the same day), in UTC."""
    zone, last = desk.site.zone, last or first
    return Span(rules.wall(first, time(0), zone), rules.wall(last + timedelta(days=1), time(0), zone))


def offers_on(desk, need, day: date, *, at, held_by=None, but=()):
    """All free slots of a local day for this need, as Offers. Two queries."""
    busy = busy_between(desk, day_span(desk, day), at=at, patients=[need.patient], held_by=held_by, but=but)
    slots = rules.free_slots(
        day, need.length, desk.calendar, room_for(desk, need), busy, at=at, patient=need.patient.pk
    )  # fmt: skip
    return [as_offer(desk, need, slot) for slot in slots]


def nearest_offers(desk, need, starts_at, *, at, number=3, held_by=None, but=()):
    """The free slots nearest in time to the wanted start, of the same length, within ten days. Two queries.

    Any chair and any person will do: those asked for are only preferred.
    """
    day, today = desk.calendar.day_of(starts_at), desk.calendar.day_of(at)
    days = rules.days_around(day, REACH_DAYS, not_before=today)
    if not days:
        return []
    window = day_span(desk, min(days), max(days))
    busy = busy_between(desk, window, at=at, patients=[need.patient], held_by=held_by, but=but)
    room = room_for(desk, _any(need))
    found = []
    for one in days:
        found += rules.free_slots(one, need.length, desk.calendar, room, busy, at=at, patient=need.patient.pk)
        if len(found) >= number * 8:
            break
    wanted = getattr(need.chair, "pk", None)
    nearest = rules.alternatives(need.span(starts_at), found, chair=wanted, number=number)
    return [as_offer(desk, need, slot) for slot in nearest]


def _any(need):
    return Need(**{**need.__dict__, "flexible": True})


def as_offer(desk, need, slot):
    """A slot of ids as an offer of rows."""
    person = desk.nurses.get(slot.user) if need.in_a_chair or need.nurse else desk.prescribers.get(slot.user)
    nurse = person if need.in_a_chair or need.nurse else None
    prescriber = need.prescriber if need.in_a_chair else (person if nurse is None else need.prescriber)
    return Offer(slot.start, slot.end, desk.chairs.get(slot.chair), nurse, prescriber, slot.lanes)
