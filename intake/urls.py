"""Paths of the intake floor."""

app_name = "intake"

urlpatterns: list = []
