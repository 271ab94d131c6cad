"""Paths of what is read before the first infusion: the patient's pages, and staff's."""

from django.urls import path

from intake.views import education, staff_education

urlpatterns = [
    path("before-your-first-visit/", education.home, name="education-home"),
    path("before-your-first-visit/<int:number>/", education.section, name="education-section"),
    path("before-your-first-visit/confirm/", education.confirm, name="education-confirm"),
    path("before-your-first-visit/print/", education.sheet_print, name="education-print"),
    path("patients/<uuid:pk>/education/", staff_education.show, name="patient-education"),
    path("patients/<uuid:pk>/education/explain/", staff_education.explain, name="education-explain"),
    path("patients/<uuid:pk>/education/send/", staff_education.send, name="education-send"),
    path("patients/<uuid:pk>/education/print/", staff_education.sheet_print, name="education-sheet"),
    path("questions/<uuid:pk>/answer/", staff_education.answer, name="question-answer"),
]
