"""Addresses of planning, booking, schedule and the patient page."""

urlpatterns = []
