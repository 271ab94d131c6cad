"""Paths of the service itself: health and the live ticket."""

from django.urls import path

from clinic.views import health, live

urlpatterns = [
    path("health/live/", health.live, name="health-live"),
    path("health/ready/", health.ready, name="health-ready"),
    path("live/ticket/", live.ticket, name="live-ticket"),
]
