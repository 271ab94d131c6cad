"""Patients and what is planned for them."""

import datetime as dt
import hashlib
import itertools
import secrets
from decimal import Decimal

from clinic import clock
from clinic.models import (
    Appointment,
    ConsentText,
    Course,
    MessageText,
    Patient,
    PatientLink,
    PatientMerge,
    PatientSite,
    ResourceClaim,
)

NUMBERS = itertools.count(1001)


def patient(*, at_site, given_name="Pat", family_name="Example", born_on=dt.date(1980, 5, 14), **fields):
    """A patient seen at this site since a month ago."""
    number = next(NUMBERS)
    at = clock.now() - dt.timedelta(days=30)
    defaults = {
        "record_number": f"T{number}",
        "email": f"patient{number}@tideline.example",
        "phone": f"555 01{number % 100:02d}",
        "zone_name": at_site.zone_name,
        "added_at": at,
    }
    made = Patient.objects.create(given_name=given_name, family_name=family_name, born_on=born_on, **defaults | fields)
    PatientSite.objects.create(patient=made, site=at_site, since=at)
    return made


def merge(*, kept, merged, by, reason="The same person", **fields):
    """Two records of one person, from now on."""
    made = {"merged_at": clock.now(), "merged_by": by, "reason": reason} | fields
    return PatientMerge.objects.create(kept=kept, merged=merged, **made)


def records_of(patient):
    """The ids of this person's records, as they stand in the database now."""
    return set(Patient.objects.get(pk=patient.pk).person.records.values_list("pk", flat=True))


def consent_text(*, kind="treatment", published_by=None, number=None, **fields):
    """Words of a consent; published (and so frozen) when `published_by` is given."""
    number = number or ConsentText.objects.filter(kind=kind, language="en").count() + 1
    defaults = {"title": f"Consent: {kind}", "body": "These are test words.\n\nI have had time to ask."}
    published = {"published_at": clock.now(), "published_by": published_by} if published_by else {}
    return ConsentText.objects.create(kind=kind, number=number, **defaults | published | fields)


def message_text(*, kind, published_by=None, body="A test message.", subject="From the clinic", **fields):
    """Words of a message; published (and so frozen) when `published_by` is given."""
    channel, language = fields.pop("channel", "email"), fields.pop("language", "en")
    same = MessageText.objects.filter(kind=kind, channel=channel, language=language)
    published = {"published_at": clock.now(), "published_by": published_by} if published_by else {}
    return MessageText.objects.create(
        kind=kind, channel=channel, language=language, number=same.count() + 1, body=body, subject=subject,
        **published | fields,
    )  # fmt: skip


def course(*, of, at_site, prescriber, version, **fields):
    """A signed course under way."""
    at = clock.now() - dt.timedelta(days=7)
    defaults = {
        "number": of.courses.count() + 1,
        "reason": "depression",
        "planned_number": version.planned_number,
        "spacing_days": version.spacing_min_days,
        "dose": Decimal("0.5"),
        "dose_basis": "mg/kg",
        "opened_at": at,
        "signed_at": at,
        "state": "active",
    }
    return Course.objects.create(
        patient=of, site=at_site, prescriber=prescriber, protocol_version=version, **defaults | fields
    )


def appointment(*, of, at_site, starts_at=None, minutes=130, chair=None, nurse=None, course=None, **fields):
    """A booked infusion tomorrow at noon of the site, with claims on the patient and on what is given."""
    starts_at = starts_at or _noon_tomorrow(at_site)
    ends_at = starts_at + dt.timedelta(minutes=minutes)
    defaults = {"kind": "infusion", "zone_name": at_site.zone_name, "booked_at": clock.now()}
    made = Appointment.objects.create(
        patient=of, site=at_site, course=course, starts_at=starts_at, ends_at=ends_at, **defaults | fields
    )
    for resource in ({"patient": of}, {"chair": chair}, {"user": nurse}):
        if all(resource.values()):
            ResourceClaim.objects.create(appointment=made, during=(starts_at, ends_at), **resource)
    return made


def _noon_tomorrow(at_site):
    day = clock.now().astimezone(at_site.zone).date() + dt.timedelta(days=1)
    return dt.datetime.combine(day, dt.time(12), tzinfo=at_site.zone).astimezone(dt.UTC)


def link(*, of, at_site, purpose="packet", days=7, **fields):
    """A link row and its token, as (link, token); nothing is sent."""
    token, at = secrets.token_urlsafe(32), clock.now()
    made = PatientLink.objects.create(
        patient=of,
        site=at_site,
        purpose=purpose,
        token_hash=hashlib.sha256(token.encode()).hexdigest(),
        made_at=at,
        expires_at=at + dt.timedelta(days=days),
        **fields,
    )
    return made, token
