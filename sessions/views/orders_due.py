"""The worklist of verbal orders that wait for their prescriber."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from clinic import access, audit, clock
from clinic.refusal import Refused
from sessions import actions
from sessions.access import CLINICIANS, order_or_404
from sessions.presenters.orders_due import due_page


@access.staff(*CLINICIANS)
@require_GET
def cosign_list(request):
    """What I have to co-sign, and what waits for others at this site."""
    audit.looked(request, "look sessions:cosign-list", site=request.site)
    page = due_page(request.user, request.site, clock.now())
    return render(request, "sessions/cosign_list.html", {"page": page})


@access.staff("prescriber")
@require_POST
def order_sign(request, pk):
    """The prescriber signs one of the list and stays on it."""
    order = order_or_404(request, pk)
    try:
        actions.cosign_order(order=order, by=request.user)
        messages.success(request, "Order co-signed.")
    except Refused as refused:
        messages.error(request, str(refused))
    return HttpResponseRedirect(reverse("sessions:cosign-list"))
