"""A patient's messages: what they want and how we know, what went to them, what they answered."""

from dataclasses import dataclass

from clinic.models import BadAddress, ContactChoice, TextReply
from clinic.notify.sms import can_text
from clinic.presenters.outbox import Line, line_of
from clinic.queries import messages as queries
from clinic.queries.contact import choices_by_person

KINDS = dict(ContactChoice.KINDS)
CHANNELS = dict(ContactChoice.CHANNELS)


@dataclass(frozen=True)
class Said:
    """One choice in words: what, since when, how we know."""

    words: str
    row: ContactChoice

    @property
    def at(self):
        """When it was said."""
        return self.row.opted_out_at or self.row.agreed_at


@dataclass(frozen=True)
class Answer:
    """One text message that came in: its words only for those who may read them."""

    row: TextReply
    words: str


@dataclass(frozen=True)
class Page:
    """Everything on the page."""

    said: list[Said]
    lines: list[Line]
    answers: list[Answer]
    bad: list[BadAddress]
    can_text: bool


def contact_page(patient, *, reads_words: bool) -> Page:
    """The page of a patient's messages. Four queries."""
    said = [Said(_words(row), row) for row in choices_by_person(patient) if row.agreed_at or row.opted_out_at]
    lines = [line_of(message) for message in queries.messages_to(patient)]
    answers = [Answer(row, _answer(row, reads_words)) for row in queries.replies_of(patient)]
    return Page(said, lines, answers, queries.bad_addresses_of(patient), can_text())


def _words(row: ContactChoice) -> str:
    verb = "stopped" if row.opted_out_at else "agreed"
    return f"{CHANNELS[row.channel]}, {KINDS[row.kind].lower()}: {verb}"


def _answer(row: TextReply, reads_words: bool) -> str:
    if row.meaning != "words" and not reads_words:
        return row.get_meaning_display()
    return f"“{row.words}”" if reads_words else "Words of their own: a clinician reads them"
