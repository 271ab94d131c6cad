"""The sessions floor: the infusion from check-in to signature."""

from importlib import import_module

from django.apps import AppConfig


class SessionsConfig(AppConfig):
    """Registers the app; its label is not `sessions`, which is the label of django.contrib.sessions."""

    name = "sessions"
    label = "treatment_sessions"
    verbose_name = "Infusion sessions"

    def ready(self):
        """Listen to the news of the floors below."""
        import_module("sessions.receivers")
        import_module("sessions.proofs").register()
        import_module("sessions.queries.clocks").care()
