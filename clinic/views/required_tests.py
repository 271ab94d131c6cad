"""Required tests: the worklist, one person's tests, ask, enter, correct, take back, read, cancel, attach."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clinic import access, audit, clock
from clinic.actions import required_tests as actions
from clinic.catalogue.library import CATALOGUE, kind_of
from clinic.forms_required_tests import (
    AskForm,
    CancelForm,
    CorrectForm,
    ReadForm,
    ReportForm,
    SheetForm,
    StrikeForm,
)
from clinic.presenters import required_tests as presenters
from clinic.presenters.banner import banner
from clinic.queries import required_tests as queries
from clinic.refusal import Conflict, Refused
from clinic.rules.required_tests import due_day


@access.staff(*access.CARE_TEAM)
@require_safe
def show_list(request):
    """What waits for a result, and what waits to be read. The front desk reads that, not which test."""
    work = presenters.worklist(request, clock.now())
    audit.looked(request, "look required tests", site=request.site)
    return render(request, "clinic/test_list.html", {"work": work})


@access.staff(*access.CLINICIANS, glass=True)
@require_safe
def patient_tests(request, pk):
    """One person's tests."""
    return _patient_page(request, access.get_patient_or_404(request, pk))


def _patient_page(request, patient, *, form=None, status=200):
    now = clock.now()
    page = presenters.patient_tests(request, patient, now)
    due_on = due_day([], now.astimezone(request.site.zone).date())
    context = {"page": page, "patient": patient, "form": form, "ask": form or AskForm(initial={"due_on": due_on})}
    return render(
        request, "clinic/patient_tests.html", context | {"banner": banner(request, patient)}, status=status
    )  # fmt: skip


@access.staff("prescriber")
@require_POST
def ask(request, pk):
    """Ask for tests."""
    patient, form = access.get_patient_or_404(request, pk), AskForm(request.POST)
    if not form.is_valid():
        return _patient_page(request, patient, form=form, status=422)
    try:
        actions.ask_for_tests(patient=patient, site=request.site, by=request.user, **form.cleaned_data)
    except Refused as refused:
        form.add_refusal(refused)
        return _patient_page(request, patient, form=form, status=422)
    messages.success(request, "Asked for. The nurse has it as a task.")
    return redirect("clinic:patient-tests", patient.pk)


@access.staff(*access.CLINICIANS)
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request, pk, code):
    """Type off a report nobody had asked for."""
    patient = access.get_patient_or_404(request, pk)
    if code not in CATALOGUE:
        raise Http404
    form = SheetForm(_sent(request), kind=CATALOGUE[code], asks_title=code == "other")
    context = {"form": form, "kind": CATALOGUE[code], "patient": patient, "banner": banner(request, patient)}
    facts = {"patient": patient, "site": request.site, "code": code, "by": request.user}
    return _sheet(request, form, context, lambda typed: actions.enter_brought_results(**facts, **typed))


@access.staff(*access.CLINICIANS)
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request, pk):
    """Type off the report of a test that was asked for."""
    order = access.get_for_patient_or_404(request, queries.order_by_id(pk))
    missing = [analyte.code for analyte in presenters.one_test(request, order, clock.now()).missing]
    form = SheetForm(_sent(request), kind=kind_of(order), only=missing)
    context = {"form": form, "kind": kind_of(order), "order": order, "patient": order.patient}
    context["banner"] = banner(request, order.patient)
    return _sheet(request, form, context, lambda typed: actions.enter_results(order=order, by=request.user, **typed))


def _sent(request):
    """What the form is bound to: a sent one, however empty, is judged."""
    return request.POST if request.method == "POST" else None


def _sheet(request, form, context, enter_it):
    status, items = 422 if form.is_bound else 200, ()
    if form.is_bound and form.is_valid():
        try:
            order = enter_it(form.typed())
            messages.success(request, "The result is saved. Attach the report here, if you have it.")
            return redirect("clinic:test-show", order.pk)
        except Refused as refused:
            status, items = (409, refused.items) if isinstance(refused, Conflict) else (422, ())
            form.add_refusal(Refused() if items else refused)
    return render(request, "clinic/test_enter.html", context | {"items": items}, status=status)


