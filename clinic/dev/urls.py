"""Paths of the development tools."""

from django.urls import path

from clinic.dev import look
from clinic.dev.views import mail, trivial

app_name = "dev"

urlpatterns = [
    path("trivial/", trivial.show, name="trivial"),
    path("look/", look.show, name="look"),
    path("look/<slug:page>/", look.show, name="look-page"),
    path("mail/", mail.index, name="mail-list"),
    path("mail/<slug:name>/", mail.show, name="mail-show"),
]
