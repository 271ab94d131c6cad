"""For whoever watches the installation: is the process alive, and can it work?"""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clinic import access, audit, clock, health
from clinic.models import Role
from clinic.presenters.keeping import backups_page
from clinic.presenters.running import running_page


@require_safe
@access.public
def live(request: HttpRequest) -> HttpResponse:
    """Answer that this process serves requests; nothing else is asked."""
    return JsonResponse({"status": health.OK})


@require_safe
@access.public
def ready(request: HttpRequest) -> HttpResponse:
    """Answer 200 when database, Redis, migrations and beat are well, else 503 naming the part."""
    parts = health.readiness(clock.now())
    well = all(word == health.OK for word in parts.values())
    return JsonResponse({"status": health.OK if well else "unwell", "parts": parts}, status=200 if well else 503)


@require_safe
@access.staff(Role.CLINIC_ADMIN)
def show(request: HttpRequest) -> HttpResponse:
    """How the installation is, in words, for the clinic's admins."""
    return render(request, "clinic/health.html", {"page": running_page(clock.now())})


@require_safe
@access.staff(Role.CLINIC_ADMIN, Role.AUDITOR)
def backups(request: HttpRequest) -> HttpResponse:
    """Copies of the record: how they stand, and every run of the commands that take, carry and try them."""
    audit.looked(request, "look backups", site=request.site)
    return render(request, "clinic/backup_list.html", {"page": backups_page(clock.now())})
