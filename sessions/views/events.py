"""What happens beside the pump, and mending what was charted."""

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from clinic import access
from sessions.access import CLINICIANS, entry_or_404, session_or_404, targets_of
from sessions.forms import events as forms
from sessions.presenters.frame import frame
from sessions.presenters.log import words_of
from sessions.presenters.words import Words
from sessions.rules.adverse import TERM_GROUPS
from sessions.views.flow import deed, typed


@access.staff(*CLINICIANS)
@require_GET
def event_choose(request, pk):
    """Everything else that happens, one tap each."""
    session = session_or_404(request, pk)
    return render(request, "sessions/events.html", frame(request, session))


@access.staff(*CLINICIANS)
def side_effect_record(request, pk):
    """A side effect with its severity."""
    session = session_or_404(request, pk)
    words = Words("Side effect", f"Save the side effect of {session.patient}", "Side effect saved.")
    form = forms.SideEffectForm(typed(request), session=session)
    return deed(request, session, form, words, template="sessions/side_effect.html", terms=TERM_GROUPS,
                then=_after_side_effect(session))  # fmt: skip


def _after_side_effect(session):
    """A serious one asks for its report at once; else back to the run sheet."""

    def then(saved):
        if saved.entry.detail.serious:
            return reverse("sessions:report-edit", args=[saved.entry.pk])
        return reverse("sessions:session-show", args=[session.pk])

    return then


@access.staff(*CLINICIANS)
def note_record(request, pk):
    """A note."""
    session = session_or_404(request, pk)
    words = Words("Note", f"Save the note on {session.patient}", "Note saved.")
    return deed(request, session, forms.NoteForm(typed(request), session=session), words)


@access.staff(*CLINICIANS)
def entry_correct(request, pk, entry):
    """Put an entry right: the old one stays, struck through, with the reason."""
    session = session_or_404(request, pk)
    row = entry_or_404(session, entry)
    form = forms.CorrectForm(typed(request), entry=row)
    words = Words(f"Correct: {row.get_kind_display().lower()}", f"Save the correction for {session.patient}",
                  "Corrected. The old value stays, struck through.", lead=words_of(row))  # fmt: skip
    return deed(
        request, session, form, words, template="sessions/mend.html", entry=row, others=targets_of(request, session)
    )


@access.staff(*CLINICIANS)
def entry_strike(request, pk, entry):
    """Take an entry off that never was: it stays readable, with the reason."""
    session = session_or_404(request, pk)
    row = entry_or_404(session, entry)
    words = Words(f"Strike out: {row.get_kind_display().lower()}", "Strike it out", "Struck out. It stays readable.",
                  lead=words_of(row))  # fmt: skip
    form = forms.StrikeForm(typed(request), entry=row, initial=_undoing(request))
    return deed(
        request, session, form, words, template="sessions/mend.html", entry=row, others=targets_of(request, session)
    )


def _undoing(request):
    """Undo, from the run sheet: the reason is written already, and can be changed."""
    return {"reason": "Entered by mistake"} if request.GET.get("undo") else {}


@access.staff(*CLINICIANS)
def entry_move(request, pk, entry):
    """Charted on the wrong patient: struck here, recorded there."""
    session = session_or_404(request, pk)
    row = entry_or_404(session, entry)
    form = forms.MoveForm(typed(request), entry=row, targets=targets_of(request, session))
    words = Words(f"Move to the right patient: {row.get_kind_display().lower()}", "Move it",
                  "Struck here and recorded with the other patient.", lead=words_of(row))  # fmt: skip
    return deed(request, session, form, words, template="sessions/mend.html", entry=row)
