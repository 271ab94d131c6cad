"""A course from its approval to its booked series: planned, signed, changed, booked, refused."""

import datetime as dt
from datetime import timedelta
from decimal import Decimal

import pytest

from clinic import clock
from clinic.actions.series import Wish
from clinic.models import AuditEvent, Course, CourseVersionMove, Task
from clinic.refusal import Conflict, Refused
from followup.actions import booking
from followup.actions import planning as actions
from followup.models import DiaryPlan
from intake.actions.findings import settle_new_findings
from intake.actions.medicines import keep_new_medicines
from intake.models import Finding
from tests import factories
from tests.followup.approvals import approved

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(p):
    return factories.protocol_version(approved_by=p.prescriber)


@pytest.fixture
def approval(p):
    return approved(p.patient, site=p.site, by=p.prescriber)


def plan(p, version, **changes):
    wanted = {
        "patient": p.patient,
        "site": p.site,
        "protocol_version": version,
        "dose": Decimal("0.5"),
        "planned_number": 6,
        "reason": "depression",
        "goals": "Get up in the morning",
        "by": p.prescriber,
    }
    return actions.plan_course(**wanted | changes)


def codes(refused):
    return [item.code for item in refused.value.items]


def wishes(p, count=6, step=3):
    start = clock.now().astimezone(p.site.zone).date() + timedelta(days=3)
    days = [start + timedelta(days=step * n) for n in range(count)]
    return [Wish(dt.datetime.combine(day, dt.time(9), tzinfo=p.site.zone).astimezone(dt.UTC)) for day in days]


def test_a_plan_ties_the_approval_and_keeps_the_protocol_s_basis(p, version, approval):
    course = plan(p, version, medicine_plan="Take them as usual.")
    approval.refresh_from_db()
    assert approval.course == course
    assert (course.state, course.signed_at, course.dose_basis, course.spacing_days) == ("planned", None, "mg/kg", 2)
    assert AuditEvent.objects.get(verb="course.planned").user == p.prescriber


def test_everything_wrong_is_said_at_once(p):
    draft = factories.protocol_version()
    with pytest.raises(Refused) as refused:
        plan(p, draft, dose=Decimal("1.5"), planned_number=0, spacing_days=9, reason="", goals=" ", by=p.nurse)
    assert codes(refused) == [
        "not-prescriber", "draft", "reason", "goals", "dose-bounds", "number", "spacing", "no-approval",
    ]  # fmt: skip
    assert not Course.objects.exists()


def test_an_approval_that_is_over_or_revoked_plans_nothing(p, version):
    approved(p.patient, site=p.site, by=p.prescriber, days=-1)
    with pytest.raises(Refused) as refused:
        plan(p, version)
    assert codes(refused) == ["approval-expired"]


def test_signing_starts_the_course_its_diary_and_asks_for_the_booking(p, version, approval):
    course = actions.sign_plan(course=plan(p, version), by=p.prescriber)
    assert (course.state, course.prescriber, course.version) == ("active", p.prescriber, 2)
    assert DiaryPlan.objects.filter(course=course).exists()
    task = Task.objects.get(kind="booking")
    assert (task.for_role, task.subject_id, task.state) == ("front_desk", course.pk, "open")
    assert "infusion" not in task.neutral_title


def test_signing_twice_by_a_nurse_or_from_an_old_page_is_refused(p, version, approval):
    course = plan(p, version)
    with pytest.raises(Refused, match="Only a prescriber"):
        actions.sign_plan(course=course, by=p.nurse)
    with pytest.raises(Conflict):
        actions.sign_plan(course=course, by=p.prescriber, version=7)
    actions.sign_plan(course=course, by=p.prescriber)
    with pytest.raises(Refused, match="signed already"):
        actions.sign_plan(course=course, by=p.prescriber)


def test_what_is_new_since_the_approval_stops_the_signature_and_is_kept(p, version, approval):
    course = plan(p, version)
    keep_new_medicines(patient=p.patient, site=p.site, names=["theophylline"], visit=course.pk, by=p.nurse)
    with pytest.raises(Refused):
        actions.sign_plan(course=course, by=p.prescriber)
    course.refresh_from_db()
    assert course.signed_at is None
    found = Finding.objects.new().in_force().filter(patient=p.patient, rule="takes-theophylline")
    assert (found.get().occasion_kind, found.get().occasion_id) == ("course", course.pk), "kept although it was refused"
    settle_new_findings(findings=list(found), site=p.site, resolution="handled", reason="Stopped", by=p.prescriber)
    assert actions.sign_plan(course=course, by=p.prescriber).signed_at is not None


