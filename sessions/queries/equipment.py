"""Checks of the emergency equipment: today's, and the days before."""

from sessions.models import EquipmentCheck

DAYS_SHOWN = 14


def check_of(site, day):
    """The newest check of this site on this local day, or None. One query."""
    rows = EquipmentCheck.objects.filter(site=site, day=day).select_related("checked_by")
    return rows.order_by("-checked_at").first()


def checks_before(site, day):
    """The newest checks before `day`, newest first. One query."""
    rows = EquipmentCheck.objects.filter(site=site, day__lt=day).select_related("checked_by")
    return list(rows.order_by("-day", "-checked_at")[:DAYS_SHOWN])
