"""An offered time by mailed link: yes or no in one tap. Looking at it takes nothing."""

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from clinic import access, audit, clock
from clinic.refusal import Refused
from followup.actions import offering
from followup.presenters.offers import offer_page
from followup.queries.waitlist import offer_of


def _offer(request):
    found = offer_of(request.patient_link)
    if found is None:
        raise Http404
    return found


def _show(request, *, status=200, outcome=""):
    page = offer_page(_offer(request), clock.now(), outcome, request.patient_link.representative)
    return render(request, "followup/offer.html", {"page": page, "clinic_site": request.site}, status=status)


@access.patient_link("offer")
@require_safe
def show(request):
    """The time that is free, until when to answer, and how the answer ended."""
    audit.looked(request, "look followup:offer", _offer(request), patient=request.patient, site=request.site)
    return _show(request)


@access.patient_link("offer")
@require_POST
def accept(request):
    """Yes, please: the first to say so has it."""
    try:
        answer = offering.accept(offer=_offer(request), by=request.patient, speaker=request.patient_link.representative)
    except Refused:
        return _show(request, status=409)
    if answer.outcome != "booked":
        return _show(request, status=409, outcome=answer.outcome)
    return HttpResponseRedirect(reverse("followup:offer"))


@access.patient_link("offer")
@require_POST
def decline(request):
    """No, thanks; and, if ticked, no more such questions."""
    offering.decline(
        offer=_offer(request), by=request.patient, speaker=request.patient_link.representative,
        stop_waiting="stop" in request.POST,
    )  # fmt: skip
    return HttpResponseRedirect(reverse("followup:offer"))
