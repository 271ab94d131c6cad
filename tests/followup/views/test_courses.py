"""The course page: who may see it, what it says, what can be decided there."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from clinic.models import AuditEvent, Task
from followup.actions import booster, curves, relief
from followup.models import BoosterProposal
from tests import factories
from tests.followup.conftest import NOW, make_course, make_similar
from tests.people import signed_in


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


def url(course, name="show", *more):
    return reverse(f"followup:course-{name}", args=[course.pk, *more])


def test_the_sentence_comes_first(story):
    page = signed_in(story.prescriber).get(url(story.course)).content.decode()
    assert "Relief is fading. 16 days after infusion 4, 50 % relief has ended; 30 % still holds." in page
    assert "CRPS, left leg" in page
    assert "4 infusions since 25-Jan" in page


def test_durations_stand_in_the_table(story):
    page = signed_in(story.nurse).get(url(story.course)).content.decode()
    for words in ("19–20", "23–24", "21–22", "15 or more", "40\u00a0mg", "72\u00a0mg", "90\u00a0min"):
        assert words in page


def test_it_looks_and_writes_nothing_but_the_look(story):
    signed_in(story.nurse).get(url(story.course))
    assert not BoosterProposal.objects.exists()
    assert AuditEvent.objects.filter(is_look=True, patient=story.patient).exists()


def test_the_diary_as_a_table(story):
    factories.diary(course=story.course, day=dt.date(2026, 5, 14), pain=0, words="<b>slow</b>", side_effects=["tired"])
    page = signed_in(story.nurse).get(url(story.course) + "?as=table").content.decode()
    assert "14-May-2026" in page
    assert "&lt;b&gt;slow" in page
    assert "very tired" in page
    assert '<td class="num nr">0</td>' in page


@pytest.mark.parametrize("role", ["front_desk", "clinic_admin", "auditor"])
def test_not_for_roles_without_clinical_fields(story, role):
    assert signed_in(story.by_role(role)).get(url(story.course)).status_code == 403


def test_another_clinics_course_is_not_found(story):
    for name in ("show", "csv"):
        assert signed_in(story.stranger).get(url(story.course, name)).status_code == 404


def test_small_groups_are_hidden_and_larger_ones_shown(p, story):
    relief.rebuild(course=story.course)
    curves.refresh_curves()
    client = signed_in(p.nurse)
    assert b"Fewer than 5 patients" in client.get(url(story.course)).content
    make_similar(p, 5)
    curves.refresh_curves()
    page = client.get(url(story.course)).content.decode()
    assert "Fewer than 5" not in page
    assert "9 infusions in 6 patients" in page
    assert "median 30" in page


def test_queries_stay_the_same_with_more_reports(story, django_assert_max_num_queries):
    client = signed_in(story.nurse)
    client.get(url(story.course))
    with django_assert_max_num_queries(40) as few:
        client.get(url(story.course))
    factories.diaries(course=story.course, first=dt.date(2025, 6, 1), pains=[7] * 100)
    with django_assert_max_num_queries(len(few)):
        client.get(url(story.course))


def test_a_course_without_anything_yet(p):
    course = make_course(p)
    page = signed_in(p.prescriber).get(url(course)).content.decode()
    assert "No infusion yet" in page
    assert "No diary reports yet" in page


def test_the_file_of_durations(story):
    response = signed_in(story.nurse).get(url(story.course, "csv"))
    lines = response.content.decode().splitlines()
    assert response.headers["Content-Type"].startswith("text/csv")
    assert lines[0].startswith("infusion,date,mg,mg_per_kg,minutes,measure")
    assert lines[1].startswith("1,2026-01-25,40.000,0.50,40,pain,8.0,diary,30,lost,19,20,")
    assert len(lines) == 1 + 4 * 2 * 2


@pytest.fixture
def proposal(story):
    return booster.review(course=story.course)


def decide(proposal, decision):
    return reverse(f"followup:proposal-{decision}", args=[proposal.course_id, proposal.pk])


def test_the_panel_shows_the_last_dose_and_suggests_none(story, proposal):
    page = signed_in(story.prescriber).get(url(story.course)).content.decode()
    panel = page.partition('class="prop"')[2].partition("</section>")[0]
    assert "15 to 27 May" in panel
    assert "The last infusion" in panel
    assert "72\u00a0mg" in panel
    assert "uggested" not in panel
    assert "Accept and send to booking" in panel


def test_a_nurse_reads_it_and_does_not_decide(story, proposal):
    client = signed_in(story.nurse)
    assert b"The prescriber decides." in client.get(url(story.course)).content
    assert client.post(decide(proposal, "accept")).status_code == 403


def test_accepting(story, proposal):
    client = signed_in(story.prescriber)
    assert client.post(decide(proposal, "accept")).status_code == 302
    assert Task.objects.get(kind="booking").for_role == "front_desk"
    page = client.get(url(story.course)).content.decode()
    assert "Accepted" in page
    assert "Accept and send to booking" not in page


def test_accepting_twice_says_so(story, proposal):
    client = signed_in(story.prescriber)
    client.post(decide(proposal, "accept"))
    assert client.post(decide(proposal, "accept")).status_code == 422


def test_looking_at_the_question_decides_nothing(story, proposal):
    for decision in ("accept", "change", "decline"):
        assert signed_in(story.prescriber).get(decide(proposal, decision)).status_code == 200
    proposal.refresh_from_db()
    assert proposal.state == "proposed"


def test_changing_keeps_what_was_typed_when_it_is_wrong(story, proposal):
    client = signed_in(story.prescriber)
    wrong = {"start": "2026-06-09", "end": "2026-06-01", "reason": "after her holiday"}
    response = client.post(decide(proposal, "change"), wrong)
    assert response.status_code == 422
    assert b"after her holiday" in response.content
    assert b"comes before the first" in response.content
    assert client.post(decide(proposal, "change"), wrong | {"end": "2026-06-12"}).status_code == 302
    proposal.refresh_from_db()
    assert (proposal.state, proposal.chosen_end) == ("changed", dt.date(2026, 6, 12))


@pytest.mark.parametrize("start", ["2126-13-01", "yesterday", ""])
def test_impossible_dates(story, proposal, start):
    response = signed_in(story.prescriber).post(
        decide(proposal, "change"), {"start": start, "end": "2026-06-01", "reason": "x"}
    )
    assert response.status_code == 422


def test_declining_needs_a_reason(story, proposal):
    client = signed_in(story.prescriber)
    assert client.post(decide(proposal, "decline"), {"reason": " "}).status_code == 422
    assert client.post(decide(proposal, "decline"), {"reason": "wants to wait"}).status_code == 302
    assert b"wants to wait" in client.get(url(story.course)).content


def test_another_courses_proposal_is_not_found(p, story, proposal):
    other = make_course(p, patient=factories.patient(at_site=p.site))
    found = reverse("followup:proposal-accept", args=[other.pk, proposal.pk])
    assert signed_in(story.prescriber).post(found).status_code == 404
    away = signed_in(story.away["prescriber"])
    assert away.post(decide(proposal, "accept")).status_code == 404
