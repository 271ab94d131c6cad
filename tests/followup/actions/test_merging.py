"""Merging two records: everything shows under the kept one, nothing moves, and undoing restores it exactly."""

import datetime as dt

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.forms.models import model_to_dict
from django.test import RequestFactory
from django.urls import reverse

from clinic import access, clock
from clinic.actions import appointments
from clinic.models import (
    AllergyStatement,
    Appointment,
    AuditEvent,
    DuplicateNote,
    Membership,
    Patient,
    PatientAlert,
    PatientMerge,
    PatientSite,
    Task,
)
from clinic.presenters.banner import alert_words, allergy_words
from clinic.presenters.finding import find_patients
from clinic.queries.duplicates import likely_pairs
from clinic.refusal import Conflict, Refused
from followup.actions import merging as actions
from intake.actions.packets import invite
from intake.models import Packet
from tests import factories
from tests.people import by_link, people, signed_in
from tests.standing import standing

pytestmark = pytest.mark.django_db


p = standing(people)


@pytest.fixture
def twin(p):
    return factories.patient(
        at_site=p.site, given_name="Ngozi", family_name="Okafor-Tset", born_on=p.patient.born_on,
        phone=p.patient.phone,
    )  # fmt: skip


def merge(p, twin, **fields):
    given = {"kept": p.patient, "merged": twin, "reason": "Same address, asked on the phone", "by": p.clinic_admin}
    return actions.merge_records(**given | fields)


def request_of(user):
    request = RequestFactory().get("/")
    request.user, request.door = user, access.Door("staff", roles=access.ALL_ROLES)
    request.memberships = access.memberships_of(user)
    request.site = request.memberships[0].site
    return request


def allergy(patient, substance):
    return AllergyStatement.objects.create(
        patient=patient, source="patient", said_at=clock.now(), substance=substance
    )  # fmt: skip


def _values(row):
    return str(row.pk), sorted(map(str, model_to_dict(row).items()))


def everything():
    """Every row that a merge could have touched, as values."""
    tables = (Patient, PatientSite, Appointment, AllergyStatement, PatientAlert, Packet)
    return {
        model.__name__: sorted(
            (str(row.pk), sorted(map(str, model_to_dict(row).items()))) for row in model.objects.all()
        )
        for model in tables
    } | {"persons": sorted(map(str, Patient.objects.values_list("pk", "person_id", "version")))}


def test_allergies_and_alerts_of_both_show_under_the_kept_record(p, twin):
    allergy(p.patient, "Penicillin")
    allergy(twin, "Latex")
    PatientAlert.objects.create(patient=twin, kind="vein", words="Left arm only", since=clock.now())
    merge(p, twin)
    kept = Patient.objects.get(pk=p.patient.pk)
    assert allergy_words(kept) == ["Penicillin", "Latex"]
    assert alert_words(kept) == ["Left arm only"]
    assert allergy_words(Patient.objects.get(pk=twin.pk)) == ["Penicillin", "Latex"]


def test_undoing_restores_everything_exactly(p, twin):
    allergy(twin, "Latex")
    factories.appointment(of=twin, at_site=p.site)
    before = everything()
    made = merge(p, twin)
    assert everything() != before
    actions.undo_merge(merge=made, by=p.clinic_admin, reason="Two sisters")
    assert everything() == before
    made.refresh_from_db()
    assert (made.undone_by, made.undo_reason) == (p.clinic_admin, "Two sisters")
    verbs = list(AuditEvent.objects.filter(subject_id=made.pk).order_by("at", "id").values_list("verb", "patient"))
    assert {verb for verb, _ in verbs} == {"patient.merged", "patient.merge_undone"}
    assert {patient for _, patient in verbs} == {p.patient.pk, twin.pk}
    with pytest.raises(Refused):
        actions.undo_merge(merge=made, by=p.clinic_admin, reason="Again")


def test_an_old_name_and_number_find_the_kept_record_once(p, twin):
    merge(p, twin)
    request = request_of(p.nurse)
    for text in (twin.record_number, "okafor-tset", "ngozi"):
        found = find_patients(request, text)
        assert [one.pk for one in found] == [p.patient.pk], text
    assert find_patients(request, twin.record_number)[0].found_as == twin
    page = signed_in(p.nurse).get(reverse("clinic:patient-list")).content.decode()
    assert "OKAFOR-TSET" not in page


def test_the_merged_address_leads_to_the_kept_record(p, twin):
    merge(p, twin)
    client = signed_in(p.nurse)
    response = client.get(reverse("followup:patient-show", args=[twin.pk]))
    assert response.headers["Location"] == reverse("followup:patient-show", args=[p.patient.pk])
    said = client.get(response.headers["Location"]).content.decode()
    assert "Merged records" in said
    assert twin.record_number in said
    assert client.get(reverse("clinic:patient-edit", args=[twin.pk])).context["patient"].pk == p.patient.pk


