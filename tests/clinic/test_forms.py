"""Forms: plain inputs, errors beside the field that say how to mend it, nothing typed lost."""

import datetime

import pytest
from django import forms
from django.template.loader import render_to_string

from clinic.forms import DayMonthYearField, NumberText, PlainForm, RadioCards, TenField
from clinic.refusal import Item, Refused


class Sample(PlainForm):
    units = {"weight": "kg"}

    born = DayMonthYearField(label="Date of birth", required=False)
    weight = forms.DecimalField(label="Weight today", min_value=25, max_value=350, help_text="On our scale")
    count = forms.IntegerField(label="Children", required=False)
    ride = forms.ChoiceField(label="Is there a ride?", widget=RadioCards, choices=[("y", "Yes"), ("n", "No")])
    pain = TenField(label="Pain", required=False)


def filled(**changes):
    return Sample({"weight": "72.5", "ride": "y"} | changes)


def field_html(form, name):
    return render_to_string("components/_field.html", {"field": form[name]})


@pytest.mark.parametrize(
    ("month", "day", "year", "date"),
    [
        ("5", "14", "1978", datetime.date(1978, 5, 14)),
        ("May", "14", "1978", datetime.date(1978, 5, 14)),
        ("sept", " 1 ", "2001", datetime.date(2001, 9, 1)),
        ("", "", "", None),
    ],
)
def test_three_boxes_make_a_date(month, day, year, date):
    form = filled(born_month=month, born_day=day, born_year=year)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["born"] == date


@pytest.mark.parametrize(
    ("month", "day", "year", "words"),
    [
        ("14", "5", "1978", "swapped"),
        ("2", "30", "1978", "no such day"),
        ("5", "14", "78", "all four figures"),
        ("5", "", "1978", "Type the day too"),
        ("x", "1", "1978", "must be a number"),
    ],
)
def test_a_wrong_date_says_what_is_wrong_and_keeps_what_was_typed(month, day, year, words):
    form = filled(born_month=month, born_day=day, born_year=year)
    assert words in form.errors["born"][0]
    html = field_html(form, "born")
    assert f'value="{year}"' in html
    assert 'aria-describedby="id_born-err"' in html


def test_numbers_are_text_with_the_right_keypad():
    form = Sample()
    assert isinstance(form.fields["weight"].widget, NumberText)
    assert 'inputmode="decimal"' in field_html(form, "weight")
    assert 'inputmode="numeric"' in field_html(form, "count")
    assert 'type="number"' not in field_html(form, "count")


def test_hint_error_and_unit_stand_with_the_field():
    html = field_html(filled(weight="800"), "weight")
    assert 'aria-describedby="id_weight_hint id_weight-err"' in html
    assert 'aria-invalid="true"' in html
    assert "Weight today must be 350 or less" in html
    assert 'value="800"' in html
    assert ">kg<" in html


def test_errors_are_said_by_the_fields_own_name():
    form = Sample({})
    assert form.errors["weight"] == ["Weight today: fill this in"]
    assert form.errors["ride"] == ["Is there a ride? Choose an answer"]


def test_one_forms_words_do_not_leak_into_another():
    class Other(PlainForm):
        weight = forms.DecimalField(label="Weight of the bag", error_messages={"required": "Weigh the bag"})

    Sample()
    assert Other({}).errors["weight"] == ["Weigh the bag"]


def test_zero_is_chosen_and_blank_is_not_zero():
    assert filled(pain="0").is_valid()
    zero, blank = filled(pain="0"), filled()
    assert zero.is_valid()
    assert blank.is_valid()
    assert zero.cleaned_data["pain"] == 0
    assert blank.cleaned_data["pain"] is None
    assert 'value="0" checked' in field_html(zero, "pain")
    assert "checked" not in field_html(blank, "pain")


def test_choices_are_cards_in_a_fieldset_with_a_legend():
    html = field_html(Sample(), "ride")
    assert "<fieldset" in html
    assert "<legend>Is there a ride?" in html
    assert html.count('class="opt"') == 2


def test_a_refusal_goes_to_its_field_else_on_top():
    form = filled()
    assert form.is_valid()
    form.add_refusal(
        Refused(Item("w", "Weigh again", field="weight"), Item("x", "Mood too low", neutral="Ask a clinician")),
        clinical=False,
    )
    assert form.errors["weight"] == ["Weigh again"]
    assert form.non_field_errors() == ["Ask a clinician"]


def test_the_summary_links_every_error_to_its_field():
    html = render_to_string("components/_errors.html", {"form": Sample({})})
    assert 'href="#id_weight"' in html
    assert 'href="#id_ride"' in html
    assert 'role="alert"' in html
    assert render_to_string("components/_errors.html", {"form": Sample()}).strip() == ""


def test_refused_items_show_the_neutral_sentence_unless_the_reader_may_know():
    items = [Item("x", "Suicidal thoughts today", neutral="Needs a clinician", link="/there/")]
    hidden = render_to_string("components/_missing.html", {"items": items})
    assert "Needs a clinician" in hidden
    assert "Suicidal" not in hidden
    assert "Suicidal" in render_to_string("components/_missing.html", {"items": items, "clinical": True})


def test_crispy_draws_fields_in_our_manner():
    from crispy_forms.utils import render_crispy_form

    html = render_crispy_form(filled(weight="800"))
    assert "Weight today must be 350 or less" in html
    assert 'class="fld err"' in html
    assert "<form" not in html


def test_typed_scripts_come_back_as_words():
    html = field_html(filled(weight="<script>alert(1)</script>"), "weight")
    assert "<script" not in html
