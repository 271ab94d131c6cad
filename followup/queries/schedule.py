"""What the schedule shows beside visits: slots kept while a form is filled, chairs that run over, the last move."""

from datetime import timedelta

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from clinic.models import Appointment, AuditEvent, ResourceClaim
from clinic.models.appointments import OCCUPIES

UNDO = timedelta(minutes=30)
MOVED = ("appointment.moved", "appointment.seated", "appointment.arrived_late")


def claims_between(site, visits, span, at):
    """What these visits hold and what is kept at the site within the span, as (claims of visits, kept). One query.

    Kept are claims of holds in force at `at`: chair or person, from when until when, who keeps it.
    """
    related = ("chair", "user", "hold__made_by")
    mine = ResourceClaim.objects.filter(appointment__in=[one.pk for one in visits], occupies=True)
    kept = ResourceClaim.objects.filter(
        hold__site=site, hold__ended_at__isnull=True, hold__expires_at__gt=at, occupies=True, patient__isnull=True,
        during__overlap=DateTimeTZRange(span.start, span.end),
    )  # fmt: skip
    found = list(mine.select_related(*related).union(kept.select_related(*related), all=True))
    return [one for one in found if one.appointment_id], [one for one in found if one.hold_id]


def session_of(visit):
    """The session of a visit that was read with it and is under way in a chair, or None."""
    session = getattr(visit, "infusion_session", None)
    return session if session is not None and session.is_open and session.chair_id else None


def course_days(course, zone, but=None):
    """Local days of the infusions of a course that are booked, under way or done, without the visit `but`."""
    rows = Appointment.objects.filter(course=course, kind="infusion", state__in=[*OCCUPIES, "done"])
    starts = rows.exclude(pk=getattr(but, "pk", None)).order_by("starts_at").values_list("starts_at", flat=True)
    return [start.astimezone(zone).date() for start in starts]


def moves_of(visit):
    """The history of a visit's times, chairs and people, the oldest first."""
    rows = AuditEvent.objects.filter(patient=visit.patient_id, subject_id=visit.pk, verb__in=MOVED)
    return sorted(rows.select_related("user"), key=lambda one: one.acted_for or one.at)


def last_move(visit, user, at):
    """The newest move of this visit, if this user made it a short while ago; else None."""
    newest = moves_of(visit)[-1:]
    return next((one for one in newest if one.user_id == user.pk and at - (one.acted_for or one.at) <= UNDO), None)
