"""The chart's signature, and what is added after it."""

import pgtrigger
from django.db import models
from django.db.models import Q

from clinic.models.base import CLINICAL, SAFE, Row, Xid8Field, stay_put


class Signature(Row):
    """The chart, signed: who, when, meaning, and the hash over exactly what was signed."""

    append_only = True
    CLASSIFY = {
        "signed_at": SAFE,
        "printed_name": SAFE,
        "meaning": SAFE,
        "record_hash": SAFE,
        "at_version": SAFE,
        "at_seq": SAFE,
        "xact": SAFE,
    }

    session = models.OneToOneField("treatment_sessions.InfusionSession", models.PROTECT, related_name="signature")
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey("clinic.User", models.PROTECT, related_name="+")
    printed_name = models.CharField(max_length=160)
    meaning = models.CharField(max_length=120)
    record_hash = models.CharField(max_length=64)
    at_version = models.PositiveIntegerField()
    at_seq = models.PositiveIntegerField()
    xact = Xid8Field()

    class Meta:
        triggers = [stay_put("chart_signature_stays")]


class Addendum(Row):
    """What was added to a signed chart: words, or an entry that arrived after the signature."""

    append_only = True
    CLASSIFY = {"text": CLINICAL, "added_at": SAFE, "xact": SAFE}

    session = models.ForeignKey("treatment_sessions.InfusionSession", models.PROTECT, related_name="addenda")
    entry = models.OneToOneField(
        "treatment_sessions.Entry", models.PROTECT, null=True, blank=True, related_name="addendum"
    )
    text = models.TextField()
    added_at = models.DateTimeField()
    added_by = models.ForeignKey("clinic.User", models.PROTECT, related_name="+")
    xact = Xid8Field()

    class Meta:
        ordering = ["added_at"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="addendum_says_something")]
        triggers = [
            stay_put("addendum_stays"),
            pgtrigger.Trigger(
                name="addendum_to_signed_only",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NOT EXISTS (SELECT 1 FROM treatment_sessions_signature WHERE session_id = NEW.session_id) THEN
                      RAISE EXCEPTION 'addendum_to_signed_only: the chart is not signed yet';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]
