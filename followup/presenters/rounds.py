"""The patient's pages of a round: the list of pages, one page, what comes next."""

from dataclasses import dataclass

from django.urls import reverse

from followup.forms.rounds import TITLES, form_of
from followup.models import QuestionRound
from followup.queries.rounds import answered_pages
from followup.rules import rounds as rules
from intake.presenters.packet import bar
from intake.presenters.packet_page import is_worrying, mark_worrying

# Minutes a page takes, for the word on top. Our own estimate.
MINUTES = {rules.MOOD: 2, rules.OPIOIDS: 2}


@dataclass(frozen=True)
class Step:
    """One page in the list."""

    title: str
    url: str
    is_done: bool


@dataclass(frozen=True)
class Home:
    """The list of a round's pages."""

    asked: QuestionRound
    steps: list[Step]
    go_on: str
    minutes: int

    @property
    def is_finished(self) -> bool:
        """Is every page answered?"""
        return all(step.is_done for step in self.steps)

    @property
    def has_begun(self) -> bool:
        """Is one of them?"""
        return any(step.is_done for step in self.steps)


def url_of(page: str) -> str:
    """Where a page of the round is answered; the end for none."""
    return reverse("followup:checkup-page", args=[page]) if page else reverse("followup:checkup-done")


def home_of(asked: QuestionRound) -> Home:
    """The list of pages. Two queries."""
    done = answered_pages(asked)
    steps = [Step(TITLES[page], url_of(page), page in done) for page in asked.pages]
    left = [page for page in asked.pages if page not in done]
    return Home(asked, steps, url_of(rules.next_page(asked.pages, done)), sum(MINUTES.get(page, 1) for page in left))


def next_url(asked: QuestionRound, page: str) -> str:
    """Where to go once this page is answered."""
    return url_of(rules.next_page(asked.pages, answered_pages(asked), page))


def page_of(asked: QuestionRound, page: str, data=None) -> dict:
    """Context of one page: its form, title and place."""
    form = form_of(page, asked, data)
    mark_worrying(form)
    place = asked.pages.index(page) + 1
    before = asked.pages[place - 2] if place > 1 else ""
    return {
        "form": form,
        "page": page,
        "title": TITLES[page],
        "progress": bar(place, len(asked.pages)),
        "back_url": url_of(before) if before else reverse("followup:checkup"),
        "is_opioids": page == rules.OPIOIDS,
        "asks_mood": page == rules.MOOD,
    }


def needs_help(said) -> bool:
    """Is there an answer about suicide in what was typed?"""
    return is_worrying({name: said[name] for name in ("phq9_9",) if name in said})
