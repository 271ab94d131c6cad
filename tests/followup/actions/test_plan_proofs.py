"""The plan of a course carries a hash over what was signed; what is changed past the signature shows (ONC-d2)."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from clinic import clock
from clinic.models import Course, PlanSignature
from clinic.queries import plans, signed
from clinic.queries.verifying import verify
from followup.actions import planning as actions
from tests import factories
from tests.followup.actions.test_planning import approval, plan, version

pytestmark = pytest.mark.django_db
__all__ = ["approval", "version"]


@pytest.fixture
def course(p, version, approval):
    return actions.sign_plan(course=plan(p, version), by=p.prescriber)


def fallen():
    return {(told.kind, told.pk) for told in signed.check_all() if not told.holds}


def test_signing_keeps_what_was_signed_by_whom(course, p):
    row = PlanSignature.objects.get()
    assert (row.course, row.occasion, row.signed_by, row.course_version) == (course, "signed", p.prescriber, 2)
    assert row.facts["dose"] == "0.5"
    assert row.sha256 == plans.digest_of(row)
    assert fallen() == set()
    assert [told.pk for told in signed.check_all() if told.kind == "clinic.plansignature"] == [row.pk]


def test_an_unsigned_plan_has_none_not_even_when_it_is_changed(p, version, approval):
    course = plan(p, version)
    actions.change_plan(course=course, changes={"dose": Decimal("0.6")}, reason="Lighter", by=p.prescriber)
    assert not PlanSignature.objects.exists()


def test_a_changed_plan_is_signed_anew_and_the_old_signature_stays(course, p):
    actions.change_plan(course=course, changes={"dose": Decimal("0.6004")}, reason="Little relief", by=p.prescriber_too)
    newest, first = PlanSignature.objects.all()
    assert (newest.occasion, newest.signed_by, newest.facts["dose"]) == ("changed", p.prescriber_too, "0.6")
    assert (first.occasion, first.facts["dose"]) == ("signed", "0.5")
    assert fallen() == set()


def test_moving_to_a_newer_version_is_signed_by_whoever_moves_it(course, p, version):
    newer = factories.protocol_version(of=version.protocol, approved_by=p.prescriber)
    actions.move_to_version(course=course, protocol_version=newer, reason="New limits", by=p.prescriber_too)
    assert PlanSignature.objects.first().facts["protocol_version_id"] == str(newer.pk)
    assert PlanSignature.objects.first().occasion == "moved"
    assert fallen() == set()


def test_ending_and_taking_up_again_leave_the_plan_as_it_was_signed(course, p):
    for state in ("paused", "active", "completed"):
        course = actions.set_state(course=course, to=state, reason="So it is", by=p.prescriber)
    assert fallen() == set()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"dose": Decimal("0.9")}, "the dose"),
        ({"goals": "Other goals"}, "the goals"),
        ({"planned_number": 12}, "the number of infusions"),
        ({"medicine_plan": "Hold everything."}, "the medicines on the day"),
        ({"signed_at": None}, "that it is signed"),
    ],
)
def test_onc_d2_what_is_changed_past_the_signature_is_named(course, change, words):
    Course.objects.filter(pk=course.pk).update(**change)
    course.refresh_from_db()
    newest = PlanSignature.objects.get()
    assert plans.differences(newest, course) == (words,)
    assert fallen() == {("clinic.plansignature", newest.pk)}
    assert f"clinic.plansignature {newest.pk}: not what was signed" in verify(at=clock.now()).problems


def test_onc_d2_a_signature_whose_own_words_were_changed_is_told_of_even_when_it_is_not_the_last(course, p):
    course = actions.change_plan(course=course, changes={"dose": Decimal("0.6")}, reason="Too little", by=p.prescriber)
    newest, first = PlanSignature.objects.all()
    first.facts["dose"] = "0.4"
    assert plans.digest_of(first) != first.sha256
    first.printed_name, first.facts["dose"] = "Somebody else", "0.5"
    assert plans.digest_of(first) != first.sha256
    newest.facts["goals"] = "Other goals"
    assert plans.differences(newest, course) == ("the signature itself", "the goals")


def test_g_11_a_signature_can_be_neither_changed_nor_taken_away(course):
    row = PlanSignature.objects.get()
    for deed in (lambda: PlanSignature.objects.update(sha256="0" * 64), row.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            deed()
