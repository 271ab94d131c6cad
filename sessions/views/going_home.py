"""Before going home: the escort, the sheet to take home, the question to the prescriber and their decision."""

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from clinic import access, clock, language
from clinic.pdf import missing_library
from sessions import queries
from sessions.access import CLINICIANS, part_or_404, request_or_404, session_or_404
from sessions.actions.aftercare import paper_context
from sessions.forms import going_home as forms
from sessions.presenters.going_home import home_page
from sessions.presenters.people import prescribers_at
from sessions.presenters.words import Words
from sessions.queries.aftercare import sheets_of, words_for
from sessions.queries.gates import standing_decision
from sessions.views.flow import attempt, deed, typed

BACK = "sessions:discharge"


@access.staff(*CLINICIANS)
def escort_note(request, pk):
    """The person who takes the patient home has come."""
    session = session_or_404(request, pk)
    named = queries.sheet(session, clock.now()).answers.get("escort")
    form = forms.EscortForm(typed(request), session=session, initial={"who": named.detail if named else ""})
    words = Words("The escort is here", f"Chart it for {session.patient}", "The escort is charted.",
                  lead="Whom the patient named at check-in stands here already; write who really came.")  # fmt: skip
    return deed(request, session, form, words, then=BACK)


@access.staff(*CLINICIANS)
@require_POST
def escort_gone(request, pk):
    """They are gone again, or it was noted by mistake: one press, both stay in the record."""
    session = session_or_404(request, pk)
    attempt(request, forms.EscortGoneForm(request.POST, session=session))
    return HttpResponseRedirect(reverse(BACK, args=[session.pk]))


@access.staff(*CLINICIANS)
def aftercare_give(request, pk):
    """Hand over the sheet to take home: in the patient's language, on paper, by mail, talked through."""
    session = session_or_404(request, pk)
    spoken = request.POST.get("spoken") or request.GET.get("in") or language.of_person(session.patient)
    first = {"spoken": spoken, "printed": True, "mailed": bool(session.patient.email)}
    form = forms.SheetForm(typed(request), session=session, initial=first)
    words = Words("The sheet to take home", f"It was handed to {session.patient}", "Charted: the sheet is handed over.")
    return deed(
        request, session, form, words, template="sessions/aftercare.html", then=BACK, sheet=words_for(
            session, spoken if language.is_known(spoken) else "", clock.now()
        ), given=sheets_of(session), pdf_missing=missing_library(),
    )  # fmt: skip


@access.staff(*CLINICIANS)
@access.takes
@require_safe
def aftercare_print(request, pk):
    """The sheet as paper, in the language asked for, to print before it is handed over."""
    session = session_or_404(request, pk)
    asked = request.GET.get("in", "")
    words = words_for(session, asked if language.is_known(asked) else language.of_person(session.patient), clock.now())
    context = {"sheet": words, "session": session, "sections": words.sections, "to_print": True}
    return render(request, "sessions/aftercare_paper.html", context)


@access.staff(*CLINICIANS)
@require_safe
def aftercare_show(request, pk, given):
    """A sheet as it was handed over, word for word."""
    session = session_or_404(request, pk)
    sheet = part_or_404(session, "aftercare_sheets", given)
    return render(request, "sessions/aftercare_paper.html", paper_context(sheet) | {"to_print": True})


@access.staff(*CLINICIANS)
def discharge_ask(request, pk):
    """Ask a prescriber, who may be elsewhere, to decide about what is missing."""
    session = session_or_404(request, pk)
    sheet = queries.sheet(session, clock.now())
    form = forms.AskForm(typed(request), session=session, prescribers=prescribers_at(session.site),
                         initial={"of_whom": session.responsible_prescriber_id or ""})  # fmt: skip
    words = Words("Ask the prescriber", f"Ask about {session.patient}", "Asked. The answer shows here by itself.",
                  lead="They get a task and a mail, and answer by their own sign-in from anywhere.")  # fmt: skip
    return deed(request, session, form, words, template="sessions/discharge_ask.html", home=home_page(sheet))


@access.staff("prescriber")
def discharge_decide(request, pk):
    """A prescriber answers what a nurse asked about going home."""
    asked = request_or_404(request, pk)
    return _decide(request, asked.session, asked)


@access.staff("prescriber")
def discharge_allow(request, pk):
    """A prescriber decides about going home unasked."""
    return _decide(request, session_or_404(request, pk), None)


def _decide(request, session, asked):
    sheet = queries.sheet(session, clock.now())
    home = home_page(sheet)
    home.asked = [one for one in home.asked if asked is None or one.request != asked]
    open_codes = [row.code for row in home.criteria if not row.met]
    form = forms.DecideForm(typed(request), session=session, asked=asked, open_codes=open_codes)
    words = Words("May the patient go home?", f"Decide for {session.patient}", "Decided. The nurse sees it now.",
                  lead="Your name and your reason stay in the record.")  # fmt: skip
    return deed(request, session, form, words, template="sessions/discharge_decide.html", then=BACK, home=home,
                asked=asked, standing=standing_decision(sheet))  # fmt: skip
