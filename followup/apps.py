"""The top floor: series and booster planning, diary, relief, reminders, and the pages that compose several floors."""

from importlib import import_module

from django.apps import AppConfig


class FollowupConfig(AppConfig):
    name = "followup"
    verbose_name = "After the infusion"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """Listen to the news of the floors below."""
        import_module("followup.receivers")
        import_module("followup.presenters.offers")
        import_module("followup.presenters.own_record")
