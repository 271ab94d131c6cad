"""Add a patient, change their details, let another site see them."""

from django.db import connection, transaction

from clinic import audit, clock
from clinic.models import Membership, Patient, PatientSite
from clinic.presenters.finding import likely_duplicates
from clinic.refusal import Conflict, Item, Refused, refuse_if
from clinic.rules import patients as rules
from clinic.rules.finding import record_number


@transaction.atomic
def add_patient(
    *, site, given_name, family_name, born_on, by, at=None, is_another_person=False, entry=None, **details
):  # fmt: skip
    """Make a record with the next record number, seen at `site`; returns the Patient.

    `details`: any other field of rules.EDITABLE; the time zone defaults to the site's. `entry` is the form's own
    number: sent twice, it makes one record. Raises Refused for what is wrong with them (under 18, nobody could be
    reached...), Conflict with `current` = Likely when somebody likely the same is there already, unless
    `is_another_person` says that this was looked at.
    """
    at = at or clock.now()
    if made := _made_before(entry, by, born_on):
        return made
    given = {"given_name": given_name.strip(), "family_name": family_name.strip(), "born_on": born_on, **details}
    given.setdefault("zone_name", site.zone_name)
    reach = rules.reach_items(given.get("email", ""), given.get("phone", ""))
    refuse_if(rules.detail_items(given, at.astimezone(site.zone).date()) + reach)
    if not is_another_person:
        _ask_about_duplicates(given, by, at)
    number = {"id": entry} if entry else {}
    patient = Patient.objects.create(**number, record_number=_next_number(), added_at=at, added_by=by, **given)
    PatientSite.objects.create(patient=patient, site=site, since=at)
    audit.record("patient.added", patient, by=by, site=site, at=at, detail={"another": is_another_person})
    return patient


def _made_before(entry, by, born_on):
    """The record this very form has made already. Forms of one number wait for each other."""
    if entry is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"patient:{entry}"])
    made = Patient.objects.filter(pk=entry).first()
    if made is not None and (made.added_by_id != getattr(by, "pk", None) or made.born_on != born_on):
        raise Refused(Item("entry", "This form was used already. Open a new one and type it again."))
    return made


def _next_number():
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('clinic_record_number')")
        return record_number(cursor.fetchone()[0])


def _ask_about_duplicates(given, by, at):
    sites = Membership.objects.active(at).filter(user=by).values_list("site_id", flat=True) if by else []
    names = {name: given.get(name, "") for name in ("given_name", "family_name", "phone")}
    likely = likely_duplicates(sites=list(sites), born_on=given["born_on"], **names)
    if likely:
        raise Conflict(*duplicate_items(likely), current=likely)


def duplicate_items(likely):
    """The likely duplicates in words: those this user sees by name, any other only as a hint."""
    items = [Item("duplicate", f"{patient}, {patient.record_number}: {patient.why}.") for patient in likely.seen]
    if likely.elsewhere:
        items.append(Item("duplicate-elsewhere", "A record of this person may exist. Ask an administrator."))
    return items


@transaction.atomic
def edit_patient(*, patient, version, changes, by, site=None, at=None):
    """Change details; `version` is the one the page was opened with. Returns the Patient at its next version.

    Raises Conflict with a line for each field that somebody else changed meanwhile, Refused for what is wrong.
    """
    at = at or clock.now()
    patient = Patient.objects.select_for_update().get(pk=patient.pk)
    changes = {name: value for name, value in changes.items() if name in rules.EDITABLE}
    changed = {name: value for name, value in changes.items() if getattr(patient, name) != value}
    if patient.version != version:
        raise Conflict(*_stale(patient, changed), current=patient)
    rules.check_details(changed, (at.astimezone(site.zone) if site else at).date())
    if not changed:
        return patient
    for name, value in changed.items():
        setattr(patient, name, value)
    patient.version += 1
    patient.save()
    audit.record("patient.edited", patient, by=by, site=site, at=at, detail={"fields": sorted(changed)})
    return patient


def _stale(patient, changed):
    lines = [rules.changed_words(name, getattr(patient, name), value) for name, value in changed.items()]
    first = Item("stale", "Somebody else changed this record while you were typing. Nothing of yours is saved yet.")
    return [first, *lines]


def see_at_site(*, patient, site, by, at):
    """Let this site see the patient, from now on; called inside the action that gives the reason (a booking, say)."""
    row, made = PatientSite.objects.get_or_create(
        patient=patient, site=site, until__isnull=True, defaults={"since": at, "until": None}
    )
    if made:
        audit.record("patient.seen_at_site", patient, by=by, site=site, at=at)
    return row
