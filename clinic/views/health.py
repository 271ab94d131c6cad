"""For whoever watches the installation: is the process alive, and can it work?"""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from clinic import access, clock, health


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
