"""Screens on the wall: devices that show the board of one site, not people."""

import pghistory
from django.db import models
from django.db.models import Q

from clinic.models.base import SAFE, Row, both_or_neither, classify


class WallScreenSet(models.QuerySet):
    def waiting(self, at):
        """Screens that show a code nobody has typed yet."""
        return self.filter(paired_at__isnull=True, code_until__gt=at)

    def paired(self):
        """Screens that were paired and not revoked since."""
        return self.filter(paired_at__isnull=False, revoked_at__isnull=True)


@pghistory.track(exclude=["last_seen_at"])
class WallScreen(Row):
    """A browser on a wall. It holds a secret of its own from the moment it asked for a code; only hashes are kept.

    It becomes a display of a site when an admin there types its code, and stops being one when somebody revokes it.
    """

    CLASSIFY = classify("token_hash code_hash asked_at address code_until name paired_at last_seen_at revoked_at", SAFE)

    token_hash = models.CharField(max_length=64, unique=True)
    code_hash = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    address = models.GenericIPAddressField("asked from", null=True, blank=True)
    code_until = models.DateTimeField()
    site = models.ForeignKey("clinic.Site", models.PROTECT, null=True, blank=True, related_name="wall_screens")
    name = models.CharField(max_length=60, blank=True, help_text="Where it hangs.")
    paired_at = models.DateTimeField(null=True, blank=True)
    paired_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    last_seen_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")

    objects = WallScreenSet.as_manager()

    class Meta:
        ordering = ["name", "asked_at"]
        indexes = [models.Index(fields=["code_hash"], name="wall_screen_by_code")]
        constraints = [
            both_or_neither("wall_screen", "paired"),
            both_or_neither("wall_screen", "revoked"),
            models.CheckConstraint(
                condition=Q(paired_at__isnull=True, site__isnull=True, name="")
                | (Q(paired_at__isnull=False, site__isnull=False) & ~Q(name="")),
                name="wall_screen_paired_has_site_and_name",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True) | Q(paired_at__isnull=False),
                name="wall_screen_paired_then_revoked",
            ),
        ]

    def __str__(self):
        return self.name or "A screen that is not paired"
