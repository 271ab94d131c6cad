"""Where everyone starts, and at which site they work."""

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from clinic import access
from clinic.models import Role

# The first role held at the site decides: who cares for patients sees the day, who oversees sees the log.
FIRST_PAGES = (
    (Role.NURSE, "sessions:board"),
    (Role.PRESCRIBER, "sessions:board"),
    (Role.FRONT_DESK, "followup:schedule"),
    (Role.CLINIC_ADMIN, "admin:index"),
    (Role.AUDITOR, "clinic:audit-list"),
)


@access.staff()
@require_safe
def show(request):
    """Lead to the page this role works on."""
    name = next(name for role, name in FIRST_PAGES if role in request.roles)
    return HttpResponseRedirect(reverse(name))


@access.staff()
@require_POST
def set_site(request):
    """Work at another of the user's sites from now on, in this browser; back to the page they came from."""
    access.choose_site(request, access.site_or_404(request, request.POST.get("site", "")))
    there = request.POST.get("next", "")
    safe = there.startswith("/") and url_has_allowed_host_and_scheme(there, allowed_hosts=None)
    return HttpResponseRedirect(there if safe else "/")
