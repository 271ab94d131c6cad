"""Paths of the clinic floor: patients."""

urlpatterns: list = []
