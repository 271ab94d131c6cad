"""The rules of reminders as a site has them."""

from django.db.models import Q
from django.shortcuts import get_object_or_404

from clinic import access
from followup.models import ReminderRule


def rules_of(site) -> list[ReminderRule]:
    """Every rule that counts at a site, switched on or off: its own in place of the clinic's. One query."""
    rows = ReminderRule.objects.filter(Q(site=site) | Q(site__isnull=True))
    nearest = {}
    for row in sorted(rows, key=lambda r: r.site_id is not None):
        nearest[(row.slot, row.kind)] = row
    order = {"before": 0, "after": 1}
    return sorted(nearest.values(), key=lambda r: (order[r.side], -r.days, -r.hours, r.slot, r.kind))


def rule_or_404(request, pk) -> ReminderRule:
    """A rule of all sites, or of one of the reader's."""
    mine = [site.pk for site in access.sites_for(request)]
    return get_object_or_404(ReminderRule, Q(site__isnull=True) | Q(site__in=mine), pk=pk)
