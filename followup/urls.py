"""Addresses of the top floor: planning's own list, then diary, course and relief."""

from followup import urls_planning

app_name = "followup"

urlpatterns = [
    *urls_planning.urlpatterns,
]
