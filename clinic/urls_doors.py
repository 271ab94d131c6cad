"""Paths of the doors: home, the choice of site, the patients' links, the audit."""

from django.urls import path

from clinic.views import audit, home, links

urlpatterns = [
    path("", home.show, name="home"),
    path("site/", home.set_site, name="site-set"),
    path("p/", links.prove, name="link-prove"),
    path("p/code/", links.code, name="link-code"),
    path("p/<str:token>/", links.open_link, name="link-open"),
    path("links/<uuid:pk>/resend/", links.resend, name="link-resend"),
    path("audit/", audit.show_list, name="audit-list"),
]
