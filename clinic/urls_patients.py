"""Paths of the clinic floor: patients."""

from django.urls import path

from clinic.views import patients, speaking

urlpatterns = [
    path("patients/<uuid:pk>/alerts/", speaking.alerts, name="patient-alerts"),
    path("patients/alerts/<uuid:pk>/verify/", speaking.alert_verify, name="patient-alert-verify"),
    path("patients/alerts/<uuid:pk>/end/", speaking.alert_end, name="patient-alert-end"),
    path("patients/<uuid:pk>/representatives/", speaking.representatives, name="patient-representatives"),
    path("patients/representatives/<uuid:pk>/end/", speaking.representative_end, name="representative-end"),
    path("patients/", patients.show_list, name="patient-list"),
    path("patients/find/", patients.find, name="patient-find"),
    path("patients/likely/", patients.likely, name="patient-likely"),
    path("patients/<uuid:pk>/edit/", patients.edit, name="patient-edit"),
]
