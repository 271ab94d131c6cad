"""Addresses of the top floor: planning's own list, then diary, messages, course and relief."""

from django.urls import path

from followup import (
    urls_after,
    urls_care,
    urls_offers,
    urls_planning,
    urls_records,
    urls_relief,
    urls_reminders,
    urls_reports,
)
from followup.views import courses, messages, own

app_name = "followup"

urlpatterns = [
    *urls_records.urlpatterns,
    *urls_reminders.urlpatterns,
    *urls_planning.urlpatterns,
    *urls_offers.urlpatterns,
    *urls_after.urlpatterns,
    *urls_care.urlpatterns,
    *urls_relief.urlpatterns,
    path("courses/<uuid:pk>/", courses.show, name="course-show"),
    path("courses/<uuid:pk>/relief.csv", courses.durations, name="course-csv"),
    *[
        path(
            f"courses/<uuid:pk>/proposals/<uuid:proposal_pk>/{decision}/",
            courses.decide,
            {"decision": decision},
            name=f"proposal-{decision}",
        )
        for decision in ("accept", "change", "decline")
    ],
    path("readiness/", own.readiness, name="readiness"),
    path("readiness/done/", own.readiness_done, name="readiness-done"),
    path("messages/", messages.choices, name="message-choices"),
    *urls_reports.urlpatterns,
]