def test_a_change_of_dose_keeps_the_bounds_and_its_reason(p, version, approval):
    course = actions.sign_plan(course=plan(p, version), by=p.prescriber)
    with pytest.raises(Refused) as refused:
        actions.change_plan(course=course, changes={"dose": Decimal(2)}, reason="", by=p.prescriber)
    assert codes(refused) == ["reason", "dose-bounds"]
    changed = actions.change_plan(
        course=course, changes={"dose": Decimal("0.6")}, reason="Little relief", by=p.prescriber_too
    )
    assert (changed.dose, changed.prescriber) == (Decimal("0.6"), p.prescriber_too)
    assert AuditEvent.objects.get(verb="course.changed").reason == "Little relief"


def test_the_plan_of_a_course_that_is_over_stays(p, version, approval):
    course = actions.sign_plan(course=plan(p, version), by=p.prescriber)
    actions.set_state(course=course, to="completed", reason="Series done", by=p.prescriber)
    with pytest.raises(Refused, match="its plan stays"):
        actions.change_plan(course=course, changes={"dose": Decimal("0.6")}, reason="More", by=p.prescriber)


def test_a_course_moves_to_a_newer_version_of_its_protocol_only(p, version, approval):
    course = plan(p, version)
    newer = factories.protocol_version(of=version.protocol, approved_by=p.prescriber)
    moved = actions.move_to_version(course=course, protocol_version=newer, reason="New limits", by=p.prescriber)
    assert moved.protocol_version == newer
    assert CourseVersionMove.objects.get().frm == version
    other = factories.protocol_version(of=factories.protocol(name="Other"), approved_by=p.prescriber)
    with pytest.raises(Refused, match="another protocol"):
        actions.move_to_version(course=course, protocol_version=other, reason="x", by=p.prescriber)


def test_the_whole_series_is_booked_in_one_step_and_the_task_is_done(p, version, approval):
    course = actions.sign_plan(course=plan(p, version), by=p.prescriber)
    made = booking.book_series(course=course, wishes=wishes(p), by=p.front_desk)
    assert len(made) == 6
    assert Task.objects.get(kind="booking").state == "done"


def test_half_a_series_leaves_the_task_open(p, version, approval):
    course = actions.sign_plan(course=plan(p, version), by=p.prescriber)
    booking.book_series(course=course, wishes=wishes(p, 3), by=p.front_desk)
    assert Task.objects.get(kind="booking").state == "open"
    assert booking.planned_infusions(course)[0].number == 1


def test_an_unsigned_plan_is_not_booked_and_the_desk_reads_a_neutral_reason(p, version, approval):
    course = plan(p, version)
    assert not booking.may_be_booked(course, clock.now())
    with pytest.raises(Refused) as refused:
        booking.book_series(course=course, wishes=wishes(p), by=p.front_desk)
    assert refused.value.neutral == "The plan is not signed yet: ask the prescriber."


def test_a_series_does_not_run_past_its_approval(p, version):
    approved(p.patient, site=p.site, by=p.prescriber, days=10)
    course = actions.sign_plan(course=plan(p, version), by=p.prescriber)
    with pytest.raises(Refused, match="approval ended"):
        booking.book_series(course=course, wishes=wishes(p), by=p.front_desk)


def test_a_stopped_course_takes_no_more(p, version, approval):
    course = actions.sign_plan(course=plan(p, version), by=p.prescriber)
    actions.set_state(course=course, to="stopped", reason="No relief", by=p.prescriber)
    with pytest.raises(Refused):
        booking.book_visit(
            patient=p.patient, site=p.site, kind="booster", course=Course.objects.get(pk=course.pk),
            starts_at=wishes(p)[0].starts_at, by=p.front_desk,
        )  # fmt: skip


def test_a_consultation_needs_no_course(p):
    made = booking.book_visit(
        patient=p.patient, site=p.site, kind="consultation", starts_at=wishes(p)[0].starts_at, by=p.front_desk
    )  # fmt: skip
    assert made.number is None
