"""From an accepted proposal to its visit: the booking task, what closes it, and the task again if the visit falls."""

from datetime import datetime, timedelta

from django.db import transaction

from clinic import audit, clock, words
from clinic.actions.tasks import close_task, open_task, withdraw_task
from clinic.models import Role
from followup.models import BoosterProposal
from followup.queries.wanted import ACCEPTED, booked_for

BOOK_WITHIN = timedelta(days=1)
GONE = ("cancelled", "no_show")


def ask_booking(proposal: BoosterProposal, *, by, at: datetime, lost=None) -> None:
    """Open the front desk's task for an accepted proposal, and remember it. The caller holds the row's lock.

    `lost`: the visit that fell through, where it is asked for again.
    """
    course = proposal.course
    title, neutral = _titles(proposal)
    proposal.booking = open_task(
        "booking",
        title=title,
        neutral_title=neutral,
        patient=course.patient,
        site=course.site,
        due_at=at + BOOK_WITHIN,
        for_role=Role.FRONT_DESK,
        by=by,
        subject=course,
        dedupe_key=f"book:{proposal.pk}" if lost is None else f"book:{proposal.pk}:{lost.pk}",
        at=at,
    )
    proposal.save(update_fields=["booking"])


def _titles(proposal: BoosterProposal) -> tuple[str, str]:
    if proposal.kind != "window":
        return "Book a consultation: stop and reassess.", "Book a consultation."
    span = f"{words.clinic_date(proposal.chosen_start)} to {words.clinic_date(proposal.chosen_end)}"
    return f"Book a booster, {span}.", f"Book a visit, {span}."


def unsettled():
    """Accepted proposals whose task is open, or whose visit was called off or did not take place."""
    rows = BoosterProposal.objects.filter(state__in=ACCEPTED)
    return rows.filter(booking__state="open") | rows.filter(visit__state__in=GONE)


@transaction.atomic
def settle(*, proposal: BoosterProposal, by=None, at: datetime | None = None) -> BoosterProposal:
    """Close the booking task once the visit stands; open it again when that visit fell through before its time.

    Doing it again changes nothing. A visit outside the window is kept and said so in the task's outcome.
    """
    at = at or clock.now()
    related = ("course__patient", "course__site", "booking", "visit")
    rows = BoosterProposal.objects.select_for_update(of=("self",)).select_related(*related)
    proposal = rows.get(pk=proposal.pk)
    if proposal.state not in ACCEPTED:
        return proposal
    visit = booked_for(proposal)
    if visit is not None and visit.pk != proposal.visit_id:
        _book(proposal, visit, by=by, at=at)
    elif visit is None and proposal.visit is not None and proposal.visit.state in GONE:
        _fell_through(proposal, by=by, at=at)
    return proposal


def _book(proposal, visit, *, by, at):
    course, day = proposal.course, visit.starts_at.astimezone(visit.site.zone).date()
    proposal.visit = visit
    proposal.save(update_fields=["visit"])
    if proposal.booking and proposal.booking.state == "open":
        _close(proposal.booking, visit, _outcome(proposal, day), by, at)
    detail = {"day": str(day), "inside": is_inside(proposal, day)}
    audit.record("booster.booked", proposal, by=by, patient=course.patient, site=course.site, at=at, detail=detail)


def _close(task, visit, outcome, by, at):
    """Done by whoever booked; a visit that a patient took from the waiting list leaves nobody to name."""
    who = by if getattr(by, "is_staff_user", False) else visit.booked_by
    if who is not None:
        close_task(task=task, by=who, outcome=outcome, at=at)
    else:
        withdraw_task(task=task, by=by, reason=outcome, at=at)


def is_inside(proposal: BoosterProposal, day) -> bool:
    """Whether a day lies in the accepted window; a consultation has none."""
    return proposal.chosen_start is None or proposal.chosen_start <= day <= proposal.chosen_end


def _outcome(proposal, day):
    said = f"Booked for {words.clinic_date(day)}."
    return said if is_inside(proposal, day) else f"{said} This is outside the accepted days."


def _fell_through(proposal, *, by, at):
    course = proposal.course
    today = at.astimezone(course.site.zone).date()
    lost, proposal.visit = proposal.visit, None
    proposal.save(update_fields=["visit"])
    if proposal.chosen_end is None or proposal.chosen_end >= today:
        ask_booking(proposal, by=by, at=at, lost=lost)
    audit.record("booster.fell_through", proposal, by=by, patient=course.patient, site=course.site, at=at)


def note_booked(*, patient, by, at: datetime | None = None) -> None:
    """A visit of this person was booked: settle the proposals it may answer."""
    for proposal in unsettled().filter(course__patient__person=patient.person_id):
        settle(proposal=proposal, by=by, at=at)
