"""Addresses of planning, booking, schedule and the patient page."""

from django.urls import path

from followup import urls_schedule
from followup.views import booking, patient, planning, visits

urlpatterns = [
    *urls_schedule.urlpatterns,
    path("patients/<uuid:pk>/", patient.show, name="patient-show"),
    path("patients/<uuid:pk>/book/", booking.book, name="visit-book"),
    path("patients/<uuid:pk>/hold/", booking.hold, name="slot-hold"),
    path("patients/<uuid:pk>/plan/", planning.plan, name="course-plan"),
    path("courses/<uuid:pk>/sign/", planning.sign, name="course-sign"),
    path("courses/<uuid:pk>/change/", planning.change, name="course-change"),
    path("courses/<uuid:pk>/series/", booking.book_series, name="series-book"),
    path("courses/<uuid:pk>/shift/", booking.shift, name="series-shift"),
    path("visits/<uuid:pk>/", visits.show, name="visit-show"),
    path("visits/<uuid:pk>/confirm/", visits.confirm, name="visit-confirm"),
    path("visits/<uuid:pk>/arrive/", visits.arrive, name="visit-arrive"),
    path("visits/<uuid:pk>/no-show/", visits.no_show, name="visit-no-show"),
    path("visits/<uuid:pk>/cancel/", visits.cancel, name="visit-cancel"),
    path("visits/<uuid:pk>/move/", visits.move, name="visit-move"),
]
