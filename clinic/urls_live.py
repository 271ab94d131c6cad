"""Paths of the service itself: health, the tickets of the live stream, and the screens on the wall."""

from django.urls import path

from clinic.views import health, live, walls

urlpatterns = [
    path("health/", health.show, name="health"),
    path("health/live/", health.live, name="health-live"),
    path("health/ready/", health.ready, name="health-ready"),
    path("health/backups/", health.backups, name="backup-list"),
    path("live/ticket/", live.ticket, name="live-ticket"),
    path("wall/ticket/", live.wall_ticket, name="wall-ticket"),
    path("wall/pair/", walls.wall_pair, name="wall-pair"),
    path("walls/", walls.wall_list, name="wall-list"),
    path("walls/pair/", walls.wall_claim, name="wall-claim"),
    path("walls/<uuid:pk>/revoke/", walls.wall_revoke, name="wall-revoke"),
]
