"""One box that finds a patient, and the likely duplicates of one about to be added."""

from dataclasses import dataclass, field

from django.contrib.postgres.search import TrigramSimilarity, TrigramWordSimilarity
from django.db.models import Case, IntegerField, Q, Value, When

from clinic.access import patients_for
from clinic.models import Patient
from clinic.rules import finding

MOST = 20
ALIKE = 0.45  # a name typed with a slip still counts: word similarity of trigrams, 0 to 1
SAME_NAME = 0.6
SAME_PERSON_NAME = 0.3


def find_patients(request, text):
    """At most 20 patients the request may see for what was typed, the best first. One query, or two for a slip.

    Understands names in any order and in part, the digits of a phone number (the last four are enough), a date of
    birth in several forms, and a record number.
    """
    wanted = finding.read(text)
    if not wanted:
        return []
    mine = Patient.objects.filter(pk__in=patients_for(request).values("pk"))
    return list(_exactly(mine, wanted)) or list(_nearly(mine, wanted))


def _exactly(patients, wanted):
    query = Q()
    for word in wanted.words:
        query &= Q(search_text__icontains=word)
    if wanted.born_on:
        query &= Q(born_on__in=wanted.born_on)
    if wanted.digits or wanted.records:
        query &= _numbers(wanted)
    return patients.annotate(place=_place(wanted)).filter(query).order_by("place", "family_name", "given_name")[:MOST]


def _numbers(wanted):
    query = Q(record_number__in=wanted.records)
    return query | Q(phone_digits__endswith=wanted.digits) if wanted.digits else query


def _place(wanted):
    first = wanted.words[0] if wanted.words else ""
    return Case(
        When(record_number__in=wanted.records, then=0),
        When(family_name__istartswith=first, then=1),
        When(given_name__istartswith=first, then=2),
        default=Value(3),
        output_field=IntegerField(),
    )


def _nearly(patients, wanted):
    if not wanted.words:
        return []
    name = " ".join(wanted.words)
    alike = patients.annotate(alike=TrigramWordSimilarity(name, "search_text")).filter(alike__gte=ALIKE)
    if wanted.born_on:
        alike = alike.filter(born_on__in=wanted.born_on)
    return alike.order_by("-alike", "family_name", "given_name")[:MOST]


@dataclass(frozen=True)
class Likely:
    """Patients who may be the same person. `elsewhere`: one may exist at a site this user does not see."""

    seen: list = field(default_factory=list)
    elsewhere: bool = False

    def __bool__(self):
        return bool(self.seen) or self.elsewhere


def likely_duplicates(*, sites, given_name, family_name, born_on=None, phone="", but=None):
    """Likely duplicates of these details: `seen` at `sites` (ids), each with `.why`, and whether one is elsewhere.

    Exact on the date of birth together with a like name, exact on the digits of the phone, trigrams over the name.
    Two queries.
    """
    name = f"{family_name} {given_name}".strip()
    digits = "".join(c for c in phone if c.isdigit())[-15:]
    alike = _alike(name, digits, born_on).exclude(pk=getattr(but, "pk", None))
    here = Q(sites__site__in=sites, sites__until__isnull=True)
    seen = list(alike.filter(pk__in=Patient.objects.filter(here).values("pk")).order_by("-alike")[:5])
    for patient in seen:
        patient.why = _why(patient, digits, born_on)
    elsewhere = _strong(alike, digits, born_on).exclude(pk__in=Patient.objects.filter(here).values("pk")).exists()
    return Likely(seen, elsewhere)


def _alike(name, digits, born_on):
    query = Q(alike__gte=SAME_NAME) if name else Q(pk__in=[])
    if born_on:
        query |= Q(born_on=born_on, alike__gte=SAME_PERSON_NAME)
    if len(digits) >= finding.LEAST_PHONE_DIGITS + 3:
        query |= Q(phone_digits=digits)
    return Patient.objects.annotate(alike=TrigramSimilarity("search_text", name)).filter(query)


def _strong(alike, digits, born_on):
    query = Q(born_on=born_on, alike__gte=SAME_PERSON_NAME) if born_on else Q(pk__in=[])
    return alike.filter(query | Q(phone_digits=digits, alike__gte=SAME_PERSON_NAME)) if digits else alike.filter(query)


def _why(patient, digits, born_on):
    reasons = [
        ("same date of birth", born_on and patient.born_on == born_on),
        ("same phone", digits and patient.phone_digits == digits),
        ("a like name", patient.alike >= SAME_PERSON_NAME),
    ]
    return ", ".join(words for words, holds in reasons if holds)
