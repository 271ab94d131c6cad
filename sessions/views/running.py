"""While it runs: the line, doses so far, a longer infusion, another nurse."""

from django.shortcuts import render
from django.views.decorators.http import require_GET

from clinic import access, clock
from sessions.access import CLINICIANS, is_prescriber, session_or_404
from sessions.forms.events import LineForm
from sessions.forms.running import ExtendForm, HandOverForm
from sessions.models import LineEntry
from sessions.presenters.extending import extend_page, extension_back
from sessions.presenters.frame import frame
from sessions.presenters.handover import handover_lines
from sessions.presenters.lines import line_page
from sessions.presenters.people import clinicians_at, prescribers_at
from sessions.presenters.read_back import read_back_page
from sessions.presenters.totals import totals_page
from sessions.presenters.words import Words
from sessions.views.flow import deed, typed

LINE_ACTIONS = dict(LineEntry.ACTIONS)
# What is asked of one action; of the others nothing is left out.
_PLACE = ("site", "gauge", "attempts", "text", "observed")
SHOWN = {
    "placed": _PLACE,
    "resited": _PLACE,
    "infiltrated": ("site", "dose_uncertain", "since", "text", "observed"),
    "removed": ("text", "observed"),
}


@access.staff(*CLINICIANS)
def line_record(request, pk):
    """The IV line: placed, checked, infiltrated (that pauses what runs), new, removed."""
    session = session_or_404(request, pk)
    asked = request.GET.get("action", "") if request.GET.get("action") in LINE_ACTIONS else ""
    words = Words("IV line", "Save the line", "Line saved.")
    form = LineForm(
        typed(request), session=session, initial={"action": asked, "dose_uncertain": asked == "infiltrated"}
    )
    page = line_page(session, clock.now(), request.user)
    return deed(
        request, session, form, words, template="sessions/line.html", page=page, asked=asked, shown=SHOWN.get(asked, ())
    )


@access.staff(*CLINICIANS)
@require_GET
def dose_totals(request, pk):
    """Every drug with what was ordered, charted, read and drawn; what is uncertain; the days of the course."""
    session = session_or_404(request, pk)
    page = totals_page(session, clock.now())
    return render(request, "sessions/totals.html", frame(request, session) | {"page": page})


@access.staff(*CLINICIANS)
def infusion_extend(request, pk):
    """A longer infusion, with its new end and whom that meets in the chair."""
    session = session_or_404(request, pk)
    page = extend_page(session, clock.now())
    prescriber = is_prescriber(request, session)
    form = ExtendForm(
        typed(request), session=session, dose_orders=page.orders, prescriber=prescriber,
        prescribers=prescribers_at(session.site).exclude(pk=request.user.pk),
    )  # fmt: skip
    words = Words("A longer infusion", "See the new end first", "Ordered. The end has moved.")
    if request.method == "POST" and request.POST.get("step") != "sign":
        return read_back_page(request, session, form, words, extension_back, template="sessions/extend.html", page=page)
    return deed(request, session, form, words, template="sessions/extend.html", page=page)


@access.staff(*CLINICIANS)
def hand_over(request, pk):
    """Another nurse takes the session; how it stands is told and kept."""
    session = session_or_404(request, pk)
    nurses = clinicians_at(session.site).exclude(pk=session.responsible_nurse_id)
    summary = handover_lines(session, clock.now())
    form = HandOverForm(typed(request), session=session, nurses=nurses, summary=summary)
    words = Words("Hand over", f"Hand over {session.patient}", "Handed over.")
    return deed(request, session, form, words, template="sessions/hand_over.html", summary=summary)
