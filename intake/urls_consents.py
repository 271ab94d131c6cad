"""Paths of consents: the patient's own, and what staff does with them."""

from django.urls import path

from intake.views import own_consents, staff_consents

urlpatterns = [
    path("my-consents/", own_consents.show_list, name="consent-list"),
    path("my-consents/<slug:kind>/", own_consents.show, name="consent-own"),
    path("my-consents/<slug:kind>/take-back/", own_consents.take_one_back, name="consent-take-back"),
    path("consents/renewals/", staff_consents.renewal_page, name="consent-renewal-list"),
    path("consents/renewals/<uuid:pk>/", staff_consents.renewal_page, name="consent-renewals"),
    path("consents/signatures/<uuid:pk>/copy/", staff_consents.copy, name="consent-copy"),
    path("patients/<uuid:pk>/consents/", staff_consents.show, name="patient-consents"),
    path("patients/<uuid:pk>/consents/tablet/", staff_consents.tablet, name="consent-tablet"),
    path("patients/<uuid:pk>/consents/<slug:kind>/ask/", staff_consents.ask, name="consent-ask"),
    path("patients/<uuid:pk>/consents/<slug:kind>/take-back/", staff_consents.revoke, name="consent-revoke"),
    path("patients/<uuid:pk>/consents/<slug:kind>/paper/", staff_consents.paper, name="consent-paper"),
]
