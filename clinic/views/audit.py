"""Who looked at what, and who changed it: for the auditor, and for a clinic admin's own sites."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clinic import access, audit
from clinic.forms import AuditFilter
from clinic.models import Role

A_PAGE = 50


@access.staff(Role.AUDITOR, Role.CLINIC_ADMIN)
@require_safe
def show_list(request):
    """The log of the user's sites, newest first, filtered by what was asked."""
    form = AuditFilter(request.GET or None, sites=access.sites_for(request), zone=request.site.zone)
    audit.looked(request, "look audit", site=request.site, detail=form.asked())
    found = form.found() if form.is_valid() or not form.is_bound else None
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page")) if found is not None else None
    rows = [(event, audit.words(event.verb)) for event in page or ()]
    context = {"form": form, "page_obj": page, "rows": rows, "query": form.query()}
    return render(request, "clinic/audit_list.html", context, status=422 if form.errors else 200)
