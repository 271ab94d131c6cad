"""The sheet before the first infusion: send it, read it part by part, confirm it, ask a nurse, explain it in person."""

import tomllib
from datetime import timedelta
from pathlib import Path

from django.db import transaction

from clinic import audit, clock, notify
from clinic.actions import setup
from clinic.actions.tasks import close_task, open_task
from clinic.models import Patient, Role, Task
from clinic.refusal import Item, refuse_if
from intake import education
from intake.models import EducationReading, EducationText, NurseQuestion, SectionRead
from intake.rules import education as rules

TEXTS = Path(__file__).resolve().parents[1] / "texts"
# Until when a nurse should have answered: clinic default (unverified default, the clinic approves).
ANSWER_WITHIN = timedelta(days=1)
TOLD, BY_LINK = "told", "link"


@transaction.atomic
def make_default_education(*, by=None, at=None):
    """Make a draft of each shipped sheet of a language that has none yet; returns the new rows."""
    at = at or clock.now()
    made = []
    for path in sorted(TEXTS.glob("education*.toml")):
        code = path.stem.partition(".")[2] or "en"
        for kind, words in tomllib.loads(path.read_text(encoding="utf-8")).items():
            if EducationText.objects.filter(kind=kind, language=code).exists():
                continue
            text = EducationText(kind=kind, language=code, title=words["title"], body=words["body"].strip())
            text.save(force_insert=True)
            audit.record("text.drafted", text, by=by, at=at, detail={"shipped": kind, "language": code})
            made.append(text)
    return made


@transaction.atomic
def publish_sheet(*, text, by, at=None):
    """Publish a draft of a sheet. Raises Refused when a section has no title or no words, or there is none."""
    refuse_if(rules.problems(text.body))
    return setup.publish_text(text=text, by=by, at=at)


@transaction.atomic
def send_sheet(*, patient, site, by, again=False, at=None):
    """Mail the link to the sheet, once a version unless `again`; returns the Message, None when there is no need.

    No need: nothing is published, the patient has confirmed it, or there is no e-mail address.
    """
    at = at or clock.now()
    text, _ = education.text_for(patient)
    if text is None or not patient.email or (education.reading_of(patient) and not again):
        return None
    return notify.enqueue(
        "education",
        recipient=patient,
        site=site,
        dedupe_key=f"education:{patient.pk}:{text.pk}" + (f":{at:%Y%m%d%H%M}" if again else ""),
        due_at=at,
        at=at,
        by=by,
    )


@transaction.atomic
def read_section(*, patient, text, section, by, at=None):
    """The patient has read one section; doing it again changes nothing. Returns the row."""
    at = at or clock.now()
    row, made = SectionRead.objects.get_or_create(patient=patient, text=text, section=section, defaults={"read_at": at})
    if made:
        audit.record("education.section-read", row, by=by, patient=patient, at=at, detail={"section": section})
    return row


@transaction.atomic
def confirm_reading(*, patient, site, text, by, at=None):
    """The patient confirms having read the whole text. Twice is once. Raises Refused while a section is unread."""
    at = at or clock.now()
    Patient.objects.select_for_update(of=("self",)).get(pk=patient.pk)
    there = EducationReading.objects.filter(patient=patient, text=text, how="read").first()
    if there is not None:
        return there
    read = education.sections_read(patient, text)
    rules.check_confirm(count=len(rules.sections(text.body)), read=read)
    row = EducationReading.objects.create(patient=patient, site=site, text=text, confirmed_at=at)
    audit.record("education.confirmed", row, by=by, patient=patient, site=site, at=at)
    return row


@transaction.atomic
def explain_in_person(*, patient, site, explained_by, by, at=None):
    """Write down that somebody explained the sheet to the patient, by name. Raises Refused without a name or sheet."""
    at = at or clock.now()
    rules.check_explained(explained_by)
    text, _ = education.text_for(patient)
    refuse_if([] if text else [Item("no-sheet", "No text is published that could be explained.")])
    row = EducationReading.objects.create(
        patient=patient, site=site, text=text, how="in_person", explained_by=explained_by.strip(), confirmed_at=at,
        recorded_by=by,
    )  # fmt: skip
    audit.record("education.explained", row, by=by, patient=patient, site=site, at=at)
    return row


@transaction.atomic
def ask_nurse(*, patient, site, words, by, text=None, section=0, at=None):
    """The patient asks a nurse; a task is opened. The same words about the same part within a day are one question."""
    at = at or clock.now()
    rules.check_question(words)
    Patient.objects.select_for_update(of=("self",)).get(pk=patient.pk)
    same = NurseQuestion.objects.filter(
        patient=patient, words=words.strip(), section=section, asked_at__gt=at - timedelta(days=1)
    ).first()
    if same is not None:
        return same
    question = NurseQuestion.objects.create(
        patient=patient, site=site, text=text, section=section, words=words.strip(), asked_at=at
    )
    audit.record("question.asked", question, by=by, patient=patient, site=site, at=at)
    _open_task(question, at)
    return question


def _open_task(question, at):
    open_task(
        "call_back",
        title=f"Question before the first infusion: {question.words}",
        neutral_title="A patient has a question for a nurse",
        details=question.words,
        site=question.site,
        patient=question.patient,
        for_role=Role.NURSE,
        due_at=at + ANSWER_WITHIN,
        by=question.patient,
        subject=question,
        dedupe_key=task_key(question),
        at=at,
    )


def task_key(question):
    """What names the task of a question: one a question."""
    return f"question:{question.pk}"


@transaction.atomic
def answer_question(*, question, answer, by, how=TOLD, at=None):
    """Record the answer and close its task. `how`: "told" (on the phone, in person) or "link": mail that it is there.

    Raises Refused without words, or when somebody was faster.
    """
    at = at or clock.now()
    question = (
        NurseQuestion.objects.select_for_update(of=("self",)).select_related("patient", "site").get(pk=question.pk)
    )
    rules.check_answer(is_answered=question.answered_at is not None, answer=answer)
    question.answer, question.answered_at, question.answered_by = answer.strip(), at, by
    question.save(update_fields=["answer", "answered_at", "answered_by"])
    patient, site = question.patient, question.site
    audit.record("question.answered", question, by=by, patient=patient, site=site, at=at, detail={"how": how})
    task = Task.objects.filter(dedupe_key=task_key(question), state="open").first()
    if task is not None:
        close_task(task=task, by=by, outcome="Answered.", at=at)
    if how == BY_LINK and patient.email:
        notify.enqueue(
            "question_answered", recipient=patient, site=site, dedupe_key=f"answered:{question.pk}", due_at=at, at=at,
            by=by,
        )  # fmt: skip
    return question
