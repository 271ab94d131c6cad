"""Book one visit, hold a slot, book a series in one step, shift what remains of it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from clinic import access, clock
from clinic.actions import appointments, series
from clinic.presenters.banner import banner
from clinic.refusal import Refused
from followup.actions import booking as actions
from followup.actions.moving import shift_series
from followup.forms.booking import SeriesForms, ShiftForm, SlotForm, SpacingForm
from followup.presenters import booking as presenters
from followup.queries.planning import plan_or_404
from followup.views.visits import refusal_context, status_of


@access.staff(*access.CARE_TEAM)
@require_http_methods(["GET", "HEAD", "POST"])
def book(request, pk):
    """Book one visit into a free slot; when somebody is faster, say so and offer others."""
    patient = access.get_patient_or_404(request, pk)
    page = presenters.book_page(request, patient, clock.now())
    form = SlotForm(request.POST if request.method == "POST" else None, desk=page.desk)
    if not form.is_bound or not form.is_valid() or page.need is None:
        return _book(request, patient, page, form, status=422 if form.errors or page.ask.errors else 200)
    try:
        made = actions.book_visit(
            patient=patient, site=request.site, kind=page.need.kind, course=page.course, by=request.user,
            desk=page.desk, note=form.cleaned_data["note"], **form.chosen(),
        )  # fmt: skip
    except Refused as refused:
        return _book(request, patient, page, form, status=status_of(refused), refused=refused)
    messages.success(request, f"The visit of {patient} is booked.")
    return redirect("followup:visit-show", made.pk)


def _book(request, patient, page, form, *, status, refused=None):
    page.near = getattr(getattr(refused, "current", None), "near", None)
    context = {"patient": patient, "page": page, "form": form, "banner": banner(request, patient)}
    return render(request, "followup/visit_book.html", context | refusal_context(refused), status=status)


@access.staff(*access.CARE_TEAM)
@require_POST
def hold(request, pk):
    """Keep the chosen slot for ten minutes while the form is filled; answers with a line of words."""
    patient = access.get_patient_or_404(request, pk)
    page = presenters.book_page(request, patient, clock.now())
    form = SlotForm(request.POST, desk=page.desk)
    if not form.is_valid() or page.need is None:
        return render(request, "followup/_held.html", {"form": form}, status=422)
    try:
        kept = appointments.hold(
            patient=patient,
            site=request.site,
            kind=page.need.kind,
            course=page.course,
            by=request.user,
            **form.chosen(),
        )
    except Refused as refused:
        return render(request, "followup/_held.html", refusal_context(refused), status=status_of(refused))
    return render(request, "followup/_held.html", {"kept": kept, "patient": patient})


@access.staff(*access.CARE_TEAM)
@require_POST
def let_go(request, pk):
    """Stop keeping slots for this patient before the ten minutes are over."""
    patient = access.get_patient_or_404(request, pk)
    appointments.let_go(patient=patient, by=request.user)
    if request.htmx:
        return render(request, "followup/_held.html", {"is_let_go": True})
    messages.success(request, "No slot is kept any more.")
    return redirect("followup:schedule")


@access.staff(*access.CARE_TEAM)
@require_http_methods(["GET", "HEAD", "POST"])
def book_series(request, pk):
    """All that is left of a course in one step: each date with its clash and its alternatives."""
    course, at = plan_or_404(request, pk), clock.now()
    page = presenters.series_page(request, course, at)
    if request.method != "POST":
        return _series(request, page, status=422 if page.first.errors else 200)
    rows = SeriesForms(request.POST, prefix="row", form_kwargs={"desk": page.desk})
    why = SpacingForm(request.POST)
    if not rows.is_valid() or not why.is_valid():
        page.forms = rows
        return _series(request, page, status=422, why=why)
    return _book_rows(request, page, [form.wish() for form in rows], why)


def _book_rows(request, page, wishes, why):
    reason, keeps = why.cleaned_data["spacing_reason"], "keep" in request.POST
    try:
        if keeps:
            kept = series.hold_series(course=page.course, wishes=wishes, by=request.user)
        else:
            made = actions.book_series(course=page.course, wishes=wishes, by=request.user, spacing_reason=reason)
    except Refused as refused:
        page.items = []
        presenters.typed_rows(page, wishes)
        presenters.mark_rows(page, refused, presenters.in_order(wishes))
        return _series(request, page, status=status_of(refused), why=why)
    if keeps:
        presenters.typed_rows(page, wishes)
        return _series(request, page, status=200, why=why, kept=kept)
    messages.success(request, f"{len(made)} visits of {page.course.patient} are booked.")
    return redirect("followup:patient-show", page.course.patient_id)


def _series(request, page, *, status, why=None, kept=None):
    course = page.course
    context = {"page": page, "course": course, "why": why or SpacingForm(), "has_errors": status != 200, "kept": kept}
    context["banner"] = banner(request, course.patient, tag_word="Course", tag=course.number)
    return render(request, "followup/series_book.html", context, status=status)


@access.staff(*access.CARE_TEAM)
@require_http_methods(["GET", "HEAD", "POST"])
def shift(request, pk):
    """Move all that remains of a course by some days, in one step."""
    course, at = plan_or_404(request, pk), clock.now()
    rest, initial = presenters.rest_of(course, at), {"days": 7, "since": request.GET.get("since", "")}
    form = ShiftForm(request.POST if request.method == "POST" else None, initial=initial, rest=rest)
    if not form.is_bound or not form.is_valid():
        return _shift(request, course, form, at, status=422 if form.errors else 200)
    try:
        moved = shift_series(course=course, by=request.user, **form.wanted())
    except Refused as refused:
        return _shift(request, course, form, at, status=status_of(refused), refused=refused)
    messages.success(request, f"{len(moved)} visits of {course.patient} have moved.")
    return redirect("followup:patient-show", course.patient_id)


def _shift(request, course, form, at, *, status, refused=None):
    context = {"course": course, "form": form, "rest": presenters.rest_of(course, at), "has_errors": status != 200}
    context["items"] = refused.items if refused else ()
    context["banner"] = banner(request, course.patient, tag_word="Course", tag=course.number)
    return render(request, "followup/series_shift.html", context, status=status)
