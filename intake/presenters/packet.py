"""The patient's pages: task list, progress, one page, check your answers."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as say

from intake import questions
from intake.forms.base import NOT_ANSWERED
from intake.forms.bodymap import body_map
from intake.forms.instruments import InstrumentForm
from intake.queries import consents_of, pages_and_answers, unfinished_pages

BAR_WIDTH, BAR_GAP = 347, 3


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the task list: a page or a consent, how far it is in words, and whether anything was done on it."""

    slug: str
    title: str
    url: str
    state: str
    is_done: bool
    has_begun: bool


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
    pages = [_page_step(page, states.get(page.slug)) for page in pages_and_answers(packet)[0]]
    return pages + [_consent_step(consent) for consent in consents_of(packet)]


def _page_step(page, state):
    words = {"done": say("Done"), "draft": say("Started")}.get(state, say("To do"))
    return Step(page.slug, page.title, page_url(page.slug), words, state == "done", state in ("done", "draft"))


def _consent_step(consent):
    slug = f"{questions.CONSENTS}/{consent.text.kind}"
    words = (
        say("Signed") if consent.signature else say("To read and sign") if consent.is_required else say("Your choice")
    )
    is_signed = bool(consent.signature)
    return Step(slug, consent.text.title, page_url(slug), words, is_signed or not consent.is_required, is_signed)


def home(packet):
    """Context of the task list: what is done, what is left, where to go on."""
    found = steps(packet)
    left = [step for step in found if not step.is_done]
    return {
        "steps": found,
        "left": len(left),
        "go_on": left[0].url if left else reverse("intake:packet-check"),
        "has_begun": any(step.has_begun for step in found),
    }


def around(packet, slug):
    """Where a page or consent stands: the progress, and the addresses before and after it. One look at the steps."""
    found = steps(packet)
    progress = bar(min(_stands(found, slug) + 1, len(found)), len(found))
    return {"progress": progress, "back_url": _back_url(found, slug), "next_url": _next_url(found, slug)}


def bar(number, count, done=None):
    """The pieces of a progress bar that stands at ``number`` of ``count``; ``done``: which are (default: up to it)."""
    done = range(1, number + 1) if done is None else done
    width = (BAR_WIDTH - BAR_GAP * (count - 1)) / count
    parts = [Part(round(n * (width + BAR_GAP), 2), round(width, 2), n + 1 in done) for n in range(count)]
    return {"number": number, "count": count, "parts": parts, "bar_width": BAR_WIDTH}


def _stands(found, slug):
    """The place of the slug among these steps; of a page that is not asked (any more), the place it would have."""
    slugs = [step.slug for step in found]
    if slug in slugs:
        return slugs.index(slug)
    return sum(step in questions.BY_SLUG and questions.place(step) < questions.place(slug) for step in slugs)


def next_url(packet, slug):
    """The address after this page or consent; after the last, the check page."""
    return _next_url(steps(packet), slug)


def _next_url(found, slug):
    place = _stands(found, slug)
    after = found[place + (place < len(found) and found[place].slug == slug) :]
    return after[0].url if after else reverse("intake:packet-check")


def _back_url(found, slug):
    """The address before this page or consent; before the first, the task list."""
    before = found[: _stands(found, slug)]
    return before[-1].url if before else reverse("intake:packet-home")


@dataclass(frozen=True, slots=True)
class Section:
    """A page's answers in words, with where to change them; ``language`` when they are not in the reader's."""

    slug: str
    title: str
    url: str
    lines: list
    language: str = ""


def check(packet):
    """Context of "check your answers": every answer in words, and what is still missing."""
    pages, answers = pages_and_answers(packet)
    sections = [_section(page, answers) for page in pages]
    missing = [(title, page_url(slug)) for slug, title in unfinished_pages(packet)]
    shown = {"sections": sections, "consents": consents_of(packet), "missing": missing}
    return shown | {"body_map": body_map(answers)}


def _section(page, answers):
    instead = getattr(page.form, "instead", lambda: "")()
    return Section(page.slug, page.title, page_url(page.slug), said_lines(page, answers), instead)


def said_lines(page, answers):
    """The page's lines; what may be left out and was, is left out here too, except in questionnaires."""
    optional = {field.label for field in page.form.base_fields.values() if not field.required}
    keep_all = issubclass(page.form, InstrumentForm)
    return [
        (label, words)
        for label, words in page.form.lines(answers)
        if keep_all or words != NOT_ANSWERED or label not in optional
    ]
