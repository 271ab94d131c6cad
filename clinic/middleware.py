"""Every request passes here: who is asking, from where, and whether this view lets them knock at all."""

import uuid

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils import timezone

from clinic import access, audit, clock
from clinic.models import PatientLink

# Packages that keep their own doors: the admin site (clinic.admin_site) and allauth's sign-in views.
OWN_DOORS = ("admin", "account_", "mfa_", "usersessions_")


class ContextMiddleware:
    """Gives the audit its surroundings and the response its request id."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.id = uuid.uuid4().hex
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
        if match.namespace == "admin" or match.view_name.startswith(OWN_DOORS):
            request.site = access.current_site(request)
            return None
        raise PermissionDenied("This page has no door.")

    def _public(self, request, door):
        request.site = access.current_site(request)
        request.roles = access.roles_at(request, request.site)

    def _staff(self, request, door):
        if not request.user.is_authenticated:
            return self._to_login(request)
        request.site = access.current_site(request)
        if request.site is None:
            raise PermissionDenied("Your role does not open this page.")
        request.roles = access.roles_at(request, request.site)

    def _patient_link(self, request, door):
        link = self._open_link(request, door)
        if link is None:
            return HttpResponse(status=302, headers={"Location": "/p/"})
        request.patient_link, request.patient, request.site = link, link.patient, link.site

    def _open_link(self, request, door):
        for purpose in door.purposes:
            pk = request.session.get(f"link:{purpose}")
            link = (
                PatientLink.objects.filter(pk=pk, purpose=purpose).select_related("patient", "site").first()
                if pk
                else None
            )
            if link and link.is_open(clock.now()):
                return link
        return None

    def _to_login(self, request):
        if request.headers.get("HX-Request"):
            return HttpResponse(status=401, headers={"HX-Refresh": "true"})
        return redirect_to_login(request.get_full_path() if request.method == "GET" else "/")
