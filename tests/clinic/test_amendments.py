"""A patient asks to correct the record: from the link to the answer, the due date, and the words that go with it."""

import datetime as dt

import pytest
from django.db import connection
from django.db.utils import InternalError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clinic import clock
from clinic.actions import amendments as actions
from clinic.models import AmendmentRequest, AuditEvent, Message, Task
from clinic.notify.composing import outgoing
from clinic.refusal import Refused
from tests import factories
from tests.people import by_link, people, signed_in
from tests.standing import standing

pytestmark = pytest.mark.django_db
ASKED = dt.datetime(2026, 3, 3, 15, 0, tzinfo=dt.UTC)
WORDS = {"about": "other", "words": "It says right arm.", "should_say": "It was the left arm."}


def everyone_with_mail(made):
    made.patient.email = "ngozi@example.org"
    made.patient.save()
    return made


everyone = standing(everyone_with_mail, on=standing(people))


@pytest.fixture
def asked(everyone):
    return actions.ask_amendment(
        patient=everyone.patient, site=everyone.harbor, about="My visit", words="Right arm.", should_say="Left arm.",
        by=everyone.patient, at=ASKED,
    )  # fmt: skip


def decide(asked, by, **said):
    facts = {"answer": "denied", "words": "Both nurses wrote right.", "grounds": "accurate"} | said
    return actions.decide_amendment(request=asked, by=by, at=ASKED + dt.timedelta(days=9), **facts)


def page(name, asked):
    return reverse(f"clinic:{name}", args=[asked.pk])


def test_asked_is_due_in_60_days_tasked_and_receipted_without_telling_what(everyone, asked):
    assert asked.due_on == dt.date(2026, 5, 2)
    task = Task.objects.get(dedupe_key=f"amendment:{asked.pk}")
    assert (task.for_role, task.due_at.date()) == ("prescriber", dt.date(2026, 5, 2))
    assert "Right arm" not in task.title + task.neutral_title
    mail = outgoing(Message.objects.get(kind="amendment_received"), ASKED)
    assert "Saturday 2 May" in mail.body
    assert "arm" not in mail.body
    assert AuditEvent.objects.get(verb="amendment.asked").patient == everyone.patient


def test_put_off_once_tells_the_patient_and_moves_the_task(everyone, asked):
    with pytest.raises(Refused):
        actions.extend_amendment(request=asked, reason="Archive", by=everyone.nurse)
    longer = actions.extend_amendment(request=asked, reason="The paper is in the archive.", by=everyone.prescriber)
    assert longer.due_on == dt.date(2026, 6, 1)
    assert Task.objects.get(dedupe_key=f"amendment:{asked.pk}").due_at.date() == dt.date(2026, 6, 1)
    assert Message.objects.filter(kind="amendment_extended").exists()
    with pytest.raises(Refused):
        actions.extend_amendment(request=longer, reason="Again", by=everyone.prescriber)


def test_the_answer_locks_closes_the_task_and_is_mailed(everyone, asked):
    with pytest.raises(Refused):
        decide(asked, everyone.nurse)
    answered = decide(asked, everyone.prescriber)
    assert (answered.state, answered.added) == ("denied", "")
    assert Task.objects.get(dedupe_key=f"amendment:{asked.pk}").state == "done"
    assert Message.objects.filter(kind="amendment_decided").exists()
    with pytest.raises(Refused):
        decide(asked, everyone.prescriber, answer="accepted", added="Left arm")
    with pytest.raises(InternalError, match="Cannot update or delete"):
        AmendmentRequest.objects.filter(pk=asked.pk).update(words="Nothing")


def test_an_accepted_one_says_what_was_added(everyone, asked):
    with pytest.raises(Refused):
        decide(asked, everyone.prescriber, answer="accepted")
    done = decide(asked, everyone.prescriber, answer="accepted", added="The line was in the left arm.")
    assert (done.state, done.grounds, done.added) == ("accepted", "", "The line was in the left arm.")


def test_a_statement_once_after_a_denial_and_one_answer_to_it(everyone, asked):
    with pytest.raises(Refused):
        actions.state_disagreement(request=asked, words="No.", by=everyone.patient)
    decide(asked, everyone.prescriber)
    with pytest.raises(Refused):
        actions.rebut(request=asked, words="Yes.", by=everyone.prescriber)
    actions.state_disagreement(request=asked, words="I saw it.", by=everyone.patient)
    with pytest.raises(Refused):
        actions.state_disagreement(request=asked, words="Again.", by=everyone.patient)
    actions.rebut(request=asked, words="Two nurses saw the other.", by=everyone.prescriber)
    assert [s.kind for s in asked.statements.all()] == ["disagreement", "rebuttal"]
    assert Task.objects.filter(dedupe_key=f"amendment-statement:{asked.pk}").exists()


