"""What stands in the record and since when, by kind of record (clinic.rules.keeping)."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q

from clinic.models import AuditEvent, BackupRun, ConsentSignature, Document, Membership, Message
from followup.models import DiaryEntry
from intake.models import Packet
from sessions.models import InfusionSession, LedgerEntry


@dataclass(frozen=True)
class Held:
    """How many records of a kind there are, how many of them are older than a moment, and the oldest."""

    count: int
    older: int
    oldest: datetime | None


def rows_of(code: str, site) -> tuple:
    """The rows a kind is counted by at a site, and their field of time."""
    return {
        "charts": lambda: (InfusionSession.objects.filter(site=site), "checked_in_at"),
        "intake": lambda: (Packet.objects.filter(site=site), "made_at"),
        "consents": lambda: (ConsentSignature.objects.filter(site=site), "signed_at"),
        "diary": lambda: (DiaryEntry.objects.filter(patient__sites__site=site), "recorded_at"),
        "documents": lambda: (Document.objects.filter(site=site), "made_at"),
        "messages": lambda: (Message.objects.filter(site=site), "due_at"),
        "ledger": lambda: (LedgerEntry.objects.filter(site=site), "posted_at"),
        "audit": lambda: (AuditEvent.objects.filter(Q(site=site) | Q(site__isnull=True)), "at"),
        "access": lambda: (Membership.objects.filter(site=site), "since"),
        "backups": lambda: (BackupRun.objects.all(), "ended_at"),
    }[code]()


def held(code: str, site, before: datetime) -> Held:
    """What there is of one kind at this site, in one question."""
    rows, moment = rows_of(code, site)
    facts = rows.order_by().aggregate(
        count=Count("pk", distinct=code == "diary"), older=Count("pk", filter=Q(**{f"{moment}__lt": before})),
        oldest=Min(moment),
    )  # fmt: skip
    return Held(facts["count"], facts["older"], facts["oldest"])
