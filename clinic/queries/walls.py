"""The screens on the walls of a site. Reads only."""

from datetime import timedelta

from django.db.models import Q

from clinic.models import WallScreen

GONE_DAYS = 30  # a revoked screen stands in the list for so long; the audit keeps it for ever


def screens_at(site, at):
    """Every paired screen of the site, and those revoked lately; the ones in use first."""
    lately = Q(revoked_at__isnull=True) | Q(revoked_at__gt=at - timedelta(days=GONE_DAYS))
    rows = WallScreen.objects.filter(lately, site=site, paired_at__isnull=False)
    return list(rows.select_related("site", "paired_by", "revoked_by").order_by("-revoked_at", "name"))
