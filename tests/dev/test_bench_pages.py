"""The parts of bench pages: pages that are there, behind the door of somebody; a demo clinic grown to five years."""

import datetime as dt
import uuid
from types import SimpleNamespace

import pytest
from django.db import connection

from clinic import clock
from clinic.dev.bench import grown, pages, pages_list
from clinic.models import Course, Patient
from followup.models import DiaryPlan
from sessions.models import InfusionSession
from tests import factories
from tests.people import people


@pytest.mark.parametrize("page", pages_list.STAFF)
def test_every_page_of_the_list_stands_behind_a_door_of_staff(page):
    noun = pages_list.STAFF[page]
    path = pages_list._path(page, noun if noun.startswith("=") else SimpleNamespace(pk=uuid.uuid4()) if noun else None)
    door = pages_list._door(path)
    assert door.kind == "staff"
    assert set(door.roles) & set(pages_list.WHO)


@pytest.mark.parametrize("page", pages_list.PATIENT)
def test_every_page_of_patients_is_opened_by_a_link(page):
    assert pages_list._door(pages_list._path(page, None)).kind in ("patient_link", "public")


def test_the_figures_name_the_worst_page_by_each_measure():
    cold = {"nurse a": [300.0], "nurse b": [90.0]}
    warm = {"nurse a": [[10.0, 12.0], [11.0, 13.0]], "nurse b": [[40.0, 41.0], [42.0, 43.0]]}
    facts = {"nurse a": {"queries": 9, "kb": 7.0, "cpu_ms": 8.0, "js_kb": 12.5}}
    facts["nurse b"] = {"queries": 3, "kb": 9.0, "cpu_ms": 30.0, "js_kb": 4.0}
    told = pages._report(cold, warm, facts)
    assert (told["worst_page"], told["worst_p95_ms"], told["own_js_kb"]) == ("nurse b", 43.0, 12.5)
    assert (told["cold_worst_page"], told["worst_queries"], told["worst_compressed_kb"]) == ("nurse a", 9, 9.0)


def test_scripts_are_weighed_by_the_file_they_come_from():
    assert pages.SCRIPT.findall('<script src="/static/js/live.4a1b2c3d4e5f.js" defer>') == ["js/live.4a1b2c3d4e5f.js"]
    assert pages._compressed("js/live.4a1b2c3d4e5f.js") == pages._compressed("js/live.js") > 500


def test_treated_patients_come_again_and_have_earlier_courses(live_db, cluster):
    everyone = people()
    version = factories.protocol_version(approved_by=everyone.prescriber)
    course = factories.course(
        of=everyone.patient, at_site=everyone.site, prescriber=everyone.prescriber, version=version
    )
    factories.infusion(course=course, on=clock.now().date() - dt.timedelta(days=20), nurse=everyone.nurse, number=1)
    DiaryPlan.objects.create(course=course, started_at=clock.now(), review_at=clock.now())
    assert grown.treated_patients() == [everyone.patient.pk]
    before = Patient.objects.count()
    connection.close()
    with cluster.superuser(live_db) as cursor:
        grown.grow(cursor, alike=1)
    assert Patient.objects.count() == before + grown.TIMES
    mine = Course.objects.filter(patient=everyone.patient)
    assert sorted(mine.values_list("number", flat=True)) == [1, *range(11, 92, 10)]
    assert InfusionSession.objects.filter(patient=everyone.patient).count() == 1 + grown.TIMES
    oldest = InfusionSession.objects.order_by("started_at").first()
    assert (clock.now() - oldest.started_at).days >= grown.DAYS * grown.TIMES
    assert (
        DiaryPlan.objects.filter(ended_at=None).exclude(course=course).count()
        == DiaryPlan.objects.filter(ended_at=None, course__state="active").exclude(course=course).count()
    )


@pytest.mark.django_db
def test_the_busiest_row_of_each_kind_is_looked_for():
    assert set(pages_list.rows()) >= {noun for noun in pages_list.STAFF.values() if noun and noun[0] != "="}
