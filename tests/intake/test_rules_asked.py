"""Which page is asked of whom: a truth table for every condition, and what stands for a page not asked."""

import pytest

from intake import questions
from intake.rules import asked
from tests.intake.packets import asked_pages, asked_slugs

OXYCODONE, SERTRALINE = {"name": "Oxycodone 10 mg"}, {"name": "Sertraline"}
SCREENED = {"trauma_gate": "yes", "pcptsd_event": 1}
YES_3 = {"pcptsd_1": 1, "pcptsd_2": 1, "pcptsd_3": 1, "pcptsd_4": 0, "pcptsd_5": 0}
YES_4 = YES_3 | {"pcptsd_4": 1}

TABLE = [
    (asked.has_pain, {}, True),
    (asked.has_pain, {"pain_most_days": "yes"}, True),
    (asked.has_pain, {"pain_most_days": "no"}, False),
    (asked.asks_sex, {}, True),
    (asked.asks_sex, {"_sex": "unknown"}, True),
    (asked.asks_sex, {"_sex": "other"}, True),
    (asked.asks_sex, {"_sex": "female"}, False),
    (asked.asks_sex, {"_sex": "male"}, False),
    (asked.takes_opioids, {}, False),
    (asked.takes_opioids, {"medicines": [SERTRALINE]}, False),
    (asked.takes_opioids, {"medicines": [SERTRALINE, OXYCODONE]}, True),
    (asked.takes_opioids, {"medicines": [OXYCODONE], "no_medicines": "yes"}, False),
    (asked.takes_opioids, {"medicines": [{"name": "oxycodon"}]}, False),
    (asked.had_ketamine, {}, False),
    (asked.had_ketamine, {"ketamine_before": "no"}, False),
    (asked.had_ketamine, {"ketamine_before": "not_sure"}, False),
    (asked.had_ketamine, {"ketamine_before": "yes"}, True),
    (asked.can_be_pregnant, {}, True),
    (asked.can_be_pregnant, {"_sex": "unknown", "_age": 30}, True),
    (asked.can_be_pregnant, {"_sex": "female", "_age": 55}, True),
    (asked.can_be_pregnant, {"_sex": "female", "_age": 56}, False),
    (asked.can_be_pregnant, {"_sex": "male", "_age": 30}, False),
    (asked.can_be_pregnant, {"_sex": "unknown", "sex_at_birth": "male"}, False),
    (asked.can_be_pregnant, {"_sex": "other", "sex_at_birth": "female"}, True),
    (asked.can_be_pregnant, {"_sex": "other", "sex_at_birth": "rather_not"}, True),
    (asked.can_be_pregnant, {"_sex": "female", "sex_at_birth": "male"}, True),
    (asked.may_ask_about_trauma, {}, False),
    (asked.may_ask_about_trauma, {"trauma_gate": "rather_not"}, False),
    (asked.may_ask_about_trauma, {"trauma_gate": "yes"}, True),
    (asked.asks_pcl5, {}, False),
    (asked.asks_pcl5, {"trauma_gate": "yes", "_reason": "ptsd"}, False),
    (asked.asks_pcl5, {"trauma_gate": "rather_not", "pcptsd_event": 1, "_reason": "ptsd"}, False),
    (asked.asks_pcl5, {"trauma_gate": "yes", "pcptsd_event": 0}, False),
    (asked.asks_pcl5, {"trauma_gate": "yes", "pcptsd_event": 0, "_reason": "ptsd"}, True),
    (asked.asks_pcl5, {"trauma_gate": "yes", "pcptsd_event": 0, "conditions": ["ptsd"]}, True),
    (asked.asks_pcl5, SCREENED | YES_3, True),
    (asked.asks_pcl5, SCREENED | YES_3 | {"_sex": "female"}, True),
    (asked.asks_pcl5, SCREENED | YES_3 | {"_sex": "male"}, False),
    (asked.asks_pcl5, SCREENED | YES_4 | {"_sex": "male"}, True),
    (asked.asks_pcl5, SCREENED | dict.fromkeys(YES_3), False),
    (asked.asks_pcl5, SCREENED | YES_3 | {"pcptsd_4": None, "pcptsd_5": None}, True),
    (asked.asks_pcl5, YES_4 | {"trauma_gate": "yes", "pcptsd_event": 0}, False),
    (asked.drinks, {}, False),
    (asked.drinks, {"alcohol": "never"}, False),
    (asked.drinks, {"alcohol": "rather_not"}, False),
    (asked.drinks, {"alcohol": "rarely"}, True),
    (asked.drinks, {"alcohol": "most_days"}, True),
    (asked.asks_phq2, {"_reason": "pain"}, True),
    (asked.asks_phq2, {"_reason": "mood"}, False),
    (asked.asks_phq2, {"_reason": "ptsd"}, False),
    (asked.asks_phq2, {"_reason": "anxiety"}, True),
    (asked.asks_phq2, {"_reason": "pain", "conditions": ["crps", "bipolar"]}, False),
    (asked.asks_phq9, {"_reason": "mood"}, True),
    (asked.asks_phq9, {"_reason": "pain"}, False),
    (asked.asks_phq9, {"_reason": "pain", "phq2_1": 1, "phq2_2": 1}, False),
    (asked.asks_phq9, {"_reason": "pain", "phq2_1": 1, "phq2_2": 2}, True),
    (asked.asks_phq9, {"_reason": "pain", "phq2_1": 0, "phq2_2": None}, True),
    (asked.asks_phq9, {"_reason": "pain", "conditions": ["depression"]}, True),
    (asked.asks_item_nine_alone, {"_reason": "pain"}, True),
    (asked.asks_item_nine_alone, {"_reason": "pain", "phq2_1": 3, "phq2_2": 3}, False),
    (asked.asks_item_nine_alone, {"_reason": "mood"}, False),
]


