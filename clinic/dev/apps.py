"""Development tools: embedded services, the launcher, the mail room, the demo clinic. Never in production."""

from django.apps import AppConfig


class DevelopmentConfig(AppConfig):
    """Registers the tools; listed in the development and test settings alone."""

    name = "clinic.dev"
    label = "dev"
    verbose_name = "Development"
