"""Paths of the privacy lock."""

from django.urls import path

from sessions.views import lock

urlpatterns = [
    path("lock/", lock.lock, name="lock"),
    path("lock/set/", lock.lock_set, name="lock-set"),
    path("lock/stay/", lock.lock_stay, name="lock-stay"),
    path("lock/open/", lock.lock_open, name="lock-open"),
    path("lock/passkey/", lock.lock_passkey, name="lock-passkey"),
    path("lock/emergency/<uuid:pk>/", lock.lock_emergency, name="lock-emergency"),
]
