"""Screens on the wall: the screen asks for a code, an admin types it, staff sees and revokes what is paired."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from clinic import access, audit, clock, links, walls
from clinic.actions import walls as actions
from clinic.forms_walls import ClaimForm, RevokeForm
from clinic.models import Role
from clinic.presenters.walls import walls_page
from clinic.refusal import Refused
from clinic.rules import walls as rules

KEEPERS = (*access.CLINICIANS, Role.CLINIC_ADMIN.value)
CODES, CODES_SECONDS = 20, 600
TRIES, TRIES_SECONDS = 10, 600


@access.public
@require_http_methods(["GET", "HEAD", "POST"])
def wall_pair(request):
    """What a screen shows before it is paired: a button, then its code, which it asks about by itself."""
    if request.method == "POST":
        return _ask(request)
    screen, now = walls.screen_of(request), clock.now()
    if screen and walls.is_alive(screen, now):
        return _to_board(request)
    waits = screen is not None and screen.paired_at is None and screen.code_until > now
    code = rules.shown(walls.code_of(screen)) if waits else ""
    return render(request, "clinic/wall_pair.html", {"screen": screen, "code": code})


def _ask(request):
    address = request.META.get("REMOTE_ADDR", "")
    if links.too_many("wall-code", address, amount=CODES, seconds=CODES_SECONDS):
        return render(request, "429.html", status=429)
    _, secret = actions.ask_pairing(address=address or None)
    response = redirect("clinic:wall-pair")
    walls.remember(response, secret)
    return response


def _to_board(request):
    board = reverse("sessions:wall")
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": board})
    return HttpResponseRedirect(board)


@access.staff(*KEEPERS)
@require_safe
def wall_list(request):
    """The screens of this site."""
    context = {"page": walls_page(request.site, clock.now()), "may_pair": access.has_role(request, *rules.PAIRS)}
    audit.looked(request, "look clinic:wall-list", site=request.site)
    return render(request, "clinic/wall_list.html", context)


@access.staff(*rules.PAIRS)
@require_http_methods(["GET", "HEAD", "POST"])
def wall_claim(request):
    """An admin types the code of the screen before them."""
    form = ClaimForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return render(request, "clinic/wall_claim.html", {"form": form})
    if links.too_many("wall-tries", request.user.pk, amount=TRIES, seconds=TRIES_SECONDS):
        return render(request, "429.html", status=429)
    screen = _claimed(request, form)
    if screen is None:
        return render(request, "clinic/wall_claim.html", {"form": form, "has_errors": True}, status=422)
    messages.success(
        request, f"{screen.name} shows the board of {request.site.name} now. Look at it: it takes a moment."
    )
    return redirect("clinic:wall-list")


def _claimed(request, form):
    if not form.is_valid():
        return None
    try:
        return actions.pair_wall(**form.cleaned_data, site=request.site, by=request.user)
    except Refused as refused:
        form.add_refusal(refused)
        return None


@access.staff(*KEEPERS)
@require_http_methods(["GET", "HEAD", "POST"])
def wall_revoke(request, pk):
    """The screen shows nothing from now on."""
    screen = walls.screen_or_404(request, pk)
    form = RevokeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        actions.revoke_wall(screen=screen, by=request.user)
        messages.success(request, f"{screen.name} shows nothing any more.")
        return redirect("clinic:wall-list")
    return render(request, "clinic/wall_revoke.html", {"form": form, "screen": screen})
