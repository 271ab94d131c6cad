"""Without network: the shell and the worker that a tablet keeps, the door through which its entries come in."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from clinic import access, clock
from sessions.access import CLINICIANS, part_or_404, session_or_404
from sessions.forms.offline import ReplayForm, SetAsideForm, settling_form
from sessions.presenters.frame import frame
from sessions.presenters.offline import held_row
from sessions.presenters.shell import shell_page, worker_text
from sessions.views.flow import attempt


@access.public
@require_GET
def worker(request):
    """The service worker: public like every script, the same for everybody."""
    return HttpResponse(worker_text(), content_type="text/javascript", headers={"Cache-Control": "no-cache"})


@access.public
@require_GET
def shell(request):
    """The empty page a tablet shows without network. It holds nothing about anybody, so that it may be kept."""
    return render(request, "sessions/offline.html", shell_page())


@access.staff(*CLINICIANS, while_locked=True)  # what waits on a tablet is sent behind the privacy lock too
@require_GET
def replay_ready(request):
    """Whether entries may be sent now: the token for it, and our clock, so that the tablet's can be measured."""
    return JsonResponse({"csrf": get_token(request), "now": clock.now().isoformat()})


@access.staff(*CLINICIANS, while_locked=True)
@require_POST
def replay(request, pk):
    """One entry that waited on a tablet: recorded, known already, or held for a human; 400 when it cannot be read."""
    form = ReplayForm(request.POST, session=session_or_404(request, pk))
    if not form.is_valid():
        return JsonResponse({"state": "unreadable", "words": form.errors.as_text()}, status=400)
    answer = form.save(request)
    return JsonResponse({"state": answer.state, "words": answer.words})


@access.staff(*CLINICIANS)
def held_settle(request, pk, held):
    """What was held: record it, put right where it must be, or set it aside with a reason."""
    session, row = _held(request, pk, held)
    form = settling_form(row, None, request.user)
    context = {"held": row, "row": held_row(row, session), "form": form, "aside": SetAsideForm(held=row)}
    return render(request, "sessions/held.html", frame(request, session) | context)


@access.staff(*CLINICIANS)
@require_POST
def held_record(request, pk, held):
    """It is recorded after all, with its own time and author."""
    session, row = _held(request, pk, held)
    form = settling_form(row, request.POST, request.user)
    return _decided(request, session, row, form, SetAsideForm(held=row), "Recorded.", form)


@access.staff(*CLINICIANS)
@require_POST
def held_set_aside(request, pk, held):
    """It does not belong in the record; it stays readable with the reason."""
    session, row = _held(request, pk, held)
    aside = SetAsideForm(request.POST, held=row)
    return _decided(request, session, row, settling_form(row, None, request.user), aside, "Set aside.", aside)


def _held(request, pk, held):
    session = session_or_404(request, pk)
    return session, part_or_404(session, "held_entries", held)


def _decided(request, session, row, form, aside, done, sent):
    if sent is None:
        raise Http404
    _, status = attempt(request, sent)
    if status == 302:
        messages.success(request, done)
        return HttpResponseRedirect(reverse("sessions:session-show", args=[session.pk]))
    context = {"held": row, "row": held_row(row, session), "form": form, "aside": aside, "has_errors": True}
    return render(request, "sessions/held.html", frame(request, session) | context, status=status)
