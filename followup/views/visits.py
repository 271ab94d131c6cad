"""One visit: read, confirm, arrive, did not come, move, cancel."""

from functools import partial

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clinic import access, clock
from clinic.actions import appointments as actions
from clinic.presenters.banner import banner
from clinic.refusal import Conflict, Refused
from followup.actions.moving import move_visit
from followup.forms.booking import MoveForm
from followup.forms.schedule import EndForm
from followup.presenters.booking import choices_of, move_page
from followup.presenters.offers import readiness_of
from followup.presenters.visits import visit_page
from followup.queries.planning import visit_or_404


@access.staff(*access.CARE_TEAM)
@require_safe
def show(request, pk):
    """The visit and what may be done with it."""
    return _show(request, visit_or_404(request, pk))


def _show(request, visit, *, form=None, items=(), status=200):
    context = visit_page(request, visit, clock.now())
    context["readiness"] = readiness_of(request, visit, clock.now())
    context |= {"banner": banner(request, visit.patient), "form": form or EndForm(), "items": items}
    return render(request, "followup/visit_show.html", context, status=status)


def _deed(request, pk, action, said):
    visit = visit_or_404(request, pk)
    try:
        action(appointment=visit, by=request.user)
    except Refused as refused:
        return _show(request, visit_or_404(request, pk), items=refused.items, status=status_of(refused))
    messages.success(request, said.format(patient=visit.patient))
    return redirect("followup:visit-show", visit.pk)


def status_of(refused):
    """409 for somebody else's being faster, 422 for what can't be."""
    return 409 if isinstance(refused, Conflict) else 422


def version_of(request):
    """The version a page was opened with; an unreadable one is an old one."""
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() else 0


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
    """The patient did not come; why, as far as it is known."""
    form = EndForm(request.POST)
    if not form.is_valid():
        return _show(request, visit_or_404(request, pk), form=form, status=422)
    said = "{patient} did not come; chair and nurse are free."
    return _deed(request, pk, partial(actions.mark_no_show, **form.cleaned_data), said)


@access.staff(*access.CARE_TEAM)
@require_POST
def cancel(request, pk):
    """Cancel the visit, with the reason."""
    visit, form = visit_or_404(request, pk), EndForm(request.POST)
    if not form.is_valid():
        return _show(request, visit, form=form, status=422)
    try:
        actions.cancel(appointment=visit, by=request.user, version=version_of(request), **form.cleaned_data)
    except Refused as refused:
        return _show(request, visit_or_404(request, pk), form=form, items=refused.items, status=status_of(refused))
    messages.success(request, f"The visit of {visit.patient} is cancelled; chair and nurse are free.")
    return redirect("followup:patient-show", visit.patient_id)


@access.staff(*access.CARE_TEAM)
@require_http_methods(["GET", "HEAD", "POST"])
def move(request, pk):
    """Move the visit to a free slot."""
    visit = visit_or_404(request, pk)
    page = move_page(request, visit, clock.now())
    form = MoveForm(request.POST if request.method == "POST" else None, desk=page.desk)
    if not form.is_bound or not form.is_valid():
        return _move(request, visit, page, form, status=422 if form.errors or page.ask.errors else 200)
    try:
        wanted = form.chosen() | {"reason": form.cleaned_data["reason"]}
        moved = move_visit(visit=visit, by=request.user, version=version_of(request), **wanted)
    except Refused as refused:
        return _move(request, visit_or_404(request, pk), page, form, status=status_of(refused), refused=refused)
    messages.success(request, f"The visit of {moved.patient} has moved.")
    return redirect("followup:visit-show", moved.pk)


def _move(request, visit, page, form, *, status, refused=None):
    context = {"visit": visit, "page": page, "form": form, "banner": banner(request, visit.patient)}
    return render(request, "followup/visit_move.html", context | refusal_context(refused), status=status)


def refusal_context(refused):
    """What a page shows of a refusal: its reasons, and free slots as radios where it carries some."""
    offers = getattr(refused, "current", None)
    offers = offers if isinstance(offers, list) else []
    return {"items": refused.items if refused else (), "alternatives": choices_of(offers)}
