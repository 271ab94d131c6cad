"""The sheet before the first infusion: sent, read, confirmed, explained, asked about, answered; and the gate."""

import datetime as dt

import pytest
from django.test import TestCase

from clinic import clock
from clinic.models import AuditEvent, Message, Task
from clinic.refusal import Refused
from intake.actions import education as actions
from intake.consents import missing_texts
from intake.education import sheet_of, text_for
from intake.models import EducationReading, EducationText, NurseQuestion, SectionRead
from intake.presenters.education import prepared
from intake.receivers import send_sheet_with_booking
from sessions.models import InfusionSession
from tests import factories
from tests.people import people
from tests.sessions.scene import Scene
from tests.standing import standing

pytestmark = pytest.mark.django_db
BODY = "## One\nFirst.\n\n## Two\nSecond."


everyone = standing(people)


@pytest.fixture
def text(everyone):
    return published(everyone)


def published(everyone, **fields):
    by = {"published_at": clock.now(), "published_by": everyone.prescriber}
    return EducationText.objects.create(**{"title": "Before", "body": BODY, **by} | fields)


def read(everyone, text, *numbers):
    for number in numbers:
        actions.read_section(patient=everyone.patient, text=text, section=number, by=everyone.patient)


def confirm(everyone, text):
    return actions.confirm_reading(patient=everyone.patient, site=everyone.harbor, text=text, by=everyone.patient)


def ask(everyone, text, words="Why?", **more):
    return actions.ask_nurse(
        patient=everyone.patient, site=everyone.harbor, words=words, text=text, by=everyone.patient, **more
    )


def test_the_shipped_sheet_becomes_a_draft_once(everyone):
    made = actions.make_default_education()
    assert "en" in {row.language for row in made}
    assert actions.make_default_education() == []
    assert text_for(everyone.patient) == (None, False)
    english = next(row for row in made if row.language == "en")
    actions.publish_sheet(text=english, by=everyone.clinic_admin)
    assert text_for(everyone.patient) == (english, False)


def test_a_sheet_without_sections_is_not_published(everyone):
    draft = EducationText.objects.create(title="Before", body="No sections here.")
    with pytest.raises(Refused, match="there is none"):
        actions.publish_sheet(text=draft, by=everyone.clinic_admin)


def test_what_is_missing_of_the_texts_is_told_to_whoever_sets_up_the_clinic(everyone):
    said = missing_texts()
    assert len([sentence for sentence in said if "nobody can be asked to sign" in sentence]) == 5
    assert "No text to read" in said[-1]
    for kind in ("treatment", "off_label", "messages", "privacy", "escort"):
        factories.consent_text(kind=kind, published_by=everyone.prescriber)
    published(everyone)
    (left,) = missing_texts()
    assert "Spanish" in left


def test_every_section_is_read_once_and_then_all_of_it_is_confirmed_once(everyone, text):
    read(everyone, text, 1, 1)
    assert SectionRead.objects.count() == 1
    with pytest.raises(Refused) as refused:
        confirm(everyone, text)
    assert refused.value.items[0].link == "2"
    read(everyone, text, 2)
    assert confirm(everyone, text) == confirm(everyone, text)
    assert EducationReading.objects.get().how == "read"
    assert set(AuditEvent.objects.values_list("verb", flat=True)) == {"education.section-read", "education.confirmed"}


def test_a_new_version_starts_from_its_first_section_but_what_was_confirmed_counts(everyone, text):
    read(everyone, text, 1, 2)
    confirm(everyone, text)
    newer = published(everyone, number=2)
    sheet = sheet_of(everyone.patient)
    assert (sheet.text, sheet.read, sheet.is_confirmed) == (newer, set(), True)


def test_where_there_is_no_sheet_nothing_can_be_explained(everyone):
    with pytest.raises(Refused, match="No text"):
        actions.explain_in_person(patient=everyone.patient, site=everyone.harbor, explained_by="N", by=everyone.nurse)


def test_explained_in_person_has_a_name_and_who_wrote_it_down(everyone, text):
    common = {"patient": everyone.patient, "site": everyone.harbor, "by": everyone.nurse}
    with pytest.raises(Refused):
        actions.explain_in_person(explained_by=" ", **common)
    row = actions.explain_in_person(explained_by=" Dr. Sample ", **common)
    assert (row.how, row.explained_by, row.recorded_by) == ("in_person", "Dr. Sample", everyone.nurse)


