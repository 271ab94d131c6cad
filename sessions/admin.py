"""Infusion sessions in the admin: for looking only, safe and personal fields, each look audited."""

from django.contrib import admin

from clinic.admin.base import AuditedAdmin, RecordAdmin
from clinic.admin.site import clinic_admin
from clinic.admin.texts import TextAdmin, try_each
from sessions.actions.aftercare import publish_sheet_text
from sessions.models import AftercareText, Container, DayClose, Delivery, Entry, InfusionSession, Signature, StockCount


@admin.register(InfusionSession, site=clinic_admin)
class InfusionSessionRecordAdmin(RecordAdmin):
    list_display = ["checked_in_at", "phase", "started_at", "stopped_at", "ended_at", "signed_at"]


@admin.register(Entry, site=clinic_admin)
class EntryRecordAdmin(RecordAdmin):
    patient_path = "session__patient"
    list_display = ["kind", "role", "observed_at", "received_at", "source", "late"]


@admin.register(Signature, site=clinic_admin)
class SignatureRecordAdmin(RecordAdmin):
    patient_path = "session__patient"
    list_display = ["signed_at", "printed_name", "meaning"]


class SafeAdmin(AuditedAdmin):
    """Rows of the drug safe, which only its own pages write: for looking, at the admin's sites."""

    may_add = may_change = False
    actions = None
    list_filter = ["site"]


@admin.register(Container, site=clinic_admin)
class ContainerAdmin(SafeAdmin):
    """No patient here: whom a single-dose container was opened for is clinical."""

    list_display = ["code", "drug", "schedule", "lot", "expires_on", "state", "kept_in", "site"]
    search_fields = ["code", "lot"]
    exclude = ["patient"]


@admin.register(Delivery, site=clinic_admin)
class DeliveryAdmin(SafeAdmin):
    list_display = ["received_at", "supplier", "invoice", "order_form", "received_by", "site"]
    search_fields = ["supplier", "invoice"]


@admin.register(StockCount, site=clinic_admin)
class StockCountAdmin(SafeAdmin):
    list_display = ["counted_at", "kind", "moment", "counted_by", "witness", "site"]


@admin.register(DayClose, site=clinic_admin)
class DayCloseAdmin(SafeAdmin):
    """Without the facts: they name patients."""

    list_display = ["day", "number", "kind", "at", "by", "site"]
    exclude = ["facts", "reason"]


@admin.register(AftercareText, site=clinic_admin)
class AftercareTextAdmin(TextAdmin):
    """The sheet to take home, in sections; without a published one the shipped words are used."""

    list_display = ["title", "language", "number", "state"]

    @admin.action(description="Publish these drafts", permissions=["add"])
    def publish(self, request, queryset):
        """Freeze the drafts, each only if it names the day and the numbers to call."""
        for text in queryset:
            try_each(self, request, publish_sheet_text, text=text, done=f"Published: {text}.")
