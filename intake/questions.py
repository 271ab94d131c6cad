"""The one ordered list of the packet's pages. Next, back, progress, the task list and "check your answers" read it."""

from collections.abc import Callable
from dataclasses import dataclass

from clinic.models.base import CLINICAL, MENTAL, PERSONAL
from intake.forms import about, health, instruments, pain, rows, words


def always(answers):
    """The page is for everyone."""
    return True


def has_pain(answers):
    """Unless the patient said there is no pain on most days."""
    return answers.get("pain_most_days") != "no"


@dataclass(frozen=True, slots=True)
class Page:
    """One page: where it lives, what it says, what it asks, who may read the answers, and when it is asked."""

    slug: str
    title: str
    form: type
    field_class: str
    condition: Callable = always
    staff_title: str = ""

    @property
    def about_the_patient(self):
        """The title in the third person, for staff."""
        return self.staff_title or self.title


PAGES = (
    Page("about-you", "About you", about.AboutYouForm, PERSONAL, staff_title="About the patient"),
    Page("emergency-contact", "Someone we can call", about.EmergencyForm, PERSONAL, staff_title="Someone to call"),
    Page("body", "Your height and weight", about.BodyForm, CLINICAL, staff_title="Height and weight"),
    Page("conditions", "What you live with", pain.ConditionsForm, MENTAL, staff_title="Conditions"),
    Page("pain", "Your pain", pain.PainForm, CLINICAL, has_pain, staff_title="Pain"),
    Page(
        "pain-story", "More about your pain", pain.PainStoryForm, CLINICAL, has_pain, staff_title="More about the pain"
    ),
    Page(
        "peg", "How pain affects you", instruments.PegForm, CLINICAL, has_pain, staff_title="How pain interferes (PEG)"
    ),
    Page("treatments", "What you have tried", pain.TreatmentsForm, MENTAL, staff_title="Treatments tried"),
    Page("medicines", "Your medicines", rows.MedicinesForm, MENTAL, staff_title="Medicines"),
    Page("allergies", "Your allergies", rows.AllergiesForm, CLINICAL, staff_title="Allergies"),
    Page("heart", "Your heart and breathing", health.HeartForm, CLINICAL, staff_title="Heart and breathing"),
    Page("health", "Your general health", health.GeneralHealthForm, CLINICAL, staff_title="General health"),
    Page("pregnancy", "Pregnancy", health.PregnancyForm, CLINICAL),
    Page("mind", "Your mind", health.MindForm, MENTAL, staff_title="Mental health"),
    Page("substances", "Alcohol and other drugs", health.SubstancesForm, MENTAL),
    Page("mood", "Your mood", instruments.Phq9Form, MENTAL, staff_title="Mood (PHQ-9)"),
    Page("worry", "Worry", instruments.Gad7Form, MENTAL, staff_title="Worry (GAD-7)"),
    Page("daily-life", "Daily life and sleep", health.DailyLifeForm, CLINICAL),
    Page("goals", "Your goals", words.GoalsForm, MENTAL, staff_title="The patient's goals"),
    Page("questions", "Your questions", words.QuestionsForm, MENTAL, staff_title="The patient's questions"),
)
BY_SLUG = {page.slug: page for page in PAGES}
CONSENTS = "consents"


def pages_for(answers):
    """The pages asked of this patient, in order, given the answers so far (question code -> answer)."""
    return [page for page in PAGES if page.condition(answers)]


def after(slug, answers):
    """The page after ``slug``, None after the last."""
    return _beside(slug, answers, 1)


def before(slug, answers):
    """The page before ``slug``, None before the first."""
    return _beside(slug, answers, -1)


def page_of(code):
    """The page that asks the question ``code`` (also one inside the rows), None when no page does."""
    return _PAGE_OF.get(code)


def label_of(code):
    """The question in the patient's own words, or the page's title."""
    page = page_of(code)
    if page is None:
        return code.replace("_", " ")
    field = page.form.base_fields.get(code)
    return field.label if field is not None and field.label else page.title


def _beside(slug, answers, step):
    pages = pages_for(answers)
    place = [page.slug for page in pages].index(slug) + step
    return pages[place] if 0 <= place < len(pages) else None


def _codes(page):
    extra = {"body": ("weight_kg", "height_cm"), "medicines": ("medicines",), "allergies": ("allergies",)}
    return [*page.form.base_fields, *extra.get(page.slug, ())]


_PAGE_OF = {code: page for page in PAGES for code in _codes(page) if code != "sure"}
