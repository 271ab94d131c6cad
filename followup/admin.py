"""What the clinic sets up for the time after an infusion: when patients are reminded."""

from clinic.admin.base import ConfigAdmin
from clinic.admin.site import clinic_admin
from followup.models import ReminderRule


class ReminderRuleAdmin(ConfigAdmin):
    """Rules of the clinic (no site) and of single sites."""

    site_path = None
    list_display = ("slot", "kind", "how", "days", "hours", "at", "message_kind", "site", "is_on")
    list_filter = ("site", "is_on")


clinic_admin.register(ReminderRule, ReminderRuleAdmin)
