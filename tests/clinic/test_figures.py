"""Numbers as people type them: what can mean one thing is read, what could mean two is asked, nothing is guessed."""

from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from clinic import figures
from clinic.forms import PlainForm


class Weighed(PlainForm):
    weight = forms.DecimalField(max_value=5000)
    times = forms.IntegerField(required=False)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("1,5", "1.5"),
        ("1.5", "1.5"),
        ("0,125", "0.125"),
        ("0.500", "0.500"),
        (",5", "0.5"),
        ("72", "72"),
        ("-1,5", "-1.5"),
        ("1,25", "1.25"),
        ("1234,567", "1234.567"),
        ("1,1250", "1.1250"),
        ("1,234.5", "1234.5"),
        ("1.234,5", "1234.5"),
        ("1,234,567", "1234567"),
        ("1.234.567", "1234567"),
        ("180 ", "180"),
        ("abc", "abc"),
        ("1,2,3", "1,2,3"),
    ],
)
def test_in_spanish_a_comma_is_read_where_it_can_mean_one_thing(typed, read):
    with translation.override("es"):
        assert figures.read(typed).strip() == read


@pytest.mark.parametrize(
    ("typed", "large", "small"),
    [("1,500", "1500", "1.5"), ("1.500", "1500", "1.5"), ("12,000", "12000", "12"), ("1,125", "1125", "1.1250")],
)
def test_what_could_be_a_thousand_times_the_other_is_asked(typed, large, small):
    with translation.override("es"), pytest.raises(ValidationError) as refused:
        figures.read(typed)
    assert f"{large} o {small}" in refused.value.messages[0]


def test_the_answer_to_the_question_is_taken():
    with translation.override("es"):
        assert (figures.read("1.1250"), figures.read("1125")) == ("1.1250", "1125")


@given(st.integers(0, 10**6), st.integers(1, 10**5))
def test_a_comma_never_makes_a_number_larger(whole, part):
    with translation.override("es"):
        try:
            read = Decimal(figures.read(f"{whole},{part}"))
        except ValidationError:
            return
    assert whole <= read < whole + 1


@given(st.text("0123456789.,-+ ", max_size=12))
def test_whatever_is_typed_it_is_a_number_a_question_or_left_alone(typed):
    with translation.override("es"):
        form = Weighed({"weight": typed})
        if form.is_valid():
            digits = "".join(c for c in typed if c.isdigit()).lstrip("0")
            assert f"{abs(form.cleaned_data['weight']):f}".replace(".", "").lstrip("0").rstrip("0") == digits.rstrip(
                "0"
            )


def test_in_english_a_comma_is_not_read_at_all():
    form = Weighed({"weight": "1,5", "times": "1,500"})
    assert set(form.errors) == {"weight", "times"}


def test_what_was_typed_stays_in_the_field():
    with translation.override("es"):
        form = Weighed({"weight": "1,500"})
        assert not form.is_valid()
        assert 'value="1,500"' in str(form["weight"])


def test_a_whole_number_is_asked_too():
    with translation.override("es"):
        assert not Weighed({"weight": "70", "times": "1,500"}).is_valid()
        assert Weighed({"weight": "70,5", "times": "3"}).is_valid()


def test_a_figure_is_shown_with_a_point_in_both_languages():
    from django.template import Context, Template

    for code in ("en", "es"):
        with translation.override(code):
            assert Template("{{ x }} {{ y }}").render(Context({"x": 1.5, "y": Decimal("1234.5")})) == "1.5 1234.5"
