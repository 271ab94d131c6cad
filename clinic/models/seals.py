"""The seal over the record: hash chains a minute apart, their daily heads, what was checked, what was signed.

A `Seal` holds, for every row it covers, the row's key and a SHA-256 over its columns, and is chained to the one before
it. Rows are taken in the order in which they were committed (`xact` below the oldest transaction still running), so
that writers never wait. What is not yet covered by a seal is shown as such. See docs/audit.md.
"""

from django.db import models
from django.db.models import Q

from clinic.models.base import PERSONAL, SAFE, Row, Xid8Field, classify, locked_once, stay_put


class SealRecipe(Row):
    """Which columns of which tables a seal's hashes cover, in order. A new one whenever a table gains a column."""

    append_only = True
    CLASSIFY = classify("digest tables made_at", SAFE)

    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 over `tables`.")
    tables = models.JSONField(
        help_text="[[model label, [column, ...]], ...]; a leaf names its table by the place here."
    )
    made_at = models.DateTimeField()

    class Meta:
        triggers = [stay_put("seal_recipe_stays")]


class Seal(Row):
    """One link of one chain. `site` empty: the chain of rows that belong to no site.

    `leaves`: 49 bytes a row (place of its table in the recipe, key, SHA-256). It covers rows whose transaction is at
    least `from_xact` and below `upto_xact`; `carried` ones cover what a restored copy had not sealed yet.
    """

    append_only = True
    CLASSIFY = classify("number previous head made_at cluster from_xact upto_xact carried count leaves", SAFE)

    site = models.ForeignKey("clinic.Site", models.PROTECT, null=True, blank=True, related_name="+")
    number = models.PositiveIntegerField()
    previous = models.CharField(max_length=64)
    head = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    cluster = models.CharField(max_length=24, help_text="The database cluster that counted the transactions.")
    from_xact = models.BigIntegerField()
    upto_xact = models.BigIntegerField()
    carried = models.BooleanField(default=False)
    recipe = models.ForeignKey(SealRecipe, models.PROTECT, related_name="+")
    count = models.PositiveIntegerField()
    leaves = models.BinaryField()

    class Meta:
        ordering = ["made_at", "number"]
        indexes = [
            models.Index(fields=["upto_xact"], name="seal_by_xact"),
            models.Index(fields=["made_at"], name="seal_by_time"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["site", "number"], name="seal_number_once", nulls_distinct=False),
            models.UniqueConstraint(fields=["site", "previous"], name="seal_follows_one", nulls_distinct=False),
            models.CheckConstraint(condition=Q(count__gt=0, number__gt=0), name="seal_covers_something"),
        ]
        triggers = [stay_put("seal_stays")]


class SealHead(Row):
    """The heads of all chains at the end of a day (UTC), as they were written to a signed file and mailed."""

    CLASSIFY = classify("day text sha256 written_at file mailed_at", SAFE) | {"mailed_to": PERSONAL}

    day = models.DateField(unique=True)
    text = models.TextField(help_text="The file as it was written, with its signature.")
    sha256 = models.CharField(max_length=64, help_text="Over `text`; the next day's file names it.")
    written_at = models.DateTimeField()
    file = models.CharField(max_length=80)
    mailed_at = models.DateTimeField(null=True, blank=True)
    mailed_to = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["-day"]
        triggers = [locked_once("seal_head_stays", "mailed_at")]


class SealCheck(Row):
    """One check of the record against its seals, and what it found."""

    append_only = True
    SCOPES = [("all", "Everything"), ("recent", "The last day")]
    CLASSIFY = classify("checked_at scope seals rows documents unsealed problems took_ms", SAFE)

    checked_at = models.DateTimeField()
    checked_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    scope = models.CharField(max_length=6, choices=SCOPES)
    seals = models.PositiveIntegerField()
    rows = models.PositiveIntegerField()
    documents = models.PositiveIntegerField()
    unsealed = models.PositiveIntegerField()
    problems = models.JSONField(default=list, blank=True, help_text="Sentences; tables and keys only, no names.")
    took_ms = models.PositiveIntegerField()

    class Meta:
        ordering = ["-checked_at"]
        indexes = [models.Index(fields=["-checked_at"], name="seal_check_by_time")]
        triggers = [stay_put("seal_check_stays")]

    @property
    def holds(self):
        """Did everything agree?"""
        return not self.problems


class Fingerprint(Row):
    """The SHA-256 over exactly what somebody signed, kept beside it and sealed with everything else."""

    append_only = True
    CLASSIFY = classify("subject_kind subject_id sha256 signed_at xact", SAFE)

    subject_kind = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    sha256 = models.CharField(max_length=64)
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    patient = models.ForeignKey("clinic.Patient", models.PROTECT, null=True, blank=True, related_name="+")
    site = models.ForeignKey("clinic.Site", models.PROTECT, null=True, blank=True, related_name="+")
    xact = Xid8Field()

    class Meta:
        ordering = ["-signed_at"]
        constraints = [
            models.UniqueConstraint(fields=["subject_kind", "subject_id"], name="fingerprint_once_a_signature")
        ]
        triggers = [stay_put("fingerprint_stays")]
