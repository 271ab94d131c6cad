"""Who did what, and who looked at what. Written through clinic.audit only; read by the auditor."""

from django.db import models

from clinic.models.base import PERSONAL, SAFE, Row, Xid8Field, by_xact, stay_put


class AuditEvent(Row):
    """`at` is the server's true time; `acted_for` the time an action was told to act for, when that differs."""

    append_only = True
    CLASSIFY = {
        "at": SAFE,
        "acted_for": SAFE,
        "verb": SAFE,
        "is_look": SAFE,
        "actor_kind": SAFE,
        "subject_kind": SAFE,
        "subject_id": SAFE,
        "reason": PERSONAL,
        "detail": PERSONAL,
        "address": PERSONAL,
        "request_id": SAFE,
        "demo": SAFE,
        "xact": SAFE,
    }

    at = models.DateTimeField(db_default=models.functions.Now())
    acted_for = models.DateTimeField(null=True, blank=True)
    verb = models.CharField(max_length=60)
    is_look = models.BooleanField(default=False)
    actor_kind = models.CharField(
        max_length=8,
        choices=[("user", "Staff"), ("patient", "Patient"), ("system", "System"), ("anon", "Not signed in")],
    )
    user = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    subject_kind = models.CharField(max_length=60, blank=True)
    subject_id = models.UUIDField(null=True, blank=True)
    patient = models.ForeignKey("clinic.Patient", models.PROTECT, null=True, blank=True, related_name="+")
    site = models.ForeignKey("clinic.Site", models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.TextField(blank=True)
    detail = models.JSONField(default=dict, blank=True)
    address = models.GenericIPAddressField(null=True, blank=True)
    request_id = models.CharField(max_length=36, blank=True)
    demo = models.BooleanField(default=False)
    xact = Xid8Field()

    class Meta:
        ordering = ["-at"]
        indexes = [
            models.Index(fields=["patient", "-at"], name="audit_by_patient"),
            models.Index(fields=["user", "-at"], name="audit_by_user"),
            models.Index(fields=["site", "-at"], name="audit_by_site"),
            by_xact("audit_by_xact"),
        ]
        triggers = [stay_put("audit_event_stays")]


class Heartbeat(Row):
    """The last sign of life of a background part: one row a part, e.g. 'beat', 'worker'."""

    CLASSIFY = {"part": SAFE, "at": SAFE, "detail": SAFE}

    part = models.CharField(max_length=30, unique=True)
    at = models.DateTimeField()
    detail = models.CharField(max_length=120, blank=True)
