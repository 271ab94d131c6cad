"""One box that finds a patient, and the likely duplicates of one about to be added."""

from dataclasses import dataclass, field

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Case, IntegerField, Q, When
from django.db.models.functions import Reverse, Upper

from clinic.access import patients_for, sites_for
from clinic.models import Patient, PatientSite
from clinic.prepared import Prepared
from clinic.queries import finding as names
from clinic.rules import finding

MOST = names.MOST
MOST_BY_FIGURES = 1000  # who share a date of birth or four digits, before their names are read
LOCAL_DIGITS = 10  # a number without its country's code
SAME_NAME = 0.6
SAME_PERSON_NAME = 0.3


def find_patients(request, text):
    """At most 20 patients the request may see for what was typed, the best first.

    Understands names in any order and in part, with or without accents, the digits of a phone number (the last four
    are enough), a date of birth in several forms, and a record number; a name with a slip in it when nobody has it as
    typed. A merged record is found by its own name and number and leads to the one that is kept, with `.found_as`: the
    record that matched. Two queries for a name begun, at most nine for one that nobody has.
    """
    wanted = finding.read(text)
    if not wanted:
        return []
    if wanted.born_on or wanted.digits or wanted.records:
        return _kept(_by_figures(request, wanted))
    words, sites = finding.folded(wanted.words), [site.pk for site in sites_for(request)]
    if not words:
        return []
    return _kept(_in_order(names.by_words(sites, words) or names.by_like_words(sites, words)))


def _in_order(ids):
    rows = {row.pk: row for row in _records.rows(ids=ids)} if ids else {}
    return [rows[pk] for pk in ids]


_records = Prepared(lambda of: Patient.objects.select_related("person").filter(pk__in=of.list("ids")).order_by())


def _kept(found):
    """Each person once, as the record that is kept."""
    persons = {}
    for record in found:
        kept = record.person if record.is_merged else record
        if kept.pk not in persons:
            persons[kept.pk] = kept
            kept.found_as = record if record.is_merged else None
    return list(persons.values())


def _by_figures(request, wanted):
    """By date of birth, phone and record number, and of those by the words too where some were typed."""
    query = Q(born_on__in=wanted.born_on) if wanted.born_on else Q()
    if wanted.digits or wanted.records:
        query &= _numbers(wanted)
    first = Case(When(record_number__in=wanted.records, then=0), default=1, output_field=IntegerField())
    rows = (
        patients_for(request)
        .annotate(digits_back=Reverse("phone_digits"))
        .filter(query)
        .select_related("person")
        .order_by(first, "family_name", "given_name")
    )
    if not wanted.words:
        return rows[:MOST]
    words = finding.folded(wanted.words)
    return _with_words(rows[:MOST_BY_FIGURES], words)[:MOST]


def _with_words(rows, words):
    """Those whose name has all these words; when none has, those whose name is alike."""
    lines = [(finding.fold(row.search_text), row) for row in rows]
    have = [row for line, row in lines if all(word in line for word in words)]
    return have or [row for line, row in lines if finding.is_alike(words, line)]


def _numbers(wanted):
    query = Q(record_number__in=wanted.records)
    if not wanted.digits:
        return query
    backwards = [wanted.digits[::-1], wanted.digits[-LOCAL_DIGITS:][::-1]]
    return query | Q(digits_back__startswith=backwards[0]) | Q(digits_back=backwards[1])


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
    there = PatientSite.objects.filter(site__in=sites, until__isnull=True)
    here = Q(person__in=there.values("patient__person"))
    seen = list(alike.filter(here).select_related("person").order_by("-alike")[:5])
    for patient in seen:
        patient.why = _why(patient, digits, born_on)
    return Likely(_kept_with_why(seen), _strong(alike, digits, born_on).exclude(here).exists())


def _kept_with_why(seen):
    kept = _kept(seen)
    for patient in kept:
        record = patient.found_as or patient
        patient.why = f"{record.why}, as record {record.record_number}" if patient.found_as else record.why
    return kept


def _alike(name, digits, born_on):
    # The operator on the upper name is what the index is made for; the figure then sets the bar.
    query = Q(loud__trigram_similar=name.upper(), alike__gte=SAME_NAME) if name else Q(pk__in=[])
    if born_on:
        query |= Q(born_on=born_on, alike__gte=SAME_PERSON_NAME)
    if len(digits) >= finding.LEAST_PHONE_DIGITS + 3:
        query |= Q(phone_digits=digits)
    rows = Patient.objects.annotate(alike=TrigramSimilarity("search_text", name), loud=Upper("search_text"))
    return rows.filter(query)


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
