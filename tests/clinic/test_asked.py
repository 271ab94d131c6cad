"""Searches for people leave no name in an address: posted, kept with the sign-in, led to by a key."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from clinic import asked
from clinic.models import AuditEvent
from tests import factories
from tests.people import people, searched, signed_in

pytestmark = pytest.mark.django_db
TYPED = {
    "clinic:patient-find": {"q": "Okafor"},
    "clinic:outbox": {"who": "Okafor", "show": "due", "kind": ""},
    "intake:packet-list": {"q": "Okafor", "show": "invited"},
    "followup:gap-show": {"q": "Okafor", "start": "2026-05-14T13:30Z", "end": "2026-05-14T17:30Z"},
}


@pytest.fixture
def p(db):
    return people()


@pytest.mark.parametrize("name", TYPED)
def test_no_address_of_a_search_holds_what_was_typed(p, name):
    factories.patient(at_site=p.harbor, family_name="Okafor-Test", given_name="Second")
    answer = signed_in(p.nurse).post(reverse(name), TYPED[name])
    there = urlsplit(answer.headers["Location"])
    assert answer.status_code == 302
    assert there.path == reverse(name)
    assert "kafor" not in there.query
    kept = {field: value for field, value in TYPED[name].items() if field not in ("q", "who") and value}
    assert {field: values[0] for field, values in parse_qs(there.query).items() if field != asked.KEY} == kept


@pytest.mark.parametrize("name", TYPED)
def test_the_box_holds_what_was_typed_and_a_second_look_shows_the_same(p, name):
    factories.patient(at_site=p.harbor, family_name="Okafor-Test", given_name="Second")
    client = signed_in(p.nurse)
    there = client.post(reverse(name), TYPED[name]).headers["Location"]
    for _ in range(2):
        answer = client.get(there)
        assert answer.status_code == 200
        assert 'value="Okafor"' in answer.content.decode()


def test_words_in_an_address_find_nobody(p):
    client = signed_in(p.nurse)
    assert "OKAFOR" not in client.get(reverse("clinic:patient-find"), {"q": "okafor"}).content.decode()
    assert "OKAFOR" not in client.get(reverse("followup:gap-show"), TYPED["followup:gap-show"]).content.decode()
    assert client.get(reverse("clinic:outbox"), {"who": "okafor"}).context["form"].data.get("who") is None


def test_a_key_is_nothing_for_another_sign_in(p):
    factories.patient(at_site=p.harbor, family_name="Okafor-Test", given_name="Second")
    there = signed_in(p.nurse).post(reverse("clinic:patient-find"), {"q": "okafor"}).headers["Location"]
    other = signed_in(p.nurse).get(there).content.decode()
    assert "OKAFOR" not in other
    assert "Find a patient" in other


def test_one_sign_in_keeps_the_newest_twenty_each_once(p):
    client = signed_in(p.nurse)
    first = client.post(reverse("clinic:patient-find"), {"q": "test"}).headers["Location"]
    assert client.post(reverse("clinic:patient-find"), {"q": "test"}).headers["Location"] == first
    for n in range(asked.MOST):
        client.post(reverse("clinic:patient-find"), {"q": f"name {n}"})
    assert len(client.session[asked.KEY]) == asked.MOST
    assert 'value="test"' not in client.get(first).content.decode()


def test_nothing_typed_is_no_search_and_what_is_far_too_long_is_cut(p):
    client = signed_in(p.nurse)
    assert client.post(reverse("clinic:patient-find"), {"q": ""}).headers["Location"] == "/patients/find/?"
    assert asked.KEY not in client.session
    client.post(reverse("clinic:patient-find"), {"q": "x" * 60_000})
    (kept,) = client.session[asked.KEY].values()
    assert len(kept["q"]) == asked.LONGEST


def test_a_search_leaves_its_row_and_the_next_page_of_a_list_keeps_it(p):
    before = AuditEvent.objects.filter(verb="find patients").count()
    searched(signed_in(p.nurse), reverse("clinic:patient-find"), q="zzz")
    assert AuditEvent.objects.filter(verb="find patients").count() == before + 1
    answer = searched(signed_in(p.nurse), reverse("intake:packet-list"), show="invited", q="Okafor")
    assert asked.KEY in answer.context["query"]
    assert "kafor" not in answer.context["query"]
