"""Patients' records, for looking only: safe and personal fields, patients of the admin's sites, each look audited."""

from django.contrib import admin

from clinic.admin.base import RecordAdmin
from clinic.admin.site import clinic_admin
from clinic.models import (
    Appointment,
    ConsentSignature,
    ContactChoice,
    Message,
    Patient,
    PatientLink,
    PatientSite,
    Representative,
)


@admin.register(Patient, site=clinic_admin)
class PatientRecordAdmin(RecordAdmin):
    patient_path = ""
    list_display = ["record_number", "added_at", "language"]
    search_fields = ["record_number"]


@admin.register(Appointment, site=clinic_admin)
class AppointmentRecordAdmin(RecordAdmin):
    list_display = ["starts_at", "zone_name", "state", "booked_at"]


@admin.register(ConsentSignature, site=clinic_admin)
class ConsentSignatureRecordAdmin(RecordAdmin):
    list_display = ["signed_at", "meaning"]


@admin.register(PatientLink, site=clinic_admin)
class PatientLinkRecordAdmin(RecordAdmin):
    list_display = ["purpose", "made_at", "expires_at", "wrong_tries", "ended_why"]


@admin.register(Message, site=clinic_admin)
class MessageRecordAdmin(RecordAdmin):
    list_display = ["kind", "due_at", "state", "attempts", "sent_at"]


for plain in (ContactChoice, PatientSite, Representative):
    clinic_admin.register(plain, RecordAdmin)
