"""The forms of the packet's pages: what goes together, what stands alone, what a questionnaire leaves blank."""

import pytest
from django.utils import translation

from clinic.instruments import library
from intake import questions
from intake.forms import instruments
from intake.forms.about import AboutYouForm
from intake.forms.history import ImplantsForm, KetamineForm, OperationsForm
from intake.forms.instruments import AuditCForm, PcPtsd5Form, Phq2Form, Phq9Form, SafetyForm
from tests.intake.packets import TYPED, answers

WHOLE = {"phq-9": Phq9Form, "phq-2": Phq2Form, "audit-c": AuditCForm, "pc-ptsd-5": PcPtsd5Form}


def form(slug, known=None, **changes):
    return questions.BY_SLUG[slug].form(TYPED[slug] | changes, known=known)


@pytest.mark.parametrize("page", questions.PAGES, ids=lambda page: page.slug)
def test_what_is_typed_comes_back_from_what_is_saved(page):
    said = answers(page.slug)
    again = page.form(initial=said)
    assert page.form.lines(said)
    assert set(said) <= set(page.codes) | set(page.form.base_fields)
    assert all(field.value() is not None for field in again.questions if said.get(field.name) is not None)


@pytest.mark.parametrize("page", questions.PAGES, ids=lambda page: page.slug)
def test_every_question_has_a_version_and_a_label(page):
    versions = page.form.question_versions()
    assert all(version >= 1 for version in versions.values())
    assert all(str(field.label) for name, field in page.form.base_fields.items() if name != "sure")


def test_the_name_of_the_record_is_shown_and_another_is_asked_for():
    assert form("about-you", known={"_name": "Ngozi Okafor-Test"})["name_right"].help_text == "Ngozi Okafor-Test"
    wrong = form("about-you", name_right="no")
    assert list(wrong.errors) == ["legal_name"]
    assert answers("about-you", name_right="yes", legal_name="Somebody Else")["legal_name"] is None


def test_an_address_is_needed_only_when_the_record_has_none():
    assert "address" in form("about-you", address="").errors
    assert form("about-you", known={"_has_address": True}, address="").is_valid()


def test_sex_is_asked_only_when_the_record_lacks_it():
    assert "sex_at_birth" not in form("about-you", known={"_sex": "male"}).fields
    assert "sex_at_birth" in form("about-you", known={"_sex": "other"}).fields
    said = answers("about-you", known={"_sex": "male"})
    assert "What sex were you given at birth?" not in [str(label) for label, _ in AboutYouForm.lines(said)]


def test_operations_are_asked_for_after_a_yes_and_forgotten_after_a_no():
    assert list(OperationsForm(TYPED["operations"] | {"had_operations": "yes"}).errors) == ["operations"]
    assert answers("operations", operations="Knee, 2019")["operations"] is None


@pytest.mark.parametrize("name", ["implants", "limbs_avoid"])
def test_none_stands_alone(name):
    other = {"implants": "pump", "limbs_avoid": "leg_left"}[name]
    wrong = ImplantsForm(TYPED["implants"] | {name: ["none", other]})
    assert list(wrong.errors) == [name]
    assert "Take one of them away" in str(wrong.errors[name])


def test_ketamine_from_elsewhere_needs_a_row_or_the_box():
    assert KetamineForm({"rows": "1", "ketamine_elsewhere": "no"}).errors
    none = KetamineForm({"rows": "1", "ketamine_elsewhere": "no", "ketamine_no_details": "on"})
    assert none.is_valid()
    assert none.to_answers()["ketamine_courses"] == []
    assert "I don’t remember more" in [str(words) for _, words in KetamineForm.lines(none.to_answers())]


@pytest.mark.parametrize(("month", "year", "ok"), [("11", "2026", True), ("12", "2026", False), ("", "2027", False)])
def test_a_treatment_to_come_is_asked_about(month, year, ok):
    last = {"ketamine_courses_0_last_month": month, "ketamine_courses_0_last_year": year}
    assert form("ketamine", known={"_today": "2026-11-22"}, **last).is_valid() is ok


def test_ketamine_is_told_in_one_line_and_added_up():
    said = answers("ketamine", ketamine_courses_0_how_often="weekly", ketamine_courses_0_helped="lot")
    lines = dict(KetamineForm.lines(said))
    assert lines["Ketamine treatment 1"] == (
        "Nose spray (Spravato or other), 8 times, about once a week, last 2025-09, helped a lot"
    )
    assert lines["In all"] == "8 times, last 2025-09"


@pytest.mark.parametrize("code", WHOLE)
def test_a_blank_is_asked_about_once_and_stays_blank(code):
    item = library.load(code).items[-1].code
    typed = {name: "1" for name in WHOLE[code].base_fields if name not in (item, "sure")}
    asked = WHOLE[code](typed)
    assert item in asked.errors
    assert asked.asks_sure
    kept = WHOLE[code](typed | {"sure": "on"})
    assert kept.is_valid()
    assert kept.to_answers()[item] is None


@pytest.mark.parametrize(("made", "gate"), [(PcPtsd5Form, "pcptsd_event"), (AuditCForm, "auditc_1")])
def test_after_a_no_at_the_gate_the_rest_is_left_out(made, gate):
    typed = dict.fromkeys(made.base_fields, "1") | {gate: "0", "sure": ""}
    said = made(typed)
    assert said.is_valid()
    assert {code for code, value in said.to_answers().items() if value is not None} == {gate}
    assert [str(words) for _, words in made.lines(said.to_answers())] in (["No"], ["Never"])
    assert len(made.lines({gate: 1})) == len(made.base_fields) - 1


def test_the_phq2_is_carried_over_and_said_so():
    known = {"phq2_1": 2, "phq2_2": None}
    carried = Phq9Form(initial=Phq9Form.carry(known), known=known)
    assert carried["phq9_1"].value() == 2
    assert "filled in" in carried.note
    assert "filled in" not in Phq9Form(initial={"phq9_1": 0}, known=known).note
    assert Phq9Form(initial={}, known={}).note == ""


def test_item_nine_alone_is_the_same_question_and_needs_a_person():
    alone, whole = SafetyForm.base_fields, Phq9Form.base_fields
    assert [name for name in alone if name != "sure"] == ["phq9_9"]
    assert str(alone["phq9_9"].label) == str(whole["phq9_9"].label)
    assert alone["phq9_9"].needs_person
    assert whole["phq9_9"].needs_person
    assert not whole["phq9_8"].needs_person


def test_words_follow_the_language_and_numbers_do_not():
    with translation.override("es"):
        spanish = Phq9Form()
        assert str(spanish["phq9_1"].label) == library.load("phq-9", "es").items[0].text
        values = [value for value, _ in spanish.fields["phq9_1"].choices]
    assert values == [0, 1, 2, 3]
    assert str(Phq9Form()["phq9_1"].label) == library.load("phq-9").items[0].text


def test_without_a_translation_the_page_says_that_it_is_in_english():
    with translation.override("fr"):
        page = instruments.Pcl5Form()
        assert "in English" in page.note
        assert page.instrument.language == "en"
    assert instruments.Pcl5Form().note == ""
