"""The prescriber plans a course from an approval, reads it once more, and signs it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from clinic import access, clock
from clinic.presenters.banner import banner
from clinic.refusal import Refused
from followup.actions import planning as actions
from followup.forms.planning import ChangeForm, PlanForm, ProtocolForm
from followup.presenters.planning import plan_facts, reasons_against, signed_of
from followup.queries.planning import plan_or_404, protocols_in_force
from followup.views.visits import status_of, version_of


@access.staff("prescriber")
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request, pk):
    """Choose the protocol first, then its figures for this patient."""
    patient = access.get_patient_or_404(request, pk)
    items = reasons_against(patient, request.site, clock.now())
    chosen = ProtocolForm(request.GET if "protocol" in request.GET else None, versions=protocols_in_force())
    context = {"patient": patient, "banner": banner(request, patient), "chosen": chosen, "items": items}
    if items or not chosen.is_bound or not chosen.is_valid():
        return render(request, "followup/plan_choose.html", context, status=422 if chosen.errors else 200)
    version = chosen.version()
    form = PlanForm(request.POST if request.method == "POST" else None, version=version)
    return _plan(request, patient, version, form, context)


def _plan(request, patient, version, form, context):
    context |= {"form": form, "version": version}
    if not form.is_bound or not form.is_valid():
        return render(request, "followup/plan_edit.html", context, status=422 if form.errors else 200)
    try:
        course = actions.plan_course(
            patient=patient, site=request.site, protocol_version=version, by=request.user, **form.cleaned_data
        )
    except Refused as refused:
        form.add_refusal(refused)
        return render(request, "followup/plan_edit.html", context, status=status_of(refused))
    return redirect("followup:course-sign", course.pk)


@access.staff("prescriber")
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request, pk):
    """The plan on one page, and its signature."""
    course = plan_or_404(request, pk)
    if request.method != "POST":
        return _sign(request, course)
    try:
        actions.sign_plan(course=course, by=request.user, version=version_of(request))
    except Refused as refused:
        return _sign(request, plan_or_404(request, pk), items=refused.items, status=status_of(refused))
    messages.success(request, f"The plan of {course.patient} is signed. The front desk is asked to book.")
    return redirect("followup:patient-show", course.patient_id)


def _sign(request, course, *, items=(), status=200):
    context = {"course": course, "items": items, "facts": plan_facts(course), "has_errors": status != 200}
    context["banner"] = banner(request, course.patient, tag_word="Course", tag=course.number)
    context["proof"] = signed_of(course)
    return render(request, "followup/plan_sign.html", context, status=status)


@access.staff("prescriber")
@require_http_methods(["GET", "HEAD", "POST"])
def change(request, pk):
    """Other figures for a plan, with the reason; a signed one is signed anew by whoever changes it."""
    course = plan_or_404(request, pk)
    form = ChangeForm(request.POST if request.method == "POST" else None, course=course)
    if not form.is_bound or not form.is_valid():
        return _change(request, course, form, 422 if form.errors else 200)
    try:
        actions.change_plan(
            course=course, changes=form.changes(), reason=form.cleaned_data["why"], by=request.user,
            version=version_of(request),
        )  # fmt: skip
    except Refused as refused:
        form.add_refusal(refused)
        return _change(request, plan_or_404(request, pk), form, status_of(refused))
    messages.success(request, f"The plan of {course.patient} is changed.")
    return redirect("followup:course-sign", course.pk)


def _change(request, course, form, status):
    context = {"course": course, "form": form, "version": course.protocol_version, "has_errors": status != 200}
    context["banner"] = banner(request, course.patient, tag_word="Course", tag=course.number)
    return render(request, "followup/plan_change.html", context, status=status)
