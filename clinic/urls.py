"""Paths of the clinic floor."""

app_name = "clinic"

urlpatterns: list = []
