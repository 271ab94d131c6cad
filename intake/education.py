"""Reading how far a patient is with the sheet before the first infusion: text, sections, confirmation, questions."""

from dataclasses import dataclass, field

from django.db.models import BooleanField, Exists, ExpressionWrapper, Q

from intake.consents import language_of
from intake.models import EducationReading, EducationText, NurseQuestion, SectionRead
from intake.rules import consents as texts
from intake.rules import education as rules

KIND = "first_infusion"


def published():
    """All published texts of this kind, as a list."""
    return list(EducationText.objects.filter(kind=KIND, published_at__isnull=False))


def is_published():
    """Is there anything to read at all?"""
    return EducationText.objects.filter(kind=KIND, published_at__isnull=False).exists()


def is_prepared(person):
    """An expression that is True where the sheet was read or explained, or there is none to read, for annotate().

    ``person``: an OuterRef to the person of the patient.
    """
    text = EducationText.objects.filter(kind=KIND, published_at__isnull=False)
    done = EducationReading.objects.filter(patient__person=person)
    return ExpressionWrapper(Q(Exists(done)) | ~Q(Exists(text)), output_field=BooleanField())


def text_for(patient):
    """(the newest published text in the patient's language, else in English; is it English instead?)."""
    return texts.text_for(published(), language_of(patient))


def reading_of(patient):
    """The newest confirmation of this patient, by reading or in person; None without one."""
    rows = EducationReading.objects.filter(patient__person=patient.person_id)
    return rows.select_related("text", "recorded_by", "site").order_by("confirmed_at").last()


def questions_of(patient):
    """What this patient asked, oldest first, as a list."""
    rows = NurseQuestion.objects.filter(patient__person=patient.person_id)
    return list(rows.select_related("text", "answered_by", "patient", "site").order_by("asked_at"))


def question_by_id(pk):
    """The question of an id as a queryset, for the access door."""
    return NurseQuestion.objects.filter(pk=pk).select_related("patient", "site", "text", "answered_by")


def sections_read(patient, text):
    """The numbers of the sections of this text that the patient has read, as a set."""
    rows = SectionRead.objects.filter(patient__person=patient.person_id, text=text)
    return set(rows.values_list("section", flat=True))


@dataclass
class Sheet:
    """The text as one patient stands to it; ``text`` None: nothing is published."""

    text: EducationText | None
    is_fallback: bool = False
    sections: list = field(default_factory=list)
    read: set = field(default_factory=set)
    reading: EducationReading | None = None
    questions: list = field(default_factory=list)

    @property
    def is_confirmed(self):
        """Has the patient confirmed this or an earlier version, or was it explained in person?"""
        return self.reading is not None

    @property
    def next_section(self):
        """The first section that was not read, None when all were."""
        return next((section for section in self.sections if section.number not in self.read), None)

    @property
    def open_questions(self):
        """How many questions wait for an answer."""
        return sum(question.answered_at is None for question in self.questions)

    @property
    def can_confirm(self):
        """Has every section been read?"""
        return bool(self.sections) and rules.can_confirm(count=len(self.sections), read=self.read)


def sheet_of(patient):
    """The Sheet of one patient. Four queries."""
    text, is_fallback = text_for(patient)
    if text is None:
        return Sheet(None, reading=reading_of(patient), questions=questions_of(patient))
    return Sheet(
        text,
        is_fallback,
        rules.sections(text.body),
        sections_read(patient, text),
        reading_of(patient),
        questions_of(patient),
    )
