"""Intake's rows in the admin: for looking only, safe fields, patients of the admin's sites."""

from django.contrib import admin

from clinic.admin.base import ConfigAdmin, RecordAdmin
from clinic.admin.site import clinic_admin
from clinic.admin.texts import TextAdmin, try_each
from intake.actions.education import publish_sheet
from intake.consents import missing_texts
from intake.models import Approval, Assessment, EducationText, Packet, RuleLevel
from intake.rules.findings import dead_rules


@admin.register(Packet, site=clinic_admin)
class PacketRecordAdmin(RecordAdmin):
    """Who was invited when, and how far it is."""

    list_display = ["patient", "state", "made_at", "submitted_at"]


@admin.register(Assessment, site=clinic_admin)
class AssessmentRecordAdmin(RecordAdmin):
    """That there is one, and whether it is signed; never what it says."""

    list_display = ["patient", "started_at", "signed_at"]


@admin.register(Approval, site=clinic_admin)
class ApprovalRecordAdmin(RecordAdmin):
    """From when until when."""

    list_display = ["patient", "approved_at", "valid_until", "revoked_at"]


@admin.register(RuleLevel, site=clinic_admin)
class RuleLevelAdmin(ConfigAdmin):
    """The levels prescribers have set, for looking: a rule is weighed on its own page, with a reason."""

    may_add = may_change = False
    site_path = None
    actions = None
    list_display = ["rule", "level", "default_level", "set_at", "set_by", "can_fire"]
    list_filter = ["level"]
    list_select_related = ["set_by"]

    @admin.display(description="Can fire", boolean=True)
    def can_fire(self, obj):
        """What the self-test says of the rule."""
        return obj.rule not in dead_rules()


@admin.register(EducationText, site=clinic_admin)
class EducationTextAdmin(TextAdmin):
    """The sheet before the first infusion, in sections."""

    list_display = ["title", "kind", "language", "number", "state"]

    @admin.action(description="Publish these drafts", permissions=["add"])
    def publish(self, request, queryset):
        """Freeze the drafts, each only if it has sections with words."""
        for text in queryset:
            try_each(self, request, publish_sheet, text=text, done=f"Published: {text}.")


clinic_admin.notices.append(missing_texts)
