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
        "mallampati": CLINICAL,
        "airway": CLINICAL,
        "heart": CLINICAL,
        "lungs": CLINICAL,
        "mental_state": MENTAL,
        "systolic": CLINICAL,
        "diastolic": CLINICAL,
        "exam": MENTAL,
        "tests": MENTAL,
        "started_at": SAFE,
        "saved_at": SAFE,
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
    mallampati = models.PositiveSmallIntegerField(
        null=True, blank=True, choices=[(n, f"Class {n}") for n in range(1, 5)], help_text="What is seen of the throat."
    )
    airway = models.TextField("airway, beyond the Mallampati class", blank=True)
    heart = models.TextField(blank=True)
    lungs = models.TextField(blank=True)
    mental_state = models.TextField(blank=True)
    systolic = models.PositiveSmallIntegerField("systolic today, mmHg", null=True, blank=True)
    diastolic = models.PositiveSmallIntegerField("diastolic today, mmHg", null=True, blank=True)
    exam = models.TextField("examination, anything else", blank=True)
    tests = models.TextField("tests asked for, and their results", blank=True)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey("clinic.User", models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(null=True, blank=True)
    saved_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    printed_name = models.CharField(max_length=160, blank=True)
    meaning = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            both_or_neither("assessment", "signed"),
            both_or_neither("assessment", "saved"),
            models.CheckConstraint(
                condition=Q(mallampati__isnull=True) | Q(mallampati__range=(1, 4)), name="assessment_mallampati_1_to_4"
            ),
            models.CheckConstraint(
                condition=Q(systolic__isnull=True, diastolic__isnull=True)
                | Q(systolic__isnull=False, diastolic__isnull=False, systolic__gt=models.F("diastolic")),
                name="assessment_pressure_is_a_pair",
            ),
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

    def in_force(self):
        """Those that the last run still found."""
        return self.filter(ended_at__isnull=True)

    def unsettled_gates(self):
        """Hard stops, needed actions and unknowns of those that nobody has settled, or that stand."""
        gating = self.in_force().filter(would_be__in=("hard_stop", "needs_action"))
        return gating.filter(resolution__in=("", "stands"))

    def new(self):
        """What appeared after an approval, on whatever occasion."""
        return self.filter(is_new=True, assessment__isnull=True)

    def since_approval(self, patient):
        """The new ones since this person's newest approval, ended and settled ones too, oldest first."""
        approvals = Approval.objects.filter(patient__person=patient.person_id).order_by("-approved_at")
        newest = models.Subquery(approvals.values("approved_at")[:1])
        rows = self.new().filter(patient__person=patient.person_id, found_at__gte=newest)
        return rows.order_by("found_at", "position")

    def overridden(self, patient):
        """Everything of this person that ever went ahead over an override, the newest first."""
        rows = self.filter(patient__person=patient.person_id, resolution="overridden")
        return rows.select_related("resolved_by").order_by("-resolved_at")

    def at_visit(self, person, visit):
        """The new ones that gate a visit, settled ones too; what was true of another visit's day only doesn't count.

        ``person`` and ``visit`` are ids, or OuterRefs of an outer query.
        """
        return self.of_visit(person, visit).filter(would_be__in=("hard_stop", "needs_action"))

    def of_visit(self, person, visit):
        """All that is new since the approval and counts at this visit; see at_visit."""
        newest = Approval.objects.filter(patient__person=person).order_by("-approved_at").values("approved_at")[:1]
        rows = self.new().in_force().filter(patient__person=person, found_at__gte=models.Subquery(newest))
        return rows.filter(Q(of_day=False) | Q(occasion_id=visit))

    def lasting(self):
        """Without what was true of one day only (the last food, the pressure before a start)."""
        return self.filter(of_day=False)


@pghistory.track()
class Finding(Row):
    """What one rule found: the reason, the answer it rests on, its source, and how a prescriber settled it.

    Found for an assessment, or on an occasion (a submission, a booking, a visit); then ``is_new`` says that it appeared
    after the approval, and ``of_day`` that it is true of that day only. ``ended_at``: a later run no longer found it.
    ``would_be`` is the clinic's level for the rule at that time, ``default_level`` the one the rule ships with.
    """

    CLASSIFY = {
        "rule": MENTAL,
        "rule_version": SAFE,
        "level": CLINICAL,
        "would_be": CLINICAL,
        "default_level": CLINICAL,
        "stage": SAFE,
        "reason": MENTAL,
        "neutral": SAFE,
        "fact": MENTAL,
        "facts": MENTAL,
        "value": MENTAL,
        "source": CLINICAL,
        "resolves": CLINICAL,
        "conditions": MENTAL,
        "is_new": SAFE,
        "of_day": SAFE,
        "ended_at": SAFE,
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
    default_level = models.CharField(max_length=14, choices=[(level.value, level.value) for level in Level], blank=True)
    stage = models.CharField(max_length=12, choices=[(stage, stage) for stage in EVERY_STAGE])
    reason = models.TextField()
    neutral = models.CharField(max_length=200)
    fact = models.CharField(max_length=40)
    facts = models.JSONField(default=list, blank=True, help_text="Codes of all facts it rests on.")
    value = models.TextField(blank=True)
    source = models.TextField()
    resolves = models.TextField("what would resolve it", blank=True)
    conditions = models.JSONField(default=list, blank=True, help_text="What is treated, where it counts; empty: all.")
    is_new = models.BooleanField("appeared after the approval", default=False)
    of_day = models.BooleanField("true of that day only", default=False)
    ended_at = models.DateTimeField("no longer found", null=True, blank=True)
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
        indexes = [
            models.Index(
                fields=["patient", "found_at"], condition=Q(is_new=True, ended_at__isnull=True), name="finding_new"
            ),
            models.Index(fields=["rule", "found_at"], name="finding_by_rule"),
        ]
        constraints = [
            both_or_neither("finding", "resolved"),
            models.UniqueConstraint(
                fields=["assessment", "rule"], condition=Q(ended_at__isnull=True), name="finding_once_an_assessment"
            ),
            models.UniqueConstraint(
                fields=["occasion_kind", "occasion_id", "rule"],
                condition=Q(assessment__isnull=True, ended_at__isnull=True),
                name="finding_once_an_occasion",
            ),
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
