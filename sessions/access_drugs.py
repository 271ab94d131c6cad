"""The door from a request to what belongs to a site's drug safe, built like `sessions.access`."""

from django.http import Http404

from clinic import access
from clinic.documents import content_of
from clinic.models import Site
from sessions.models import DowntimePack, LedgerEntry, StockCount


def one_or_404(rows, pk):
    """The row with this key, or 404."""
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def waste_or_404(request, pk):
    """A waste in the ledger of one of the user's sites."""
    rows = LedgerEntry.objects.filter(kind="wasted").select_related("site", "container", "preparation", "session")
    return one_or_404(access.at_my_sites(request, rows), pk)


def sent_or_404(request, pk):
    """A vial that was sent to one of the user's sites and is not taken in yet, by its ledger entry."""
    rows = LedgerEntry.objects.filter(container__went_to__isnull=True)
    rows = rows.select_related("container", "site", "to_site", "posted_by")
    return one_or_404(access.at_my_sites(request, rows, "to_site"), pk)


def count_or_404(request, pk):
    """A count at one of the user's sites."""
    rows = StockCount.objects.select_related("site", "counted_by", "witness")
    return one_or_404(access.at_my_sites(request, rows), pk)


def other_sites(site):
    """Where a container can be sent to."""
    return Site.objects.exclude(pk=site.pk)


def pack_or_404(request, pk):
    """(pack, its bytes) of one of the user's sites; 404 too for a try that failed. Raises documents.Spoiled."""
    rows = DowntimePack.objects.filter(problem="").select_related("site")
    pack = one_or_404(access.at_my_sites(request, rows), pk)
    return pack, content_of(pack)
