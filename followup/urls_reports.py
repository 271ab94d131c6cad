"""Addresses of the clinic's reports (those with a page of their own come before them) and of a patient's story."""

from django.urls import path

from followup.views import keeping, reports, timeline

urlpatterns = [
    path("patients/<uuid:pk>/timeline/", timeline.show, name="patient-timeline"),
    path("patients/<uuid:pk>/timeline.csv", timeline.file, name="patient-timeline-csv"),
    path("kept/", keeping.show, name="kept"),
    path("reports/", reports.index, name="reports"),
    path("reports/<slug:slug>/", reports.show, name="report-show"),
    path("reports/<slug:slug>/<slug:key>.csv", reports.table, name="report-csv"),
    path("reports/<slug:slug>/<slug:key>.svg", reports.picture, name="report-picture"),
]
