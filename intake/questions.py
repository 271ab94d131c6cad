"""The one ordered list of the packet's pages. Next, back, progress, the task list and "check your answers" read it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from clinic.models.base import CLINICAL, MENTAL, PERSONAL
from intake.forms import about, health, history, instruments, mind, pain, rows, treatments, words
from intake.rules import asked


@dataclass(frozen=True, slots=True)
class Page:
    """One page: where it lives, what it says, what it asks, who may read the answers, and when it is asked.

    ``condition`` takes what is known from earlier pages and the record (see ``intake.rules.asked``).
    """

    slug: str
    title: str
    form: type
    field_class: str
    condition: Callable = asked.always
    staff_title: str = ""

    @property
    def about_the_patient(self):
        """The title in the third person, for staff."""
        return self.staff_title or self.title

    @property
    def codes(self):
        """Every question code the page can give an answer to."""
        return _CODES[self.slug]


PAGES = (
    Page("about-you", _("About you"), about.AboutYouForm, PERSONAL, staff_title="About the patient"),
    Page("emergency-contact", _("Someone we can call"), about.EmergencyForm, PERSONAL, staff_title="Someone to call"),
    Page("body", _("Your height and weight"), about.BodyForm, CLINICAL, staff_title="Height and weight"),
    Page("conditions", _("What you live with"), pain.ConditionsForm, MENTAL, staff_title="Conditions"),
    Page("pain", _("Your pain"), pain.PainForm, CLINICAL, asked.has_pain, "Pain"),
    Page("pain-story", _("More about your pain"), pain.PainStoryForm, CLINICAL, asked.has_pain, "More about the pain"),
    Page("peg", _("How pain affects you"), instruments.PegForm, CLINICAL, asked.has_pain, "How pain interferes (PEG)"),
    Page("treatments", _("What you have tried"), treatments.TreatmentsForm, MENTAL, staff_title="Treatments tried"),
    Page(
        "ketamine",
        _("Ketamine you have had"),
        history.KetamineForm,
        MENTAL,
        asked.had_ketamine,
        "Ketamine or esketamine before",
    ),
    Page("medicines", _("Your medicines"), rows.MedicinesForm, MENTAL, staff_title="Medicines"),
    Page("opioids", _("Your strong pain medicine"), history.OpioidsForm, MENTAL, asked.takes_opioids, "Opioids"),
    Page("allergies", _("Your allergies"), rows.AllergiesForm, CLINICAL, staff_title="Allergies"),
    Page("heart", _("Your heart and breathing"), health.HeartForm, CLINICAL, staff_title="Heart and breathing"),
    Page("health", _("Your general health"), health.GeneralHealthForm, CLINICAL, staff_title="General health"),
    Page("other-health", _("Kidneys and other health"), health.OtherHealthForm, CLINICAL),
    Page("operations", _("Operations"), history.OperationsForm, CLINICAL, staff_title="Operations and anesthetics"),
    Page(
        "implants", _("Devices and your arms and legs"), history.ImplantsForm, CLINICAL, staff_title="Implants, limbs"
    ),
    Page("pregnancy", _("Pregnancy"), health.PregnancyForm, CLINICAL, asked.can_be_pregnant),
    Page("mind", _("Your mind"), mind.MindForm, MENTAL, staff_title="Mental health"),
    Page("trauma", _("Frightening things"), mind.TraumaGateForm, MENTAL, staff_title="May we ask about trauma"),
    Page(
        "trauma-screen",
        _("What happened to you"),
        instruments.PcPtsd5Form,
        MENTAL,
        asked.may_ask_about_trauma,
        "Trauma (PC-PTSD-5)",
    ),
    Page("trauma-month", _("How it was last month"), instruments.Pcl5Form, MENTAL, asked.asks_pcl5, "PTSD (PCL-5)"),
    Page("substances", _("Alcohol and other drugs"), mind.SubstancesForm, MENTAL),
    Page("alcohol", _("More about alcohol"), instruments.AuditCForm, MENTAL, asked.drinks, "Alcohol (AUDIT-C)"),
    Page("mood-first", _("Two questions about your mood"), instruments.Phq2Form, MENTAL, asked.asks_phq2, "PHQ-2"),
    Page("mood", _("Your mood"), instruments.Phq9Form, MENTAL, asked.asks_phq9, "Mood (PHQ-9)"),
    Page(
        "safety",
        _("One hard question"),
        instruments.SafetyForm,
        MENTAL,
        asked.asks_item_nine_alone,
        "Thoughts of death (PHQ-9 item 9)",
    ),
    Page("worry", _("Worry"), instruments.Gad7Form, MENTAL, staff_title="Worry (GAD-7)"),
    Page("daily-life", _("Daily life and sleep"), health.DailyLifeForm, CLINICAL),
    Page("goals", _("Your goals"), words.GoalsForm, MENTAL, staff_title="The patient's goals"),
    Page("questions", _("Your questions"), words.QuestionsForm, MENTAL, staff_title="The patient's questions"),
)
BY_SLUG = {page.slug: page for page in PAGES}
CONSENTS = "consents"


def walk(facts, said):
    """(the pages asked in order, what is known after the last of them).

    ``facts`` is what the record holds (``_sex``...); ``said`` gives the answers of a page, {} when there are none.
    A page's condition sees only pages that are asked themselves: what stopped being asked opens no other page.
    """
    found, known = [], dict(facts)
    for page in PAGES:
        if page.condition(known):
            found.append(page)
            known |= said(page)
    return found, known


def pages_for(answers):
    """The pages asked of this patient, in order. ``answers``: question code -> answer, and the record's facts."""
    facts = {code: value for code, value in answers.items() if code not in _PAGE_OF}
    return walk(facts, lambda page: {code: answers[code] for code in page.codes if code in answers})[0]


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


def place(slug):
    """Where the page stands among all pages, asked or not."""
    return [page.slug for page in PAGES].index(slug)


_CODES = {page.slug: page.form.answer_codes() for page in PAGES}
# Item 9 of the PHQ-9 stands on two pages of which only one is asked: the first one names it.
_PAGE_OF = {code: page for page in reversed(PAGES) for code in page.codes}
