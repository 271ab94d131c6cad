"""Paths of the development tools."""

from django.urls import path

from clinic.dev import look

app_name = "dev"

urlpatterns = [
    path("look/", look.show, name="look"),
    path("look/<slug:page>/", look.show, name="look-page"),
]
