"""The patient's pages: task list, progress, one page, check your answers."""

from dataclasses import dataclass

from django.urls import reverse

from intake import questions
from intake.forms.base import NOT_ANSWERED
from intake.forms.instruments import InstrumentForm
from intake.queries import answers_of, consents_of, unfinished_pages

BAR_WIDTH, BAR_GAP = 347, 3


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the task list: a page or a consent, and how far it is in words."""

    slug: str
    title: str
    url: str
    state: str
    is_done: bool


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of the progress bar."""

    x: float
    width: float
    is_done: bool


def page_url(slug):
    """The address of a page, or of a consent when the slug is ``consents/<kind>``."""
    if slug.startswith(f"{questions.CONSENTS}/"):
        return reverse("intake:packet-consent", args=[slug.partition("/")[2]])
    return reverse("intake:packet-page", args=[slug])


def steps(packet):
    """Every page and consent asked of this patient, in order."""
    states = {row.slug: row.state for row in packet.pages.all()}
    pages = [_page_step(page, states.get(page.slug)) for page in questions.pages_for(answers_of(packet))]
    return pages + [_consent_step(consent) for consent in consents_of(packet)]


def _page_step(page, state):
    words = {"done": "Done", "draft": "Started"}.get(state, "To do")
    return Step(page.slug, page.title, page_url(page.slug), words, state == "done")


def _consent_step(consent):
    slug = f"{questions.CONSENTS}/{consent.text.kind}"
    words = "Signed" if consent.signature else ("To read and sign" if consent.is_required else "Your choice")
    return Step(slug, consent.text.title, page_url(slug), words, bool(consent.signature) or not consent.is_required)


def home(packet):
    """Context of the task list: what is done, what is left, where to go on."""
    found = steps(packet)
    left = [step for step in found if not step.is_done]
    return {
        "steps": found,
        "left": len(left),
        "go_on": left[0].url if left else reverse("intake:packet-check"),
        "has_begun": any(step.is_done or step.state == "Started" for step in found if step.state != "Your choice"),
    }


def progress(packet, slug):
    """Where this page stands: number, count, and the pieces of the bar."""
    slugs = [step.slug for step in steps(packet)]
    number = slugs.index(slug) + 1
    width = (BAR_WIDTH - BAR_GAP * (len(slugs) - 1)) / len(slugs)
    parts = [Part(round(n * (width + BAR_GAP), 2), round(width, 2), n < number) for n in range(len(slugs))]
    return {"number": number, "count": len(slugs), "parts": parts, "bar_width": BAR_WIDTH}


def next_url(packet, slug):
    """The address after this page or consent; after the last, the check page."""
    found = steps(packet)
    place = [step.slug for step in found].index(slug) + 1
    return found[place].url if place < len(found) else reverse("intake:packet-check")


def back_url(packet, slug):
    """The address before this page or consent; before the first, the task list."""
    found = steps(packet)
    place = [step.slug for step in found].index(slug) - 1
    return found[place].url if place >= 0 else reverse("intake:packet-home")


@dataclass(frozen=True, slots=True)
class Section:
    """A page's answers in words, with where to change them."""

    slug: str
    title: str
    url: str
    lines: list


def check(packet):
    """Context of "check your answers": every answer in words, and what is still missing."""
    answers = answers_of(packet)
    sections = [
        Section(page.slug, page.title, page_url(page.slug), said_lines(page, answers))
        for page in questions.pages_for(answers)
    ]
    missing = [(title, page_url(slug)) for slug, title in unfinished_pages(packet)]
    return {"sections": sections, "consents": consents_of(packet), "missing": missing}


def said_lines(page, answers):
    """The page's lines; what may be left out and was, is left out here too, except in questionnaires."""
    optional = {field.label for field in page.form.base_fields.values() if not field.required}
    keep_all = issubclass(page.form, InstrumentForm)
    return [
        (label, words)
        for label, words in page.form.lines(answers)
        if keep_all or words != NOT_ANSWERED or label not in optional
    ]
