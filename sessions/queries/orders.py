"""Verbal orders that wait for their prescriber's signature, across the sessions of some sites. One query each."""

from sessions.models import Order


def awaiting_cosign(sites):
    """Orders that wait, the longest due first."""
    rows = Order.objects.filter(kind="verbal", cosigned_at__isnull=True, session__site__in=sites)
    people = ("ordered_by", "taken_by", "session__patient", "session__site", "session__chair")
    return rows.select_related(*people).order_by("cosign_due_at", "ordered_at")
