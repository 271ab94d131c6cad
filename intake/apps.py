"""The intake floor: questionnaires, consent, assessment and approval."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Registers the app under its short label."""

    name = "intake"
    label = "intake"
    verbose_name = "Intake and assessment"
