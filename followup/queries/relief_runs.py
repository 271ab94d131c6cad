"""The worker's runs over the report of relief; reads only."""

from datetime import datetime

from django.db.models import Q, QuerySet

from followup.models import ReliefRun


def under_way() -> ReliefRun | None:
    """The run that waits or is being worked out."""
    return ReliefRun.objects.filter(state__in=("asked", "working")).first()


def newest() -> ReliefRun | None:
    """The run that was asked for last, with who asked."""
    return ReliefRun.objects.select_related("asked_by").first()


def to_claim(stale: datetime) -> QuerySet[ReliefRun]:
    """What waits for the worker, or what one of them has said nothing of since `stale`."""
    return ReliefRun.objects.filter(Q(state="asked") | Q(state="working", claimed_at__lt=stale)).order_by("asked_at")
