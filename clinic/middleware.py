"""Every request passes here: who is asking, from where, and whether this view lets them knock at all."""

import uuid

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone

from clinic import access, audit, clock, links, sign_in
from clinic.models import PatientLink, Role

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


def _note_address(request):
    """Take the caller's address from the last trusted proxy; without one, headers about it count for nothing."""
    count, named = settings.TRUSTED_PROXY_COUNT, request.headers.get("X-Forwarded-For", "").split(",")
    if count and len(named) >= count:
        request.META["REMOTE_ADDR"] = named[-count].strip()


class LifetimeMiddleware:
    """Ends staff sessions that are idle or a shift old; signing out leaves nothing in the browser."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        here = request.user.is_authenticated
        if here and sign_in.has_lapsed(request, clock.now()):
            logout(request)
        response = self.get_response(request)
        if here and request.session.is_empty():
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
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
        timezone.deactivate()
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        door = getattr(view, "door", None)
        if request.user.is_authenticated:
            request.memberships = access.memberships_of(request.user)
        if door is None:
            return self._own_door(request)
        request.door = door
        answer = getattr(self, f"_{door.kind}")(request, door)
        if request.site is not None:
            timezone.activate(request.site.zone)  # every time shown is the site's, unless it says another place
        return answer

    def _own_door(self, request):
        match = request.resolver_match
        if match.namespace == "admin":
            request.door = access.Door("staff", roles=ADMIN_ROLES)
            return self._staff(request, request.door, siteless=request.user.is_superuser)
        request.site = access.current_site(request)
        if match.view_name in sign_in.PAGES:
            return None
        if match.func.__module__.startswith("allauth."):
            raise Http404
        raise PermissionDenied("This page has no door.")

    def _public(self, request, door):
        request.site = access.current_site(request)
        request.roles = access.roles_at(request, request.site)

    def _staff(self, request, door, siteless=False):
        if not request.user.is_authenticated:
            return self._to_login(request)
        if settings.MFA_REQUIRED and not sign_in.has_second_factor(request):
            return self._to_factor(request)
        request.site = access.current_site(request)
        if request.site is None and not siteless:
            raise PermissionDenied("Your role does not open this page.")
        request.roles = access.roles_at(request, request.site)

    def _patient_link(self, request, door):
        link = self._open_link(request, door)
        if link is None:
            return HttpResponse(status=302, headers={"Location": "/p/"})
        request.patient_link, request.patient, request.site = link, link.patient, link.site
        request.user, request.memberships = AnonymousUser(), []  # whoever of the staff uses this browser is not asked

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

    def _first_to(self, request, page):
        if request.headers.get("HX-Request"):
            return HttpResponse(status=401, headers={"HX-Refresh": "true"})
        return redirect_to_login(request.get_full_path() if request.method == "GET" else "/", login_url=page)
