"""Intake's rows in the admin: for looking only, safe fields, patients of the admin's sites."""

from django.contrib import admin

from clinic.admin.base import RecordAdmin
from clinic.admin.site import clinic_admin
from intake.models import Approval, Assessment, Packet


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
