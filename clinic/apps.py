"""The shared record: people, places, courses, appointments, tasks, messages, audit, access."""

from importlib import import_module

from django.apps import AppConfig


class ClinicConfig(AppConfig):
    """Registers the app under its short label."""

    name = "clinic"
    label = "clinic"
    verbose_name = "Shared record"

    def ready(self):
        """Let the audit listen at the door, spare questions, read keys fast, give messages their files and values."""
        from clinic import sign_in

        sign_in.listen()
        import_module("clinic.alive").spare_questions()
        import_module("clinic.made").remember_keys()
        import_module("clinic.presenters.calendar")
        import_module("clinic.presenters.keeping").register()
        import_module("clinic.presenters.sealing").care()
        import_module("clinic.actions.amendments")
        import_module("clinic.queries.plans")
        import_module("clinic.queries.protocols").register()
