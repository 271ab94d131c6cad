"""After the infusion: score, going home, every other ending, signature and addenda."""

from clinic import access, clock
from sessions import queries
from sessions.access import CLINICIANS, is_prescriber, session_or_404
from sessions.forms import after as forms
from sessions.presenters.record import ending_facts
from sessions.presenters.sheet import criteria
from sessions.presenters.words import Words
from sessions.queries.gates import circulation_hint
from sessions.rules.scores import SCALES
from sessions.views.flow import deed, typed


@access.staff(*CLINICIANS)
def score_record(request, pk):
    """The discharge score, item by item."""
    session = session_or_404(request, pk)
    sheet = queries.sheet(session, clock.now())
    scale = request.GET.get("scale") if request.GET.get("scale") in SCALES else "aldrete"
    form = forms.ScoreForm(typed(request), session=session, scale=scale)
    words = Words(f"{form.scale.label} score", f"Save the score of {session.patient}", "Score saved.",
                  lead="An empty item makes it \u201cnot scorable\u201d, never low.")  # fmt: skip
    return deed(request, session, form, words, template="sessions/score.html", hint=circulation_hint(sheet))


@access.staff(*CLINICIANS)
def discharge(request, pk):
    """Going home: the criteria, what is missing, and who takes the patient home."""
    session = session_or_404(request, pk)
    sheet = queries.sheet(session, clock.now())
    form = forms.DischargeForm(typed(request), session=session, prescriber=is_prescriber(request, session),
                               initial={"version": session.version})  # fmt: skip
    words = Words("Going home", f"Discharge {session.patient}", "Discharged.")
    return deed(
        request, session, form, words, template="sessions/discharge.html", criteria=criteria(sheet), state=sheet.state
    )


def _ending(make, words):
    @access.staff(*CLINICIANS)
    def view(request, pk):
        session = session_or_404(request, pk)
        form = make(typed(request), session=session)
        return deed(request, session, form, words(session), template="sessions/ending.html")

    view.__doc__ = make.__doc__ or "An ending of its own, with its own facts."
    return view


not_started = _ending(forms.NotStartedForm, lambda s: Words(
    "Not started", f"End without an infusion: {s.patient}", "Ended. A drug that was drawn is still to be wasted.",
    lead="What was drawn stays \u201cin use\u201d until it is wasted with a witness."))  # fmt: skip
against_advice = _ending(forms.AgainstAdviceForm, lambda s: Words(
    "Leaves against advice", f"Record that {s.patient} leaves", "Recorded. A call today is on the task list.",
    lead="Leaving is never blocked. This page only records what happened."))  # fmt: skip
transfer = _ending(forms.TransferForm, lambda s: Words(
    "Transfer", f"Record the transfer of {s.patient}", "Transfer recorded."))  # fmt: skip
death = _ending(forms.DeathForm, lambda s: Words("Died", f"Record the death of {s.patient}", "Recorded."))


@access.staff("prescriber")
def chart_sign(request, pk):
    """The prescriber signs the chart: afterwards only addenda."""
    session = session_or_404(request, pk)
    form = forms.SignForm(typed(request), session=session, initial={"version": session.version})
    words = Words("Sign the chart", f"Sign the chart of {session.patient}", "Signed and locked.",
                  lead="Afterwards only addenda can be added, each with who and when.")  # fmt: skip
    return deed(request, session, form, words, template="sessions/sign.html", then="sessions:record-show",
                ending=ending_facts(session))  # fmt: skip


@access.staff(*CLINICIANS)
def addendum_add(request, pk):
    """Add to a signed chart."""
    session = session_or_404(request, pk)
    words = Words(
        "Addendum", "Add it to the chart", "Added.", lead="The signed chart stays as it is; this stands after it."
    )
    return deed(
        request, session, forms.AddendumForm(typed(request), session=session), words, then="sessions:record-show"
    )
