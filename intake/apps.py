"""The intake floor: questionnaires, consent, assessment and approval."""

from importlib import import_module

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Registers the app under its short label."""

    name = "intake"
    label = "intake"
    verbose_name = "Intake and assessment"

    def ready(self):
        """Listen to the news of the floor below; say on the health page and to the checks when a rule can't fire."""
        import_module("intake.receivers")
        import_module("intake.checks").watch_rules()
        import_module("intake.proofs").register()
