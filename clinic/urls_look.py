"""Paths of the look, taken into clinic.urls."""

from django.urls import path

from clinic.views import theme

urlpatterns = [path("theme/", theme.set_theme, name="theme-set")]
