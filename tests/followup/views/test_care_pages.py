"""Pages of boosters, long-term safety, help beside infusions and letters: who may, what stays typed, who reads what."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clinic import clock
from clinic.models import Patient, Referrer
from followup.actions import adjuncts, booster, progress
from followup.models import AdjunctReferral, AdjunctVisit, BoosterProposal, ProgressLetter, Reassessment
from sessions.actions import safety
from tests import factories
from tests.followup.conftest import NOW, TODAY, make_course
from tests.people import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def time_stands(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def doctor(story):
    return signed_in(story.prescriber)


@pytest.fixture
def nurse(story):
    return signed_in(story.nurse)


@pytest.fixture
def letter(story):
    referrer = Referrer.objects.create(name="Dr. Rae Ferrer", organisation="Sample practice")
    Patient.objects.filter(pk=story.patient.pk).update(referrer=referrer)
    return progress.start_letter(course=story.course, by=story.prescriber, at=NOW)


@pytest.fixture
def referral(story):
    return adjuncts.refer(
        course=story.course, kind="physical", to_whom="Sample practice", asked_on=TODAY, by=story.nurse, at=NOW
    )


def page(client, name, *args, status=200, **data):
    answer = client.post(reverse(name, args=args), data) if data else client.get(reverse(name, args=args))
    assert answer.status_code == status, answer.content[:2000]
    return answer.content.decode()


def pages_of(story, referral, letter):
    return [
        ("followup:booster-list", ()),
        ("followup:safety-list", ()),
        ("followup:patient-safety", (story.patient.pk,)),
        ("followup:safety-csv", (story.patient.pk,)),
        ("followup:booster-request", (story.course.pk,)),
        ("followup:adjuncts", (story.course.pk,)),
        ("followup:progress-letter", (letter.pk,)),
        ("followup:progress-preview", (letter.pk,)),
    ]


def test_clinicians_read_them_the_desk_and_strangers_do_not(story, referral, letter):
    colleague, desk = signed_in(story.colleague), signed_in(story.front_desk)
    stranger, nobody = signed_in(story.stranger), signed_in()
    for name, args in pages_of(story, referral, letter):
        url = reverse(name, args=args)
        assert colleague.get(url).status_code == 200, name
        assert desk.get(url).status_code == 403, name
        assert nobody.get(url).status_code == 302, name
        if args:
            assert stranger.get(url).status_code == 404, name


def test_long_term_safety_says_what_is_due_and_how_much_was_given(story, nurse):
    safety.refresh(patient=story.patient, at=NOW)
    said = page(nurse, "followup:patient-safety", story.patient.pk)
    assert "Safety checks:" in said
    assert "Never done: due since the plan was signed." in said
    assert "222 mg" in said
    assert "Put off" not in said, "a nurse is not offered it"
    assert "names no safety checks" in said
    assert reverse("followup:patient-safety", args=[story.patient.pk]) in page(nurse, "followup:safety-list")
    assert "Overdue:" in page(nurse, "followup:patient-show", story.patient.pk)


def test_the_desk_s_booking_page_says_nothing_of_checks(story):
    safety.refresh(patient=story.patient, at=NOW)
    said = page(signed_in(story.front_desk), "followup:visit-book", story.patient.pk)
    assert "Safety checks" not in said
    assert "liver" not in said.lower()


def test_putting_off_keeps_what_was_typed(story, doctor):
    url = reverse("followup:safety-waive", args=[story.patient.pk, "liver"])
    answer = doctor.post(url, {"until": "2026-05-01", "reason": "Result on its way"})
    assert answer.status_code == 422
    assert b"Result on its way" in answer.content
    assert doctor.post(url, {"until": "2026-06-01", "reason": "Result on its way"}).status_code == 302
    assert "Put off until 01-Jun-2026: Result on its way" in page(doctor, "followup:patient-safety", story.patient.pk)
    doctor.post(reverse("followup:safety-lift", args=[story.patient.pk, "liver"]))
    assert "Put off until" not in page(doctor, "followup:patient-safety", story.patient.pk)
    assert doctor.post(reverse("followup:safety-ask", args=[story.patient.pk])).status_code == 302


def test_a_decision_taken_back_from_the_course_page(story, doctor):
    proposal = booster.accept(proposal=booster.review(course=story.course, at=NOW), by=story.prescriber, at=NOW)
    said = page(doctor, "followup:course-show", story.course.pk)
    assert "Not booked yet: the front desk has the task." in said
    url = reverse("followup:proposal-withdraw", args=[story.course.pk, proposal.pk])
    assert url in said
    assert doctor.post(url, {"reason": ""}).status_code == 422
    assert doctor.post(url, {"reason": "Too soon"}).status_code == 302
    proposal.refresh_from_db()
    assert proposal.state == "withdrawn"
    assert "Waits for the prescriber" in page(doctor, "followup:booster-list")


def test_the_outcome_of_a_reassessment_is_written_once(story, doctor):
    proposal = BoosterProposal.objects.create(
        course=story.course, kind="reassess", headline="Stop and reassess.", confidence="low", rests_on="x",
        fingerprint="x", made_at=NOW,
    )  # fmt: skip
    booster.accept(proposal=proposal, by=story.prescriber, at=NOW)
    assert "No infusion is booked until the outcome is written." in page(
        doctor, "followup:course-show", story.course.pk
    )
    url = reverse("followup:proposal-reassess", args=[story.course.pk, proposal.pk])
    typed = {"outcome": "", "reason": "Walks further, sleeps"}
    answer = doctor.post(url, typed)
    assert answer.status_code == 422
    assert b"Walks further" in answer.content
    assert doctor.post(url, typed | {"outcome": "go_on"}).status_code == 302
    assert doctor.post(url, typed | {"outcome": "stop"}).status_code == 422
    assert Reassessment.objects.get().outcome == "go_on"
    assert "Reassessed by" in page(doctor, "followup:course-show", story.course.pk)


def test_a_request_is_noted(story, nurse):
    page(nurse, "followup:booster-request", story.course.pk, asked_on="2026-05-14", how="phone", status=302)
    page(nurse, "followup:booster-request", story.course.pk, asked_on="2026-05-14", how="phone", status=422)


def test_help_beside_the_infusions(story, nurse, referral):
    page(nurse, "followup:adjuncts", story.course.pk, kind="counselling", to_whom="", asked_on="2026-05-14", status=422)
    page(
        nurse,
        "followup:adjuncts",
        story.course.pk,
        kind="counselling",
        to_whom="Ann",
        asked_on="2026-05-14",
        status=302,
    )
    page(nurse, "followup:adjunct-visit-add", referral.pk, day="2026-05-20", state="attended", status=422)
    page(nurse, "followup:adjunct-visit-add", referral.pk, day="2026-05-10", state="attended", status=302)
    page(nurse, "followup:adjunct-visit-add", referral.pk, day="2026-05-10", state="missed", status=409)
    visit = AdjunctVisit.objects.get()
    page(nurse, "followup:adjunct-visit-tell", visit.pk, state="missed", status=302)
    page(nurse, "followup:adjunct-state", referral.pk, state="ended", reason="", status=422)
    assert "0 attended" not in page(nurse, "followup:adjuncts", story.course.pk)
    assert "1 missed" in page(nurse, "followup:course-show", story.course.pk)
    assert AdjunctReferral.objects.count() == 2


def test_a_letter_is_edited_signed_and_sent(story, doctor, nurse, letter):
    typed = {"title": letter.title, "body": f"{letter.body} She gardens.", "to_name": "Dr. Rae Ferrer", "version": 1}
    page(doctor, "followup:progress-letter", letter.pk, **typed | {"title": ""}, status=422)
    page(doctor, "followup:progress-letter", letter.pk, **typed, status=302)
    said = page(doctor, "followup:progress-letter", letter.pk, **typed | {"body": "Mine is better"}, status=409)
    assert "Somebody else has changed this letter" in said
    assert "Mine is better" in said
    page(nurse, "followup:progress-sign", letter.pk, version=2, status=403)
    page(doctor, "followup:progress-sign", letter.pk, version=2, status=302)
    page(nurse, "followup:progress-sent", letter.pk, way="", to_whom="x", status=422)
    page(nurse, "followup:progress-sent", letter.pk, way="fax", to_whom="Dr. Rae Ferrer", status=302)
    said = page(nurse, "followup:progress-letter", letter.pk)
    assert "By fax to Dr. Rae Ferrer" in said
    assert "Signed by Petra Prescriber" in said
    assert ProgressLetter.objects.get().document is not None


def test_a_letter_without_a_referrer_says_what_is_missing(story, doctor):
    answer = doctor.post(reverse("followup:progress-start", args=[story.course.pk]), follow=True)
    assert b"No referrer is on file" in answer.content


def many(p, first, last):
    """Patients with a proposal, a due check and a course."""
    for number in range(first, last):
        patient = factories.patient(at_site=p.harbor, family_name=f"Many{number}")
        course = make_course(p.people, patient=patient, version=p.course.protocol_version)
        BoosterProposal.objects.create(
            course=course, kind="window", headline="x", starts_on=TODAY, ends_on=TODAY + dt.timedelta(days=9),
            confidence="low", rests_on="x", fingerprint="x", made_at=NOW,
        )  # fmt: skip
        safety.refresh(patient=patient, at=NOW)


@pytest.mark.parametrize("name", ["followup:booster-list", "followup:safety-list"])
def test_lists_ask_as_often_for_many_as_for_one(story, doctor, name):
    counts = []
    for first, last in ((0, 1), (1, 6)):
        many(story, first, last)
        page(doctor, name)
        with CaptureQueriesContext(connection) as caught:
            page(doctor, name)
        counts.append(len(caught))
    assert counts[0] == counts[1] <= 12
