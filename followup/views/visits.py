"""One visit: read, confirm, arrive, did not come, move, cancel."""

from functools import partial

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clinic import access, clock
from clinic.actions import appointments as actions
from clinic.models.base import CLINICAL
from clinic.presenters.banner import banner
from clinic.refusal import Conflict, Refused
from followup.forms.booking import CancelForm
from followup.presenters.booking import move_page, number_of
from followup.presenters.visits import visit_page
from followup.queries.visits import visit_or_404


@access.staff(*access.CARE_TEAM)
@require_safe
def show(request, pk):
    """The visit and what may be done with it."""
    return _show(request, visit_or_404(request, pk))


def _show(request, visit, *, form=None, items=(), status=200):
    context = visit_page(request, visit, clock.now())
    context |= {"banner": banner(request, visit.patient), "form": form or CancelForm(), "items": items}
    return render(request, "followup/visit_show.html", context, status=status)


def _deed(request, pk, action, said):
    visit = visit_or_404(request, pk)
    try:
        action(appointment=visit, by=request.user)
    except Refused as refused:
        return _show(request, visit, items=refused.items, status=_status(refused))
    messages.success(request, said.format(patient=visit.patient))
    return redirect(request.POST.get("back") == "schedule" and "followup:schedule" or visit_url(visit))


def visit_url(visit):
    """The place of a visit's own page."""
    from django.urls import reverse

    return reverse("followup:visit-show", args=[visit.pk])


def _status(refused):
    return 409 if isinstance(refused, Conflict) else 422


@access.staff(*access.CARE_TEAM)
@require_POST
def confirm(request, pk):
    """The patient said that they will come."""
    return _deed(request, pk, actions.confirm, "{patient} will come.")


@access.staff(*access.CARE_TEAM)
@require_POST
def arrive(request, pk):
    """The patient is here."""
    return _deed(request, pk, actions.arrive, "{patient} has arrived.")


@access.staff(*access.CARE_TEAM)
@require_POST
def no_show(request, pk):
    """The patient did not come."""
    return _deed(request, pk, actions.mark_no_show, "{patient} did not come; chair and nurse are free.")
