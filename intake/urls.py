"""Paths of intake: the patient's packet, and the staff's packets and assessments."""

from django.urls import path

from intake.urls_consents import urlpatterns as of_consents
from intake.urls_education import urlpatterns as of_education
from intake.urls_filling import urlpatterns as filling
from intake.urls_review import urlpatterns as of_review
from intake.urls_rules import urlpatterns as of_rules
from intake.views import assessment, consents, newcomers, packet, scores, staff

app_name = "intake"

urlpatterns = [
    *of_consents,
    *of_education,
    *filling,
    *of_review,
    *of_rules,
    path("patients/add/", newcomers.add, name="patient-add"),
    path("packet/", packet.home, name="packet-home"),
    path("packet/check/", packet.check, name="packet-check"),
    path("packet/sent/", packet.sent, name="packet-sent"),
    path("packet/consents/<slug:kind>/", consents.consent, name="packet-consent"),
    path("packet/<slug:slug>/", packet.page, name="packet-page"),
    path("packet/<slug:slug>/draft/", packet.draft, name="packet-draft"),
    path("intake/", staff.packet_list, name="packet-list"),
    path("intake/invite/<uuid:pk>/", staff.invite, name="packet-invite"),
    path("intake/<uuid:pk>/", staff.show, name="packet-show"),
    path("intake/<uuid:pk>/resend/", staff.resend, name="packet-resend"),
    path("intake/<uuid:pk>/withdraw/", staff.withdraw, name="packet-withdraw"),
    path("intake/<uuid:pk>/assess/", staff.assess, name="packet-assess"),
    path("intake/scores/<uuid:pk>/add/", scores.add, name="score-add"),
    path("intake/scores/<uuid:pk>/screen/", scores.screen, name="score-screen"),
    path("intake/assessments/<uuid:pk>/", assessment.show, name="assessment-show"),
    path("intake/assessments/<uuid:pk>/settle/", assessment.settle, name="assessment-settle"),
    path("intake/assessments/<uuid:pk>/save/", assessment.save, name="assessment-save"),
    path("intake/assessments/<uuid:pk>/sign/", assessment.sign, name="assessment-sign"),
    path("intake/assessments/<uuid:pk>/add/", assessment.add, name="assessment-add"),
    path("intake/assessments/<uuid:pk>/tell/", assessment.tell, name="assessment-tell"),
]
