"""What the clinic sets up for the time after an infusion: when patients are reminded."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from clinic import clock
from clinic.admin.base import ConfigAdmin
from clinic.admin.site import admin_sites, clinic_admin
from clinic.notify.kinds import BY_RULE, KINDS
from followup.actions.reminder_rules import ASKED, quiet_hours
from followup.actions.reminders import plan_again
from followup.models import ReminderRule
from followup.rules import reminders


class ReminderRuleForm(forms.ModelForm):
    """A rule that makes sense, or all the reasons why not."""

    message_kind = forms.ChoiceField(label="Message", choices=[(code, KINDS[code].words) for code in BY_RULE])

    class Meta:
        model = ReminderRule
        fields = ("site", "slot", *ASKED, "is_on")

    def clean(self):
        """Ask the rule about the whole row."""
        told = super().clean()
        if not self.errors:
            items = reminders.rule_items(told, quiet_hours(told.get("site")))
            if items:
                raise ValidationError({item.field: item.text for item in items})
        return told


class ReminderRuleAdmin(ConfigAdmin):
    """Rules of the clinic (no site) and of single sites. The page "Reminders" switches them for a site."""

    site_path = None
    form = ReminderRuleForm
    list_display = ("slot", "kind", "side", "how", "days", "hours", "at", "only", "message_kind", "site", "is_on")
    list_filter = ("site", "side", "is_on")

    def in_scope(self, request, obj):
        """A rule of no site is every admin's, one of a site that site's admins'."""
        return obj is None or obj.site_id is None or request.user.is_superuser or obj.site_id in admin_sites(request)

    def get_queryset(self, request):
        """The rules of the user's sites and those of none."""
        rows = super().get_queryset(request)
        return rows if request.user.is_superuser else rows.filter(Q(site=None) | Q(site__in=admin_sites(request)))

    def save_model(self, request, obj, form, change):
        """Save it and let the messages of visits ahead be worked out anew."""
        super().save_model(request, obj, form, change)
        plan_again(at=clock.now(), site=obj.site)


clinic_admin.register(ReminderRule, ReminderRuleAdmin)
