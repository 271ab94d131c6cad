"""Paths of the doors: home, the choice of site, the patients' links."""

from django.urls import path

from clinic.views import home, language, links

urlpatterns = [
    path("", home.show, name="home"),
    path("site/", home.set_site, name="site-set"),
    path("language/", language.set_language, name="language-set"),
    path("p/", links.prove, name="link-prove"),
    path("p/code/", links.code, name="link-code"),
    path("p/open/", links.go_on, name="link-continue"),
    path("p/ask/", links.ask, name="link-ask"),
    path("p/<str:token>/", links.open_link, name="link-open"),
    path("links/<uuid:pk>/resend/", links.resend, name="link-resend"),
]
