"""After the infusion: score, going home, signature and addenda."""

from django.shortcuts import render

from clinic import access, clock
from sessions import queries
from sessions.access import CLINICIANS, is_prescriber, session_or_404
from sessions.forms import after as forms
from sessions.presenters.frame import frame
from sessions.presenters.going_home import home_page, score_lines
from sessions.presenters.record import ending_facts
from sessions.presenters.signing import before_signing
from sessions.presenters.words import Words
from sessions.queries.gates import circulation_hint
from sessions.rules.scores import SCALES
from sessions.views.flow import deed, typed


@access.staff(*CLINICIANS)
def score_record(request, pk):
    """The discharge score the protocol asks for (or another), item by item, with its source."""
    session = session_or_404(request, pk)
    sheet = queries.sheet(session, clock.now())
    asked = request.GET.get("scale")
    form = forms.ScoreForm(typed(request), session=session, scale=asked if asked in SCALES else sheet.plan.score_scale)
    words = Words(f"{form.scale.label} score", f"Save the score of {session.patient}", "Score saved.",
                  lead="An empty item makes it \u201cnot scorable\u201d, never low.")  # fmt: skip
    return deed(request, session, form, words, template="sessions/score.html", hint=circulation_hint(sheet),
                plan=sheet.plan, scores=score_lines(sheet))  # fmt: skip


@access.staff(*CLINICIANS)
def discharge(request, pk):
    """Going home: the criteria, what supplies each, who decides what is missing, and who takes the patient home."""
    session = session_or_404(request, pk)
    sheet = queries.sheet(session, clock.now())
    form = forms.DischargeForm(typed(request), session=session, prescriber=is_prescriber(request, session),
                               charted=_charted(sheet), initial={"version": session.version})  # fmt: skip
    words = Words("Going home", f"Discharge {session.patient}", "Discharged.")
    return deed(
        request, session, form, words, template="sessions/discharge.html", home=home_page(sheet), state=sheet.state
    )


def _charted(sheet):
    """What the form need not ask: it stands in the record."""
    facts = queries.discharge_facts(sheet)
    said = {"escort_arrived": facts.escort_arrived, "instructions_given": facts.instructions_given}
    return [name for name, value in said.items() if value]


@access.staff("prescriber")
def chart_sign(request, pk):
    """The prescriber signs the chart: afterwards only addenda. Before the end it says what to wait for."""
    session = session_or_404(request, pk)
    page = before_signing(session, clock.now())
    if not page.can_sign:
        status = 409 if request.method == "POST" else 200
        return render(request, "sessions/sign_later.html", frame(request, session) | {"page": page}, status=status)
    form = forms.SignForm(typed(request), session=session, initial={"version": session.version})
    words = Words("Sign the chart", f"Sign the chart of {session.patient}", "Signed and locked.",
                  lead="Afterwards only addenda can be added, each with who and when.")  # fmt: skip
    return deed(request, session, form, words, template="sessions/sign.html", then="sessions:record-show",
                ending=ending_facts(session), page=page)  # fmt: skip


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
