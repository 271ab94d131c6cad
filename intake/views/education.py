"""What a patient reads before the first infusion, one topic a page; questions to a nurse; the sheet to print."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clinic import audit, language
from clinic.access import patient_link
from clinic.refusal import Refused
from intake.actions import education as actions
from intake.education import sheet_of
from intake.forms.education import QuestionForm
from intake.presenters import education as presenters


def _sheet_or_404(request):
    sheet = sheet_of(request.patient)
    if sheet.text is None:
        raise Http404
    audit.looked(request, "look own education", patient=request.patient, site=request.site)
    return sheet


@patient_link("education")
@require_safe
def home(request):
    """The topics, how far it is read, and what was asked."""
    sheet = _sheet_or_404(request)
    return render(request, "intake/education_home.html", presenters.frame(request, sheet))


@patient_link("education")
@language.keeps_typed
@require_http_methods(["GET", "HEAD", "POST"])
def section(request, number):
    """One topic: read it and go on, or ask a nurse about it."""
    sheet = _sheet_or_404(request)
    if not 1 <= number <= len(sheet.sections):
        raise Http404
    if request.method != "POST":
        return _show(request, sheet, number, QuestionForm())
    if "ask" in request.POST or language.is_switch(request):
        return _ask(request, sheet, number, QuestionForm(request.POST))
    actions.read_section(patient=request.patient, text=sheet.text, section=number, by=request.patient)
    after = number + 1
    return (
        redirect("intake:education-section", after)
        if after <= len(sheet.sections)
        else redirect("intake:education-home")
    )


def _ask(request, sheet, number, form):
    if not form.is_valid():
        return _show(request, sheet, number, form, 422)
    actions.ask_nurse(
        patient=request.patient, site=request.site, text=sheet.text, section=number, by=request.patient,
        words=form.cleaned_data["words"],
    )  # fmt: skip
    return redirect(f"{reverse('intake:education-section', args=[number])}?asked=1#asked")


def _show(request, sheet, number, form, status=200):
    context = presenters.frame(request, sheet) | presenters.section_page(sheet, number) | {"form": form}
    return render(request, "intake/education_section.html", context, status=status)


@patient_link("education")
@require_POST
def confirm(request):
    """The patient has read it all."""
    sheet = _sheet_or_404(request)
    try:
        actions.confirm_reading(patient=request.patient, site=request.site, text=sheet.text, by=request.patient)
    except Refused as refused:
        return redirect("intake:education-section", int(refused.items[0].link))
    return redirect(f"{reverse('intake:education-home')}?confirmed=1")


@patient_link("education")
@require_safe
def sheet_print(request):
    """All topics on one page, to print and keep."""
    sheet = _sheet_or_404(request)
    return render(request, "intake/education_print.html", presenters.frame(request, sheet))
