"""The board on a wall: what a paired screen shows, and its live fragment. Nobody is signed in on it."""

from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET

from clinic import access, audit, walls
from sessions.presenters.board import board, version_of
from sessions.presenters.wall import wall
from sessions.queries.board import day_now
from sessions.views.board import fresh


@access.wall
@require_GET
def wall_page(request):
    """The whole screen."""
    _look(request)
    return render(request, "sessions/wall.html", _context(request))


@access.wall
@require_GET
def wall_fragment(request):
    """The rows alone, or 304 when nothing is new since the version asked with."""
    _look(request)
    context = _context(request)
    return fresh(request, render_to_string("sessions/_wall.html", context, request), context["version"])


def _look(request):
    if walls.is_look_due(request.wall):
        detail = {"screen": request.wall.name}
        audit.looked(request, "look sessions:wall", request.wall, site=request.site, detail=detail)


def _context(request):
    site = request.site
    now, day = day_now(site)
    made = board(day, site=site, now=now, user=None)
    shown = wall(made, site=site, now=now)
    context = {"wall": shown, "screen": request.wall, "site": site}
    context["body"] = render_to_string("sessions/_wall_body.html", context, request)  # once: it is also the version
    context["version"] = version_of(f"{shown.density} {[row.rings for row in shown.rows]} {context['body']}")
    return context
