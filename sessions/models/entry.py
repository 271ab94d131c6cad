"""The append-only list of timed entries: one header for every kind, a typed detail row beside it."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property

from clinic.models.base import CLINICAL, SAFE, Row, Xid8Field, by_xact, stay_put

KINDS = [
    ("weight", "Weight"),
    ("vitals", "Vitals"),
    ("drug", "Drug"),
    ("oxygen", "Oxygen"),
    ("line", "IV line"),
    ("side_effect", "Side effect"),
    ("score", "Score"),
    ("alarm", "Alarm"),
    ("alarm_answer", "Alarm answered"),
    ("emergency", "Emergency"),
    ("note", "Note"),
]
ROLES = [("observation", "Observation"), ("correction", "Correction"), ("strike", "Struck out")]
SOURCES = [
    ("typed", "Typed at the chair"),
    ("back_entered", "Entered afterwards"),
    ("paper", "From a paper sheet"),
    ("monitor", "Accepted from a monitor"),
    ("offline", "Written without network"),
    ("system", "By rule"),
]
# Kind -> the reverse name of its detail row.
DETAILS = {
    "weight": "weightentry",
    "vitals": "vitalsreading",
    "drug": "drugevent",
    "oxygen": "oxygenevent",
    "line": "lineentry",
    "side_effect": "sideeffect",
    "score": "scoreentry",
    "alarm": "alarmraised",
    "alarm_answer": "alarmanswered",
    "emergency": "emergencyevent",
    "note": "sessionnote",
}

# A correction or strike stays within one session, and takes what it supersedes of the same kind (a strike: any).
SUPERSEDES_STAYS = """
    IF NEW.supersedes_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM treatment_sessions_entry e WHERE e.id = NEW.supersedes_id AND e.session_id = NEW.session_id
          AND e.kind = NEW.kind AND e.role <> 'strike') THEN
      RAISE EXCEPTION 'entry_supersedes_in_session: a correction stays within its session and kind';
    END IF;
    RETURN NEW;
"""
# After the signature only what is marked as such comes in: it is shown as an addendum.
SIGNED_STAYS = """
    IF NOT NEW.after_signature AND EXISTS (
        SELECT 1 FROM treatment_sessions_signature s WHERE s.session_id = NEW.session_id) THEN
      RAISE EXCEPTION 'entry_after_signature: the chart is signed';
    END IF;
    RETURN NEW;
"""


class EntrySet(models.QuerySet):
    def with_details(self):
        """Header, typed detail and recorder of every kind in one query."""
        return self.select_related("recorded_by", "sent_by", *DETAILS.values())


class Entry(Row):
    """Made by the device that recorded it: its id is the idempotency key. Neither changed nor deleted, ever.

    `observed_at` is when it happened, `received_at` when it reached the server; `late` when these are far apart, or
    when the session had ended. `seq` counts within the session in the order of arrival. What was written without
    network says which tablet wrote it, by which ticket, at what time of its own clock, and who sent it in.
    """

    append_only = True
    CLASSIFY = {
        "seq": SAFE,
        "kind": SAFE,
        "role": SAFE,
        "observed_at": SAFE,
        "received_at": SAFE,
        "source": SAFE,
        "late": SAFE,
        "clock_offset_s": SAFE,
        "tablet": SAFE,
        "tablet_at": SAFE,
        "ticket": SAFE,
        "reason": CLINICAL,
        "body_hash": SAFE,
        "after_signature": SAFE,
        "xact": SAFE,
    }

    session = models.ForeignKey("treatment_sessions.InfusionSession", models.PROTECT, related_name="entries")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=KINDS)
    role = models.CharField(max_length=12, choices=ROLES, default="observation")
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="superseded_by")
    observed_at = models.DateTimeField()
    received_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        "clinic.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Empty: raised or closed by rule.",
    )
    sent_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    source = models.CharField(max_length=12, choices=SOURCES, default="typed")
    late = models.BooleanField(default=False)
    clock_offset_s = models.IntegerField(default=0, help_text="The device's clock minus ours, as corrected for.")
    tablet = models.UUIDField(null=True, blank=True, help_text="The device that wrote it without network.")
    tablet_at = models.DateTimeField(null=True, blank=True, help_text="That device's own clock when it was written.")
    ticket = models.UUIDField(null=True, blank=True, help_text="The authorship ticket that names the author.")
    reason = models.TextField(blank=True)
    body_hash = models.CharField(max_length=64)
    after_signature = models.BooleanField(default=False)
    xact = Xid8Field()

    objects = EntrySet.as_manager()

    class Meta:
        verbose_name_plural = "entries"
        ordering = ["observed_at", "seq"]
        indexes = [
            models.Index(fields=["session", "observed_at", "seq"], name="entry_of_session"),
            models.Index(fields=["session", "seq"], name="entry_alarms", condition=Q(kind="alarm")),
            by_xact("entry_by_xact"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["session", "seq"], name="entry_seq_once"),
            models.CheckConstraint(condition=Q(kind__in=[k for k, _ in KINDS]), name="entry_kind_known"),
            models.CheckConstraint(
                condition=Q(role="observation", supersedes__isnull=True)
                | Q(role__in=["correction", "strike"], supersedes__isnull=False) & ~Q(reason=""),
                name="entry_correction_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(supersedes__isnull=True) | ~Q(supersedes=F("id")), name="entry_not_of_itself"
            ),
            models.CheckConstraint(
                condition=Q(recorded_by__isnull=False) | Q(source="system"), name="entry_has_author"
            ),
            models.CheckConstraint(
                condition=~Q(source="offline")
                | Q(
                    tablet__isnull=False,
                    tablet_at__isnull=False,
                    ticket__isnull=False,
                    sent_by__isnull=False,
                ),
                name="entry_offline_has_ticket",
            ),
        ]
        triggers = [
            stay_put("entry_stays"),
            pgtrigger.Trigger(
                name="entry_supersedes_in_session",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=SUPERSEDES_STAYS,
            ),
            pgtrigger.Trigger(
                name="entry_after_signature", when=pgtrigger.Before, operation=pgtrigger.Insert, func=SIGNED_STAYS
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.seq}"

    @cached_property
    def detail(self):
        """The typed row of this entry, None for a strike. Neither of the two ever changes."""
        return None if self.role == "strike" else getattr(self, DETAILS[self.kind])


class Detail(models.Model):
    """Shares its key with the entry; append-only like it. `body_fields` is what the entry's body hash covers."""

    append_only = True
    may_delete = False
    entry = models.OneToOneField("treatment_sessions.Entry", models.PROTECT, primary_key=True)

    class Meta:
        abstract = True

    def __str__(self):
        return str(self.entry)

    @classmethod
    def body_fields(cls):
        """Names of all columns but the key."""
        return [f.attname for f in cls._meta.concrete_fields if not f.primary_key]

    def body(self):
        """The values of this row by column name."""
        return {name: getattr(self, name) for name in self.body_fields()}
