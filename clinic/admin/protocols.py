"""Protocols: drafts are edited by clinic admins, approved by prescribers, frozen afterwards."""

from django.contrib import admin

from clinic.actions import setup
from clinic.admin.base import ConfigAdmin, Parts
from clinic.admin.site import clinic_admin, is_admin, is_prescriber
from clinic.admin.texts import try_each
from clinic.models import (
    ChecklistItem,
    DischargeCriterion,
    PhaseMeasure,
    Protocol,
    ProtocolDrug,
    ProtocolLimit,
    ProtocolVersion,
    RateStep,
    SafetyCheck,
    StandingOrder,
)
from clinic.queries import signed

PROOF = {
    True: "Exactly as approved",
    False: "NOT what was approved: tell the auditor now, and change nothing",
    None: "Approved before such proofs were kept: nothing to compare with",
}


def part(part_model):
    """An inline for one kind of row of a version."""
    return type(f"{part_model.__name__}Inline", (Parts,), {"model": part_model})


class ProtocolPage(ConfigAdmin):
    """Protocols are the clinic's; prescribers read them here too."""

    site_path = None

    def has_module_permission(self, request):
        return is_admin(request) or is_prescriber(request)

    def has_view_permission(self, request, obj=None):
        return is_admin(request) or is_prescriber(request)


@admin.register(Protocol, site=clinic_admin)
class ProtocolAdmin(ProtocolPage):
    list_display = ["name", "purpose", "current", "retired_at"]


@admin.register(ProtocolVersion, site=clinic_admin)
class ProtocolVersionAdmin(ProtocolPage):
    list_display = ["protocol", "number", "state", "planned_number", "infusion_minutes"]
    list_filter = ["protocol"]
    list_select_related = ["protocol", "approved_by"]
    exclude = ["approved_at", "approved_by"]
    readonly_fields = ["number", "state", "as_approved"]
    inlines = [
        part(model)
        for model in (
            ProtocolDrug,
            RateStep,
            PhaseMeasure,
            ProtocolLimit,
            StandingOrder,
            ChecklistItem,
            DischargeCriterion,
            SafetyCheck,
        )
    ]
    actions = ["new_draft", "approve"]

    @admin.display(description="State")
    def state(self, obj):
        """Draft, or approved by whom."""
        return f"approved by {obj.approved_by}" if obj.approved_at else "draft"

    @admin.display(description="Checked now")
    def as_approved(self, obj):
        """Whether the version, with every row of it, still is what was approved."""
        return PROOF[signed.proof_of(obj)] if obj.approved_at else "-"

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or obj.approved_at is None)

    def has_approve_permission(self, request):
        """Only a prescriber is offered the approval; the action itself checks again."""
        return is_prescriber(request)

    def save_model(self, request, obj, form, change):
        if not change:
            obj.number = obj.protocol.versions.count() + 1
        super().save_model(request, obj, form, change)

    @admin.action(description="Make a new draft from this version", permissions=["add"])
    def new_draft(self, request, queryset):
        for version in queryset:
            try_each(self, request, setup.draft_from, version=version, done=f"There is a new draft of {version}.")

    @admin.action(description="Approve this version: it is frozen and in force", permissions=["approve"])
    def approve(self, request, queryset):
        for version in queryset:
            try_each(self, request, setup.approve_version, version=version, done=f"Approved: {version}.")
