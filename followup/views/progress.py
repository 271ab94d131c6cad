"""The progress letter: begin, edit, sign, look at, note as sent, put away."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clinic import access, clock
from clinic.pdf import inline
from clinic.presenters.banner import banner
from clinic.refusal import Conflict, Refused
from followup.actions import progress
from followup.forms.progress import ProgressForm, SentForm, SignForm
from followup.presenters.letter_curve import drawn_curve
from followup.presenters.progress import HEAD
from followup.queries.courses import course_or_404
from followup.queries.progress import letter_or_404, letters_of

FIELDS = ("title", "body", "to_name", "to_address", "with_figures", "version")


@access.staff("prescriber")
@require_POST
def start(request, pk):
    """Begin a letter from the record, or go on with the draft."""
    course = course_or_404(request, pk)
    try:
        letter = progress.start_letter(course=course, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("followup:course-show", course.pk)
    return redirect("followup:progress-letter", letter.pk)


@access.staff("nurse", "prescriber")
@require_http_methods(["GET", "HEAD", "POST"])
def show(request, pk):
    """Read it, change its words; once signed it stays."""
    letter = letter_or_404(request, pk)
    form = ProgressForm(request.POST if request.method == "POST" else None, initial=_initial(letter))
    if request.method != "POST" or not form.is_valid():
        return _show(request, letter, form, status=422 if form.errors else 200)
    return _act(request, letter, form, "The draft is saved.", edit=form)


@access.staff("prescriber")
@require_POST
def sign(request, pk):
    """Sign it: from now on it stays as it is."""
    letter = letter_or_404(request, pk)
    form = SignForm(request.POST)
    if not form.is_valid():
        return _show(request, letter, status=422, wrong=form)
    return _act(request, letter, form, "The letter is signed. Note here when it goes out.")


@access.staff("nurse", "prescriber")
@require_POST
def sent(request, pk):
    """Note that it went out."""
    letter = letter_or_404(request, pk)
    form = SentForm(request.POST)
    if not form.is_valid():
        return _show(request, letter, sent=form, status=422, wrong=form)
    return _act(request, letter, form, "Noted as sent.", sent=form)


@access.staff("prescriber")
@require_POST
def discard(request, pk):
    """Put a draft away."""
    letter = letter_or_404(request, pk)
    try:
        progress.discard_letter(letter=letter, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("followup:progress-letter", letter.pk)
    messages.success(request, "The draft is put away.")
    return redirect("followup:course-show", letter.course_id)


@access.staff("nurse", "prescriber")
@access.takes
@require_safe
def preview(request, pk):
    """The letter as PDF, as it would be signed now or as it was signed."""
    letter = letter_or_404(request, pk)
    try:
        content = progress.letter_pdf(letter, at=clock.now())
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("followup:progress-letter", letter.pk)
    return inline(content, "letter.pdf")


def _initial(letter):
    return {name: getattr(letter, name) for name in FIELDS}


def _act(request, letter, form, said, **forms):
    try:
        form.save(letter=letter, by=request.user)
    except Conflict as conflict:
        form.data = form.data.copy() | {"version": conflict.current.version}
        return _show(request, conflict.current, status=409, conflict=conflict, **forms)
    except Refused as refused:
        form.add_refusal(refused)
        return _show(request, letter, status=422, wrong=form, **forms)
    messages.success(request, said)
    return redirect("followup:progress-letter", letter.pk)


def _show(request, letter, edit=None, *, sent=None, wrong=None, status=200, **more):
    course, initial = letter.course, {"to_whom": letter.to_name, "way": "printed"}
    context = {
        "letter": letter,
        "course": course,
        "form": edit or ProgressForm(initial=_initial(letter)),
        "sign": SignForm(initial={"version": letter.version}),
        "sent": sent or SentForm(initial=initial),
        "wrong": wrong or edit,
        "head": HEAD,
        "curve": drawn_curve(letter),
        "others": letters_of(course, but=letter),
        "may_sign": "prescriber" in request.roles,
        "banner": banner(request, course.patient, tag_word="Course", tag=course.number),
    }
    return render(request, "followup/progress_letter.html", context | more, status=status)
