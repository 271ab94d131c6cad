"""The words of names: kept by the database whatever writes the patients, found by the one box."""

import pytest
from django.db import connection
from django.test import RequestFactory
from django.urls import reverse

from clinic import access, clock
from clinic.models import Patient, PatientSite, SearchWord, User
from clinic.presenters.finding import find_patients
from tests import factories
from tests.people import people, searched, signed_in
from tests.standing import standing

pytestmark = pytest.mark.django_db


p = standing(people)


def asking(user):
    request = RequestFactory().get("/")
    request.user, request.door = user, access.Door("staff", roles=access.ALL_ROLES)
    request.memberships = access.memberships_of(user)
    request.site = request.memberships[0].site
    return request


def found(user, text):
    return [patient.pk for patient in find_patients(asking(user), text)]


def words_of(patient):
    return set(SearchWord.objects.filter(patient=patient).values_list("part", "word"))


def test_a_new_patient_has_the_words_of_all_names_at_their_site(p):
    made = factories.patient(
        at_site=p.harbor, given_name="José María", family_name="O'Neill-García", preferred_name="Pepe"
    )
    assert words_of(made) == {(0, "oneill"), (0, "garcia"), (1, "jose"), (1, "maria"), (1, "pepe")}
    assert set(SearchWord.objects.filter(patient=made).values_list("site", "line")) == {
        (p.harbor.pk, " oneill garcia jose maria pepe ")
    }


def test_a_changed_name_is_found_and_the_old_one_no_longer(p):
    Patient.objects.filter(pk=p.patient.pk).update(family_name="Winterbourne")
    assert found(p.front_desk, "winterb") == [p.patient.pk]
    assert found(p.front_desk, "okafor-test") == []


def test_a_change_of_something_else_writes_no_words(p):
    before = set(SearchWord.objects.values_list("pk", flat=True))
    Patient.objects.filter(pk=p.patient.pk).update(phone="555 0999", version=7)
    assert set(SearchWord.objects.values_list("pk", flat=True)) == before


def test_who_is_seen_at_another_site_is_found_there_until_that_ends(p):
    there = PatientSite.objects.create(patient=p.patient, site=p.prairie, since=clock.now())
    assert found(p.away["nurse"], "okafor") == [p.patient.pk]
    there.until = clock.now()
    there.save()
    assert found(p.away["nurse"], "okafor") == []
    assert found(p.nurse, "okafor") == [p.patient.pk]


def test_a_patient_at_two_sites_of_one_reader_is_found_once(p):
    PatientSite.objects.create(patient=p.patient, site=p.prairie, since=clock.now())
    factories_member = p.away["nurse"].memberships.get()
    type(factories_member).objects.create(user=p.nurse, site=p.prairie, role="nurse", since=factories_member.since)
    assert found(User.objects.get(pk=p.nurse.pk), "okafor") == [p.patient.pk]


@pytest.mark.parametrize(
    "text",
    ["nuñez", "NUNEZ", "nunez dominguez", "dominguez n", "ximena", "ximena nun", "mingu", "jimena nunez", "nunes",
     "Dominguez, Ximena", "nuez ximena", "dominguze ximnea", "doming ximnea"],
)  # fmt: skip
def test_names_are_found_in_part_in_any_order_without_accents_and_with_a_slip(p, text):
    made = factories.patient(at_site=p.harbor, given_name="Ximena", family_name="Núñez Domínguez")
    factories.patient(at_site=p.harbor, given_name="Arthur", family_name="Pendry")
    assert found(p.nurse, text) == [made.pk]


@pytest.mark.parametrize("text", ["%", "_", "\\", "a%", "'; --", ".*(", "O'", "ñ", "1=1"])
def test_signs_of_other_languages_are_only_signs(p, text):
    factories.patient(at_site=p.harbor, given_name="Ximena", family_name="Zúñiga")
    assert searched(signed_in(p.nurse), reverse("clinic:patient-find"), q=text).status_code == 200


def test_what_the_database_can_keep_in_no_text_is_refused(p):
    assert searched(signed_in(p.nurse), reverse("clinic:patient-find"), q="\u0000x").status_code == 400


def test_family_names_that_begin_so_come_before_given_names_and_middles(p):
    given = factories.patient(at_site=p.harbor, given_name="Marsha", family_name="Aber")
    middle = factories.patient(at_site=p.harbor, given_name="Ann", family_name="Tidemarsh")
    family = factories.patient(at_site=p.harbor, given_name="Zoe", family_name="Marshall")
    assert found(p.nurse, "marsh") == [family.pk, given.pk, middle.pk]


@pytest.mark.parametrize("typed", ["+1 (212) 555-0177", "2125550177", "555-0177", "0177"])
def test_a_phone_is_found_with_and_without_its_country(p, typed):
    made = factories.patient(at_site=p.harbor, family_name="Phone", phone="212 555 0177")
    assert found(p.nurse, typed) == [made.pk]


def test_a_date_of_birth_with_a_misspelt_name_finds_the_one_with_both(p):
    made = factories.patient(at_site=p.harbor, given_name="Ingrid", family_name="Halvorsen")
    factories.patient(at_site=p.harbor, given_name="Ingmar", family_name="Berg")
    assert found(p.nurse, "14-May-1980 halvorsne") == [made.pk]


def test_nobody_of_another_site_is_found_by_any_way_of_asking(p):
    other = p.away_patient
    for text in (other.family_name, "elswhere", other.record_number, other.phone, "elsewhere 14-May-1980"):
        assert other.pk not in found(p.nurse, text)


def test_the_box_asks_two_queries_for_a_name_begun_and_at_most_nine(p, django_assert_max_num_queries):
    for n in range(25):
        factories.patient(at_site=p.harbor, given_name=f"Ann{n}", family_name="Halloran")
    request = asking(p.nurse)
    with django_assert_max_num_queries(2):
        assert len(find_patients(request, "hallo")) == 20
    with django_assert_max_num_queries(9):
        assert find_patients(request, "zzzzq wxyvv qqqqj") == []


def test_the_application_may_write_words_but_the_words_of_all_names_stay(p):
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('clinic_nameword', 'DELETE')")
        assert cursor.fetchone() == (False,)
