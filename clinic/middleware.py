"""Every request passes here: who is asking, from where, and whether this view lets them knock at all."""

import uuid

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from clinic import access, audit, clock, glass, language, links, sign_in, walls, watching
from clinic.actions.languages import choose_language
from clinic.actions.watching import flag
from clinic.models import PatientLink, Role
from clinic.queries.places import hours_of
from clinic.rules import hours
from clinic.rules.addresses import is_address
from clinic.rules.watching import STOP

ADMIN_ROLES = (Role.CLINIC_ADMIN.value, Role.PRESCRIBER.value)


class ContextMiddleware:
    """Gives the audit its surroundings and the response its request id."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.id = uuid.uuid4().hex
        _note_address(request)
        with audit.context(address=request.META.get("REMOTE_ADDR") or None, request_id=request.id):
            response = self.get_response(request)
        response.headers.setdefault("X-Request-ID", request.id)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Embedder-Policy", "require-corp")
        if response.headers.get("Content-Type", "").startswith(
            ("text/html", "application/json", "text/csv", "application/pdf")
        ):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


def _held_by(user):
    """The memberships in force; whoever was found by their sign-in a moment ago brings them along."""
    held = getattr(user, "holds_now", None)
    return access.memberships_of(user) if held is None else held


def _note_address(request):
    """Take the caller's address from the last trusted proxy; without one, headers about it count for nothing."""
    count, named = settings.TRUSTED_PROXY_COUNT, request.headers.get("X-Forwarded-For", "").split(",")
    if count and len(named) >= count and is_address(named[-count].strip()):
        request.META["REMOTE_ADDR"] = named[-count].strip()


def _speak(request, view):
    """Put a patient's page into their language; answer a switch of it, unless the view keeps what was typed."""
    patient = getattr(request, "patient", None)
    if language.is_switch(request):
        choose_language(session=request.session, code=request.POST[language.SWITCH], patient=patient)
    code = language.of_patient(request, patient) if patient else language.of_guest(request)
    translation.activate(code)
    if language.is_switch(request) and not getattr(view, "keeps_typed", False):
        return HttpResponse(status=303, headers={"Location": request.get_full_path()})
    return None


def _in_words(request, response):
    """Say which language the page is in; a form shown again because of the switch alone is not an error."""
    if response.headers.get("Content-Type", "").startswith("text/html"):
        response.headers.setdefault("Content-Language", language.current())
        if request.door is None or request.door.is_for_patients:
            patch_vary_headers(response, ["Accept-Language"])
    is_patients = request.door is not None and request.door.is_for_patients
    if is_patients and language.is_switch(request) and response.status_code in (409, 422):
        response.status_code = 200
    return response


def _note_denied(request, status):
    """Somebody signed in tried a page or a row that is not theirs: it stands in the audit."""
    if status in (403, 404) and request.door and request.door.kind == "staff" and request.user.is_authenticated:
        audit.denied(request, status)


def _note_look(request, status):
    """A page was shown to staff or to a patient: it stands in the audit, whatever the view did or forgot."""
    door = request.door
    shown = request.method == "GET" and status == 200 and door is not None and door.kind in ("staff", "patient_link")
    if shown and not door.while_locked:  # behind the privacy lock nobody's name is shown
        access.note_look(request)


def _watched(request, response):
    """What is odd about this person's access is put before those who judge it; what is too much is not given out."""
    if request.door is None or request.door.kind != "staff" or not request.user.is_authenticated:
        return response
    at, site = clock.now(), request.site or next((held.site for held in request.memberships), None)
    if site is None:
        return response
    for found in watching.judge(request, response, is_open=lambda: hours.is_open(hours_of(site), at)):
        if found.is_crossed:
            flag(found.bound, user=request.user, site=site, count=found.count, stopped=found.verdict == STOP, at=at)
        if found.verdict == STOP:
            return render(request, "clinic/access_stopped.html", status=429)
    return response


# What is not handed back with a form that met the privacy lock: its token, and secrets.
NOT_KEPT = {
    "csrfmiddlewaretoken",
    "password",
    "oldpassword",
    "password1",
    "password2",
    "second_password",
    "second_pin",
    "pin",
}

# The browser's word, with the sign-out, that no entry written without network waits in it any more.
NOTHING_WAITS = "nothing_waits"


