"""The run sheet, its live fragment, and the finished record."""

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET

from clinic import access, clock
from sessions.access import CLINICIANS, is_prescriber, session_again_or_404, session_or_404
from sessions.presenters.board import version_of
from sessions.presenters.frame import frame
from sessions.presenters.record import record_page
from sessions.presenters.sheet import sheet_page
from sessions.presenters.strip import strip
from sessions.views import paper
from sessions.views.board import fresh, is_known, not_new


@access.staff(*CLINICIANS)
@require_GET
def session_show(request, pk):
    """The run sheet while the session is open; afterwards the same with its ending."""
    return render(request, "sessions/show.html", _context(request, *_asked(request, session_or_404(request, pk))))


@access.staff(*CLINICIANS)
@require_GET
def session_fragment(request, pk):
    """The run sheet's inside, or 304 when nothing is new."""
    asked = _asked(request, session_again_or_404(request, pk))
    version = asked[-1]
    if is_known(request, version):
        return not_new(version)
    return fresh(request, render_to_string("sessions/_sheet.html", _context(request, *asked), request), version)


def _asked(request, session):
    """The session, the moment, its strip, and the version of the page: who is in it at which version, which minute."""
    now = clock.now()
    tabs, number = strip(request, session, now)
    stamp = [
        _view(request),
        request.GET.get("all", ""),
        f"{now:%Y%m%d%H%M}",
        *(f"{tab.session_id}/{tab.version}" for tab in tabs),
    ]
    return session, now, tabs, number, version_of(" ".join(stamp))


def _view(request):
    return "table" if request.GET.get("view") == "table" else "chart"


def _context(request, session, now, tabs, number, version):
    everything = request.GET.get("all", "")
    page = sheet_page(session, now, user=request.user, view=_view(request), everything=everything == "1")
    return frame(request, session, number) | {
        "page": page,
        "tabs": tabs,
        "view": _view(request),
        "all": everything,
        "version": version,
        "prescriber": is_prescriber(request, session),
        "tap_id": paper.tap_id(session, request.user, "emergency"),
    }


@access.staff(*CLINICIANS)
@require_GET
def record_show(request, pk):
    """The whole record of a session as it prints: chart, entries, doses, staff, signatures, corrections."""
    session = session_or_404(request, pk)
    context = frame(request, session) | {
        "page": record_page(session, clock.now()),
        "pdf_missing": paper.missing_library(),
    }
    return render(request, "sessions/record.html", context)


@access.staff(*CLINICIANS)
@require_GET
def record_pdf(request, pk):
    """The same record as PDF; where the library is missing, a page that says which."""
    session = session_or_404(request, pk)
    context = frame(request, session) | {"page": record_page(session, clock.now()), "pdf": True}
    html = render_to_string("sessions/record.html", context, request)
    missing = paper.missing_library()
    if missing:
        return render(request, "sessions/no_pdf.html", context | {"missing": missing}, status=503)
    name = f"infusion-{session.patient.record_number}-{session.number}.pdf"
    return HttpResponse(paper.pdf(html), content_type="application/pdf",
                        headers={"Content-Disposition": f'inline; filename="{name}"'})  # fmt: skip
