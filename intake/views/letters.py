"""Letters of a signed assessment: begin one, edit it, look at it, send it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clinic import clock
from clinic.access import staff
from clinic.pdf import inline
from clinic.presenters.banner import banner
from clinic.refusal import Conflict, Refused
from intake.actions import letters
from intake.doors import assessment_or_404, letter_or_404
from intake.forms.review import LetterForm, SendForm


@staff("prescriber")
@require_POST
def draft(request, pk, audience):
    """Begin a letter from its template, or go on with the draft."""
    assessment = assessment_or_404(request, pk)
    try:
        letter = letters.draft_letter(assessment=assessment, audience=audience, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("intake:assessment-show", assessment.pk)
    return redirect("intake:letter-show", letter.pk)


@staff("prescriber")
@require_http_methods(["GET", "POST"])
def show(request, pk):
    """The letter: read it, change its words, then send it."""
    letter = letter_or_404(request, pk)
    form = LetterForm(request.POST) if request.method == "POST" else _form(letter)
    if request.method != "POST":
        return _show(request, letter, form)
    if not form.is_valid():
        return _show(request, letter, form, status=422)
    try:
        letters.edit_letter(letter=letter, by=request.user, **form.cleaned_data)
    except Conflict as conflict:
        form.data = form.data.copy() | {"version": conflict.current.version}
        return _show(request, conflict.current, form, status=409, conflict=conflict)
    except Refused as refused:
        form.add_refusal(refused)
        return _show(request, letter, form, status=422)
    messages.success(request, "The draft is saved.")
    return redirect("intake:letter-show", letter.pk)


def _form(letter):
    return LetterForm(initial={"title": letter.title, "body": letter.body, "version": letter.version})


def _show(request, letter, form, *, send=None, status=200, **more):
    context = {
        "letter": letter,
        "assessment": letter.assessment,
        "patient": letter.assessment.patient,
        "banner": banner(request, letter.assessment.patient),
        "form": form,
        "send": send or SendForm(audience=letter.audience, initial={"version": letter.version}),
        "wrong": send if send is not None and send.errors else form,
    }
    return render(request, "intake/letter_show.html", context | more, status=status)


@staff("prescriber")
@require_GET
def preview(request, pk):
    """The letter as PDF, as it would go out now or as it went out."""
    letter = letter_or_404(request, pk)
    try:
        content = letters.letter_pdf(letter, at=clock.now())
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("intake:letter-show", letter.pk)
    return inline(content, "letter.pdf")


@staff("prescriber")
@require_POST
def send(request, pk):
    """Send it: from now on it stays as it went out."""
    letter = letter_or_404(request, pk)
    form = SendForm(request.POST, audience=letter.audience)
    if not form.is_valid():
        return _show(request, letter, _form(letter), send=form, status=422)
    try:
        letters.send_letter(letter=letter, by=request.user, **form.cleaned_data)
    except Conflict as conflict:
        return _show(request, conflict.current, _form(conflict.current), status=409, conflict=conflict)
    except Refused as refused:
        form.add_refusal(refused)
        return _show(request, letter, _form(letter), send=form, status=422)
    messages.success(request, "The letter is sent and kept as it went out.")
    return redirect("intake:letter-show", letter.pk)
