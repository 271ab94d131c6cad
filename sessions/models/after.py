"""Going home: what a prescriber is asked to decide, what was decided, and the sheet that was handed over."""

from django.db import models
from django.db.models import Q

from clinic.models.base import CLINICAL, PERSONAL, SAFE, Row, Xid8Field, both_or_neither, locked_once, stay_put


class DischargeRequest(Row):
    """A nurse asks a prescriber, who may be elsewhere, whether the patient may go without some of the criteria.

    `missing` is what stood open then: [code, words]. `of_whom` empty: any prescriber of the site.
    """

    append_only = True
    CLASSIFY = {"asked_at": SAFE, "words": CLINICAL, "missing": CLINICAL, "xact": SAFE}

    session = models.ForeignKey(
        "treatment_sessions.InfusionSession", models.PROTECT, related_name="discharge_requests"
    )  # fmt: skip
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("clinic.User", models.PROTECT, related_name="+")
    of_whom = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    words = models.TextField(blank=True)
    missing = models.JSONField(default=list)
    xact = Xid8Field()

    class Meta:
        ordering = ["asked_at"]
        triggers = [stay_put("discharge_request_stays")]


class DischargeDecision(Row):
    """A prescriber's decision about going home, with its reason: it stays, whatever is decided later.

    `codes` are the criteria that may be gone without; `other_way` is how the patient gets home without the escort.
    """

    append_only = True
    CLASSIFY = {
        "allows": CLINICAL,
        "codes": CLINICAL,
        "other_way": PERSONAL,
        "reason": CLINICAL,
        "decided_at": SAFE,
        "xact": SAFE,
    }

    session = models.ForeignKey(
        "treatment_sessions.InfusionSession", models.PROTECT, related_name="discharge_decisions"
    )  # fmt: skip
    request = models.OneToOneField(
        DischargeRequest, models.PROTECT, null=True, blank=True, related_name="decision"
    )  # fmt: skip
    allows = models.BooleanField()
    codes = models.JSONField(default=list, blank=True)
    other_way = models.CharField(max_length=200, blank=True)
    reason = models.TextField()
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey("clinic.User", models.PROTECT, related_name="+")
    xact = Xid8Field()

    class Meta:
        ordering = ["decided_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="discharge_decision_has_reason"),
            models.CheckConstraint(
                condition=Q(allows=True) | Q(codes=[], other_way=""), name="discharge_refusal_allows_nothing"
            ),
        ]
        triggers = [stay_put("discharge_decision_stays")]


class AftercareText(Row):
    """The clinic's own words of the sheet to take home, per language; without a published one the shipped are used."""

    KINDS = [("going_home", "Going home")]
    CLASSIFY = {"kind": SAFE, "language": SAFE, "number": SAFE, "title": SAFE, "body": SAFE, "published_at": SAFE}

    kind = models.CharField(max_length=20, choices=KINDS, default="going_home")
    language = models.CharField(max_length=8, default="en")
    number = models.PositiveIntegerField("version", default=1)
    title = models.CharField(max_length=160)
    body = models.TextField(
        help_text="A line that begins with ## starts a section, one with - is a point. {tomorrow}, {phone}, "
        "{emergency_phone}, {crisis_phone} and {site} are filled in."
    )
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["kind", "language", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "language", "number"], name="aftercare_text_version_once"),
            both_or_neither("aftercare_text", "published"),
        ]
        triggers = [locked_once("aftercare_text_frozen", "published_at")]

    def __str__(self):
        return f"{self.title} ({self.language}), version {self.number}"


class AftercareSheet(Row):
    """The sheet as it was handed over: its very words, in which language, to whom, printed, mailed, talked through."""

    append_only = True
    TO_WHOM = [("patient", "The patient"), ("escort", "The escort"), ("both", "Patient and escort")]
    CLASSIFY = {
        "language": SAFE,
        "title": CLINICAL,
        "body": CLINICAL,
        "own_words": CLINICAL,
        "to_whom": SAFE,
        "talked_through": SAFE,
        "printed": SAFE,
        "mailed": SAFE,
        "given_at": SAFE,
        "xact": SAFE,
    }

    session = models.ForeignKey("treatment_sessions.InfusionSession", models.PROTECT, related_name="aftercare_sheets")
    text = models.ForeignKey(AftercareText, models.PROTECT, null=True, blank=True, related_name="+")
    language = models.CharField(max_length=8)
    title = models.CharField(max_length=160)
    body = models.TextField()
    own_words = models.TextField(blank=True)
    to_whom = models.CharField(max_length=8, choices=TO_WHOM)
    talked_through = models.BooleanField()
    printed = models.BooleanField()
    mailed = models.BooleanField()
    document = models.ForeignKey("clinic.Document", models.PROTECT, null=True, blank=True, related_name="+")
    given_at = models.DateTimeField()
    given_by = models.ForeignKey("clinic.User", models.PROTECT, related_name="+")
    xact = Xid8Field()

    class Meta:
        ordering = ["given_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(printed=True) | Q(mailed=True), name="aftercare_sheet_reaches_somebody"
            )
        ]  # fmt: skip
        triggers = [stay_put("aftercare_sheet_stays")]
