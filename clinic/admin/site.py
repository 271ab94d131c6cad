"""The admin site: entered by the product's own sign-in only, by clinic admins, and by prescribers for protocols."""

from django.contrib.admin import AdminSite
from django.http import HttpResponseRedirect
from django.shortcuts import resolve_url

from clinic import health
from clinic.models import Role


class ClinicAdminSite(AdminSite):
    site_title = site_header = "Tideline"
    index_title = "Set up the clinic"
    site_url = "/"
    final_catch_all_view = False
    enable_nav_sidebar = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.notices = []  # functions that return sentences about what is still to be set up

    def index(self, request, extra_context=None):
        """The set-up, headed by what is not well in the upper floors and by what is still missing."""
        missing = [sentence for notice in self.notices for sentence in notice()]
        told = {"missing": missing, "troubles": health.troubles()}
        return super().index(request, {**told, **(extra_context or {})})

    def has_permission(self, request):
        """Second factor and session are judged by the door middleware before any page is reached."""
        user = request.user
        return user.is_active and user.is_authenticated and (user.is_superuser or bool(admin_roles(request)))

    def get_urls(self):
        """Without the redirect to "view on site": rows have no page outside that this admin could know."""
        return [entry for entry in super().get_urls() if getattr(entry, "name", "") != "view_on_site"]

    def login(self, request, extra_context=None):
        """There is one way in: the product's own."""
        return HttpResponseRedirect(resolve_url("account_login"))

    def logout(self, request, extra_context=None):
        return HttpResponseRedirect(resolve_url("account_logout"))

    def password_change(self, request, extra_context=None):
        return HttpResponseRedirect(resolve_url("account_change_password"))

    def password_change_done(self, request, extra_context=None):
        return HttpResponseRedirect(resolve_url("account_change_password"))


def admin_roles(request):
    """The roles that open the admin, as held at any site."""
    return {m.role for m in request.memberships} & {Role.CLINIC_ADMIN, Role.PRESCRIBER}


def is_admin(request):
    """Whether the user administers at least one site."""
    return request.user.is_superuser or any(m.role == Role.CLINIC_ADMIN for m in request.memberships)


def admin_sites(request):
    """Ids of the sites the user administers."""
    return [m.site_id for m in request.memberships if m.role == Role.CLINIC_ADMIN]


def is_prescriber(request):
    """Whether the user prescribes at some site."""
    return any(m.role == Role.PRESCRIBER for m in request.memberships)


clinic_admin = ClinicAdminSite(name="admin")
