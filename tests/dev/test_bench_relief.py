"""The relief bench's own parts, small: a long course, a crowd of courses, the worker over it, simulated clinics."""

import datetime as dt

import pytest
from django.db import connection
from django.urls import reverse

from clinic.dev.bench import relief as bench
from clinic.dev.bench.simulated import Recipe
from clinic.models import Course
from followup.models import ClinicCurve, DiaryEntry, ReliefEpisode
from sessions.models import InfusionSession
from tests import factories
from tests.followup.conftest import NOW, make_course
from tests.people import people, signed_in


@pytest.fixture
def small(monkeypatch):
    monkeypatch.setattr(bench, "LONG", 6)
    monkeypatch.setattr(bench, "REPORTS", 100)


def test_the_seed_makes_a_long_course_and_a_crowd(small, live_db, cluster):
    everyone = people()
    session = factories.infusion(course=make_course(everyone), on=dt.date(2026, 5, 1), nurse=everyone.nurse)
    connection.close()
    with cluster.superuser(live_db) as cursor:
        bench.grow(cursor, session, 20, NOW)
    long = Course.objects.get(pk=DiaryEntry.objects.values_list("course", flat=True).first())
    assert InfusionSession.objects.filter(course=long).count() == 6
    assert ReliefEpisode.objects.values("course").distinct().count() == 21
    found = bench._worker()
    assert (found["worker_courses"], found["worker_groups"] > 0) == (21, True)
    assert ClinicCurve.objects.filter(reason="", split="all", measure="pain", percent=30).get().median > 5
    reader = signed_in(everyone.prescriber)
    page = reader.get(reverse("followup:course-show", args=[long.pk])).content.decode()
    assert "100 diary reports" in page
    assert "95&nbsp;% interval" in reader.get(reverse("followup:report-relief")).content.decode()


def test_figures_of_simulated_clinics_are_whole():
    found = bench.coverage(clinics=6, recipe=Recipe(patients=20))
    assert 0.5 <= found["coverage"] <= 1
    assert found["coverage_clinics"] == 6
    tested = bench.windows(clinics=2)
    assert tested["window_met"] > 0.7
    assert tested["window_uneven_said"] > 0.8
