"""Addresses of the top floor: planning's own list, then diary, messages, course and relief."""

from django.urls import path

from followup import urls_planning
from followup.views import diary, messages

app_name = "followup"

urlpatterns = [
    *urls_planning.urlpatterns,
    path("diary/", diary.entry, name="diary-entry"),
    path("diary/done/", diary.done, name="diary-done"),
    path("messages/", messages.choices, name="message-choices"),
]
