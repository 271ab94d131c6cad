"""The controlled-drug register: page, print, CSV, PDF; inventories and counts."""

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET

from clinic import access, audit, clock
from clinic.pdf import inline, missing_library, pdf
from clinic.rules.cells import as_csv
from sessions.access import CLINICIANS
from sessions.access_drugs import count_or_404
from sessions.forms.register import asked_register
from sessions.presenters.register import inventory_page, register_csv, register_page
from sessions.queries.register import count_lines


@access.staff(*CLINICIANS)
@require_GET
def register_show(request):
    """The register of a drug in a period, as it prints."""
    return _register(request, lambda page: render(request, "sessions/register.html", page))


@access.staff(*CLINICIANS, fresh=True)
@require_GET
def register_csv_file(request):
    """The same lines for a spreadsheet."""

    def answer(context):
        name = _name(context["page"], "csv")
        response = HttpResponse(as_csv(*register_csv(context["page"])), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    return _register(request, answer)


@access.staff(*CLINICIANS)
@require_GET
def register_pdf(request):
    """The same lines as PDF; where it can't be made, the page that says why."""

    def answer(context):
        html = render_to_string("sessions/register_paper.html", context, request)
        try:
            return inline(pdf(html), _name(context["page"], "pdf"))
        except OSError as problem:
            return render(request, "sessions/register.html", context | {"pdf_missing": str(problem)}, status=503)

    return _register(request, answer)


def _register(request, answer):
    """What was asked for, or the page with what is wrong in the question."""
    form, asked = asked_register(request, clock.now())
    audit.looked(request, f"look {request.resolver_match.view_name}", site=request.site)
    context = {"form": form, "page": None, "query": request.GET.urlencode(), "pdf_missing": missing_library()}
    if asked is None:
        return render(request, "sessions/register.html", context, status=422 if form and form.errors else 200)
    return answer(context | {"page": register_page(request.site, *asked, clock.now())})


def _name(page, ending):
    return f"register-{page.drug}-{page.since:%Y%m%d}-{page.until:%Y%m%d}.{ending}"


@access.staff(*CLINICIANS)
@require_GET
def inventory_list(request):
    """Inventories taken, and when the next is due."""
    audit.looked(request, "look sessions:inventory-list", site=request.site)
    return render(request, "sessions/inventories.html", {"page": inventory_page(request.site, clock.now())})


@access.staff(*CLINICIANS)
@require_GET
def count_show(request, pk):
    """One count or inventory, as it prints."""
    row = count_or_404(request, pk)
    return render(request, "sessions/count_show.html", {"count": row, "lines": count_lines(row)})
