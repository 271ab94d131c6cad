"""Pages sent back to the patient: only those open, nothing earlier shows, nothing typed is lost."""

import json

import pytest
from django.urls import reverse

from intake.models import PageSupplement
from tests import factories
from tests.intake.packets import TYPED, submitted
from tests.intake.second import asked
from tests.people import by_link, people
from tests.standing import standing

pytestmark = pytest.mark.django_db


everyone = standing(people)


def url(name, *args):
    return reverse(f"intake:{name}", args=args)


def text(response):
    return response.content.decode()


def link_to(everyone, request, **fields):
    subject = {"subject_kind": "intake.pagerequest", "subject_id": request.pk}
    return by_link(everyone.patient, everyone.site, "questions", **subject | fields)[0]


def test_the_patient_opens_only_those_pages_and_nothing_earlier_is_shown(everyone):
    packet = submitted(everyone, goals={"goal_first": "A secret hope"})
    client = link_to(everyone, asked(packet, everyone.nurse, "goals", words="What do you hope for?"))
    assert "What do you hope for?" in text(client.get(url("questions-home")))
    page = client.get(url("questions-page", "goals"))
    assert page.status_code == 200
    assert "A secret hope" not in text(page)
    assert client.get(url("questions-page", "heart")).status_code == 404
    assert client.get(url("packet-home")).status_code in (302, 403, 404)


def test_earlier_answers_show_after_the_six_digits_only(everyone):
    packet = submitted(everyone, goals={"goal_first": "A secret hope"})
    client = link_to(everyone, asked(packet, everyone.nurse, "goals"))
    response = client.post(url("questions-earlier"))
    assert response.headers["Location"] == reverse("clinic:link-code")
    session = client.session
    session["link-proofs:questions"] = ["born", "code"]
    session.save()
    assert "A secret hope" in text(client.get(url("questions-page", "goals")))


def test_a_page_is_saved_kept_as_a_draft_refused_and_sent(everyone):
    packet = submitted(everyone)
    request = asked(packet, everyone.nurse, "goals")
    client = link_to(everyone, request)
    address = url("questions-page", "goals")
    wrong = client.post(address, {"version": "0", "do": "continue", "goal_first": "", "goal_sign": "Kept words"})
    assert wrong.status_code == 422
    assert "Kept words" in text(wrong)
    assert client.post(url("questions-home")).status_code == 422
    late = client.post(address, {"version": "0", "do": "continue", "goal_first": "Dance"})
    assert late.status_code == 409
    assert client.post(address, {"version": "1", "do": "continue", "goal_first": "Dance"}).status_code == 302
    draft = client.post(url("questions-draft", "goals"), {"version": "2", "goal_first": "Dance more"})
    assert json.loads(draft.content)["version"] == 3
    assert client.post(url("questions-draft", "goals"), {"version": "2", "goal_first": "x"}).status_code == 409
    client.post(address, {"version": "3", "do": "continue", "goal_first": "Dance more"})
    sent = client.post(url("questions-home"), follow=True)
    assert "Thank you, we have your answers" in text(sent)
    assert PageSupplement.objects.get().answers["goal_first"] == "Dance more"


def test_help_shows_on_the_page_of_a_suicidal_answer(everyone):
    client = link_to(everyone, asked(submitted(everyone), everyone.nurse, "mood"))
    typed = TYPED["mood"] | {"phq9_9": "2", "version": "0", "do": "continue"}
    response = client.post(url("questions-page", "mood"), typed, follow=True)
    assert "988" in text(response)
    assert "help-now" in text(response)


def test_another_patients_link_opens_nothing(everyone):
    request = asked(submitted(everyone), everyone.nurse, "goals")
    other = factories.patient(at_site=everyone.site)
    subject = {"subject_kind": "intake.pagerequest", "subject_id": request.pk}
    client, _ = by_link(other, everyone.site, "questions", **subject)
    assert client.get(url("questions-home")).status_code == 404
    assert client.get(url("questions-page", "goals")).status_code == 404


def test_reading_changes_nothing(everyone):
    request = asked(submitted(everyone), everyone.nurse, "goals")
    client = link_to(everyone, request)
    client.get(url("questions-home"))
    client.get(url("questions-page", "goals"))
    assert PageSupplement.objects.get().state == "asked"
