"""What is put in order after an emergency, and by whom."""

from django.db import models

from clinic.models.base import CLINICAL, SAFE, Row, Xid8Field, stay_put


class Reconciliation(Row):
    """An emergency put in order afterwards: what was gone through (times, drugs, volumes, waste), by whom, when."""

    append_only = True
    CLASSIFY = {"items": CLINICAL, "note": CLINICAL, "done_at": SAFE, "xact": SAFE}

    session = models.ForeignKey("treatment_sessions.InfusionSession", models.PROTECT, related_name="reconciliations")
    called = models.OneToOneField("treatment_sessions.Entry", models.PROTECT, related_name="reconciliation")
    items = models.JSONField(help_text="[code, what it is about, what was found] as judged then.")
    note = models.TextField(blank=True)
    done_at = models.DateTimeField()
    done_by = models.ForeignKey("clinic.User", models.PROTECT, related_name="+")
    xact = Xid8Field()

    class Meta:
        ordering = ["done_at"]
        triggers = [stay_put("reconciliation_stays")]