class LifetimeMiddleware:
    """Locks staff sessions that are idle, ends those a shift old; signing out leaves nothing but what waits there.

    A tablet may hold entries that have not been sent yet. Only a sign-out that says there are none empties its storage;
    a sign-in that lapsed by itself never does.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        here = request.user.is_authenticated
        state = sign_in.lapse(request, clock.now()) if here else ""
        if state == sign_in.OVER:
            logout(request)
        elif state == sign_in.IDLE:
            sign_in.lock(request, why="idle")
        response = self.get_response(request)
        if here and request.session.is_empty():
            is_empty = request.POST.get(NOTHING_WAITS) == "yes"
            response.headers["Clear-Site-Data"] = '"cache", "storage"' if is_empty else '"cache"'
        return response


class DoorMiddleware:
    """Deny by default: a view without a door is refused, a door is checked before the view runs."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.door = None
        request.memberships = []
        request.site = None
        request.roles = set()
        request.glass = None
        timezone.deactivate()
        with translation.override(language.ENGLISH if request.user.is_authenticated else language.of_guest(request)):
            response = _in_words(request, self.get_response(request))
        _note_denied(request, response.status_code)
        _note_look(request, response.status_code)
        return _watched(request, response)

    def process_view(self, request, view, args, kwargs):
        door = getattr(view, "door", None)
        if door is None or not door.is_for_patients:
            translation.activate(language.ENGLISH)
        if request.user.is_authenticated:
            request.memberships = _held_by(request.user)
        if door is None:
            return self._own_door(request)
        request.door = door
        answer = getattr(self, f"_{door.kind}")(request, door)
        if request.site is not None:
            timezone.activate(request.site.zone)  # every time shown is the site's, unless it says another place
        return answer or (_speak(request, view) if door.is_for_patients else None)

    def _own_door(self, request):
        match = request.resolver_match
        if match.namespace == "admin":
            request.door = access.Door("staff", roles=ADMIN_ROLES)
            return self._staff(request, request.door, siteless=request.user.is_superuser)
        request.site = access.current_site(request)
        if match.view_name in sign_in.PAGES:
            locked = sign_in.is_locked(request) and match.view_name not in sign_in.WHILE_LOCKED
            return self._to_lock(request) if locked else None
        if match.func.__module__.startswith("allauth."):
            raise Http404
        raise PermissionDenied("This page has no door.")

    def _public(self, request, door):
        request.site = access.current_site(request)
        request.roles = access.roles_at(request, request.site)

    def _staff(self, request, door, siteless=False):
        if not request.user.is_authenticated:
            return self._to_login(request)
        if sign_in.is_locked(request) and not door.while_locked:
            return self._to_lock(request)
        if not sign_in.is_full(request):
            return self._to_factor(request)
        if door.fresh and not sign_in.is_fresh(request, clock.now()):
            return self._to_proof(request)
        request.site = access.current_site(request)
        behind_lock = door.while_locked and request.user.is_superuser
        if request.site is None and not siteless and not behind_lock:
            raise PermissionDenied("Your role does not open this page.")
        request.roles = access.roles_at(request, request.site)
        request.glass = glass.current(request, clock.now())

    def _patient_link(self, request, door):
        link = self._open_link(request, door)
        if link is None:
            return HttpResponse(status=302, headers={"Location": "/p/"})
        request.patient_link, request.patient, request.site = link, link.patient, link.site
        request.user, request.memberships = AnonymousUser(), []  # whoever of the staff uses this browser is not asked

    def _wall(self, request, door):
        request.user, request.memberships = AnonymousUser(), []  # a screen is nobody, whoever else uses its browser
        request.wall = walls.open_screen(request)
        if request.wall is None:
            return self._to_pairing(request)
        request.site = request.wall.site

    def _to_pairing(self, request):
        if request.method == "GET" and not request.headers.get("HX-Request"):
            return HttpResponse(status=302, headers={"Location": reverse("clinic:wall-pair")})
        return HttpResponse(status=401, headers={"HX-Refresh": "true"})

    def _open_link(self, request, door):
        for purpose in door.purposes:
            pk = links.opened(request.session, purpose)
            rows = PatientLink.objects.filter(pk=pk, purpose=purpose).select_related("patient", "site") if pk else ()
            link = next(iter(rows), None)
            if link and link.is_open(clock.now()):
                return link
        return None

    def _to_login(self, request):
        return self._first_to(request, reverse("account_login"))

    def _to_factor(self, request):
        return self._first_to(request, sign_in.factor_page(request))

    def _to_proof(self, request):
        """To the page that asks again who this is, and back: what is looked at, or the form that was sent too late."""
        there = redirect_to_login(request.get_full_path(), login_url=reverse("account_reauthenticate"))
        if request.headers.get("HX-Request"):
            return HttpResponse(status=204, headers={"HX-Redirect": there.headers["Location"]})
        return there

    def _to_lock(self, request):
        """Behind the privacy lock: a page waits there, a form is kept in the answer, a fragment is just not given."""
        page = reverse("sessions:lock")
        if request.headers.get("HX-Request"):
            return HttpResponse("Locked", status=423)
        if request.method in ("GET", "HEAD"):
            return redirect_to_login(request.get_full_path(), login_url=page)
        kept = [(name, value) for name in request.POST for value in request.POST.getlist(name) if name not in NOT_KEPT]
        context = {"then": request.get_full_path(), "kept": kept}
        return render(request, "sessions/lock_shut.html", context, status=423)

    def _first_to(self, request, page):
        if request.headers.get("HX-Request"):
            return HttpResponse(status=401, headers={"HX-Refresh": "true"})
        return redirect_to_login(request.get_full_path() if request.method == "GET" else "/", login_url=page)
