"""A course's diary for staff: day by day, entries told on the phone, stop asking and ask again."""

from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clinic import access, clock
from clinic.presenters.banner import banner
from clinic.refusal import Refused
from clinic.words import today_in
from followup.actions import diary as actions
from followup.forms.diary_staff import StopForm, ToldForm
from followup.presenters.diary import told_page
from followup.presenters.diary_staff import diary_page
from followup.queries.courses import course_or_404


@access.staff(*access.CLINICIANS)
@require_safe
def show_list(request, pk):
    """Day by day, the newest first: answered, late, missed."""
    return _show(request, course_or_404(request, pk))


def _show(request, course, form=None, status=200):
    context = {
        "page": diary_page(course, clock.now()),
        "form": form or StopForm(),
        "banner": banner(request, course.patient),
    }
    return render(request, "followup/diary_list.html", context, status=status)


@access.staff(*access.CLINICIANS)
@require_http_methods(["GET", "HEAD", "POST"])
def tell(request, pk):
    """Enter what the patient tells; the same rules hold, alerts too."""
    course = course_or_404(request, pk)
    page = told_page(course, today_in(ZoneInfo(course.patient.zone_name), clock.now()))
    form = ToldForm(request.POST if request.method == "POST" else None, initial=page.initial(), today=page.day,
                    **page.form_options)  # fmt: skip
    if form.is_bound and form.is_valid():
        try:
            form.save_told(course=course, by=request.user)
            messages.success(request, "The diary entry is in the record, as told to you.")
            return HttpResponseRedirect(reverse("followup:diary-list", args=[pk]))
        except Refused as refused:
            form.add_refusal(refused)
    context = {"page": page, "form": form, "banner": banner(request, course.patient)}
    return render(request, "followup/diary_tell.html", context, status=422 if form.is_bound else 200)


@access.staff(*access.CLINICIANS)
@require_POST
def stop(request, pk):
    """Ask no more, with the reason."""
    course, form = course_or_404(request, pk), StopForm(request.POST)
    if not form.is_valid():
        return _show(request, course, form, 422)
    actions.end_plan(course=course, by=request.user, **form.cleaned_data)
    messages.success(request, "No diary and no questionnaires are asked any more. You can start them again here.")
    return HttpResponseRedirect(reverse("followup:diary-list", args=[pk]))


@access.staff(*access.CLINICIANS)
@require_POST
def resume(request, pk):
    """Ask again."""
    course = course_or_404(request, pk)
    try:
        actions.resume_plan(course=course, by=request.user)
        messages.success(request, "The diary is asked again from its next day on.")
    except Refused as refused:
        messages.error(request, str(refused))
    return HttpResponseRedirect(reverse("followup:diary-list", args=[pk]))
