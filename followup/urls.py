"""Addresses of the top floor: planning's own list, then diary, messages, course and relief."""

from django.urls import path

from followup import urls_planning
from followup.views import courses, diary, messages, own

app_name = "followup"

urlpatterns = [
    *urls_planning.urlpatterns,
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
    path("diary/", diary.entry, name="diary-entry"),
    path("diary/done/", diary.done, name="diary-done"),
    path("diary/entries/<uuid:pk>/", diary.show, name="diary-show"),
    path("readiness/", own.readiness, name="readiness"),
    path("readiness/done/", own.readiness_done, name="readiness-done"),
    path("my-visits/", own.visits, name="visits"),
    path("messages/", messages.choices, name="message-choices"),
]
