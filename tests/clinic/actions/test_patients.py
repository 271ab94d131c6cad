"""Adding and changing patients: numbers, duplicates, stale pages, the audit."""

from datetime import date
from types import SimpleNamespace

import pytest

from clinic import clock
from clinic.actions import patients as actions
from clinic.models import AuditEvent, Patient, PatientSite
from clinic.presenters.finding import find_patients, likely_duplicates
from clinic.refusal import Conflict, Refused
from tests import factories
from tests.people import people
from tests.standing import standing

pytestmark = pytest.mark.django_db


p = standing(people)


def add(p, **changes):
    details = {
        "given_name": "Ingrid",
        "family_name": "Halvorsen-Test",
        "born_on": date(1969, 2, 22),
        "phone": "(212) 555-0177",
    }
    return actions.add_patient(site=p.harbor, by=p.front_desk, **details | changes)


def asking(user, site):
    memberships = list(user.memberships.select_related("site"))
    return SimpleNamespace(door=None, memberships=memberships, site=site, user=user)


def test_a_new_patient_gets_a_number_a_zone_and_the_site(p):
    patient = add(p)
    assert patient.record_number.startswith("TL-")
    assert patient.zone_name == "America/New_York"
    assert PatientSite.objects.get(patient=patient).site == p.harbor
    event = AuditEvent.objects.get(verb="patient.added")
    assert (event.user, event.patient, event.site) == (p.front_desk, patient, p.harbor)


def test_numbers_follow_each_other(p):
    one = add(p)
    two = add(p, given_name="Tomas", family_name="Quite-Different", born_on=date(1980, 1, 1), phone="2125550178")
    assert int(two.record_number[3:]) == int(one.record_number[3:]) + 1


def test_under_18_is_refused_and_nothing_is_written(p):
    with pytest.raises(Refused, match="adults only"):
        add(p, born_on=date(clock.now().year - 10, 1, 1))
    assert not Patient.objects.filter(family_name="Halvorsen-Test").exists()
    assert not AuditEvent.objects.filter(verb="patient.added").exists()


BO = {"given_name": "Bo", "family_name": "Other"}
YOUNGER, OTHER_PHONE = {"born_on": date(1990, 1, 1)}, {"phone": "2125550199"}
SLIP = {"family_name": "Halvorson-Test", "phone": "", "email": "x@tideline.example"}
DUPLICATES = [
    ("the same person", {}, True),
    ("another given name, same birth date and phone", {"given_name": "Inge"}, True),
    ("a slip in the name, no phone", SLIP, True),
    ("the phone alone", BO | YOUNGER, True),
    ("somebody else", BO | YOUNGER | OTHER_PHONE, False),
    ("only the same birthday", BO | OTHER_PHONE, False),
]


@pytest.mark.parametrize(("name", "changes", "asked"), DUPLICATES)
def test_likely_duplicates_are_asked_about(p, name, changes, asked):
    first = add(p)
    if not asked:
        assert add(p, **changes).pk != first.pk
        return
    with pytest.raises(Conflict) as conflict:
        add(p, **changes)
    assert conflict.value.current.seen == [first]
    assert first.record_number in str(conflict.value)
    assert add(p, is_another_person=True, **changes).pk != first.pk


def test_a_duplicate_at_a_site_one_does_not_see_is_only_hinted_at(p):
    factories.patient(at_site=p.prairie, given_name="Ingrid", family_name="Halvorsen-Test", born_on=date(1969, 2, 22))
    with pytest.raises(Conflict) as conflict:
        add(p)
    assert conflict.value.current.seen == []
    assert str(conflict.value) == "A record of this person may exist. Ask an administrator."


def test_a_record_is_not_its_own_duplicate(p):
    patient = add(p)
    likely = likely_duplicates(
        sites=[p.harbor.pk], given_name="Ingrid", family_name="Halvorsen-Test", born_on=patient.born_on, but=patient
    )
    assert not likely


def test_an_edit_raises_the_version_and_names_the_fields_in_the_audit(p):
    patient = add(p)
    edited = actions.edit_patient(patient=patient, version=1, changes={"phone": "2125550100"}, by=p.front_desk)
    assert (edited.version, edited.phone_digits) == (2, "2125550100")
    event = AuditEvent.objects.get(verb="patient.edited")
    assert event.detail == {"fields": ["phone"]}


def test_a_stale_edit_says_what_changed_and_writes_nothing(p):
    patient = add(p)
    actions.edit_patient(patient=patient, version=1, changes={"phone": "2125550100"}, by=p.front_desk)
    with pytest.raises(Conflict) as conflict:
        actions.edit_patient(patient=patient, version=1, changes={"phone": "2125550999"}, by=p.nurse)
    assert "Phone: now 2125550100, you typed 2125550999." in str(conflict.value)
    assert Patient.objects.get(pk=patient.pk).phone == "2125550100"


def test_an_edit_that_changes_nothing_is_no_new_version(p):
    patient = add(p)
    assert actions.edit_patient(patient=patient, version=1, changes={"sex": patient.sex}, by=p.front_desk).version == 1


def test_fields_that_are_not_details_can_not_be_slipped_in(p):
    patient = add(p)
    actions.edit_patient(patient=patient, version=1, changes={"record_number": "X", "version": 9}, by=p.front_desk)
    assert Patient.objects.get(pk=patient.pk).record_number == patient.record_number


FOUND = [
    "halvor", "ingrid halv", "halv ingrid", "HALVORSEN-TEST, Ingrid", "0177", "212 555 0177", "22-Feb-1969",
    "2/22/1969", "1969-02-22", "halvorsen 22 Feb 1969", "Halvorson-Tset",
]  # fmt: skip


@pytest.mark.parametrize("text", FOUND)
def test_one_box_finds_them(p, text, django_assert_max_num_queries):
    patient = add(p)
    request = asking(p.front_desk, p.harbor)
    with django_assert_max_num_queries(6):
        assert find_patients(request, text) == [patient]


def test_the_record_number_finds_them_however_it_is_typed(p):
    patient = add(p)
    for text in (patient.record_number, patient.record_number.lower(), str(int(patient.record_number[3:]))):
        assert patient in find_patients(asking(p.front_desk, p.harbor), text)


@pytest.mark.parametrize("text", ["", "zzzz", "01-Jan-1900", "%", "_"])
def test_nothing_is_found_for_nothing(p, text):
    add(p)
    assert find_patients(asking(p.front_desk, p.harbor), text) == []


def test_a_stranger_finds_nobody(p):
    add(p)
    assert find_patients(asking(p.away["front_desk"], p.prairie), "halvorsen") == []


def test_a_name_that_begins_so_comes_first(p):
    named = factories.patient(at_site=p.harbor, given_name="Rosa", family_name="Marsh-Test")
    other = factories.patient(at_site=p.harbor, given_name="Ann", family_name="Tidemarsh-Test")
    assert find_patients(asking(p.front_desk, p.harbor), "marsh") == [named, other]
