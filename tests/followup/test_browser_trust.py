"""Who looked, for the patient on a phone; and the plan of a course beside its signature, whole and touched."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine

from clinic import audit, clock
from clinic.models import Course
from followup.actions import planning
from tests import factories
from tests.accessible import in_every_theme
from tests.followup.approvals import approved
from tests.followup.conftest import NOW
from tests.followup.test_browser_after import enter, sound
from tests.people import by_link, people, signed_in

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW):
        yield


def written(p, by, verb, *, days=0, detail=None):
    row = audit.event(
        verb,
        None,
        by=by,
        patient=p.patient,
        site=p.site,
        detail=detail or {},
        is_look=verb.startswith(("look", "take")),
    )
    row.at = clock.now() - dt.timedelta(days=days)
    row.save(force_insert=True)


def test_j11_a_patient_reads_who_looked_at_their_record(site_url, open_page):
    p = people()
    for by, verb, days in (
        (p.nurse, "look", 0), (p.nurse, "note.written", 0), (p.colleague, "look", 0), (p.front_desk, "look", 1),
        (p.prescriber, "take sessions:record-pdf", 1), (p.auditor, "look", 1), (p.clinic_admin, "look", 6),
    ):  # fmt: skip
        written(p, by, verb, days=days)
    written(p, p.prescriber_too, "look", days=6, detail={"break_glass": "x"})
    page = open_page("phone")
    enter(page, by_link(p.patient, p.site, "home")[0], site_url)
    page.goto("/my/")
    page.get_by_role("link", name="Who looked at your record").click()
    page.get_by_text("2 nurses").wait_for()
    page.get_by_text("This was in an emergency.").wait_for()
    sound(page, "own-looks")
    assert in_every_theme(page) == {}
    page.get_by_text("Español").click()
    page.get_by_text("2 personas de enfermería").wait_for()
    sound(page, "own-looks-es")


def test_a_prescriber_sees_whether_a_plan_is_what_was_signed(site_url, open_page):
    p = people()
    approved(p.patient, site=p.site, by=p.prescriber)
    version = factories.protocol_version(approved_by=p.prescriber)
    course = planning.plan_course(
        patient=p.patient, site=p.site, protocol_version=version, dose=Decimal("0.5"), planned_number=6,
        reason="depression", goals="To sleep through", by=p.prescriber,
    )  # fmt: skip
    planning.sign_plan(course=course, by=p.prescriber)
    planning.change_plan(course=course, changes={"dose": Decimal("0.6")}, reason="Little relief", by=p.prescriber_too)
    page = open_page("tablet")
    enter(page, signed_in(p.prescriber), site_url)
    page.goto(f"/courses/{course.pk}/sign/")
    page.get_by_text("Exactly as signed").wait_for()
    page.get_by_text("Changed and signed anew by Piet Prescriber").wait_for()
    sound(page, "plan-as-signed")
    page.set_viewport_size({"width": 320, "height": 640})
    sound(page, "plan-as-signed-narrow")
    Course.objects.filter(pk=course.pk).update(dose=Decimal("0.9"))
    page.reload()
    page.get_by_text("Not what was signed").wait_for()
    page.get_by_text("Different: the dose.").wait_for()
    sound(page, "plan-touched")
    assert in_every_theme(page) == {}
