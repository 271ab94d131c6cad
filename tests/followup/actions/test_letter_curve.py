"""The curve in the progress letter: as it was when the letter was drafted, on the page and in the file."""

import dataclasses
import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from clinic.charts import draw
from clinic.models import Patient, Referrer
from followup.actions import progress
from followup.models import ProgressLetter
from followup.presenters.letter_curve import drawn_curve
from tests import factories
from tests.followup.conftest import NOW
from tests.people import signed_in


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def letter(story):
    referrer = Referrer.objects.create(name="Dr. Rae Ferrer", organisation="Sample practice")
    Patient.objects.filter(pk=story.patient.pk).update(referrer=referrer)
    return progress.start_letter(course=story.course, by=story.prescriber, at=NOW)


def test_it_shows_baseline_reports_and_infusions_up_to_the_day_of_the_draft(story, letter):
    chart = drawn_curve(ProgressLetter.objects.get(pk=letter.pk))
    assert len(chart.infusions) == 4
    assert chart.reports[-1].day <= chart.end == NOW.astimezone(story.course.site.zone).date()
    assert isinstance(chart.baseline, Decimal)
    svg = draw(chart, uid="letter")
    assert "Baseline" in svg
    assert ">today<" not in svg, "a paper is read on another day"


def test_what_is_reported_later_does_not_change_it(story, letter):
    before = drawn_curve(letter)
    factories.diary(course=story.course, day=NOW.date() - dt.timedelta(days=1), pain=0)
    after = drawn_curve(ProgressLetter.objects.get(pk=letter.pk))
    assert dataclasses.asdict(after) == dataclasses.asdict(before)


def test_without_figures_or_reports_there_is_none(letter):
    letter.with_figures = False
    assert drawn_curve(letter) is None
    letter.with_figures, letter.curve = True, {}
    assert drawn_curve(letter) is None


def test_it_stands_on_the_page_and_in_the_file(story, letter):
    page = signed_in(story.prescriber).get(reverse("followup:progress-letter", args=[letter.pk])).content.decode()
    assert 'aria-label="Curve in the letter' in page
    assert page.count("tlc-rel") >= 1
    with_curve = progress.letter_pdf(letter, at=NOW)
    letter.with_figures = False
    assert with_curve.startswith(b"%PDF")
    assert len(with_curve) > len(progress.letter_pdf(letter, at=NOW))
