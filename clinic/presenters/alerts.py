"""Alerts as pages show them: the strip on every page, one alert with all that is needed to act, those about a row."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from clinic import access
from clinic.models import Alert
from clinic.models.base import MENTAL
from clinic.presenters.crisis import digits_of
from clinic.presenters.work import url_of
from clinic.queries.alerts import alerts_about, remarks_of, told_of, waiting_at

EMERGENCY = "emergency"
SHOWN = 2  # so many stand in the strip by name; the rest is counted


@dataclass(frozen=True)
class Waiting:
    """One alert in the strip, as this reader may read it."""

    alert: Alert
    words: str


class Strip:
    """What stands on top of every page of the care team: alerts at this site that nobody has answered.

    `count`: how many there are, where the page knows it already; then none costs no query, else one.
    """

    def __init__(self, request, count=None):
        self.request, self.count = request, count

    @cached_property
    def alerts(self) -> list[Alert]:
        """All of them, the oldest first."""
        if self.request.site is None or self.count == 0:
            return []
        return waiting_at([self.request.site])

    @property
    def first(self) -> list[Waiting]:
        """Those that are named."""
        sees = access.sees(self.request, MENTAL) if self.alerts else False
        named = sorted(self.alerts, key=lambda alert: alert.kind != EMERGENCY)[:SHOWN]
        return [Waiting(alert, _in_the_strip(alert, sees)) for alert in named]

    @property
    def calls(self) -> list[Waiting]:
        """Emergencies: named on every page, also where the others are only counted. They say where to go."""
        return [Waiting(alert, alert.neutral_words) for alert in self.alerts if alert.kind == EMERGENCY]

    @property
    def more(self) -> int:
        """How many are only counted."""
        return max(0, len(self.alerts) - SHOWN)

    @property
    def version(self) -> str:
        """Changes when one comes, goes or has waited longer than somebody should."""
        return "-".join(f"{alert.pk.hex[:8]}.{alert.escalation}" for alert in self.alerts) or "none"


def _in_the_strip(alert, sees):
    return alert.get_kind_display() if sees and alert.kind != EMERGENCY else alert.neutral_words


@dataclass(frozen=True)
class Phone:
    """Somebody to call about an alert."""

    whom: str
    number: str

    @property
    def digits(self) -> str:
        """The number as a link takes it."""
        return digits_of(self.number)


@dataclass(frozen=True)
class Told:
    """One mail of an alert: to whom, when, by which step, and what became of it."""

    at: datetime
    whom: str
    minutes: int
    is_repeat: bool
    outcome: str
    is_bad: bool


@dataclass(frozen=True)
class Page:
    """One alert with all that is needed to act on it. Words and remarks only for those who may read them."""

    alert: Alert
    sees: bool
    words: str
    url: str
    may_take: bool
    phones: list[Phone]
    told: list[Told]
    remarks: list
    out_of_hours: str
    patient_zone: ZoneInfo

    @property
    def last_told(self) -> datetime | None:
        """When somebody was told last."""
        return self.told[-1].at if self.told else None


def page_of(request, alert: Alert) -> Page:
    """Everything the page of one alert shows. Four queries."""
    sees = access.sees(request, MENTAL, site=alert.site)
    policy = alert.site.policy
    return Page(
        alert,
        sees,
        alert.words if sees else alert.neutral_words,
        url_of(request, alert),
        access.has_role(request, *access.CLINICIANS, site=alert.site),
        _phones(alert, policy),
        _told(alert),
        list(remarks_of(alert)) if sees else [],
        policy.out_of_hours_words if policy else "",
        ZoneInfo(alert.patient.zone_name or alert.site.zone_name),
    )


def _phones(alert: Alert, policy) -> list[Phone]:
    """The patient first, then who was named for an emergency, then the clinic's own number out of hours."""
    patient = alert.patient
    relation = f" ({patient.emergency_relation})" if patient.emergency_relation else ""
    found = [
        Phone(patient.short_name, patient.phone),
        Phone(f"{patient.emergency_name or 'Emergency contact'}{relation}", patient.emergency_phone),
        Phone("Out of hours", policy.out_of_hours_phone if policy else ""),
        Phone("Emergency services", policy.emergency_phone if policy else "911"),
    ]
    return [phone for phone in found if phone.number]


OUTCOMES = {
    "due": "on its way",
    "sending": "on its way",
    "sent": "sent",
    "failed": "not sent",
    "unknown": "perhaps sent",
    "withdrawn": "not needed any more",
}


def _told(alert: Alert) -> list[Told]:
    """One line for each mail, the steps that named the same person together."""
    lines = {}
    for notice in told_of(alert):
        lines.setdefault(notice.message_id or notice.pk, _line(notice))
    return list(lines.values())


def _line(notice) -> Told:
    if notice.message is None:
        return Told(notice.sent_at, notice.whom, notice.after_minutes, notice.is_repeat, notice.why_not, True)
    state, channel = notice.message.state, notice.get_channel_display()
    outcome = f"{channel} {OUTCOMES[state]}"
    return Told(
        notice.sent_at, notice.whom, notice.after_minutes, notice.is_repeat, outcome, state in ("failed", "unknown")
    )


def about(request, *subject_ids) -> list[Waiting]:
    """Every alert about these rows, open or not, as this reader may read it. One query."""
    found = list(alerts_about(*subject_ids))
    sees = access.sees(request, MENTAL) if found else False
    return [Waiting(alert, alert.words if sees else alert.neutral_words) for alert in found]