@pytest.mark.parametrize(("condition", "known", "expected"), TABLE, ids=lambda value: getattr(value, "__name__", None))
def test_who_is_asked(condition, known, expected):
    assert condition(known) is expected


def test_every_condition_of_the_list_is_in_the_table_both_ways():
    tested = {(condition, expected) for condition, _, expected in TABLE}
    conditions = {page.condition for page in questions.PAGES} - {asked.always}
    assert {(condition, way) for condition in conditions for way in (True, False)} <= tested


@pytest.mark.parametrize(
    ("known", "derived"),
    [
        ({}, {}),
        (
            {"_sex": "male"},
            {"pregnant": "na", "breastfeeding": "na", "pregnancy_not_asked": "not asked: recorded as male"},
        ),
        (
            {"sex_at_birth": "male"},
            {"pregnant": "na", "breastfeeding": "na", "pregnancy_not_asked": "not asked: male at birth"},
        ),
        ({"_age": 56}, {"pregnant": "na", "breastfeeding": "na", "pregnancy_not_asked": "not asked: older than 55"}),
        ({"ketamine_before": "no"}, {"ketamine_elsewhere": "no"}),
        ({"ketamine_before": "not_sure"}, {}),
    ],
)
def test_what_stands_for_a_page_not_asked(known, derived):
    assert asked.not_asked(known) == derived


def test_a_page_that_stops_being_asked_opens_no_other():
    opened = asked_slugs(trauma={"trauma_gate": "yes"})
    assert {"trauma-screen", "trauma-month"} <= set(opened)
    stored = dict(asked_pages({}, trauma={"trauma_gate": "yes"})) | {"trauma": {"trauma_gate": "rather_not"}}
    pages, known = questions.walk({}, lambda page: stored.get(page.slug, {}))
    assert not {"trauma-screen", "trauma-month"} & {page.slug for page in pages}
    assert "pcptsd_event" not in known


def test_the_record_is_asked_before_the_patient():
    answers = {"sex_at_birth": "male", "_sex": "female"}
    assert [asked.sex_of(answers), asked.sex_of({"_sex": "unknown"})] == ["female", "unknown"]


def test_flat_answers_give_the_same_pages_as_those_by_page():
    by_page = dict(asked_pages({"_sex": "female", "_age": 40, "_reason": "pain"}))
    flat = {"_sex": "female", "_age": 40, "_reason": "pain"} | {
        c: v for said in by_page.values() for c, v in said.items()
    }
    assert [page.slug for page in questions.pages_for(flat)] == list(by_page)


def test_every_code_names_its_page_and_its_question():
    assert questions.page_of("phq9_9").slug == "mood"
    assert questions.page_of("weight_kg").slug == "body"
    assert questions.page_of("ketamine_courses").slug == "ketamine"
    assert questions.page_of("nothing") is None
    assert str(questions.label_of("glaucoma")) == "Do you have glaucoma or high pressure in an eye?"
    assert questions.label_of("no_such") == "no such"
