"""What was done to keep the record safe: copies taken, carried elsewhere, tried out, removed. One row a run."""

from django.db import models
from django.db.models import F, Q

from clinic.models.base import SAFE, Row, stay_put


class BackupRun(Row):
    """One run of a command of `clinic.backup`, as it ended. The copies themselves lie outside the database."""

    append_only = True
    KINDS = [
        ("base", "Copy of the whole server"),
        ("dump", "Copy of the database"),
        ("copy", "Carried to another place"),
        ("check", "Files checked"),
        ("restore", "Restored on trial"),
        ("prune", "Old copies removed"),
    ]
    OUTCOMES = [("ok", "Done"), ("failed", "Failed")]
    CLASSIFY = {
        "kind": SAFE,
        "name": SAFE,
        "started_at": SAFE,
        "ended_at": SAFE,
        "outcome": SAFE,
        "size": SAFE,
        "words": SAFE,
        "detail": SAFE,
    }

    kind = models.CharField(max_length=8, choices=KINDS)
    name = models.CharField(max_length=60, blank=True, help_text="Of the copy, as its folder is called.")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    outcome = models.CharField(max_length=6, choices=OUTCOMES)
    size = models.PositiveBigIntegerField(null=True, blank=True, help_text="Bytes, sealed.")
    words = models.CharField(max_length=400, blank=True, help_text="What failed, or what was found.")
    detail = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-ended_at"]
        indexes = [models.Index(fields=["kind", "-ended_at"], name="backup_run_by_kind")]
        constraints = [
            models.CheckConstraint(condition=Q(ended_at__gte=F("started_at")), name="backup_run_ends_after_its_start"),
            models.CheckConstraint(condition=~Q(outcome="failed") | ~Q(words=""), name="backup_run_says_what_failed"),
        ]
        triggers = [stay_put("backup_run_stays")]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.ended_at:%Y-%m-%d %H:%M}"

    @property
    def is_good(self):
        """Whether it did what it was for."""
        return self.outcome == "ok"

    @property
    def seconds(self):
        """How long it took, in seconds."""
        return (self.ended_at - self.started_at).total_seconds()
