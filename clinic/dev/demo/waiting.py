"""People who would come sooner, a time that became free and was offered to them, and one who needs another time."""

from datetime import timedelta

from clinic.models import Appointment
from followup.actions import offering, own_visits
from followup.actions.waitlist import join_waitlist
from followup.rules.own_visits import Wanted
from sessions.models import InfusionSession

WAITING = 4
AHEAD = timedelta(days=4)


def fill(now):
    """Of the first site with enough visits ahead: the latest wait, one cancels by link, one asks for another time."""
    rows = Appointment.objects.filter(state__in=("booked", "confirmed"), starts_at__gt=now + AHEAD)
    visits = list(rows.select_related("patient", "site", "course").order_by("site__name", "-starts_at"))
    first = [one for one in visits if one.site_id == visits[0].site_id] if visits else []
    seated = set(InfusionSession.objects.filter(ended_at__isnull=True).values_list("patient", flat=True))
    theirs = list({one.patient_id: one for one in first}.values())
    theirs.sort(key=lambda one: one.patient_id not in seated)  # who sits in a chair now cancels nothing
    if len(theirs) < WAITING + 2:
        return
    for number, visit in enumerate(theirs[:WAITING]):
        _wait(visit, now - timedelta(days=2, minutes=-number))
    gone, asks = theirs[-1], theirs[-2]
    own_visits.call_off(visit=gone, version=gone.version, code="ill", by=gone.patient, at=now)
    own_visits.ask_other_time(
        visit=asks, version=asks.version, wanted=Wanted("later", (1, 3), "morning"), by=asks.patient, at=now
    )
    offering.note_all_freed(at=now)
    offering.offer_due(at=now)


def _wait(visit, at):
    first, last = (moment.astimezone(visit.site.zone).date() for moment in (at, visit.starts_at))
    join_waitlist(
        patient=visit.patient, site=visit.site, kind=visit.kind, course=visit.course, appointment=visit,
        from_day=first, until_day=last, by=visit.patient, at=at,
    )  # fmt: skip
