"""The inbox and one talk, for staff; a person's own talks."""

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import Count, OuterRef, Q, Subquery

from clinic import access, language
from clinic.models.base import MENTAL
from clinic.queries.places import hours_of
from followup.models import DESK_TOPICS, Talk, TalkMessage
from followup.queries import talks as queries
from followup.rules.talks import due_at

A_PAGE = 25
FILTERS = (("waiting", "Wait for us"), ("answered", "Answered"), ("closed", "Closed"))
BEGINNING = 140


@dataclass(frozen=True)
class Line:
    """One talk in the inbox: its last words, shortened, and whether its answer is late."""

    row: Talk
    words: str
    is_patients: bool
    due: datetime | None
    is_overdue: bool


@dataclass(frozen=True)
class Inbox:
    """One page of talks, the filter in force and how many each holds."""

    lines: list[Line]
    page_obj: Page
    shown: str
    filters: list[tuple[str, str, int]]


def inbox_of(request, at: datetime) -> Inbox:
    """What waits comes first by how long it waits. Six queries, whatever it holds."""
    shown = request.GET.get("show") if request.GET.get("show") in dict(FILTERS) else "waiting"
    talks = queries.talks_for(request)
    counts = talks.order_by().aggregate(**{code: Count("pk", filter=Q(state=code)) for code, _ in FILTERS})
    last = TalkMessage.objects.filter(talk=OuterRef("pk")).order_by("-sent_at")
    rows = talks.filter(state=shown).annotate(
        last_desk=Subquery(last.values("desk_words")[:1]),
        last_words=Subquery(last.values("words")[:1]),
        last_is_patients=Subquery(last.values("is_patients")[:1]),
    )
    page = Paginator(rows.order_by("waiting_since" if shown == "waiting" else "-last_at"), A_PAGE).get_page(
        request.GET.get("page")
    )  # fmt: skip
    week = hours_of(request.site)
    return Inbox(
        [_line(row, week, at) for row in page], page, shown, [(code, words, counts[code]) for code, words in FILTERS]
    )


def _line(row: Talk, week, at: datetime) -> Line:
    said = row.last_words or row.last_desk or ""
    due = due_at(row.topic, week, row.waiting_since) if row.waiting_since else None
    short = said if len(said) <= BEGINNING else f"{said[:BEGINNING].rstrip()}…"
    return Line(row, short, bool(row.last_is_patients), due, due is not None and due < at)


@dataclass(frozen=True)
class TalkPage:
    """One talk as staff reads it."""

    talk: Talk
    messages: list[TalkMessage]
    seen_at: datetime | None
    due: datetime | None
    topics: list[tuple[str, str]]
    spoken: str

    @property
    def unseen(self) -> bool:
        """Is there an answer of ours that the patient has not opened?"""
        ours = [m.sent_at for m in self.messages if not m.is_patients]
        return bool(ours) and (self.seen_at is None or self.seen_at < ours[-1])


def talk_page(talk: Talk) -> TalkPage:
    """Both sides in order, since when it waits, whom it may be handed to. Four queries."""
    messages = queries.messages_in(talk)
    has_clinical = any(m.words for m in messages)
    topics = [row for row in Talk.TOPICS if row[0] != talk.topic]
    topics = [] if has_clinical else topics
    due = due_at(talk.topic, hours_of(talk.site), talk.waiting_since) if talk.waiting_since else None
    theirs = language.of_person(talk.patient)
    spoken = "" if theirs == language.ENGLISH else language.english_name(theirs)
    return TalkPage(talk, messages, queries.seen_at(talk), due, topics, spoken)


def topics_for(request) -> tuple[str, ...]:
    """What this reader may write about."""
    return tuple(code for code, _ in Talk.TOPICS) if access.sees(request, MENTAL) else DESK_TOPICS
