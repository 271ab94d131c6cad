"""List, find, add and change patients in the browser's words: doors, duplicates, stale pages, query counts."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clinic.models import Patient
from clinic.queries.finding import MOST
from tests import factories
from tests.people import people, searched, signed_in
from tests.standing import standing

pytestmark = pytest.mark.django_db

NEW = {
    "family_name": "Halvorsen-Test",
    "given_name": "Ingrid",
    "born_on_month": "Feb",
    "born_on_day": "22",
    "born_on_year": "1969",
    "phone": "212 555 0177",
    "zone_name": "America/New_York",
    "reason": "pain",
}


p = standing(people)


def new(client, **changes):
    return client.post(reverse("intake:patient-add"), NEW | changes)


def test_a_patient_is_added_on_one_screen(p):
    response = new(signed_in(p.front_desk))
    patient = Patient.objects.get(family_name="Halvorsen-Test")
    assert response.headers["Location"] == reverse("followup:patient-show", args=[patient.pk])
    assert (patient.born_on.isoformat(), patient.sex, patient.language) == ("1969-02-22", "unknown", "")


def test_a_likely_duplicate_answers_409_and_a_second_look_adds(p):
    client = signed_in(p.front_desk)
    new(client)
    response = new(client)
    assert response.status_code == 409
    assert "Is it one of these?" in response.content.decode()
    assert "212 555 0177" in response.content.decode()
    assert new(client, is_another_person="on").status_code == 302
    assert Patient.objects.filter(family_name="Halvorsen-Test").count() == 2


WRONG = [
    ({"family_name": ""}, "family_name"),
    ({"born_on_year": "2126"}, "born_on"),
    ({"born_on_year": "2015"}, "born_on"),
    ({"born_on_day": "31"}, "born_on"),
    ({"phone": "", "email": ""}, "email"),
    ({"email": "no-address"}, "email"),
    ({"zone_name": "Mars/Olympus"}, "zone_name"),
    ({"given_name": "x" * 200}, "given_name"),
]


@pytest.mark.parametrize(("changes", "field"), WRONG)
def test_what_is_wrong_answers_422_beside_its_field_and_keeps_the_rest(p, changes, field):
    response = new(signed_in(p.front_desk), **changes)
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert 'value="Ingrid"' in response.content.decode() or field == "given_name"
    assert not Patient.objects.filter(family_name="Halvorsen-Test").exists()


def test_a_script_in_a_name_stays_words(p):
    client = signed_in(p.front_desk)
    new(client, family_name="<script>alert(1)</script>")
    said = client.get(reverse("clinic:patient-list")).content.decode()
    assert "<script>alert" not in said
    assert "&lt;SCRIPT&gt;" in said


def test_duplicates_show_while_typing_even_of_half_a_form(p):
    client = signed_in(p.front_desk)
    new(client)
    said = client.post(reverse("clinic:patient-likely"), {"family_name": "Halvorson-Test", "given_name": "Ingrid"})
    assert "Is it one of these?" in said.content.decode()
    blank = client.post(reverse("clinic:patient-likely"), {})
    assert "Is it one of these?" not in blank.content.decode()


def edit(client, patient, version, **changes):
    same = ("family_name", "given_name", "phone", "email", "zone_name", "sex", "reason")
    born_on = zip(
        ("month", "day", "year"), (patient.born_on.month, patient.born_on.day, patient.born_on.year), strict=True
    )
    data = {name: getattr(patient, name) for name in same} | {f"born_on_{part}": value for part, value in born_on}
    return client.post(reverse("clinic:patient-edit", args=[patient.pk]), data | {"version": version} | changes)


def test_rel_14_a_stale_edit_answers_409_with_what_changed_and_the_next_try_saves(p):
    client = signed_in(p.front_desk)
    assert edit(client, p.patient, 1, phone="212 555 0100").status_code == 302
    stale = edit(client, p.patient, 1, phone="212 555 0999")
    assert stale.status_code == 409
    said = stale.content.decode()
    assert "now 212 555 0100, you typed 212 555 0999" in said
    assert 'value="212 555 0999"' in said
    assert edit(client, p.patient, 2, phone="212 555 0999").status_code == 302
    assert Patient.objects.get(pk=p.patient.pk).phone == "212 555 0999"


def test_the_front_desk_neither_sees_nor_loses_the_reason(p):
    Patient.objects.filter(pk=p.patient.pk).update(reason="ptsd", reason_words="After the fire")
    client = signed_in(p.front_desk)
    said = client.get(reverse("clinic:patient-edit", args=[p.patient.pk])).content.decode()
    assert "After the fire" not in said
    assert "id_reason" not in said
    edit(client, p.patient, 1, phone="212 555 0100", reason="mood")
    patient = Patient.objects.get(pk=p.patient.pk)
    assert (patient.reason, patient.reason_words, patient.phone) == ("ptsd", "After the fire", "212 555 0100")


def test_the_box_opens_a_single_find_and_lists_several(p):
    client = signed_in(p.nurse)
    url = reverse("clinic:patient-find")
    shown = reverse("followup:patient-show", args=[p.patient.pk])
    assert searched(client, url, q="okafor").redirect_chain[-1][0] == shown
    factories.patient(at_site=p.harbor, family_name="Okafor-Test", given_name="Second")
    assert searched(client, url, q="okafor").content.decode().count("OKAFOR-TEST") == 2
    assert "Nobody found" in searched(client, url, q="zzzzzz").content.decode()
    assert client.get(url).status_code == 200


def test_strangers_see_nobody_and_get_404(p):
    client = signed_in(p.stranger)
    assert "OKAFOR" not in client.get(reverse("clinic:patient-list")).content.decode()
    assert "OKAFOR" not in searched(client, reverse("clinic:patient-find"), q="okafor").content.decode()
    assert client.get(reverse("clinic:patient-edit", args=[p.patient.pk])).status_code == 404


def test_the_auditor_lists_but_does_not_add_or_change(p):
    client = signed_in(p.auditor)
    assert client.get(reverse("clinic:patient-list")).status_code == 200
    assert client.get(reverse("intake:patient-add")).status_code == 403
    assert client.get(reverse("clinic:patient-edit", args=[p.patient.pk])).status_code == 403


def queries(client, name, **query):
    """How many queries the second visit of a page takes (the first writes down, once, who signed in here)."""
    address = reverse(f"clinic:{name}")
    if "q" in query:
        address, query = client.post(address, query).headers["Location"], {}
    assert client.get(address, query).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address, query).status_code == 200
    return len(captured)


# A search looks inside names only while a page is not full: it is compared from a full page on.
@pytest.mark.parametrize(
    ("name", "query", "few"),
    [("patient-list", {}, 1), ("patient-list", {"visits": "none"}, 1), ("patient-find", {"q": "test"}, MOST)],
)
def test_a_list_asks_the_same_number_of_queries_for_few_and_100_rows(p, name, query, few):
    client = signed_in(p.nurse)
    for n in range(few):
        factories.patient(at_site=p.harbor, given_name=f"One{n}", family_name="More-Test")
    before = queries(client, name, **query)
    for n in range(100):
        factories.patient(at_site=p.harbor, given_name=f"N{n}", family_name="Many-Test")
    assert queries(client, name, **query) == before <= 12


def test_a_search_that_finds_few_asks_once_more(p):
    client = signed_in(p.nurse)
    factories.patient(at_site=p.harbor, given_name="One", family_name="More-Test")
    few = queries(client, "patient-find", q="test")
    for n in range(MOST):
        factories.patient(at_site=p.harbor, given_name=f"N{n}", family_name="Many-Test")
    assert few - queries(client, "patient-find", q="test") == 1


def test_filters_and_pages(p):
    client = signed_in(p.nurse)
    for n in range(30):
        factories.patient(at_site=p.harbor, given_name=f"N{n}", family_name="Many-Test")
    factories.appointment(of=p.patient, at_site=p.harbor)
    coming = client.get(reverse("clinic:patient-list"), {"visits": "coming"})
    assert [row.pk for row in coming.context["page_obj"]] == [p.patient.pk]
    assert len(client.get(reverse("clinic:patient-list")).context["page_obj"].object_list) == 25
    assert client.get(reverse("clinic:patient-list"), {"page": "2"}).context["page_obj"].number == 2
    assert client.get(reverse("clinic:patient-list"), {"visits": "nonsense"}).status_code == 422
