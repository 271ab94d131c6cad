"""The shared record: people, places, courses, appointments, tasks, messages, audit, access."""

from importlib import import_module

from django.apps import AppConfig


class ClinicConfig(AppConfig):
    """Registers the app under its short label."""

    name = "clinic"
    label = "clinic"
    verbose_name = "Shared record"

    def ready(self):
        """Let the audit listen at the door, and give messages about visits their calendar file."""
        from clinic import sign_in

        sign_in.listen()
        import_module("clinic.presenters.calendar")
