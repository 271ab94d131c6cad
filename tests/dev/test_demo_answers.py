"""What demo patients type is taken by every page they are asked, whoever they are."""

from types import SimpleNamespace

import pytest

from clinic.dev.demo import answers, cast
from clinic.dev.demo.arriving import typed_pages

BODY = SimpleNamespace(weight=80.0, pain=6.0)
EVERYONE = cast.people()


def facts(person):
    reason = "pain" if answers.is_pain(person) else "ptsd" if person.condition == "ptsd" else "mood"
    return {"_sex": person.sex, "_age": 2026 - person.born.year, "_reason": reason}


@pytest.mark.parametrize("person", EVERYONE, ids=[str(person.number) for person in EVERYONE])
def test_every_page_takes_what_is_typed(person):
    suicidal = person.stage == "suicide_answer"
    said = dict(typed_pages(facts(person), answers.pages(person, BODY, suicidal=suicidal)))
    assert ("pregnancy" in said) == (person.sex == "female" and person.born.year >= 1971)
    assert ("pain" in said) == answers.is_pain(person)
    assert ("trauma-month" in said) == (person.condition == "ptsd")
    assert [said[slug]["phq9_9"] for slug in ("mood", "safety") if slug in said] == [2 if suicidal else 0]
