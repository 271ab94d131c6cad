"""A Monday morning with a full chair, and people who would come sooner."""

import datetime as dt

from clinic.actions import appointments
from clinic.models import Appointment
from followup.actions.waitlist import join_waitlist
from tests import factories

NOW = dt.datetime(2026, 5, 11, 14, 0, tzinfo=dt.UTC)  # Monday, ten in New York
FREED = dt.datetime(2026, 5, 13, 14, 0, tzinfo=dt.UTC)  # Wednesday at ten
LATER = dt.datetime(2026, 5, 20, 14, 0, tzinfo=dt.UTC)


def visit(p, patient=None, starts_at=FREED, kind="follow_up", **fields):
    """A booked visit with the prescriber."""
    return appointments.book(
        patient=patient or p.patient, site=p.site, kind=kind, starts_at=starts_at, by=p.front_desk,
        prescriber=p.prescriber, at=NOW - dt.timedelta(days=3), **fields,
    )  # fmt: skip


def waits(p, n=0, *, kind="follow_up", **fields):
    """Somebody on the list, the longer the smaller `n`."""
    who = fields.pop("patient", None) or factories.patient(at_site=p.site, given_name=f"Waits{n}")
    days = {"from_day": NOW.date(), "until_day": dt.date(2026, 6, 1)} | fields
    at = NOW - dt.timedelta(days=2) + dt.timedelta(minutes=n)
    return join_waitlist(patient=who, site=p.site, kind=kind, by=p.front_desk, at=at, **days)


def cancelled(p, **fields):
    """A visit that was called off just now."""
    made = visit(p, **fields)
    return appointments.cancel(appointment=made, by=p.front_desk, reason="ill", at=NOW)


def all_taken(p, starts_at):
    """Both prescribers of the site have something else then."""
    for who in (p.prescriber, p.prescriber_too):
        appointments.book(
            patient=factories.patient(at_site=p.site), site=p.site, kind="follow_up", starts_at=starts_at,
            by=p.front_desk, prescriber=who, at=NOW,
        )  # fmt: skip


def visits_of(patient):
    """Expected visits of a patient."""
    return Appointment.objects.filter(patient=patient, state__in=("booked", "confirmed")).order_by("starts_at")
