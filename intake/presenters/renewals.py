"""Who was asked to sign again and has not: the list that is worked off before the next visits."""

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Subquery

from clinic import access
from clinic.models import Appointment, ConsentSignature
from intake.actions.taking_back import COMING
from intake.models import ConsentRequest

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One request that waits: whose, which text, since when, the next visit or None, is it soon?"""

    request: ConsentRequest
    next_visit: datetime | None
    has_address: bool


def renewals(request, *, at, text=None):
    """Context of the list: requests at the user's sites that nobody has answered, the next visit first. Four queries.

    ``text``: only requests for this version.
    """
    rows = waiting(access.at_my_sites(request, ConsentRequest.objects.all()), at)
    rows = rows.filter(text=text) if text is not None else rows
    page = Paginator(rows.select_related("patient", "text", "site"), PER_PAGE).get_page(request.GET.get("page"))
    lines = [Line(row, row.next_visit, bool(row.patient.email)) for row in page]
    return {"lines": lines, "page_obj": page, "text": text, "sentence": sentence(page.paginator.count)}


def waiting(requests, at):
    """Those of these requests that ask for a signature and have none since, with ``next_visit``, the next one first."""
    since = ConsentSignature.objects.filter(
        patient__person=OuterRef("patient__person"), text__kind=OuterRef("text__kind"), revocation__isnull=True
    )
    visits = Appointment.objects.filter(patient=OuterRef("patient"), state__in=COMING, starts_at__gte=at)
    return (
        requests.exclude(why=ConsentRequest.TOLD)
        .exclude(Exists(since.filter(signed_at__gte=OuterRef("asked_at"))))
        .exclude(Exists(newer_request()))
        .annotate(next_visit=Subquery(visits.order_by("starts_at").values("starts_at")[:1]))
        .order_by("next_visit", "asked_at")
    )


def newer_request():
    """A later request of the same patient for the same kind of text: then the older one says nothing more."""
    return ConsentRequest.objects.filter(
        patient=OuterRef("patient"), text__kind=OuterRef("text__kind"), asked_at__gt=OuterRef("asked_at")
    ).exclude(why=ConsentRequest.TOLD)


def sentence(count):
    """The title of the list: the answer first."""
    if not count:
        return "Nobody has to sign again"
    return f"{count} signature{'s are' if count > 1 else ' is'} waited for"
