"""Paths of the doors: home, the choice of site."""

from django.urls import path

from clinic.views import home

urlpatterns = [
    path("", home.show, name="home"),
    path("site/", home.set_site, name="site-set"),
]
