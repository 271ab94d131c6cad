"""Infusion sessions in the admin: for looking only, safe and personal fields, each look audited."""

from django.contrib import admin

from clinic.admin.base import RecordAdmin
from clinic.admin.site import clinic_admin
from sessions.models import Entry, InfusionSession, Signature


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
