"""One absence or closed day of the current site, through the door."""

from django.http import Http404

from clinic.models import ClosedDay, Membership, StaffAbsence


def absence_or_404(request, pk):
    """An absence of somebody who works at the current site."""
    here = Membership.objects.active().filter(site=request.site).values("user")
    row = StaffAbsence.objects.filter(pk=pk, user__in=here).select_related("user").first()
    return _or_404(row)


def closed_day_or_404(request, pk):
    """A closed day of the current site."""
    return _or_404(ClosedDay.objects.filter(pk=pk, site=request.site).select_related("site").first())


def _or_404(row):
    if row is None:
        raise Http404
    return row
