"""PDF-3: what nurses see when a paper takes more than the server gives to one; what is given is given all the same."""

import pytest

from clinic import pdf as paper
from sessions import actions
from sessions.models import AftercareSheet
from tests.people import signed_in
from tests.sessions.screens import begin, url

TOLD = "more time or memory than the server gives"


@pytest.fixture
def too_much(monkeypatch):
    def stopped(*args, **more):
        raise paper.Stopped(paper.TOO_MUCH)

    monkeypatch.setattr("sessions.views.sheet.pdf", stopped)
    monkeypatch.setattr("sessions.views.register.pdf", stopped)
    monkeypatch.setattr("sessions.presenters.labels.pdf", stopped)
    monkeypatch.setattr("sessions.actions.aftercare.pdf_of", stopped)


@pytest.fixture
def running(everyone, scene, monkeypatch):
    begin(monkeypatch, 40)
    return scene.running()


def test_a_record_too_large_for_a_paper_says_so_and_leads_to_the_page(everyone, running, too_much):
    answer = signed_in(everyone.nurse).get(url("record-pdf", running.session))
    assert answer.status_code == 503
    page = answer.content.decode()
    assert TOLD in page
    assert url("record-show", running.session) in page


def test_a_register_too_large_keeps_its_page(everyone, running, too_much):
    asked = signed_in(everyone.nurse).get("/register/register.pdf?drug=ketamine&since=2026-05-01&until=2026-05-31")
    assert asked.status_code == 503
    assert TOLD in asked.content.decode()


def test_a_label_says_it_too(everyone, running, too_much):
    preparation = running.session.preparations.first()
    answer = signed_in(everyone.nurse).get(url("label-pdf", running.session, preparation.pk))
    assert answer.status_code == 503
    assert TOLD in answer.content.decode()


def test_an_aftercare_sheet_is_given_without_its_paper(scene, too_much):
    scene.running()
    scene.stop(50)
    scene.observed()
    given = actions.hand_over_sheet(
        session=scene.session, to_whom="escort", talked_through=True, by=scene.nurse, at=scene.at(112)
    )
    assert given.document is None
    assert AftercareSheet.objects.filter(pk=given.pk).exists()
