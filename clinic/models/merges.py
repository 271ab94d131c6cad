"""Two records of one person: what was said of a pair that looks alike, and the reversible row that makes them one."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from clinic.models.base import PERSONAL, SAFE, Row, Xid8Field, both_or_neither, stay_put

FOLLOW_MERGE = """
    UPDATE clinic_patient AS p SET person_id = COALESCE(
        (SELECT m.kept_id FROM clinic_patientmerge m WHERE m.merged_id = p.id AND m.undone_at IS NULL), p.id)
      WHERE p.id = NEW.merged_id;
    RETURN NEW;
"""
ONE_DEEP = """
    IF EXISTS (SELECT 1 FROM clinic_patientmerge m
                WHERE m.undone_at IS NULL AND (m.merged_id = NEW.kept_id OR m.kept_id = NEW.merged_id)) THEN
      RAISE EXCEPTION 'merge_one_deep: a record that is merged, or has records merged into it, cannot be merged on';
    END IF;
    RETURN NEW;
"""


class PatientMerge(Row):
    """Two records of one person. Nothing is repointed: lists ask for the person, which this row decides. Reversible.

    One deep: a record that is merged holds none itself.
    """

    CLASSIFY = {"reason": PERSONAL, "merged_at": SAFE, "undone_at": SAFE, "undo_reason": PERSONAL}

    kept = models.ForeignKey("clinic.Patient", models.PROTECT, related_name="merged_in")
    merged = models.ForeignKey("clinic.Patient", models.PROTECT, related_name="merged_into")
    reason = models.TextField()
    merged_at = models.DateTimeField()
    merged_by = models.ForeignKey("clinic.User", models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    undo_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("merged")), name="merge_two_records"),
            models.UniqueConstraint(fields=["merged"], condition=Q(undone_at__isnull=True), name="merge_once"),
            both_or_neither("merge", "undone"),
        ]
        triggers = [
            pgtrigger.Trigger(name="merge_one_deep", when=pgtrigger.Before, operation=pgtrigger.Insert, func=ONE_DEEP),
            pgtrigger.Trigger(
                name="person_follows_merge",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=FOLLOW_MERGE,
            ),
            pgtrigger.Protect(
                name="merge_undone_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__undone_at__isnull=False),
            ),
        ]


class DuplicateNote(Row):
    """What somebody said about a pair of records that look alike. The newest one counts; none is ever changed."""

    append_only = True
    VERBS = [("proposed", "One person"), ("dismissed", "Two people"), ("reopened", "Look again")]
    CLASSIFY = {"verb": SAFE, "words": PERSONAL, "noted_at": SAFE, "xact": SAFE}

    one = models.ForeignKey("clinic.Patient", models.PROTECT, related_name="+")
    two = models.ForeignKey("clinic.Patient", models.PROTECT, related_name="+")
    verb = models.CharField(max_length=10, choices=VERBS)
    words = models.CharField(max_length=300)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey("clinic.User", models.PROTECT, related_name="+")
    xact = Xid8Field()

    class Meta:
        ordering = ["-noted_at"]
        indexes = [models.Index(fields=["one", "two", "-noted_at"], name="duplicate_note_by_pair")]
        constraints = [models.CheckConstraint(condition=Q(one__lt=F("two")), name="duplicate_pair_in_order")]
        triggers = [stay_put("duplicate_note_stays")]
