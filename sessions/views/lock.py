"""The privacy lock of a shared tablet: put on by hand or by itself, opened by PIN, passkey or password."""

import uuid

from allauth.mfa.webauthn.forms import LoginWebAuthnForm
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from clinic import access, sign_in
from sessions import reentry
from sessions.access import CLINICIANS, session_or_404
from sessions.forms.events import EmergencyForm
from sessions.forms.lock import LockForm, kept_fields
from sessions.views.flow import attempt

# Said by our own script: the answer goes into the page that stands behind the lock, which stays as it is.
IN_PLACE = "Lock-In-Place"


@access.staff(while_locked=True)
@require_http_methods(["GET", "HEAD"])
def lock(request):
    """The locked page by itself: where a look at any other page leads meanwhile."""
    there = _safe(request.GET.get("next", ""))
    if not sign_in.is_locked(request):
        return HttpResponseRedirect(there)
    return _page(request, LockForm(), then=there)


@access.staff(while_locked=True)
@require_POST
def lock_set(request):
    """Lock now: by hand, or because nobody has touched the tablet for a while. Nothing on the page is lost."""
    sign_in.lock(request, why="idle" if request.POST.get("why") == "idle" else "hand")
    return _page(request, LockForm(), then=_safe(request.POST.get("next", "")))


@access.staff(while_locked=True)
@require_POST
def lock_stay(request):
    """Somebody is using the page: the session is not idle."""
    return HttpResponse(status=423 if sign_in.is_locked(request) else 204)


@access.staff(while_locked=True)
@require_POST
def lock_open(request):
    """Open it by PIN or password: 422 with the reason, or on with the page that was asked for."""
    form, owner = LockForm(request.POST), request.user
    user, status = attempt(request, form)
    there = _safe(request.POST.get("next", ""))
    if status != 302:
        return _page(request, form, then=there, status=status)
    return _opened(request, user == owner, there)


@access.staff(while_locked=True)
@require_http_methods(["GET", "HEAD", "POST"])
def lock_passkey(request):
    """What the device is asked, and its answer."""
    if request.method != "POST":
        return JsonResponse({"request_options": begin_authentication(user=None)})
    form, owner, there = LoginWebAuthnForm(data=request.POST), request.user, _safe(request.POST.get("next", ""))
    if not form.is_valid():
        again = LockForm()
        again.cleaned_data = {}
        return _page(request, again, then=there, status=422, trouble="This passkey opens nothing here. Try again.")
    user = reentry.by_passkey(request, form.cleaned_data["credential"])
    return _opened(request, user == owner, there)


@access.staff(*CLINICIANS, while_locked=True)
@require_POST
def lock_emergency(request, pk):
    """One tap on a locked tablet calls an emergency for its chair; everything else waits behind the lock."""
    session = session_or_404(request, pk)
    said = {"step": "called", "entry_id": request.POST.get("entry_id") or str(uuid.uuid4())}
    _, status = attempt(request, EmergencyForm(said, session=session))
    return HttpResponse("Emergency called. Every screen shows this chair." if status == 302 else "", status=200)


def _opened(request, is_same, there):
    if request.headers.get(IN_PLACE):
        return JsonResponse({"same": is_same, "to": there})
    kept = kept_fields(request.POST)
    if kept and is_same:
        return render(request, "sessions/lock_resend.html", {"then": there, "kept": kept})
    return HttpResponseRedirect(there)


def _page(request, form, *, then, status=200, trouble=""):
    in_place = bool(request.headers.get(IN_PLACE))
    context = {
        "form": form,
        "people": reentry.people_here(request),
        "owner": request.user,
        "then": then,
        "trouble": trouble,
        "kept": kept_fields(request.POST),
        "has_errors": status == 422,
        "in_place": in_place,
    }
    template = "sessions/_lock.html" if in_place else "sessions/lock.html"
    return render(request, template, context, status=status)


def _safe(there):
    safe = there.startswith("/") and url_has_allowed_host_and_scheme(there, allowed_hosts=None)
    return there if safe and not there.startswith("/lock/") else "/"
