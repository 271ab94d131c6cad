"""Paths of the development tools."""

app_name = "dev"

urlpatterns: list = []
