"""Paths of intake: the patient's packet, and the staff's packets and assessments."""

from django.urls import path

from intake.views import consents, packet

app_name = "intake"

urlpatterns = [
    path("packet/", packet.home, name="packet-home"),
    path("packet/check/", packet.check, name="packet-check"),
    path("packet/sent/", packet.sent, name="packet-sent"),
    path("packet/consents/<slug:kind>/", consents.consent, name="packet-consent"),
    path("packet/<slug:slug>/", packet.page, name="packet-page"),
    path("packet/<slug:slug>/draft/", packet.draft, name="packet-draft"),
]
