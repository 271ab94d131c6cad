"""What to expect, for staff: who has read it, who explained it, the patient's questions and their answers."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from clinic.access import CLINICIANS, get_for_patient_or_404, get_patient_or_404, staff
from clinic.presenters.banner import banner
from clinic.refusal import Refused
from intake.actions import education as actions
from intake.education import question_by_id
from intake.forms.education import AnswerForm, ExplainedForm
from intake.presenters import education as presenters


@staff(*CLINICIANS)
@require_safe
def show(request, pk):
    """The sheet as one patient stands to it, and every question."""
    return _show(request, get_patient_or_404(request, pk))


def _show(request, patient, *, status=200, **forms):
    context = presenters.staff_page(patient) | {"patient": patient, "banner": banner(request, patient)}
    context |= {
        "explained": ExplainedForm(initial={"explained_by": request.user.name}),
        "answer": AnswerForm(),
        **forms,
    }
    return render(request, "intake/patient_education.html", context, status=status)


@staff(*CLINICIANS)
@require_POST
def explain(request, pk):
    """Write down who explained it in person."""
    patient, form = get_patient_or_404(request, pk), ExplainedForm(request.POST)
    if not form.is_valid():
        return _show(request, patient, status=422, explained=form)
    try:
        actions.explain_in_person(patient=patient, site=request.site, by=request.user, **form.cleaned_data)
        messages.success(request, "It is in the record who explained it.")
    except Refused as refused:
        form.add_refusal(refused)
        return _show(request, patient, status=422, explained=form)
    return redirect("intake:patient-education", patient.pk)


@staff(*CLINICIANS)
@require_POST
def send(request, pk):
    """Mail the link to the sheet again."""
    patient = get_patient_or_404(request, pk)
    message = actions.send_sheet(patient=patient, site=request.site, by=request.user, again=True)
    if message is None:
        messages.error(request, "There is no e-mail address, or nothing is published. Print the sheet instead.")
    else:
        messages.success(request, f"The link is on its way to {patient.short_name}.")
    return redirect("intake:patient-education", patient.pk)


@staff(*CLINICIANS)
@require_POST
def answer(request, pk):
    """Record the answer to a question."""
    question, form = get_for_patient_or_404(request, question_by_id(pk)), AnswerForm(request.POST)
    if not form.is_valid():
        return _show(request, question.patient, status=422, answer=form, answered=question.pk)
    try:
        actions.answer_question(question=question, by=request.user, **form.cleaned_data)
        messages.success(request, "The answer is in the record.")
    except Refused as refused:
        form.add_refusal(refused)
        return _show(request, question.patient, status=409, answer=form, answered=question.pk)
    return redirect("intake:patient-education", question.patient_id)


@staff(*CLINICIANS)
@require_safe
def sheet_print(request, pk):
    """All topics in the patient's language on one page, to print and hand over."""
    patient = get_patient_or_404(request, pk)
    context = presenters.staff_page(patient) | {"clinic_site": request.site}
    return render(request, "intake/education_print.html", context)
