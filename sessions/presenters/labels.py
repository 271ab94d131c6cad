"""The label of a syringe or bag: on the screen, for the browser's print, and alone on a label printer's paper."""

from django.shortcuts import render
from django.template.loader import render_to_string

from clinic.pdf import inline, missing_library, pdf
from sessions.presenters.frame import frame


def label_context(request, session, preparation):
    """What both forms of a label show."""
    context = frame(request, session)
    return context | {
        "preparation": preparation,
        "sources": list(preparation.sources.select_related("container")),
        "expired": preparation.use_by <= context["now"],
        "pdf_missing": missing_library(),
    }


def label_page(request, session, preparation):
    """The page with the label."""
    return render(request, "sessions/label.html", label_context(request, session, preparation))


def label_paper(request, session, preparation):
    """The label as a PDF of its own size, 70 x 40 mm; 503 with the reason where PDF can't be made."""
    context = label_context(request, session, preparation)
    html = render_to_string("sessions/label_paper.html", context, request)
    try:
        return inline(pdf(html), f"label-{preparation.label}.pdf")
    except OSError as problem:
        return render(request, "sessions/no_pdf.html", context | {"missing": str(problem)}, status=503)
