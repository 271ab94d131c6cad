"""Staff and days of the current site for the pages of working hours, through the door."""

from django.http import Http404

from clinic.models import Membership, Role, ShiftDay


def person_or_404(request, pk):
    """Somebody who is booked at the current site."""
    here = Membership.objects.active().filter(site=request.site, user=pk, role__in=[Role.NURSE, Role.PRESCRIBER])
    return _or_404(here.select_related("user").first()).user


def shift_day_or_404(request, pk):
    """A day with other hours at the current site."""
    return _or_404(ShiftDay.objects.filter(pk=pk, site=request.site).select_related("site", "user").first())


def _or_404(row):
    if row is None:
        raise Http404
    return row
