"""What is kept, and how long."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from clinic import access, audit, clock
from clinic.models import Role
from followup.presenters.keeping import kept_page


@access.staff(Role.CLINIC_ADMIN, Role.AUDITOR)
@require_safe
def show(request):
    """How long each kind of record is kept at this site, and what there is of it. Deletes nothing."""
    audit.looked(request, "look kept records", site=request.site)
    return render(request, "followup/kept.html", {"page": kept_page(request.site, clock.now())})
