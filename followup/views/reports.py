"""The clinic's reports: which there are, one of them, each of its tables as a file and its chart as a picture."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clinic import access, audit, clock
from clinic.charts import draw
from clinic.rules.cells import as_csv
from followup.presenters.reports import reports_for
from followup.presenters.reports.page import may_read_clinical, report_page, table_or_404

READERS = (*access.CLINICIANS, "clinic_admin")


@access.staff(*READERS)
@require_safe
def index(request):
    """The reports of the current site, each with the question it answers."""
    clinical = may_read_clinical(request)
    return render(request, "followup/report_index.html", {"reports": reports_for(clinical), "clinical": clinical})


@access.staff(*READERS)
@require_safe
def show(request, slug):
    """One report over the days asked for."""
    page = report_page(request, slug, clock.now())
    audit.looked(request, f"look report {slug}", site=request.site)
    status = 422 if page.form.errors else 200
    return render(request, "followup/report_show.html", {"page": page, "form": page.form}, status=status)


@access.staff(*READERS, fresh=True)
@require_safe
def table(request, slug, key):
    """One table of it as CSV, cells safe for a spreadsheet."""
    page = report_page(request, slug, clock.now())
    found = table_or_404(page, key)
    audit.looked(request, f"take report {slug}", site=request.site)
    content = as_csv(found.file_head, found.file_rows)
    return _file(content, "text/csv; charset=utf-8", page.file_name(key, "csv"))


@access.staff(*READERS)
@require_safe
def picture(request, slug, key):
    """The chart of one table as a picture that stands alone."""
    page = report_page(request, slug, clock.now())
    found = table_or_404(page, key)
    if found.chart is None:
        raise Http404
    audit.looked(request, f"take report {slug}", site=request.site)
    return _file(draw(found.chart, uid=key), "image/svg+xml", page.file_name(key, "svg"))


def _file(content, media_type, name):
    response = HttpResponse(content, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
