"""The shared record: people, places, courses, appointments, tasks, messages, audit, access."""

from django.apps import AppConfig


class ClinicConfig(AppConfig):
    """Registers the app under its short label."""

    name = "clinic"
    label = "clinic"
    verbose_name = "Shared record"

    def ready(self):
        """Let the audit listen at the door."""
        from clinic import sign_in

        sign_in.listen()
