"""How times, doses and names are written."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

from clinic import words
from clinic.models import Patient, Site

NEW_YORK = ZoneInfo("America/New_York")
AT = datetime(2026, 5, 14, 18, 5, tzinfo=UTC)


def rendered(source, **context):
    return Template("{% load tideline %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (Decimal("72.000"), "mg", "72\u00a0mg"),
        (Decimal("0.50"), "mg/kg", "0.5\u00a0mg/kg"),
        (Decimal(".25"), "mg", "0.25\u00a0mg"),
        (Decimal("100"), "mg", "100\u00a0mg"),
        (0, "mg", "0\u00a0mg"),
        (None, "mg", ""),
        (Decimal("1E+2"), "mL", "100\u00a0mL"),
    ],
)
def test_a_dose_has_no_dangling_zero_and_always_its_unit(value, unit, said):
    assert words.dose(value, unit) == said


@pytest.mark.parametrize(
    ("ago", "said"),
    [
        (timedelta(seconds=30), "just now"),
        (timedelta(minutes=4), "4 min ago"),
        (timedelta(minutes=59), "59 min ago"),
        (timedelta(hours=3, minutes=50), "3 h ago"),
        (timedelta(days=1), "1 day ago"),
        (timedelta(days=9), "9 days ago"),
        (-timedelta(minutes=5), "in 5 min"),
    ],
)
def test_an_age_is_said_in_words(ago, said):
    assert words.age_words(AT - ago, AT) == said


@pytest.mark.parametrize(
    ("hour", "minute", "said"),
    [(14, 5, "2:05 pm"), (0, 0, "midnight"), (12, 0, "12 noon"), (0, 30, "12:30 am"), (12, 1, "12:01 pm")],
)
def test_patients_read_a_twelve_hour_clock(hour, minute, said):
    assert words.patient_time(datetime(2026, 5, 14, hour, minute, tzinfo=NEW_YORK)) == said


@pytest.mark.parametrize(
    ("today", "years"), [(date(2026, 11, 2), 47), (date(2026, 11, 3), 48), (date(2027, 2, 28), 48)]
)
def test_years_old_counts_birthdays(today, years):
    assert words.years_old(date(1978, 11, 3), today) == years


def test_times_are_those_of_the_site_and_say_another_zone():
    chicago = Site(name="Prairie", zone_name="America/Chicago")
    with timezone.override(NEW_YORK):
        assert rendered("{{ at|clinic_time }}", at=AT) == "14:05"
        assert rendered("{{ at|clinic_time:site }}", at=AT, site=chicago) == "13:05 Chicago time"
        assert rendered("{{ at|clinic_moment }}", at=AT) == "14-May-2026 14:05"
        assert rendered("{{ at|patient_date }} {{ at|patient_time }}", at=AT) == "Thursday 14 May 2:05 pm"


def test_a_date_with_its_year_is_said_in_both_languages():
    with timezone.override(NEW_YORK):
        assert rendered("{{ at|full_date }}", at=AT) == "14 May 2026"
        with translation.override("es"):
            assert rendered("{{ at|full_date }}", at=AT) == "14 de mayo de 2026"
    assert rendered("{{ at|full_date }}", at=None) == ""


def test_a_date_near_midnight_is_the_sites_day():
    late = datetime(2026, 5, 15, 2, 0, tzinfo=UTC)
    with timezone.override(NEW_YORK):
        assert rendered("{{ at|clinic_date }}", at=late) == "14-May-2026"


def test_nothing_is_written_for_nothing():
    source = (
        "{{ x|clinic_time }}{{ x|clinic_date }}{{ x|clinic_moment }}{{ x|patient_time }}{{ x|age_words }}{{ x|dose }}"
    )
    assert rendered(source, x=None) == ""


def test_the_surname_comes_first_and_is_escaped():
    patient = Patient(family_name="O'Brien<b>", given_name="Ann")
    assert rendered("{{ p|surname_first }}", p=patient) == "O&#x27;BRIEN&lt;B&gt;, Ann"


def test_a_missing_url_gives_nothing():
    assert rendered('[{% nav_url "nowhere:at-all" %}]') == "[]"


def test_an_unknown_icon_is_a_mistake():
    with pytest.raises(KeyError):
        rendered('{% icon "nothing-like-it" %}')
    assert 'aria-hidden="true"' in rendered('{% icon "pulse" %}')
