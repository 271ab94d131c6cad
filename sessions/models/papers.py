"""Paper: the pack that is made each morning for a day without power, and sheets that are typed in afterwards."""

from django.db import models
from django.db.models import F, Func, Q

from clinic.models.base import CLINICAL, MENTAL, SAFE, Row, Xid8Field, both_or_neither, locked_once, stay_put


class PackSet(models.Manager):
    """Lists of packs never carry the bytes; whoever sends one reads them then."""

    def get_queryset(self):
        return super().get_queryset().defer("content")


class DowntimePack(Row):
    """One site's paper for one day, as it was made; or why it could not be made (`problem`)."""

    append_only = True
    CLASSIFY = {
        "day": SAFE,
        "made_at": SAFE,
        "content": MENTAL,
        "size": SAFE,
        "sha256": SAFE,
        "visits": SAFE,
        "problem": SAFE,
    }

    site = models.ForeignKey("clinic.Site", models.PROTECT, related_name="downtime_packs")
    day = models.DateField(help_text="The day at the site.")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        "clinic.User", models.PROTECT, null=True, blank=True, related_name="+", help_text="Empty: made in the morning."
    )
    content = models.BinaryField()
    size = models.PositiveIntegerField(help_text="Bytes.")
    sha256 = models.CharField(max_length=64, blank=True, help_text="Over the bytes, checked each time it is sent.")
    visits = models.JSONField(default=dict, help_text="Visit -> a hash of what was printed about it.")
    problem = models.CharField(max_length=300, blank=True)

    objects = PackSet()

    class Meta:
        ordering = ["-made_at"]
        indexes = [models.Index(fields=["site", "day", "-made_at"], name="pack_by_site_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(size=Func(F("content"), function="octet_length", output_field=models.IntegerField())),
                name="pack_size_is_its_bytes",
            ),
            models.CheckConstraint(
                condition=Q(problem="", size__gt=0) & ~Q(sha256="") | ~Q(problem="") & Q(size=0, sha256=""),
                name="pack_or_problem",
            ),
        ]
        triggers = [stay_put("downtime_pack_stays")]

    def __str__(self):
        return f"Downtime pack {self.day}"


class PaperSheet(Row):
    """A paper run sheet typed in afterwards: whose it is, who typed it, and the author's signature under it."""

    CLASSIFY = {
        "outage": SAFE,
        "sheet_on": SAFE,
        "opened_at": SAFE,
        "signed_at": SAFE,
        "printed_name": SAFE,
        "note": CLINICAL,
    }

    session = models.ForeignKey("treatment_sessions.InfusionSession", models.PROTECT, related_name="paper_sheets")
    author = models.ForeignKey("clinic.User", models.PROTECT, related_name="+", help_text="Who charted on paper.")
    outage = models.CharField(max_length=200, help_text="Why it was charted on paper.")
    sheet_on = models.DateField(help_text="The day on the sheet, at the site.")
    note = models.CharField(max_length=300, blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("clinic.User", models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    printed_name = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ["opened_at"]
        constraints = [
            both_or_neither("paper_sheet", "signed"),
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True) | Q(signed_by=F("author")) & ~Q(printed_name=""),
                name="paper_sheet_signed_by_author",
            ),
            models.CheckConstraint(condition=~Q(outage=""), name="paper_sheet_says_why"),
        ]
        triggers = [locked_once("paper_sheet_signed_stays", "signed_at")]

    def __str__(self):
        return f"Paper sheet of {self.author}"


class PaperLine(Row):
    """One entry that was typed in from this sheet."""

    append_only = True
    CLASSIFY = {"xact": SAFE}

    sheet = models.ForeignKey(PaperSheet, models.PROTECT, related_name="lines")
    entry = models.OneToOneField("treatment_sessions.Entry", models.PROTECT, related_name="paper_line")
    xact = Xid8Field()

    class Meta:
        triggers = [stay_put("paper_line_stays")]
