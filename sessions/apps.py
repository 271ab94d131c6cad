"""The sessions floor: the infusion from check-in to signature."""

from django.apps import AppConfig


class SessionsConfig(AppConfig):
    """Registers the app; its label is not `sessions`, which is the label of django.contrib.sessions."""

    name = "sessions"
    label = "treatment_sessions"
    verbose_name = "Infusion sessions"
