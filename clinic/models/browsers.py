"""Browsers in which a member of staff has signed in with every factor: tablets of the clinic, phones, desks."""

from django.db import models
from django.db.models import Q

from clinic.models.base import PERSONAL, SAFE, Row, classify


class KnownBrowserSet(models.QuerySet):
    def counting(self):
        """Those nobody has forgotten or ended since."""
        return self.filter(ended_at__isnull=True)


class KnownBrowser(Row):
    """One person in one browser. The browser holds a secret of its own; only its hash is kept here.

    `full_at` is the last sign-in there with every factor, `left_at` the last sign-out: quick re-entry needs the first
    and ends with the second. `ended_at` ends everything: the browser is a strange one from then on.
    """

    CLASSIFY = classify("mark words address", PERSONAL) | classify("since full_at left_at ended_at ended_why", SAFE)
    WHYS = [
        ("forgotten", "Forgotten by its owner"),
        ("signed_out", "All sign-ins ended"),
        ("lost", "A device was lost"),
    ]

    user = models.ForeignKey("clinic.User", models.PROTECT, related_name="browsers")
    mark = models.CharField(max_length=64, help_text="SHA-256 of the secret in the browser's cookie.")
    words = models.CharField(max_length=60, help_text="What kind of browser: Chrome on Android.")
    address = models.GenericIPAddressField(null=True, blank=True)
    since = models.DateTimeField()
    full_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    ended_why = models.CharField(max_length=12, choices=WHYS, blank=True)

    objects = KnownBrowserSet.as_manager()

    class Meta:
        ordering = ["-full_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "mark"], condition=Q(ended_at__isnull=True), name="known_browser_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, ended_why="")
                | (Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(ended_why="")),
                name="known_browser_ended_with_why",
            ),
        ]
        indexes = [models.Index(fields=["mark"], name="known_browser_by_mark")]

    def __str__(self):
        return self.words
