"""Records that may be one person: list them, say what is known, compare two, merge them, take it back."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clinic import access, audit, clock
from clinic.models import Role
from clinic.queries.duplicates import merge_by_id
from clinic.refusal import Refused
from followup.actions import merging as actions
from followup.forms.duplicates import MergeForm, NoteForm, UndoForm
from followup.presenters import duplicates as presenters
from followup.rules.merging import can_merge

WHO_LOOK = (*access.CARE_TEAM, Role.CLINIC_ADMIN)


@access.staff(*WHO_LOOK)
@require_safe
def show_list(request):
    """Likely pairs, those said to be two people, and the merges in force."""
    page = presenters.pairs_page(request)
    audit.looked(request, "look duplicates", site=request.site)
    return render(request, "followup/duplicate_list.html", {"pairs": page})


def _records(request, one, two):
    return access.get_record_or_404(request, one), access.get_record_or_404(request, two)


@access.staff(*WHO_LOOK)
@require_safe
def compare(request, one, two):
    """Two records side by side."""
    return _compare(request, *_records(request, one, two))


def _compare(request, one, two, *, form=None, items=(), status=200):
    if one.person_id == two.person_id:
        return redirect("followup:patient-show", one.person_id)
    page = presenters.compared(request, one, two, clock.now())
    context = {"page": page, "form": form, "items": items}
    merging, noting = isinstance(form, MergeForm), isinstance(form, NoteForm)
    context["merging"] = form if merging else MergeForm(records=(one, two), initial={"keep": page.older.pk})
    context["noting"] = form if noting else NoteForm(may_merge=page.may_merge)
    return render(request, "followup/duplicate_compare.html", context, status=status)


@access.staff(*WHO_LOOK)
@require_POST
def note(request, one, two):
    """Say what is known of a pair."""
    one, two = _records(request, one, two)
    form = NoteForm(request.POST, may_merge=can_merge(request.roles))
    if not form.is_valid():
        return _compare(request, one, two, form=form, status=422)
    try:
        actions.note_pair(one=one, two=two, by=request.user, site=request.site, **form.cleaned_data)
    except Refused as refused:
        form.add_refusal(refused)
        return _compare(request, one, two, form=form, status=422)
    messages.success(request, "Noted.")
    return redirect("followup:duplicate-list")


@access.staff(Role.CLINIC_ADMIN)
@require_POST
def merge(request, one, two):
    """Make two records one person."""
    one, two = _records(request, one, two)
    form = MergeForm(request.POST, records=(one, two))
    if not form.is_valid():
        return _compare(request, one, two, form=form, status=422)
    try:
        made = actions.merge_records(
            **form.kept_and_merged(), reason=form.cleaned_data["reason"], by=request.user
        )  # fmt: skip
    except Refused as refused:
        form.add_refusal(Refused(*[item for item in refused.items if item.field]))
        items = [item for item in refused.items if not item.field]
        return _compare(request, one, two, form=form, items=items, status=422)
    messages.success(request, f"Record {made.merged.record_number} now shows under {made.kept.record_number}.")
    return redirect("followup:merge-show", made.pk)


@access.staff(*WHO_LOOK)
@require_http_methods(["GET", "HEAD", "POST"])
def merge_show(request, pk):
    """One merge: who, when, why; an administrator takes it back here."""
    row = access.get_for_patient_or_404(request, merge_by_id(pk), path="kept")
    form = UndoForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.undo_merge(merge=row, by=request.user, **form.cleaned_data)
            messages.success(request, "They are two people again. Each record shows what was recorded under it.")
            return redirect("followup:merge-show", row.pk)
        except Refused as refused:
            form.add_refusal(refused)
    context = {"merge": row, "form": form, "may_merge": can_merge(request.roles)}
    return render(request, "followup/merge_show.html", context, status=422 if form.is_bound else 200)
