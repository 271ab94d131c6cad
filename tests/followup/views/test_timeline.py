"""A patient's whole story: what is in it, who may read it, and its file."""

import csv
import datetime as dt
import io

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clinic.models import AuditEvent, InstrumentResponse, MedicationStatement
from followup.actions import relief
from tests import factories
from tests.followup.conftest import NOW
from tests.people import signed_in


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


def address(patient, name="patient-timeline"):
    return reverse(f"followup:{name}", args=[patient.pk])


def test_infusions_stand_in_it_with_how_long_relief_lasted(story):
    relief.rebuild(course=story.course)
    page = signed_in(story.nurse).get(address(story.patient)).content.decode()
    assert "Infusion 3 of course 1" in page
    assert "30 % relief: 21–22 days" in page
    assert "Course 1 planned" in page
    assert "Added as a patient" in page
    assert page.index("Infusion 4 of course 1") < page.index("Infusion 1 of course 1"), "the newest comes first"
    assert AuditEvent.objects.filter(is_look=True, patient=story.patient, verb__contains="timeline").exists()


def test_one_kind_at_a_time(story):
    said = {"patient": story.patient, "source": "patient", "said_at": NOW}
    MedicationStatement.objects.create(name="Gabapentin", dose_words="300 mg at night", **said)
    client = signed_in(story.prescriber)
    page = client.get(address(story.patient), {"show": "medicines"}).content.decode()
    assert "Takes Gabapentin" in page
    assert "300 mg at night" in page
    assert "Infusion 3 of course 1" not in page
    assert "Infusion 3 of course 1" in client.get(address(story.patient), {"show": "nonsense"}).content.decode()
    empty = client.get(address(story.patient), {"show": "contact"}).content.decode()
    assert "Nothing of this kind yet" in empty


def test_a_merged_records_events_are_in_it_too(story):
    twin = factories.patient(at_site=story.site, given_name="Ngozi", family_name="Okafor-Twin")
    factories.appointment(of=twin, at_site=story.site, starts_at=NOW - dt.timedelta(days=3), kind="consultation",
                          state="no_show", end_code="forgot")  # fmt: skip
    factories.merge(kept=story.patient, merged=twin, by=story.clinic_admin)
    page = signed_in(story.nurse).get(address(story.patient)).content.decode()
    assert "Consultation: did not come" in page
    assert "Forgot" in page


def test_who_may_not_read_clinical_fields_or_sees_other_patients_gets_nothing(story):
    for name in ("patient-timeline", "patient-timeline-csv"):
        for user in (story.front_desk, story.clinic_admin, story.auditor):
            assert signed_in(user).get(address(story.patient, name)).status_code == 403
        assert signed_in(story.stranger).get(address(story.patient, name)).status_code == 404


def test_the_file_has_all_of_it_with_safe_cells(story):
    InstrumentResponse.objects.create(
        patient=story.patient, instrument="phq-9", version="2010", answers={}, score=12, scorable=True, answered_at=NOW,
        occasion_kind="packet",
    )  # fmt: skip
    said = {"patient": story.patient, "source": "patient", "said_at": NOW}
    MedicationStatement.objects.create(name="=1+1", dose_words="@x", **said)
    answer = signed_in(story.nurse).get(address(story.patient, "patient-timeline-csv"))
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert [row["when"] for row in rows] == sorted(row["when"] for row in rows)
    assert "Takes =1+1" in {row["what"] for row in rows}
    assert "'@x" in {row["more"] for row in rows}
    assert any("12 of 27" in row["what"] for row in rows)
    assert story.patient.family_name not in answer.headers["Content-Disposition"]


def test_a_long_story_takes_no_more_queries(story):
    client = signed_in(story.nurse)

    def queries():
        client.get(address(story.patient))
        with CaptureQueriesContext(connection) as caught:
            client.get(address(story.patient))
        return len(caught)

    few = queries()
    for n in range(5, 30):
        day = dt.date(2025, 1, 1) + dt.timedelta(days=n)
        factories.infusion(course=story.course, on=day, nurse=story.nurse, number=n)
    assert queries() == few
