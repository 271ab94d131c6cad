"""The downtime pack: today's, what changed since it was printed, made anew, printed by the browser."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from clinic import access, audit, clock
from clinic.pdf import inline
from clinic.words import today_in
from sessions.access import CLINICIANS
from sessions.access_drugs import pack_or_404
from sessions.actions.packs import make_pack
from sessions.presenters.packs import context, packs_page


@access.staff(*CLINICIANS)
@require_GET
def pack_list(request):
    """Today's pack and the ones before."""
    audit.looked(request, "look sessions:pack-list", site=request.site)
    return render(request, "sessions/packs.html", {"page": packs_page(request.site, clock.now())})


@access.staff(*CLINICIANS)
@require_POST
def pack_make(request):
    """Make today's pack now."""
    now = clock.now()
    pack = make_pack(site=request.site, day=today_in(request.site.zone, now), by=request.user, at=now)
    if pack.problem:
        messages.error(request, f"It could not be made: {pack.problem}. Print it from the browser.")
    else:
        messages.success(request, "Made. Print it now: paper that is not printed helps nobody.")
    return HttpResponseRedirect(reverse("sessions:pack-list"))


@access.staff(*CLINICIANS)
@require_GET
def pack_print(request):
    """The same pages as they are now, for the browser's own print."""
    audit.looked(request, "look sessions:pack-print", site=request.site)
    now = clock.now()
    return render(request, "sessions/pack_paper.html", context(request.site, today_in(request.site.zone, now), now))


@access.staff(*CLINICIANS)
@require_GET
def pack_file(request, pk):
    """The PDF as it was made."""
    pack, content = pack_or_404(request, pk)
    audit.looked(request, "look sessions:pack-file", pack, site=pack.site)
    return inline(content, f"downtime-{pack.day:%Y%m%d}.pdf")