def test_taken_back_it_stays_and_nobody_answers_it(everyone, asked):
    actions.withdraw_amendment(request=asked, by=everyone.patient)
    assert Task.objects.get(dedupe_key=f"amendment:{asked.pk}").state == "withdrawn"
    with pytest.raises(Refused):
        decide(asked, everyone.prescriber)


# ---- the patient's own pages
def test_a_patient_asks_reads_the_answer_and_disagrees_through_their_link(everyone):
    client, _ = by_link(everyone.patient, everyone.harbor, "documents")
    assert client.get(reverse("clinic:document-list")).content.decode().count("amendment") == 0
    bad = client.post(reverse("clinic:amendment-own-ask"), WORDS | {"should_say": ""})
    assert bad.status_code == 422
    assert "It says right arm." in bad.content.decode()
    assert client.post(reverse("clinic:amendment-own-ask"), WORDS).status_code == 302
    asked = AmendmentRequest.objects.get()
    assert (asked.how, asked.entered_by, asked.about) == ("link", None, "Something else")
    assert "We are looking at it" in client.get(reverse("clinic:amendment-own-list")).content.decode()
    actions.decide_amendment(
        request=asked, answer="denied", words="Both wrote right.", grounds="accurate", by=everyone.prescriber
    )
    html = client.get(page("amendment-own", asked)).content.decode()
    assert "Both wrote right." in html
    assert client.post(page("amendment-own", asked), {"words": ""}).status_code == 422
    assert client.post(page("amendment-own", asked), {"words": "I saw it."}).status_code == 302
    assert "I saw it." in client.get(page("amendment-own", asked)).content.decode()


def test_another_patients_request_is_not_there(everyone, asked):
    other = factories.patient(at_site=everyone.harbor, given_name="Other")
    client, _ = by_link(other, everyone.harbor, "documents")
    assert client.get(page("amendment-own", asked)).status_code == 404
    assert client.post(page("amendment-own-withdraw", asked)).status_code == 404
    diary, _ = by_link(everyone.patient, everyone.harbor, "diary")
    assert diary.get(page("amendment-own", asked)).status_code in (302, 403)


def test_in_spanish_every_word_is(everyone, asked):
    everyone.patient.language = "es"
    everyone.patient.save()
    client, _ = by_link(everyone.patient, everyone.harbor, "documents")
    html = client.get(reverse("clinic:amendment-own-ask")).content.decode()
    assert "Pedir una correcci\u00f3n" in html
    assert "What is wrong" not in html


# ---- the clinic's pages
def test_staff_pages_by_role(everyone, asked):
    for name in ("amendment-show",):
        path = page(name, asked)
        users = (everyone.nurse, everyone.prescriber, everyone.away["nurse"], everyone.front_desk, everyone.auditor)
        assert [signed_in(user).get(path).status_code for user in users] == [200, 200, 404, 403, 403]
    assert signed_in(everyone.nurse).post(page("amendment-decide", asked)).status_code == 403
    bad = signed_in(everyone.prescriber).post(page("amendment-decide", asked), {"answer": "denied", "words": "No"})
    assert bad.status_code == 422
    assert "Name the ground for denying." in bad.content.decode()
    said = {"answer": "denied", "words": "No", "grounds": "accurate"}
    assert signed_in(everyone.prescriber).post(page("amendment-decide", asked), said).status_code == 302


def test_staff_writes_down_what_came_by_letter(everyone):
    client = signed_in(everyone.nurse)
    path = reverse("clinic:amendment-add", args=[everyone.patient.pk])
    assert client.get(path).status_code == 200
    assert client.post(path, WORDS | {"how": "letter"}).status_code == 302
    asked = AmendmentRequest.objects.get()
    assert (asked.entered_by, asked.how) == (everyone.nurse, "letter")
    assert (asked.due_on - clock.now().astimezone(everyone.harbor.zone).date()).days == 60


def test_the_list_is_by_due_date_with_the_same_queries_however_many(everyone, asked):
    client, path = signed_in(everyone.nurse), reverse("clinic:amendment-list")
    client.get(path)
    with CaptureQueriesContext(connection) as few:
        assert "Overdue" in client.get(path).content.decode()
    for n in range(3):
        actions.ask_amendment(
            patient=everyone.patient, site=everyone.harbor, about=f"Visit {n}", words="x", should_say="y",
            by=everyone.patient,
        )  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        html = client.get(path).content.decode()
    assert len(many) == len(few)
    assert html.index("My visit") < html.index("Visit 2")
    assert "Nothing here" in client.get(path + "?show=done").content.decode()
