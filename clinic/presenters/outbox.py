"""Messages out, as staff sees them: to whom, what kind, what became of it. Neither words nor links."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q

from clinic import access
from clinic.models import MESSAGE, ContactChoice, Message
from clinic.notify.kinds import KINDS
from clinic.notify.log import NOT_SENT

A_PAGE = 25
CHANNELS = dict(ContactChoice.CHANNELS)
TABS = (
    ("look", "Need a look", ("failed", "unknown")),
    ("due", "Waiting", ("due", "sending")),
    ("sent", "Sent", ("sent",)),
    ("withdrawn", "Withdrawn", ("withdrawn",)),
)


@dataclass(frozen=True)
class Line:
    """One message: its kind in words, its state in words, and what may be done about it."""

    row: Message
    kind: str
    channel: str
    state: str
    may_retry: bool
    may_settle: bool


@dataclass(frozen=True)
class Outbox:
    """One page of one tab, with how many rows each tab holds."""

    lines: list[Line]
    page_obj: Page
    shown: str
    tabs: list[tuple[str, str, int]]
    asked: str


def outbox_of(request) -> Outbox:
    """One page of the current site's messages. At most three queries."""
    shown = request.GET.get("show") if request.GET.get("show") in {t[0] for t in TABS} else "look"
    asked = request.GET.get("for", "").strip()[:60]
    rows = _found(Message.objects.filter(site=request.site), asked)
    counts = rows.aggregate(**{code: Count("pk", filter=Q(state__in=states)) for code, _, states in TABS})
    states = next(states for code, _, states in TABS if code == shown)
    order = "next_attempt_at" if shown == "due" else "-queued_at"
    wanted = rows.filter(state__in=states).select_related("patient", "user").order_by(order)
    page = Paginator(wanted, A_PAGE).get_page(request.GET.get("page"))
    tabs = [(code, label, counts[code]) for code, label, _ in TABS]
    return Outbox([line_of(message) for message in page], page, shown, tabs, asked)


def _found(rows, asked: str):
    """Rows whose recipient's name or record number begins with what was typed."""
    if not asked:
        return rows
    return rows.filter(
        Q(patient__family_name__istartswith=asked)
        | Q(patient__given_name__istartswith=asked)
        | Q(patient__record_number__iexact=asked)
        | Q(user__name__istartswith=asked)
    )


def line_of(message: Message) -> Line:
    """One message as it is shown."""
    kind = KINDS[message.kind].words if message.kind in KINDS else message.kind
    return Line(
        message,
        kind,
        CHANNELS.get(message.channel, message.channel),
        "only logged, not sent" if message.provider_id == NOT_SENT else MESSAGE.label(message.state),
        may_retry=message.state in ("failed", "unknown"),
        may_settle=message.state in ("failed", "unknown"),
    )


def message_or_404(request, pk) -> Message:
    """A message of one of the reader's sites."""
    related = Message.objects.filter(pk=pk).select_related("patient", "user", "site")
    return access.one_at_my_sites_or_404(request, related)
