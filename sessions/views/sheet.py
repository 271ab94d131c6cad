"""The run sheet, its live fragment, and the finished record."""

from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET

from clinic import access, clock
from clinic.pdf import inline, missing_library, pdf
from sessions import queries, tickets
from sessions.access import CLINICIANS, is_prescriber, session_again_or_404, session_or_404
from sessions.presenters.board import version_of
from sessions.presenters.frame import frame
from sessions.presenters.monitors import monitor_panel
from sessions.presenters.offline import facts, held_rows
from sessions.presenters.record import record_page
from sessions.presenters.sheet import sheet_page
from sessions.presenters.strip import stamps, strip
from sessions.views import paper
from sessions.views.board import fresh, is_known, not_new


@access.staff(*CLINICIANS)
@require_GET
def session_show(request, pk):
    """The run sheet while the session is open; afterwards the same with its ending."""
    page = _context(request, *_asked(request, session_or_404(request, pk)))
    return tickets.mark(request, render(request, "sessions/show.html", page))


@access.staff(*CLINICIANS)
@require_GET
def session_fragment(request, pk):
    """The run sheet's inside, or 304 when nothing is new."""
    asked = _asked(request, session_again_or_404(request, pk))
    version = asked[-1]
    if is_known(request, version):
        return not_new(version)
    page = render_to_string("sessions/_sheet.html", _context(request, *asked), request)
    return tickets.mark(request, fresh(request, page, version))


def _asked(request, session):
    """The session, the moment, whether it is the nurse's only one, and the version of the page.

    The version says who is in its strip at which version, and which minute it is.
    """
    now, mine = clock.now(), stamps(request.user, session)
    stamp = [_view(request), request.GET.get("all", ""), f"{now:%Y%m%d%H%M}", *mine]
    return session, now, len(mine) == 1, version_of(" ".join(stamp))


def _view(request):
    return "table" if request.GET.get("view") == "table" else "chart"


def _context(request, session, now, alone, version):
    everything, sheet = request.GET.get("all", ""), queries.sheet(session, now)
    tabs, number = strip(request, sheet, alone=alone)
    page = sheet_page(sheet, user=request.user, view=_view(request), everything=everything == "1")
    return frame(request, session, number) | {
        "page": page,
        "monitor": monitor_panel(session, now),
        "tabs": tabs,
        "view": _view(request),
        "all": everything,
        "version": version,
        "prescriber": is_prescriber(request, session),
        "offline": facts(request, [(tab.number, tab.row) for tab in tabs], now),
        "held": held_rows(session),
        "tap_id": paper.tap_id(session, request.user, "emergency"),
    }


@access.staff(*CLINICIANS, glass=True)
@require_GET
def record_show(request, pk):
    """The whole record of a session as it prints: chart, entries, doses, staff, signatures, corrections."""
    session = session_or_404(request, pk)
    context = frame(request, session) | {
        "page": record_page(session, clock.now()),
        "pdf_missing": missing_library(),
    }
    return render(request, "sessions/record.html", context)


@access.staff(*CLINICIANS)
@access.takes
@require_GET
def record_pdf(request, pk):
    """The same record as PDF; where it can't be made, a page that says why."""
    session = session_or_404(request, pk)
    context = frame(request, session) | {"page": record_page(session, clock.now())}
    html = render_to_string("sessions/record_paper.html", context, request)
    try:
        return inline(pdf(html), f"infusion-{session.patient.record_number}-{session.number}.pdf")
    except OSError as problem:
        return render(request, "sessions/no_pdf.html", context | {"missing": str(problem)}, status=503)
