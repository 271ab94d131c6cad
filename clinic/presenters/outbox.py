"""Messages out, as staff sees them: to whom, what kind, what became of it. Neither words nor links."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q

from clinic import access
from clinic.models import MESSAGE, ChannelPause, ContactChoice, DeliveryReport, Message
from clinic.models.messages import DELIVERY
from clinic.notify.kinds import KINDS
from clinic.notify.log import NOT_SENT
from clinic.notify.sms import can_text
from clinic.queries import messages as queries

A_PAGE = 25
CHANNELS = dict(ContactChoice.CHANNELS)
DELIVERED = dict(DELIVERY)
TABS = (
    ("look", "Need a look", ("failed", "unknown")),
    ("due", "Waiting", ("due", "sending")),
    ("sent", "Sent", ("sent",)),
    ("withdrawn", "Withdrawn", ("withdrawn",)),
)
ALL_AT_ONCE = 500  # so many failed messages are sent again by one press


@dataclass(frozen=True)
class Line:
    """One message: its kind in words, its state in words, and what may be done about it."""

    row: Message
    kind: str
    channel: str
    state: str
    delivery: str
    may_retry: bool
    may_settle: bool


@dataclass(frozen=True)
class Rest:
    """A channel that does not answer: since when, until when it is left alone, and why."""

    channel: str
    pause: ChannelPause


@dataclass(frozen=True)
class Outbox:
    """One page of one tab, with how many rows each tab holds."""

    lines: list[Line]
    page_obj: Page
    shown: str
    tabs: list[tuple[str, str, int]]
    rests: list[Rest]
    can_text: bool
    query: str
    failed: int

    @property
    def may_retry_all(self) -> bool:
        """Are there several failed ones that can be sent again together?"""
        return self.shown == "look" and self.failed > 1


def outbox_of(request, form) -> Outbox:
    """One page of the current site's messages, as the filter `form` asks. At most four queries."""
    asked = form.cleaned_data if form.is_valid() else {}
    shown = request.GET.get("show") if request.GET.get("show") in {t[0] for t in TABS} else "look"
    rows = found(Message.objects.filter(site=request.site), asked, request.site)
    counts = rows.aggregate(
        failed=Count("pk", filter=Q(state="failed")),
        **{code: Count("pk", filter=Q(state__in=states)) for code, _, states in TABS},
    )
    states = next(states for code, _, states in TABS if code == shown)
    order = "next_attempt_at" if shown == "due" else "-due_at"
    wanted = rows.filter(state__in=states).select_related("patient", "user", "representative").order_by(order, "pk")
    page = Paginator(wanted, A_PAGE).get_page(request.GET.get("page"))
    tabs = [(code, label, counts[code]) for code, label, _ in TABS]
    lines = [line_of(message) for message in page]
    return Outbox(lines, page, shown, tabs, rests(), can_text(), form.as_query(), counts["failed"])


def rests() -> list[Rest]:
    """The channels that do not answer now. One query."""
    return [Rest(CHANNELS[pause.channel], pause) for pause in ChannelPause.objects.filter(failures__gt=0)]


def found(rows, asked: dict, site):
    """Rows as the filter asks: words of the recipient, an address, a kind, a channel, days of the site's calendar."""
    if words := asked.get("who"):
        rows = rows.filter(_recipient(words))
    exact = {"kind": asked.get("kind"), "channel": asked.get("channel")}
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if asked.get("since"):
        rows = rows.filter(due_at__gte=_midnight(asked["since"], site))
    if asked.get("until"):
        rows = rows.filter(due_at__lt=_midnight(asked["until"] + timedelta(days=1), site))
    return rows


def _midnight(day, site) -> datetime:
    return datetime.combine(day, time(), tzinfo=site.zone)


def _recipient(words: str) -> Q:
    """Names by their beginning, each typed word one of them; a record number; an address or a part of one."""
    names = Q()
    for word in words.split()[:4]:
        names &= (
            Q(patient__family_name__istartswith=word)
            | Q(patient__given_name__istartswith=word)
            | Q(user__name__icontains=word)
            | Q(outside__icontains=word)
        )
    digits = "".join(one for one in words if one.isdigit())
    by_phone = Q(patient__phone_digits__endswith=digits) if len(digits) >= 4 else Q(pk__in=())
    by_mail = Q(address__icontains=words) | Q(patient__email__icontains=words) if "@" in words else Q(pk__in=())
    return names | Q(patient__record_number__iexact=words) | by_phone | by_mail


def line_of(message: Message) -> Line:
    """One message as it is shown."""
    return Line(
        message,
        KINDS[message.kind].words if message.kind in KINDS else message.kind,
        CHANNELS.get(message.channel, message.channel),
        "only logged, not sent" if message.provider_id == NOT_SENT else MESSAGE.label(message.state),
        DELIVERED.get(message.delivery, ""),
        may_retry=message.state in ("failed", "unknown"),
        may_settle=message.state in ("failed", "unknown"),
    )


@dataclass(frozen=True)
class Step:
    """One thing that happened to a message."""

    at: datetime
    words: str
    by: str
    why: str


@dataclass(frozen=True)
class Shown:
    """One message with its whole history."""

    line: Line
    steps: list[Step]


SAID = {
    "sending": "Taken up to be sent",
    "sent": "Handed over",
    "due": "Put back: to be sent again",
    "failed": "Failed",
    "unknown": "Unknown: it may have gone out or not",
    "withdrawn": "Withdrawn",
}


def message_page(message: Message) -> Shown:
    """A message and everything that happened to it, oldest first. Two queries."""
    first = Step(message.queued_at, "Put in the outbox", message.queued_by.name if message.queued_by else "", "")
    moved = [
        Step(row.at, SAID[row.to_state], row.by_user.name if row.by_user else "", row.reason)
        for row in queries.steps_of(message)
    ]
    heard = [
        Step(row.heard_at, f"{row.get_source_display()}: {row.get_told_display()}", "", row.code)
        for row in DeliveryReport.objects.filter(message=message)
    ]
    return Shown(line_of(message), sorted([first, *moved, *heard], key=lambda step: step.at))


def message_or_404(request, pk) -> Message:
    """A message of one of the reader's sites."""
    related = Message.objects.filter(pk=pk).select_related(
        "patient", "user", "site", "representative", "text", "queued_by"
    )
    return access.one_at_my_sites_or_404(request, related)


def failed_of(request, form) -> list[Message]:
    """The failed messages of the current site that the filter leaves, the oldest first."""
    asked = form.cleaned_data if form.is_valid() else {}
    rows = found(Message.objects.filter(site=request.site, state="failed"), asked, request.site)
    return list(rows.order_by("due_at")[:ALL_AT_ONCE])


def query_of(asked: dict) -> str:
    """The filter as the end of an address."""
    return urlencode({name: value for name, value in asked.items() if value})
