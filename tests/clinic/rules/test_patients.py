"""Whom the clinic can take on, and what a record must hold."""

from datetime import date

import pytest

from clinic.refusal import Refused
from clinic.rules import patients

TODAY = date(2026, 5, 14)

BIRTHS = [
    ("an adult", date(1979, 2, 22), []),
    ("eighteen today", date(2008, 5, 14), []),
    ("eighteen tomorrow", date(2008, 5, 15), ["under-18"]),
    ("born today", TODAY, ["under-18"]),
    ("born tomorrow", date(2026, 5, 15), ["born-future"]),
    ("in 2126", date(2126, 5, 14), ["born-future"]),
    ("120 years old", date(1906, 5, 14), []),
    ("121 years old", date(1905, 5, 14), ["born-long-ago"]),
    ("nothing typed", None, ["born-missing"]),
    ("29 February, the day before the birthday counts", date(2008, 2, 29), []),
]


@pytest.mark.parametrize(("name", "born_on", "codes"), BIRTHS)
def test_dates_of_birth(name, born_on, codes):
    assert [item.code for item in patients.birth_items(born_on, TODAY)] == codes


def test_somebody_born_on_29_february_is_of_age_on_1_march():
    assert patients.age_on(date(2008, 2, 29), date(2026, 2, 28)) == 17
    assert patients.age_on(date(2008, 2, 29), date(2026, 3, 1)) == 18


def test_under_18_is_refused_in_kind_words():
    [item] = patients.birth_items(date(2010, 5, 14), TODAY)
    assert "this person is 16" in item.text
    assert "team for children and young people" in item.text


def test_all_that_is_wrong_is_said_at_once():
    details = {"family_name": " ", "given_name": "", "born_on": None, "zone_name": "Mars/Olympus", "phone": "12"}
    with pytest.raises(Refused) as refused:
        patients.check_details(details, TODAY)
    assert [item.field for item in refused.value.items] == [
        "family_name",
        "given_name",
        "born_on",
        "zone_name",
        "phone",
    ]


REACH = [("a@b.example", "", 0), ("", "555 0100", 0), (" ", " ", 1)]


@pytest.mark.parametrize(("email", "phone", "number"), REACH)
def test_a_new_patient_must_be_reachable(email, phone, number):
    assert len(patients.reach_items(email, phone)) == number