@access.staff(*access.CLINICIANS, glass=True)
@require_safe
def show(request, pk):
    """One test: its values, what they replaced, its report, what may be done."""
    return _show(request, access.get_for_patient_or_404(request, queries.order_by_id(pk)))


def _show(request, order, *, form=None, items=(), status=200):
    context = {"page": presenters.one_test(request, order, clock.now()), "order": order, "patient": order.patient}
    context |= {"banner": banner(request, order.patient), "form": form, "items": items}
    for name, made in (("report", ReportForm), ("cancelling", CancelForm), ("reading", ReadForm)):
        context[name] = form if isinstance(form, made) else made()
    return render(request, "clinic/test_show.html", context, status=status)


def _done(request, order, form, act, said):
    """Do it with what the form holds, or show the test again with what was wrong."""
    if not form.is_valid():
        return _show(request, order, form=form, status=422)
    try:
        act(form)
    except Refused as refused:
        form.add_refusal(refused)
        return _show(request, order, form=form, status=422)
    messages.success(request, said)
    return redirect("clinic:test-show", order.pk)


@access.staff(*access.CLINICIANS)
@require_POST
def attach(request, pk):
    """Keep the report itself."""
    order, form = (
        access.get_for_patient_or_404(request, queries.order_by_id(pk)),
        ReportForm(request.POST, request.FILES),
    )
    return _done(
        request, order, form,
        lambda form: actions.attach_report(order=order, by=request.user, **form.sent()), "The report is attached.",
    )  # fmt: skip


@access.staff("prescriber")
@require_POST
def cancel(request, pk):
    """It is not needed any more."""
    order = access.get_for_patient_or_404(request, queries.order_by_id(pk))
    return _done(
        request, order, CancelForm(request.POST),
        lambda form: actions.cancel_test(order=order, by=request.user, **form.cleaned_data), "The test is cancelled.",
    )  # fmt: skip


@access.staff("prescriber")
@require_POST
def verify(request, pk):
    """The prescriber has read it."""
    order = access.get_for_patient_or_404(request, queries.order_by_id(pk))
    return _done(
        request, order, ReadForm(request.POST),
        lambda form: actions.verify_test(order=order, by=request.user, **form.cleaned_data), "Signed as read.",
    )  # fmt: skip


@access.staff(*access.CLINICIANS)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request, pk):
    """Another value in the place of one that was read or typed wrongly."""
    result = access.get_for_patient_or_404(request, queries.result_by_id(pk))
    form = CorrectForm(_sent(request), kind=kind_of(result.order), only=[result.analyte])
    form.start_from(result)
    return _change(request, result, form, lambda: actions.correct_result(
        result=result, by=request.user, **form.corrected()
    ))  # fmt: skip


@access.staff(*access.CLINICIANS)
@require_http_methods(["GET", "HEAD", "POST"])
def strike(request, pk):
    """Take a value back that was entered by mistake."""
    result = access.get_for_patient_or_404(request, queries.result_by_id(pk))
    form = StrikeForm(_sent(request))
    return _change(request, result, form, lambda: actions.strike_result(
        result=result, by=request.user, **form.cleaned_data
    ))  # fmt: skip


def _change(request, result, form, act):
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            act()
            messages.success(request, "Changed. What stood there before stays visible.")
            return redirect("clinic:test-show", result.order_id)
        except Refused as refused:
            form.add_refusal(refused)
            status = 422
    context = {"form": form, "line": presenters.line_of(result.order, result), "order": result.order}
    context |= {"patient": result.order.patient, "banner": banner(request, result.order.patient)}
    return render(request, "clinic/test_change.html", context, status=status)
