"""The root of all paths. Who may pass which one is said beside each view and kept by the door middleware."""

from django.apps import apps
from django.urls import include, path

from clinic.admin.site import clinic_admin

urlpatterns = [
    path("", include("clinic.urls")),
    path("", include("intake.urls")),
    path("", include("sessions.urls")),
    path("", include("followup.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", clinic_admin.urls),
]

if apps.is_installed("clinic.dev"):
    urlpatterns.append(path("dev/", include("clinic.dev.urls")))
