"""The assessment: read, settle findings, decide, sign, add, tell."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clinic import clock
from clinic.access import CLINICIANS, staff
from clinic.presenters.banner import banner
from clinic.refusal import Conflict, Refused
from intake.access import findings_or_404
from intake.actions import assessments
from intake.doors import assessment_or_404
from intake.forms.assessment import AddendumForm, DecisionForm, SettleForm, SignForm
from intake.presenters import assessment as presenters
from intake.presenters.exam import differences
from intake.presenters.found import choices_for, stamp_of
from intake.presenters.staff import is_prescriber


def _show(request, assessment, *, decision=None, bound=None, addendum=None, status=200, **more):
    context = presenters.context(request, assessment, at=clock.now(), bound=bound) | {
        "can_decide": is_prescriber(request, assessment.site),
        "decision": decision or DecisionForm(initial=vars(assessment)),
        "addendum_form": addendum or AddendumForm(),
        "form": next((form for form in (decision, bound, addendum) if form is not None), None),
    }
    return render(request, "intake/assessment_show.html", context | more, status=status)


@staff(*CLINICIANS, glass=True)
@require_GET
def show(request, pk):
    """The story, the findings by weight, all answers, the decision."""
    return _show(request, assessment_or_404(request, pk))


@staff("prescriber")
@require_POST
def settle(request, pk):
    """Settle one finding, or all that rest on the same question."""
    assessment = assessment_or_404(request, pk)
    findings = findings_or_404(assessment, request.POST.getlist("finding"))
    form = SettleForm(request.POST, key=request.POST.get("key", ""), choices=choices_for(findings))
    if not form.is_valid():
        return _show(request, assessment, bound=form, status=422)
    try:
        assessments.settle_findings(findings=findings, by=request.user, **form.cleaned_data)
    except Conflict as conflict:
        form.data = form.data.copy() | {"stamp": stamp_of(conflict.current)}
        return _show(request, assessment, bound=form, status=409, settled=conflict.current[0])
    except Refused as refused:
        form.add_refusal(refused)
        return _show(request, assessment, bound=form, status=422)
    return redirect(f"{request.path.removesuffix('settle/')}#{form.key}")


@staff("prescriber")
@require_POST
def save(request, pk):
    """Keep the decision as a draft; go on to sign when asked."""
    assessment, form = assessment_or_404(request, pk), DecisionForm(request.POST)
    if not form.is_valid():
        return _show(request, assessment, decision=form, status=422)
    try:
        assessments.save_assessment(assessment=assessment, by=request.user, **form.cleaned_data)
    except Conflict as conflict:
        other = differences(conflict.current, form.cleaned_data)
        form.data = form.data.copy() | {"version": conflict.current.version}
        return _show(request, assessment_or_404(request, pk), decision=form, status=409, conflict=conflict, other=other)
    except Refused as refused:
        form.add_refusal(refused)
        return _show(request, assessment, decision=form, status=422)
    if request.POST.get("do") == "sign":
        return redirect("intake:assessment-sign", assessment.pk)
    messages.success(request, "The draft is saved.")
    return redirect("intake:assessment-show", assessment.pk)


@staff("prescriber")
@require_http_methods(["GET", "POST"])
def sign(request, pk):
    """Read it once more, and sign."""
    assessment, form = assessment_or_404(request, pk), SignForm(request.POST or None)
    items, status = (), 200
    if request.method == "POST" and form.is_valid():
        try:
            assessments.sign_assessment(assessment=assessment, by=request.user, **form.cleaned_data)
            return redirect("intake:assessment-show", assessment.pk)
        except Refused as refused:
            form.add_refusal(presenters.unfielded(refused, form))
            items, status = presenters.linked(refused, assessment), 422
    elif request.method == "POST":
        status = 422
    context = presenters.sign_context(assessment, request.user) | {"banner": banner(request, assessment.patient)}
    return render(request, "intake/assessment_sign.html", context | {"form": form, "items": items}, status=status)


@staff("prescriber")
@require_POST
def add(request, pk):
    """Add to a signed assessment."""
    assessment, form = assessment_or_404(request, pk), AddendumForm(request.POST)
    if not form.is_valid():
        return _show(request, assessment, addendum=form, status=422)
    try:
        assessments.add_addendum(assessment=assessment, by=request.user, **form.cleaned_data)
    except Refused as refused:
        form.add_refusal(refused)
        return _show(request, assessment, addendum=form, status=422)
    return redirect("intake:assessment-show", assessment.pk)


@staff("prescriber")
@require_POST
def tell(request, pk):
    """Tell the patient what comes next."""
    assessment = assessment_or_404(request, pk)
    try:
        assessments.tell_patient(assessment=assessment, by=request.user)
        messages.success(request, "The message to the patient is on its way.")
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("intake:assessment-show", assessment.pk)
