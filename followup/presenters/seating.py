"""Other chairs, other nurses, late arrivals: what is free, who would swap, until when each chair is free."""

from dataclasses import dataclass, field

from clinic.actions.late import late_need
from clinic.models import Appointment
from clinic.presenters import booking
from clinic.rules import booking as rules
from clinic.rules import late
from clinic.rules.booking import Span
from clinic.rules.visits import CAN_SEAT
from clinic.words import clinic_time
from followup.presenters.visits import as_visit, with_claims


@dataclass
class SeatPage:
    """One visit, the chairs and nurses it could have at its hour."""

    visit: object
    desk: object
    chairs: list
    nurses: list


def seat_page(request, visit, at):
    """Free chairs, chairs to swap with another visit, free nurses, as choices. Few queries whatever the day."""
    desk = booking.desk_of(visit.site, at)
    span = Span(visit.starts_at, visit.ends_at)
    busy = booking.busy_between(desk, span, at=at, patients=[visit.patient], held_by=request.user, but=[visit])
    rows = Appointment.objects.filter(
        site=visit.site, state__in=CAN_SEAT, starts_at__lt=span.end, ends_at__gt=span.start
    )
    others = [as_visit(request, row, at) for row in with_claims(rows.exclude(pk=visit.pk))]
    visit.held = list(visit.claims.filter(occupies=True).select_related("chair", "user"))
    made = as_visit(request, visit, at)
    nurses = [(str(pk), str(row)) for pk, row in desk.nurses.items()
              if row not in made.people and busy.free_lanes(pk, span, desk.lanes)]  # fmt: skip
    return SeatPage(made, desk, _chairs(desk, made, span, busy, others), nurses if visit.is_infusion else [])


def _chairs(desk, made, span, busy, others):
    sitting = {other.chair.pk: other for other in others if other.chair}
    found = []
    for pk, chair in desk.chairs.items():
        if made.chair is not None and pk == made.chair.pk:
            continue
        if busy.is_free(pk, span):
            found.append((f"chair:{pk}", f"Chair {chair}, free then"))
        elif pk in sitting and made.chair is not None:
            other = sitting[pk]
            when = clinic_time(other.row.starts_at, desk.site.zone)
            found.append((f"visit:{other.row.pk}", f"Chair {chair}, swap with {other.row.patient}, {when}"))
    return found


@dataclass
class LatePage:
    """Somebody who comes late: how late, when the visit would end, in which chairs it can run, or why in none."""

    visit: object
    desk: object
    minutes: int
    starts_at: object
    ends_at: object
    items: list
    chairs: list = field(default_factory=list)
    waits: list = field(default_factory=list)

    @property
    def may_start(self):
        return not self.items and (bool(self.chairs) or not self.visit.row.is_infusion)


def late_page(request, visit, at):
    """What coming now means for this visit: it keeps its length, its chair where it can."""
    need, desk = late_need(visit, at)
    start = late.start_from(at)
    span = need.span(start)
    visit.held = list(visit.claims.filter(occupies=True).select_related("chair", "user"))
    made = as_visit(request, visit, at)
    page = LatePage(made, desk, late.minutes_late(visit.starts_at, at), span.start, span.end, [])
    page.items = rules.opening_items(span, desk.calendar)
    if visit.is_infusion and not page.items:
        busy = booking.busy_between(desk, span, at=at, patients=[visit.patient], held_by=request.user, but=[visit])
        _seats(page, busy, span, need)
    return page


def _seats(page, busy, span, need):
    """The chairs that are free so long, its own first; and until when those are free that are not."""
    if not any(busy.free_lanes(pk, span, page.desk.lanes, all_lanes=need.all_lanes) for pk in page.desk.nurses):
        page.waits.append("No nurse has a lane free so long.")
        return
    own = page.visit.chair.pk if page.visit.chair else None
    for pk, chair in sorted(page.desk.chairs.items(), key=lambda pair: pair[0] != own):
        words = f"Chair {chair}{', as booked' if pk == own else ''}"
        if busy.is_free(pk, span):
            page.chairs.append((str(pk), words))
            continue
        until = min(taken.start for _, taken in busy.claims.get(pk, ()) if taken.overlaps(span))
        if until > span.start:
            zone = page.desk.site.zone
            page.waits.append(f"Chair {chair} is needed at {clinic_time(until, zone)}.")
