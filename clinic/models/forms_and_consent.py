"""Answered questionnaires, and consents with exactly the words that were signed."""

from django.db import models
from django.db.models import Q

from clinic.models.base import MENTAL, PERSONAL, SAFE, Row, Xid8Field, both_or_neither, by_xact, locked_once, stay_put


class InstrumentResponse(Row):
    """One filled questionnaire. A correction is a new row; the patient's own answers are never changed."""

    append_only = True
    CLASSIFY = {
        "instrument": SAFE,
        "version": SAFE,
        "language": SAFE,
        "answers": MENTAL,
        "score": MENTAL,
        "band": MENTAL,
        "scorable": MENTAL,
        "answered_at": SAFE,
        "occasion_kind": SAFE,
        "occasion_id": SAFE,
        "received_at": SAFE,
        "xact": SAFE,
    }

    patient = models.ForeignKey("clinic.Patient", models.PROTECT, related_name="instrument_responses")
    instrument = models.CharField(max_length=20)
    version = models.CharField(max_length=20)
    language = models.CharField(max_length=8, default="en")
    answers = models.JSONField(help_text="Item code to number, or null where left blank.")
    score = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    scorable = models.BooleanField()
    band = models.CharField(max_length=60, blank=True)
    answered_at = models.DateTimeField()
    received_at = models.DateTimeField(auto_now_add=True)
    answered_by = models.ForeignKey(
        "clinic.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Staff who filled it with the patient; empty: the patient.",
    )
    occasion_kind = models.CharField(max_length=20)
    occasion_id = models.UUIDField(null=True, blank=True)
    xact = Xid8Field()

    class Meta:
        ordering = ["answered_at"]
        indexes = [
            models.Index(fields=["patient", "instrument", "answered_at"], name="response_by_patient"),
            by_xact("response_by_xact"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(scorable=True, score__isnull=False) | Q(scorable=False, score__isnull=True),
                name="response_score_or_not_scorable",
            ),
        ]
        triggers = [stay_put("instrument_response_stays")]


SIGN_AGAIN = "sign_again"


class ConsentText(Row):
    """The words of a consent. A draft may change; once published it is frozen and a new version is made."""

    KINDS = [
        ("treatment", "Treatment"),
        ("off_label", "Off-label use"),
        ("messages", "Messages by e-mail and text"),
        ("privacy", "Privacy notice"),
        ("escort", "Escort and no driving"),
    ]
    RENEWALS = [
        ("sign_again", "Patients must sign it again before their next visit"),
        ("tell", "Patients are only told of the change"),
    ]
    CLASSIFY = {
        "kind": SAFE,
        "language": SAFE,
        "number": SAFE,
        "title": SAFE,
        "body": SAFE,
        "renewal": SAFE,
        "change_words": SAFE,
        "published_at": SAFE,
    }

    kind = models.CharField(max_length=20, choices=KINDS)
    language = models.CharField(max_length=8, default="en")
    number = models.PositiveIntegerField("version", default=1)
    title = models.CharField(max_length=160)
    body = models.TextField(help_text="Plain paragraphs, a blank line between them.")
    renewal = models.CharField(
        "when this version replaces another", max_length=12, choices=RENEWALS, default=SIGN_AGAIN
    )
    change_words = models.TextField(
        "what is new, in short", blank=True, help_text="For patients who signed an earlier version; may be left empty."
    )
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["kind", "language", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "language", "number"], name="consent_text_version_once"),
            both_or_neither("consent_text", "published"),
        ]
        triggers = [locked_once("consent_text_frozen", "published_at")]

    def __str__(self):
        return f"{self.title}, version {self.number}"


class ConsentSignature(Row):
    """Somebody signed exactly this version. Revoking is its own row, so that the signature itself never changes."""

    append_only = True
    METHODS = [("electronic", "on a screen"), ("paper", "on paper")]
    CLASSIFY = {
        "printed_name": PERSONAL,
        "drawing": PERSONAL,
        "meaning": SAFE,
        "method": SAFE,
        "electronic_agreed": SAFE,
        "signed_at": SAFE,
        "relation": PERSONAL,
        "text_hash": SAFE,
        "xact": SAFE,
        "occasion_kind": SAFE,
        "occasion_id": SAFE,
    }

    patient = models.ForeignKey("clinic.Patient", models.PROTECT, related_name="consents")
    text = models.ForeignKey(ConsentText, models.PROTECT, related_name="signatures")
    representative = models.ForeignKey("clinic.Representative", models.PROTECT, null=True, blank=True, related_name="+")
    relation = models.CharField(max_length=60, blank=True)
    printed_name = models.CharField(max_length=160)
    drawing = models.JSONField(null=True, blank=True, help_text="Strokes: lists of [x, y] in a 600 x 200 box.")
    meaning = models.CharField(max_length=200, default="I have read this and I agree.")
    method = models.CharField(max_length=10, choices=METHODS, default="electronic")
    electronic_agreed = models.BooleanField(
        default=False, help_text="The signer agreed to sign on a screen and to get the copy as a file."
    )
    site = models.ForeignKey("clinic.Site", models.PROTECT, null=True, blank=True, related_name="+")
    taken_by = models.ForeignKey(
        "clinic.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Staff who handed over the tablet or took the paper; empty: signed from the patient's own link.",
    )
    text_hash = models.CharField(max_length=64, help_text="SHA-256 over the exact words that were shown.")
    signed_at = models.DateTimeField()
    occasion_kind = models.CharField(max_length=20, blank=True)
    occasion_id = models.UUIDField(null=True, blank=True)
    xact = Xid8Field()

    class Meta:
        ordering = ["signed_at"]
        indexes = [models.Index(fields=["patient", "signed_at"], name="consent_by_patient")]
        constraints = [
            models.CheckConstraint(
                condition=Q(representative__isnull=True) | ~Q(relation=""), name="consent_representative_has_relation"
            ),
            models.CheckConstraint(
                condition=~Q(method="paper") | Q(taken_by__isnull=False), name="consent_paper_was_taken_by_someone"
            ),
        ]
        triggers = [stay_put("consent_signature_stays")]


class ConsentRevocation(Row):
    append_only = True
    CLASSIFY = {"revoked_at": SAFE, "words": PERSONAL, "xact": SAFE}

    signature = models.OneToOneField(ConsentSignature, models.PROTECT, related_name="revocation")
    revoked_at = models.DateTimeField()
    taken_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    words = models.TextField(blank=True)
    xact = Xid8Field()

    class Meta:
        triggers = [stay_put("consent_revocation_stays")]
