"""The ticket that lets a browser hold the live stream for the next seconds."""

import time

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET

from clinic import access, live


@require_GET
@access.staff()
def ticket(request: HttpRequest) -> HttpResponse:
    """Set the stream's cookie for the current site, and say where the stream is and when to come again."""
    if request.site is None:
        return HttpResponse(status=403)
    origin = settings.LIVE_ORIGIN
    said = {
        "stream": f"{origin}/live/stream/",
        "renew": f"{origin}/live/renew/",
        "every_seconds": live.RENEW_SECONDS,
    }
    text = live.ticket(
        user_id=request.user.pk, site_id=request.site.pk, session_key=request.session.session_key, now=time.time()
    )
    response = JsonResponse(said)
    response.set_cookie(
        settings.LIVE_COOKIE_NAME,
        text,
        max_age=live.TICKET_SECONDS,
        httponly=True,
        samesite="Strict",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response
