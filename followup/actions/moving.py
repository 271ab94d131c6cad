"""Move the visits of a course within its protocol's spacing, take a move back, shift a series."""

from datetime import datetime, timedelta

from django.db import transaction

from clinic import clock
from clinic.actions import appointments, series
from clinic.models import Appointment, Chair, User
from clinic.presenters.booking import busy_between, desk_of
from clinic.refusal import Item, refuse_if
from clinic.rules.booking import Room, Span, fit
from followup.actions.booking import check_may_be_booked, may_be_booked
from followup.queries import schedule as queries
from followup.rules.placing import neighbour_faults


def spacing_of_move(visit, starts_at):
    """What the protocol's spacing says against this visit at that moment, as sentences; [] for other visits."""
    if visit.kind != "infusion" or visit.course is None:
        return []
    zone = visit.site.zone
    others = queries.course_days(visit.course, zone, but=visit)
    spacing = series.spacing_of(visit.course.protocol_version)
    return neighbour_faults(starts_at.astimezone(zone).date(), others, spacing)


@transaction.atomic
def move_visit(*, visit, starts_at, by, reason="", version=None, at=None, **asked):
    """Move one visit. An infusion keeps its protocol's spacing, unless `reason` says why not.

    Refused too when the course may not be booked on that day while it was on the old one (an approval that ends).
    `asked`: chair, nurse, prescriber, flexible. Raises as `clinic.actions.appointments.move`.
    """
    at = at or clock.now()
    if not reason.strip():
        refuse_if(Item("spacing", words, field="reason") for words in spacing_of_move(visit, starts_at))
    if visit.is_infusion and visit.course is not None and may_be_booked(visit.course, visit.starts_at):
        check_may_be_booked(visit.course, at=starts_at)
    return appointments.move(
        appointment=visit, starts_at=starts_at, by=by, reason=reason, version=version, at=at, **asked
    )  # fmt: skip


@transaction.atomic
def place_visit(*, visit, starts_at, by, chair=None, nurse=None, prescriber=None, reason="", version=None, at=None):
    """Move a visit to this chair or this person; what is not asked for is kept where it is free, else any that is.

    Raises as `move_visit`.
    """
    at = at or clock.now()
    asked = {"chair": chair, "nurse": nurse, "prescriber": prescriber}
    if visit.is_infusion:
        asked |= _free_then(visit, starts_at, asked, by, at)
    return move_visit(visit=visit, starts_at=starts_at, by=by, reason=reason, version=version, at=at, **asked)


def _free_then(visit, starts_at, asked, by, at):
    """A chair and a nurse free for the visit at that moment; nothing where there are none: the move says why."""
    desk = desk_of(visit.site, at)
    held, span = (
        appointments.kept(visit, desk, flexible=True),
        Span(starts_at, starts_at + (visit.ends_at - visit.starts_at)),
    )
    all_lanes = visit.kind == "infusion" and visit.number == 1 and desk.first_takes_all
    room = Room(
        _choice(asked["chair"], held["chair"], desk.chairs), _choice(asked["nurse"], held["nurse"], desk.nurses),
        desk.lanes, all_lanes,
    )  # fmt: skip
    busy = busy_between(desk, span, at=at, patients=[visit.patient], held_by=by, but=[visit])
    slot = fit(span, room, busy, visit.patient_id)
    return {"chair": desk.chairs[slot.chair], "nurse": desk.nurses[slot.user]} if slot else {}


def _choice(asked, held, known):
    """The ids that would do: only the one asked for, else the one held first."""
    if asked is not None:
        return (asked.pk,)
    return tuple(sorted(known, key=lambda pk: held is None or pk != held.pk))


@transaction.atomic
def undo_move(*, visit, by, at=None):
    """Put a visit back where the same user moved it from within the last half hour. Raises as a move.

    Refused when there is no such move, or when something else has happened to the visit since.
    """
    at = at or clock.now()
    last = queries.last_move(visit, by, at)
    if last is None or last.detail.get("version") != visit.version:
        refuse_if([Item("nothing-to-undo", "The last move can't be taken back any more. Move the visit instead.")])
    was = _rows_of(last.detail["was"], desk_of(visit.site, at))
    return appointments.move(
        appointment=visit, starts_at=datetime.fromisoformat(last.detail["from"]), minutes=last.detail["minutes"],
        by=by, reason="taken back", at=at, **was,
    )  # fmt: skip


def _rows_of(was, desk):
    """Chair and nurse as they were, as far as they are still there."""
    people = [pk for pk in was["people"] if pk in {str(key) for key in desk.nurses}]
    chair = Chair.objects.filter(pk=was["chair"] or None, in_use=True).first()
    nurse = User.objects.filter(pk__in=people).first()
    return {"chair": chair, "nurse": nurse}


@transaction.atomic
def shift_series(*, course, days, by, since=None, flexible=False, reason="", at=None):
    """Shift what is left of a series, or what starts at `since` or later; `reason` where the spacing is left.

    Raises and returns as `clinic.actions.series.shift_series`.
    """
    at = at or clock.now()
    if not reason.strip():
        refuse_if(Item("spacing", words, field="reason") for words in spacing_of_shift(course, days, since, at))
    return series.shift_series(
        course=course, days=days, by=by, since=since, flexible=flexible, reason=reason, at=at
    )  # fmt: skip


def spacing_of_shift(course, days, since, at):
    """What the spacing says against the gap between the last visit that stays and the first that is shifted."""
    rows = Appointment.objects.filter(course=course, kind="infusion").exclude(state__in=["cancelled", "no_show"])
    zone, first = course.site.zone, max(at, since or at)
    starts = list(rows.order_by("starts_at").values_list("starts_at", flat=True))
    moved = [start.astimezone(zone).date() for start in starts if start >= first]
    stay = [start.astimezone(zone).date() for start in starts if start < first]
    if not moved or not stay:
        return []
    return neighbour_faults(moved[0] + timedelta(days=days), stay[-1:], series.spacing_of(course.protocol_version))
