"""Paths of the development tools."""

from django.urls import path

from clinic.dev.views import mail

app_name = "dev"

urlpatterns = [
    path("mail/", mail.index, name="mail-list"),
    path("mail/<slug:name>/", mail.show, name="mail-show"),
]
