"""Forms: plain inputs, errors beside the field that say how to mend it, nothing typed lost."""

import datetime
from copy import deepcopy

import pytest
from django import forms
from django.http import QueryDict
from django.template.loader import render_to_string
from django.urls import get_resolver

from clinic.fields import LONGEST
from clinic.forms import DayMonthYearField, NumberText, PlainForm, PlainManners, RadioCards, TenField, _fields_in
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


def test_choices_of_the_class_are_shared_and_those_of_one_form_are_not():
    """What one form sets for itself never shows in another; what the class says is the same pairs for all."""

    class Asked(PlainForm):
        kind = forms.ChoiceField(choices=[("a", "First"), ("b", "Second")], required=False)

    one, other = Asked({"kind": "b"}), Asked({"kind": "c"})
    assert one.fields["kind"].choices is other.fields["kind"].choices
    assert one.is_valid()
    assert not other.is_valid()
    third = Asked({"kind": "c"})
    third.fields["kind"].choices = [("c", "Third")]
    assert third.is_valid()
    assert not Asked({"kind": "c"}).is_valid()
    assert dict(one.fields["kind"].choices) == {"a": "First", "b": "Second"}
    assert 'value="b" selected' in str(one["kind"]), "and it draws as any list"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Ngo\u202e gnutset", "Ngo gnutset"),  # turns what follows on the line
        ("Le\u200bva \x1b[31mred\x07", "Leva [31mred"),
        ("one\u2028two\x85three", "one two three"),
        ("first line\n\tsecond", "first line\n\tsecond"),
        ("👩\u200d⚕️ می\u200cخواهم José", "👩\u200d⚕️ می\u200cخواهم José"),
    ],
)
def test_v1_3_3_signs_nobody_sees_are_left_out_and_what_people_write_stays(typed, kept):
    form = Words({"said": typed, "second_password": typed})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["said"] == kept
    assert form.cleaned_data["second_password"] == typed, "a password is what it is"
    posted = QueryDict(mutable=True)
    posted.setlist("said", ["not this", typed])
    assert Words(posted)["said"].value() == kept


def test_v1_3_3_a_text_has_an_end_and_nul_is_refused():
    assert Words({"said": "x" * LONGEST, "second_password": "p"}).is_valid()
    long = Words({"said": "x" * (LONGEST + 1), "second_password": "p"})
    assert "20000" in long.errors["said"][0].replace(",", "")
    assert not Words({"said": "a\x00b", "second_password": "p"}).is_valid()


def test_v1_3_3_every_text_of_every_form_has_an_end():
    """A text without a bound of its own gets ours with the first form of its class."""
    assert get_resolver().url_patterns, "the pages are loaded, and their forms with them"
    unbound = []
    for form_class in all_forms():
        fields = _fields_in(form_class, "en")
        texts = [(name, field) for name, field in fields.items() if type(field) is forms.CharField]
        unbound += [f"{form_class.__name__}.{name}" for name, field in texts if not field.max_length]
    assert len(list(all_forms())) > 100
    assert unbound == []


def test_a_form_has_fields_of_its_own():
    """What one form does to its fields, words, choices, attributes and validators, no other form of its class sees."""
    for form_class in all_forms():
        fields = _fields_in(form_class, "en")
        mine, others = deepcopy(fields), deepcopy(fields)
        assert type(mine) is dict
        assert list(mine) == list(form_class.base_fields)
        for name, field in mine.items():
            field.widget.attrs["data-mine"] = field.error_messages["mine"] = field.label = "mine"
            field.validators.append(len)
            field.required = not field.required
            if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
                field.choices = [("mine", "mine")]
            for other in (others[name], fields[name]):
                assert type(other) is type(field)
                assert type(other.widget) is type(field.widget)
                assert "data-mine" not in other.widget.attrs
                assert "mine" not in other.error_messages
                assert len not in other.validators
                assert other.label != "mine"
                assert other.required != field.required
                if not isinstance(other, forms.ModelChoiceField):
                    assert ("mine", "mine") not in list(getattr(other.widget, "choices", ()))


class Words(PlainForm):
    said = forms.CharField(widget=forms.Textarea, strip=False)
    second_password = forms.CharField(strip=False)


def all_forms(parent=PlainManners):
    """Every form class of the pages."""
    for child in parent.__subclasses__():
        yield from [child] if hasattr(child, "base_fields") else []
        yield from all_forms(child)
