"""The root of all paths. Who may pass which one is said beside each view and kept by the door middleware."""

from django.apps import apps
from django.urls import include, path

from clinic.admin.site import clinic_admin

handler500 = "clinic.views.broken.broken"

urlpatterns = [
    path("", include("sessions.urls")),  # first: a keypad is never asked to wait for a list to be searched
    path("", include("clinic.urls")),
    path("", include("intake.urls")),
    path("", include("followup.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", clinic_admin.urls),
]

if apps.is_installed("clinic.dev"):
    urlpatterns.append(path("dev/", include("clinic.dev.urls")))