class TestQuestions:
    def test_each_opens_a_task_for_the_nurses_with_neutral_words_for_others(self, everyone, text):
        question = ask(everyone, text, "Does ketamine hurt?", section=2)
        task = Task.objects.get()
        assert (task.for_role, task.subject_id) == ("nurse", question.pk)
        assert "ketamine" in task.title
        assert task.neutral_title == "A patient has a question for a nurse"

    def test_pressed_twice_it_is_one_question(self, everyone, text):
        assert ask(everyone, text) == ask(everyone, text)
        ask(everyone, text, section=2)
        assert NurseQuestion.objects.count() == Task.objects.count() == 2

    def test_the_answer_is_kept_closes_the_task_and_is_given_once(self, everyone, text):
        question = ask(everyone, text)
        common = {"question": question, "by": everyone.nurse}
        with pytest.raises(Refused):
            actions.answer_question(answer=" ", **common)
        answered = actions.answer_question(answer="Because.", **common)
        assert (answered.answer, answered.answered_by) == ("Because.", everyone.nurse)
        assert Task.objects.get().state == "done"
        assert not Message.objects.exists()
        with pytest.raises(Refused, match="answered this already"):
            actions.answer_question(answer="Other.", **common)

    def test_by_link_the_patient_is_told_that_it_is_there(self, everyone, text):
        actions.answer_question(question=ask(everyone, text), answer="Because.", how=actions.BY_LINK, by=everyone.nurse)
        message = Message.objects.get()
        assert (message.kind, message.context) == ("question_answered", {})

    def test_the_words_of_a_question_are_kept_in_its_history(self, everyone, text):
        question = ask(everyone, text)
        actions.answer_question(question=question, answer="Because.", by=everyone.nurse)
        assert question.events.count() == 2


class TestSending:
    def send(self, everyone, **more):
        return actions.send_sheet(patient=everyone.patient, site=everyone.harbor, by=everyone.nurse, **more)

    def test_the_link_is_mailed_once_a_version(self, everyone, text):
        assert self.send(everyone) == self.send(everyone)
        assert self.send(everyone, again=True).kind == "education"
        assert Message.objects.count() == 2

    @pytest.mark.parametrize("why", ["nothing published", "confirmed", "no address"])
    def test_there_is_no_need(self, everyone, why):
        if why != "nothing published":
            text = published(everyone)
        if why == "confirmed":
            read(everyone, text, 1, 2)
            confirm(everyone, text)
        if why == "no address":
            everyone.patient.email = ""
        assert self.send(everyone) is None

    def test_it_goes_out_with_the_first_booking(self, everyone, text):
        scene = Scene(everyone)
        send_sheet_with_booking(None, appointments=[scene.appointment], by=everyone.nurse, at=clock.now())
        assert not Message.objects.exists(), "this patient has read it"
        other = factories.patient(at_site=everyone.harbor)
        visit = factories.appointment(of=other, at_site=everyone.harbor, kind="infusion")
        talk = factories.appointment(
            of=everyone.away_patient, at_site=everyone.harbor, kind="follow_up",
            starts_at=clock.now() + dt.timedelta(days=9),
        )  # fmt: skip
        with TestCase.captureOnCommitCallbacks(execute=False):
            send_sheet_with_booking(None, appointments=[visit, talk], by=everyone.nurse, at=clock.now())
        assert Message.objects.get().patient == other


class TestTheGate:
    def test_a_first_infusion_waits_until_it_was_read_or_explained(self, everyone):
        scene = Scene(everyone)
        published(everyone)
        scene.ready()
        with pytest.raises(Refused, match="What to expect"):
            scene.start()
        actions.explain_in_person(
            patient=everyone.patient, site=everyone.harbor, explained_by="Nora Nurse", by=everyone.nurse
        )
        scene.start()

    def test_a_later_infusion_does_not_wait(self, everyone):
        scene = Scene(everyone)
        published(everyone)
        scene.check_in()
        rows = InfusionSession.objects.with_gate_facts(scene.at(0).date()).filter(pk=scene.session.pk)
        assert rows.get().prepared is False
        factories.infusion(course=scene.course, on=dt.date(2026, 2, 1), nurse=everyone.nurse, number=9)
        assert rows.get().prepared is True

    def test_where_nothing_is_published_nothing_waits(self, everyone):
        Scene(everyone).ready().start()


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ("", "not read yet"),
        ("read", "read on"),
        ("explain", "explained by Nora Nurse on"),
        ("read ask", "1 question open"),
        ("read ask ask2", "2 questions open"),
    ],
)
def test_staff_read_it_in_one_sentence(everyone, text, steps, words):
    if "read" in steps:
        read(everyone, text, 1, 2)
        confirm(everyone, text)
    if "explain" in steps:
        actions.explain_in_person(
            patient=everyone.patient, site=everyone.harbor, explained_by="Nora Nurse", by=everyone.nurse
        )
    if "ask" in steps:
        ask(everyone, text)
    if "ask2" in steps:
        ask(everyone, text, "And then?")
    found = prepared(everyone.patient)
    assert words in found.words
    assert found.is_missing == (steps == "")
