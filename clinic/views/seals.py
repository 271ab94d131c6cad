"""Is the record whole? The seals over it, their heads outside, and a check now; and how corrections were answered."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from clinic import access, audit, clock
from clinic.actions.seal_checks import check_seals
from clinic.forms_audit import DaysFilter
from clinic.presenters import looking
from clinic.presenters.sealing import seal_page
from clinic.queries import heads
from clinic.queries.looking import amendments
from clinic.views.audit import READERS, as_file
from clinic.words import today_in


@access.staff(*READERS)
@require_safe
def show_list(request):
    """Chains, what is not sealed yet, the days' heads, the last checks."""
    audit.looked(request, "look clinic:seal-list", site=request.site)
    return render(request, "clinic/seal_list.html", {"page": seal_page(clock.now())})


@access.staff(*READERS)
@require_POST
def check(request):
    """Check what was sealed and signed in the last day, now."""
    found, _ = check_seals(by=request.user)
    if found.holds:
        messages.success(request, f"Checked {found.rows} rows and {found.documents} documents: all as sealed.")
    else:
        messages.error(request, "The check found rows that are not as they were sealed. They are named below.")
    return HttpResponseRedirect(reverse("clinic:seal-list"))


@access.staff(*READERS)
@require_safe
def head(request, day):
    """One day's signed file, to keep elsewhere."""
    found = heads.head_of_day(day)
    if found is None:
        raise Http404
    audit.looked(request, "take clinic:seal-head", found, site=request.site)
    response = HttpResponse(found.text, content_type="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{found.file}"'
    return response


@access.staff(*READERS)
@require_safe
def amendment_report(request):
    """Corrections patients asked for: when, how they were answered, whether in time. No words of theirs."""
    form, lines = _amendments(request)
    audit.looked(request, "look clinic:amendment-report", site=request.site, detail=form.asked())
    context = {"form": form, "lines": lines, "query": form.query()}
    return render(request, "clinic/amendment_report.html", context, status=422 if form.errors else 200)


@access.staff(*READERS, fresh=True)
@require_safe
def amendment_file(request):
    """The same as CSV."""
    form, lines = _amendments(request)
    audit.looked(request, "take clinic:amendment-report-file", site=request.site, detail=form.asked())
    if form.errors:
        return render(request, "clinic/amendment_report.html", {"form": form, "lines": (), "query": ""}, status=422)
    return as_file(request, "corrections", looking.amendment_table(lines, request.site.zone))


def _amendments(request):
    sites, zone = access.sites_for(request), request.site.zone
    form = DaysFilter(request.GET or None, sites=sites, zone=zone)
    good = form.is_valid() or not form.is_bound
    rows = amendments(sites, **form.told()) if good else ()
    return form, looking.amendment_lines(rows, zone, today_in(zone, clock.now()))
