"""The tickets that let a browser hold the live stream for the next seconds: of staff, and of a screen on a wall."""

import time

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET, require_POST

from clinic import access, clock, live
from clinic.actions.walls import note_seen

WALL_TOPICS = ("session", "schedule", "emergency", "wall")


@require_GET
@access.staff(while_locked=True)  # the stream says ids and versions only
def ticket(request: HttpRequest) -> HttpResponse:
    """Set the stream's cookie for the current site, and say where the stream is and when to come again."""
    return given(request)


def given(request: HttpRequest, here: dict | None = None) -> HttpResponse:
    """The ticket of a member of staff at the current site; `here` says where they are, for others who are there."""
    if request.site is None:
        return HttpResponse(status=403)
    return _given(request, user_id=request.user.pk, session_key=request.session.session_key, here=here)


@require_POST
@access.wall
def wall_ticket(request: HttpRequest) -> HttpResponse:
    """The same for a paired screen: what its board shows and nothing else. Notes that the screen is there."""
    note_seen(screen=request.wall, at=clock.now())
    return _given(request, user_id=request.wall.pk, session_key="wall", topics=WALL_TOPICS)


def _given(request: HttpRequest, **holder) -> HttpResponse:
    origin = settings.LIVE_ORIGIN
    said = {
        "stream": f"{origin}/live/stream/",
        "renew": f"{origin}/live/renew/",
        "every_seconds": live.RENEW_SECONDS,
    }
    response = JsonResponse(said)
    response.set_cookie(
        settings.LIVE_COOKIE_NAME,
        live.ticket(site_id=request.site.pk, now=time.time(), **holder),
        max_age=live.TICKET_SECONDS,
        httponly=True,
        samesite="Strict",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response
