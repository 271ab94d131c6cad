"""Paths of the sessions floor."""

app_name = "sessions"

urlpatterns: list = []