def test_whoever_sees_one_record_sees_both_and_no_longer_after_the_undo(p):
    away = p.away_patient
    Membership.objects.create(user=p.clinic_admin, site=p.prairie, role="clinic_admin", since=clock.now())
    made = merge(p, away)
    client = signed_in(p.nurse)
    address = reverse("followup:patient-show", args=[away.pk])
    assert client.get(address).status_code == 302
    assert signed_in(p.away["nurse"]).get(reverse("followup:patient-show", args=[p.patient.pk])).status_code == 200
    actions.undo_merge(merge=made, by=p.clinic_admin, reason="Two people")
    assert client.get(address).status_code == 404
    assert signed_in(p.away["nurse"]).get(reverse("followup:patient-show", args=[p.patient.pk])).status_code == 404


def test_the_merged_patients_link_keeps_working(p, twin):
    packet = invite(patient=twin, site=p.site, by=p.front_desk)
    client, _ = by_link(twin, p.site, "packet", subject_kind="intake.packet", subject_id=packet.pk)
    merge(p, twin)
    assert client.get(reverse("intake:packet-home")).status_code == 200
    with pytest.raises(Refused, match="already open"):
        invite(patient=p.patient, site=p.site, by=p.front_desk)


def test_overlapping_visits_and_two_open_packets_are_settled_first(p, twin):
    noon = factories.appointment(of=p.patient, at_site=p.site)
    late = factories.appointment(of=twin, at_site=p.site, starts_at=noon.starts_at + dt.timedelta(minutes=60))
    invite(patient=p.patient, site=p.site, by=p.front_desk)
    invite(patient=twin, site=p.site, by=p.front_desk)
    with pytest.raises(Refused) as refused:
        merge(p, twin)
    links = {item.code: item.link for item in refused.value.items}
    assert set(links) == {"visits", "packets"}
    assert links["visits"] == reverse("followup:visit-show", args=[late.pk])
    assert not PatientMerge.objects.exists()


def test_a_merged_person_is_not_booked_twice_under_two_records(p, twin):
    noon = factories.appointment(of=twin, at_site=p.site)
    merge(p, twin)
    kept = Patient.objects.get(pk=p.patient.pk)
    with pytest.raises(Conflict, match="another visit"):
        appointments.book(
            patient=kept, site=p.site, kind="consultation", starts_at=noon.starts_at, by=p.front_desk,
            prescriber=p.prescriber,
        )  # fmt: skip


def test_merges_are_one_deep_in_the_database_too(p, twin):
    merge(p, twin)
    third = factories.patient(at_site=p.site, family_name="Third-Test")
    with pytest.raises(Refused, match="merged into another record already"):
        merge(p, third, kept=twin)
    with pytest.raises(Refused, match="Keep that one"):
        merge(p, p.patient, kept=third)
    for kept, merged in ((twin, third), (third, p.patient)):
        with pytest.raises(DatabaseError, match="merge_one_deep"), transaction.atomic():
            factories.merge(kept=kept, merged=merged, by=p.clinic_admin)
    merge(p, third)
    assert factories.records_of(p.patient) == {p.patient.pk, twin.pk, third.pk}
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.merge(kept=p.patient, merged=twin, by=p.clinic_admin)


@pytest.mark.parametrize("role", ["nurse", "prescriber", "front_desk", "auditor"])
def test_only_an_administrator_of_one_of_their_sites_merges(p, twin, role):
    for by in (p.by_role(role), p.away["clinic_admin"]):
        with pytest.raises(Refused, match="administrator"):
            merge(p, twin, by=by)
    made = merge(p, twin)
    with pytest.raises(Refused, match="administrator"):
        actions.undo_merge(merge=made, by=p.by_role(role), reason="Two people")


def test_a_proposal_opens_a_task_that_the_merge_closes(p, twin):
    pairs = {"one": twin, "two": p.patient, "site": p.site}
    actions.note_pair(**pairs, verb="proposed", words="Same phone", by=p.front_desk)
    task = Task.objects.get(kind="duplicate")
    assert (task.for_role, task.state, task.details) == ("clinic_admin", "open", "Same phone")
    assert likely_pairs(Patient.objects.all())[0].said == "proposed"
    merge(p, twin)
    task.refresh_from_db()
    assert (task.state, task.outcome) == ("done", "Merged.")


def test_a_dismissed_pair_stays_away_until_it_is_opened_again(p, twin):
    def listed():
        return any({pair.one, pair.two} == {p.patient.pk, twin.pk} for pair in likely_pairs(Patient.objects.all()))

    assert listed()
    pair = {"one": p.patient, "two": twin, "by": p.clinic_admin, "site": p.site}
    actions.note_pair(**pair, verb="dismissed", words="Two sisters")
    assert not listed()
    actions.note_pair(**pair, verb="reopened", words="A letter came")
    assert listed()
    merge(p, twin)
    assert not listed()
    assert DuplicateNote.objects.count() == 2
    with pytest.raises(DatabaseError), transaction.atomic():
        DuplicateNote.objects.update(words="Never said")
