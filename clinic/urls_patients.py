"""Paths of the clinic floor: patients."""

from django.urls import path

from clinic.views import patients

urlpatterns = [
    path("patients/", patients.show_list, name="patient-list"),
    path("patients/find/", patients.find, name="patient-find"),
    path("patients/add/", patients.add, name="patient-add"),
    path("patients/likely/", patients.likely, name="patient-likely"),
    path("patients/<uuid:pk>/edit/", patients.edit, name="patient-edit"),
]
