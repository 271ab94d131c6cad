"""Paths of the clinic floor: work."""

urlpatterns: list = []
