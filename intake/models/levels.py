"""How much a rule weighs in this clinic, where a prescriber has set it: one row a change, the newest counts."""

from django.db import models
from django.db.models import Q

from clinic.models.base import SAFE, Row, stay_put
from intake.rules.engine import LEVEL_WORDS, OFF, SETTABLE


class RuleLevel(Row):
    """A rule's level as one prescriber set it, with the reason; the level it shipped with then stands beside it."""

    append_only = True
    LEVELS = [*((level.value, LEVEL_WORDS[level]) for level in SETTABLE), (OFF, "Switched off")]
    CLASSIFY = {
        "rule": SAFE,
        "rule_version": SAFE,
        "level": SAFE,
        "default_level": SAFE,
        "reason": SAFE,
        "set_at": SAFE,
    }

    rule = models.CharField(max_length=60)
    rule_version = models.PositiveSmallIntegerField("version of the rule")
    level = models.CharField(max_length=14, choices=LEVELS)
    default_level = models.CharField("level it ships with", max_length=14, choices=LEVELS)
    reason = models.TextField()
    set_at = models.DateTimeField()
    set_by = models.ForeignKey("clinic.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-set_at"]
        indexes = [models.Index(fields=["rule", "-set_at"], name="rule_level_newest")]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="rule_level_has_reason"),
            models.CheckConstraint(
                condition=~Q(level="off", default_level="hard_stop"), name="rule_level_hard_stop_stays_on"
            ),
        ]
        triggers = [stay_put("rule_level_stays")]

    def __str__(self):
        return f"{self.rule}: {self.get_level_display()}"
