"""The prescriber's assessment of a packet: findings, decision, signature, addenda and the approval it gives."""

import pghistory
from django.db import models
from django.db.models import Q

from clinic.models.base import CLINICAL, MENTAL, SAFE, Row, both_or_neither, locked_once, parent_not_frozen, stay_put
from intake.rules.decisions import DECISIONS, RESOLUTIONS
from intake.rules.engine import EVERY_STAGE, Level


@pghistory.track()
class Assessment(Row):
    """One decision about one packet. Once signed it is locked by the database; what comes later is an addendum."""

    CLASSIFY = {
        "decision": MENTAL,
        "reasons": MENTAL,
        "conditions": MENTAL,
        "wait_for": MENTAL,
        "exam": MENTAL,
        "tests": MENTAL,
        "started_at": SAFE,
        "signed_at": SAFE,
        "printed_name": SAFE,
        "meaning": SAFE,
        "version": SAFE,
    }
    MEANING = "I have assessed this patient and this is my decision."

    packet = models.OneToOneField("intake.Packet", models.PROTECT, related_name="assessment")
    patient = models.ForeignKey("clinic.Patient", models.PROTECT, related_name="assessments")
    site = models.ForeignKey("clinic.Site", models.PROTECT, related_name="assessments")
    decision = models.CharField(max_length=16, choices=list(DECISIONS.items()), blank=True)
    reasons = models.TextField(blank=True)
    conditions = models.TextField(blank=True)
    wait_for = models.TextField(blank=True)
    exam = models.TextField("examination", blank=True)
    tests = models.TextField("tests asked for, and their results", blank=True)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey("clinic.User", models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    printed_name = models.CharField(max_length=160, blank=True)
    meaning = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            both_or_neither("assessment", "signed"),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True) | (~Q(decision="") & ~Q(reasons="") & ~Q(printed_name="")),
                name="assessment_signed_says_what",
            ),
        ]
        triggers = [locked_once("assessment_signed_locked", "signed_at")]

    @property
    def is_signed(self):
        """Is it locked?"""
        return self.signed_at is not None


class Addendum(Row):
    """Something added after the signature, with who and why."""

    append_only = True
    CLASSIFY = {"text": MENTAL, "added_at": SAFE}

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="addenda")
    text = models.TextField()
    added_at = models.DateTimeField()
    added_by = models.ForeignKey("clinic.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["added_at"]
        triggers = [stay_put("assessment_addendum_stays")]


class FindingQuerySet(models.QuerySet):
    """The findings' own words."""

    def unsettled_gates(self):
        """Hard stops, needed actions and unknowns of those that nobody has settled, or that stand."""
        return self.filter(would_be__in=("hard_stop", "needs_action"), resolution__in=("", "stands"))


@pghistory.track()
class Finding(Row):
    """What one rule found: the reason, the answer it rests on, its source, and how a prescriber settled it."""

    CLASSIFY = {
        "rule": MENTAL,
        "rule_version": SAFE,
        "level": CLINICAL,
        "would_be": CLINICAL,
        "stage": SAFE,
        "reason": MENTAL,
        "neutral": SAFE,
        "fact": MENTAL,
        "value": MENTAL,
        "source": CLINICAL,
        "found_at": SAFE,
        "position": SAFE,
        "resolution": MENTAL,
        "resolution_reason": MENTAL,
        "resolved_at": SAFE,
        "occasion_kind": SAFE,
        "occasion_id": SAFE,
    }

    patient = models.ForeignKey("clinic.Patient", models.PROTECT, related_name="findings")
    assessment = models.ForeignKey(Assessment, models.PROTECT, null=True, blank=True, related_name="findings")
    rule = models.CharField(max_length=60)
    rule_version = models.PositiveSmallIntegerField()
    level = models.CharField(max_length=14, choices=[(level.value, level.value) for level in Level])
    would_be = models.CharField(max_length=14, choices=[(level.value, level.value) for level in Level])
    stage = models.CharField(max_length=12, choices=[(stage, stage) for stage in EVERY_STAGE])
    reason = models.TextField()
    neutral = models.CharField(max_length=200)
    fact = models.CharField(max_length=40)
    value = models.TextField(blank=True)
    source = models.TextField()
    found_at = models.DateTimeField()
    position = models.PositiveSmallIntegerField(default=0)
    resolution = models.CharField(max_length=12, choices=list(RESOLUTIONS.items()), blank=True)
    resolution_reason = models.TextField(blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    occasion_kind = models.CharField(max_length=30, blank=True)
    occasion_id = models.UUIDField(null=True, blank=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            both_or_neither("finding", "resolved"),
            models.UniqueConstraint(fields=["assessment", "rule"], name="finding_once_an_assessment"),
            models.CheckConstraint(
                condition=Q(resolution="", resolved_at__isnull=True) | (~Q(resolution="") & ~Q(resolution_reason="")),
                name="finding_settled_with_reason",
            ),
        ]
        triggers = [parent_not_frozen("finding_of_signed", "intake_assessment", "assessment_id", "signed_at")]


@pghistory.track()
class Approval(Row):
    """Leave to be treated, from a signed assessment, until a day or until revoked. The course is set when planned."""

    CLASSIFY = {
        "conditions": MENTAL,
        "approved_at": SAFE,
        "valid_until": SAFE,
        "revoked_at": SAFE,
        "revoked_reason": MENTAL,
    }

    patient = models.ForeignKey("clinic.Patient", models.PROTECT, related_name="approvals")
    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="approvals")
    course = models.ForeignKey("clinic.Course", models.PROTECT, null=True, blank=True, related_name="approvals")
    conditions = models.TextField(blank=True)
    approved_at = models.DateTimeField()
    approved_by = models.ForeignKey("clinic.User", models.PROTECT, related_name="+")
    valid_until = models.DateField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    revoked_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-approved_at"]
        constraints = [both_or_neither("approval", "approved"), both_or_neither("approval", "revoked")]

    def is_valid(self, day):
        """In force on ``day`` (a local date)?"""
        return self.revoked_at is None and self.valid_until >= day
