"""The worker's runs over the report of relief: by the hour, or because somebody asked for one now."""

from django.db import models
from django.db.models import Q

from clinic.models.base import PERSONAL, SAFE, Row
from clinic.states import machine

RELIEF_RUN = machine("relief_run", "asked", {
    "asked": "working failed",
    "working": "done asked failed",
    "done": "",
    "failed": "",
}, {"asked": "waits for the worker", "working": "being worked out"})  # fmt: skip


class ReliefRun(Row):
    """One run; `asked_by` is empty where the hour has come. One is under way at a time, whoever asks.

    `claimed_at` is when the worker last said that it is at it; `groups`: how many there are, 0: not known yet.
    """

    CLASSIFY = dict.fromkeys(
        ("state", "asked_at", "claimed_at", "attempts", "groups", "groups_done", "ended_at", "key"), SAFE
    ) | {"error": PERSONAL}

    key = models.CharField(max_length=8, default="relief", editable=False)
    state = models.CharField(max_length=8, choices=RELIEF_RUN.choices, default=RELIEF_RUN.start)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    claimed_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    groups = models.PositiveIntegerField(default=0)
    groups_done = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["-asked_at"]
        indexes = [models.Index(fields=["-asked_at"], name="relief_run_newest")]
        constraints = [
            RELIEF_RUN.known(),
            models.UniqueConstraint(
                fields=["key"], condition=Q(state__in=("asked", "working")), name="relief_run_one_under_way"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("asked", "working"), ended_at__isnull=True)
                | (Q(state__in=("done", "failed")) & Q(ended_at__isnull=False)),
                name="relief_run_ended_has_time",
            ),
        ]
        triggers = [RELIEF_RUN.trigger()]

    @property
    def is_under_way(self) -> bool:
        """Does it wait, or is it being worked out?"""
        return self.state in ("asked", "working")
