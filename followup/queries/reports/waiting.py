"""How long people wait: from referral to the first infusion, and on the day itself."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Min, Q

from clinic.models import Patient
from followup.queries.reports.scope import Scope
from intake.models import Approval, Packet
from sessions.models import InfusionSession

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Step:
    """One person's wait for one step: since when, and until when; `until` None: still waiting."""

    since: datetime
    until: datetime | None

    def days(self, now: datetime) -> tuple[float, bool]:
        """(days, whether it is over)."""
        return max(((self.until or now) - self.since) / DAY, 0.0), self.until is not None


def invited_to_sent(scope: Scope) -> list[Step]:
    """From the invitation to the packet sent in; packets taken back are left out."""
    rows = Packet.objects.filter(site=scope.site, made_at__gte=scope.begin, made_at__lt=scope.end)
    return _steps(rows.exclude(state="withdrawn").values_list("made_at", "submitted_at"))


def sent_to_decided(scope: Scope) -> list[Step]:
    """From the packet sent in to the signed decision."""
    rows = Packet.objects.filter(site=scope.site, submitted_at__gte=scope.begin, submitted_at__lt=scope.end)
    return _steps(rows.exclude(state="withdrawn").values_list("submitted_at", "assessment__signed_at"))


def approved_to_infused(scope: Scope) -> list[Step]:
    """From a patient's first approval to their first infusion; those whose approval was taken back are left out."""
    rows = Approval.objects.filter(assessment__site=scope.site, revoked_at__isnull=True)
    first = dict(rows.values_list("patient__person").annotate(first=Min("approved_at")).order_by())
    mine = {who: at for who, at in first.items() if scope.begin <= at < scope.end}
    infused = first_infusions(mine)
    return [Step(at, infused.get(who)) for who, at in mine.items()]


def added_to_infused(scope: Scope) -> list[Step]:
    """From the day a patient was added to their first infusion; who was found to be no candidate is left out."""
    rows = Patient.objects.filter(sites__site=scope.site, person=F("pk"))
    rows = rows.filter(added_at__gte=scope.begin, added_at__lt=scope.end, died_on__isnull=True)
    declined = Q(assessments__signed_at__isnull=False, assessments__decision="not_candidate")
    added = dict(rows.exclude(declined).values_list("pk", "added_at"))
    infused = first_infusions(added)
    return [Step(at, infused.get(who)) for who, at in added.items()]


def first_infusions(people) -> dict:
    """Person -> when their first infusion began; those without one are left out."""
    rows = InfusionSession.objects.filter(patient__person__in=list(people), started_at__isnull=False)
    return dict(rows.values_list("patient__person").annotate(first=Min("started_at")).order_by())


def _steps(pairs) -> list[Step]:
    return [Step(since, until) for since, until in pairs]


@dataclass(frozen=True)
class OnTheDay:
    """Minutes of one session: late at the door (below 0: early), check-in to start, start to going home."""

    person: object
    late: float
    to_start: float | None
    to_home: float | None


def on_the_day(scope: Scope) -> list[OnTheDay]:
    """The sessions of the period. One query."""
    rows = InfusionSession.objects.filter(
        site=scope.site, checked_in_at__gte=scope.begin, checked_in_at__lt=scope.end
    )  # fmt: skip
    fields = ("patient__person", "appointment__starts_at", "checked_in_at", "started_at", "ended_at")
    return [
        OnTheDay(who, _minutes(booked, came), _minutes(came, started), _minutes(started, ended))
        for who, booked, came, started, ended in rows.order_by("checked_in_at").values_list(*fields)
    ]


def _minutes(since: datetime | None, until: datetime | None) -> float | None:
    return None if since is None or until is None else (until - since).total_seconds() / 60
