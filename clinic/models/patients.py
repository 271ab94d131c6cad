"""The person in care, who may see them, how to reach them, and what they say about their health."""

import pghistory
import pgtrigger
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Reverse, Upper

from clinic.models.base import CLINICAL, MENTAL, PERSONAL, SAFE, Row, both_or_neither
from clinic.models.finding import OF_NAMES, OF_SITES, follow
from clinic.models.places import check_zone


class Sex(models.TextChoices):
    FEMALE = "female", "female"
    MALE = "male", "male"
    OTHER = "other", "other"
    UNKNOWN = "unknown", "not known"


# A record is its own person until a merge in force says otherwise. The column only mirrors the merges, so that every
# list of a person's rows is one plain join; the database keeps it, whoever writes.
OWN_PERSON = """
    NEW.person_id := COALESCE(NEW.person_id, NEW.id);
    RETURN NEW;
"""


class Referrer(Row):
    CLASSIFY = {"name": SAFE, "organisation": SAFE, "phone": SAFE, "email": SAFE}

    name = models.CharField(max_length=120)
    organisation = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)

    def __str__(self):
        return self.name


@pghistory.track()
class Patient(Row):
    """One record. Names wrap and are never cut; `version` is the optimistic lock of the edit page.

    `person` is the record under which everything of this person shows: itself, or the one it is merged into. Rows
    never move: whoever lists a person's rows asks for `patient__person=patient.person_id`.
    """

    CLASSIFY = {
        "record_number": PERSONAL,
        "family_name": PERSONAL,
        "given_name": PERSONAL,
        "preferred_name": PERSONAL,
        "born_on": PERSONAL,
        "sex": PERSONAL,
        "email": PERSONAL,
        "phone": PERSONAL,
        "phone_digits": PERSONAL,
        "address": PERSONAL,
        "language": SAFE,
        "zone_name": PERSONAL,
        "emergency_name": PERSONAL,
        "emergency_phone": PERSONAL,
        "emergency_relation": PERSONAL,
        "reason": MENTAL,
        "reason_words": MENTAL,
        "added_at": SAFE,
        "died_on": PERSONAL,
        "version": SAFE,
        "search_text": PERSONAL,
    }
    REASONS = [
        ("pain", "Chronic pain"),
        ("mood", "Low mood or depression"),
        ("ptsd", "PTSD"),
        ("anxiety", "Anxiety"),
        ("other", "Something else"),
    ]

    record_number = models.CharField(max_length=20, unique=True)
    family_name = models.CharField(max_length=120)
    given_name = models.CharField(max_length=120)
    preferred_name = models.CharField(max_length=120, blank=True)
    born_on = models.DateField()
    sex = models.CharField(max_length=10, choices=Sex.choices, default=Sex.UNKNOWN)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    phone_digits = models.CharField(max_length=20, blank=True, editable=False)
    address = models.TextField(blank=True)
    language = models.CharField(
        max_length=8, blank=True, default="", help_text="What they read and are written to in; blank: not asked yet."
    )
    zone_name = models.CharField("own time zone", max_length=64, validators=[check_zone])
    emergency_name = models.CharField(max_length=120, blank=True)
    emergency_phone = models.CharField(max_length=40, blank=True)
    emergency_relation = models.CharField(max_length=60, blank=True)
    reason = models.CharField("reason for referral", max_length=12, choices=REASONS, default="pain")
    reason_words = models.TextField(blank=True)
    referrer = models.ForeignKey(Referrer, models.PROTECT, null=True, blank=True, related_name="patients")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, related_name="+")
    died_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    search_text = models.CharField(max_length=400, editable=False, default="")
    person = models.ForeignKey("self", models.PROTECT, related_name="records", editable=False)

    class Meta:
        ordering = ["family_name", "given_name"]
        indexes = [
            GinIndex(OpClass(Upper("search_text"), name="gin_trgm_ops"), name="patient_search_trgm"),
            models.Index(fields=["born_on"], name="patient_born_on"),
            models.Index(fields=["phone_digits"], name="patient_phone_digits"),
            models.Index(OpClass(Reverse("phone_digits"), name="text_pattern_ops"), name="patient_phone_back"),
            models.Index(Lower("family_name"), Lower("given_name"), name="patient_by_name"),
        ]
        triggers = [
            pgtrigger.Trigger(name="own_person", when=pgtrigger.Before, operation=pgtrigger.Insert, func=OWN_PERSON),
            follow("words_follow_names", pgtrigger.Update, OF_NAMES),
        ]

    def __str__(self):
        return f"{self.family_name.upper()}, {self.given_name}"

    def save(self, *args, **kwargs):
        self.phone_digits = "".join(c for c in self.phone if c.isdigit())[-15:]
        self.search_text = " ".join(filter(None, [self.family_name, self.given_name, self.preferred_name]))[:400]
        self.person_id = self.person_id or self.pk
        super().save(*args, **kwargs)

    @property
    def is_merged(self):
        """Whether another record is kept for this person."""
        return self.person_id != self.pk

    @property
    def short_name(self):
        return self.preferred_name or self.given_name

    @property
    def initials(self):
        return f"{self.given_name[:1]}{self.family_name[:1]}".upper()

    def age_on(self, day):
        """Whole years at `day`."""
        return day.year - self.born_on.year - ((day.month, day.day) < (self.born_on.month, self.born_on.day))


class PatientSite(Row):
    """Decides who sees the patient. A booking at another site makes one."""

    CLASSIFY = {"since": SAFE, "until": SAFE}

    patient = models.ForeignKey(Patient, models.PROTECT, related_name="sites")
    site = models.ForeignKey("clinic.Site", models.PROTECT, related_name="patients")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "site"], condition=Q(until__isnull=True), name="patient_site_once"
            ),
        ]
        triggers = [
            follow("words_follow_new_sites", pgtrigger.Insert, OF_SITES),
            follow("words_follow_sites", pgtrigger.Update, OF_SITES),
        ]


class Representative(Row):
    """Who may speak for a patient (a guardian, a health care proxy): recorded by staff, in force until it is ended."""

    CLASSIFY = {
        "name": PERSONAL,
        "relation": PERSONAL,
        "phone": PERSONAL,
        "email": PERSONAL,
        "since": SAFE,
        "until": SAFE,
    }

    patient = models.ForeignKey(Patient, models.PROTECT, related_name="representatives")
    name = models.CharField(max_length=120)
    relation = models.CharField(max_length=60)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    ended_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")

    def __str__(self):
        return f"{self.name} ({self.relation})"

    @property
    def is_merged(self):
        """Whether another record is kept for this person."""
        return self.person_id != self.pk

    @property
    def short_name(self):
        """How a message greets them."""
        return self.name

    def is_in_force(self, at):
        """May they speak for the patient at this moment?"""
        return self.since <= at and (self.until is None or at < self.until)


class ContactChoice(Row):
    """What a patient agreed to hear by which channel: one row a channel and kind holds the state in force."""

    CHANNELS = [("email", "E-mail"), ("sms", "Text message")]
    KINDS = [("all", "All messages"), ("reminder", "Visit reminders"), ("diary", "Diary"), ("form", "Forms to fill")]
    HOW = [
        ("page", "On our page, by the patient"),
        ("reply", "By a reply to a text message"),
        ("spoken", "Said to us"),
        ("paper", "Signed on paper"),
    ]
    CLASSIFY = {"channel": SAFE, "kind": SAFE, "agreed_at": SAFE, "opted_out_at": SAFE, "how": SAFE}

    patient = models.ForeignKey(Patient, models.PROTECT, related_name="contact_choices")
    channel = models.CharField(max_length=8, choices=CHANNELS)
    kind = models.CharField(max_length=12, choices=KINDS, default="all")
    agreed_at = models.DateTimeField(null=True, blank=True)
    opted_out_at = models.DateTimeField(null=True, blank=True)
    how = models.CharField("how we know", max_length=8, choices=HOW, blank=True)
    recorded_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["patient", "channel", "kind"], name="contact_choice_once")]


class PatientAlert(Row):
    """Always in the banner, beside the allergies."""

    KINDS = [
        ("no_pressure", "No blood pressure on a limb"),
        ("no_iv", "No IV on a limb"),
        ("vein", "Difficult vein"),
        ("falls", "Falls"),
        ("device", "Implanted device"),
        ("resuscitation", "Resuscitation wishes"),
        ("interpreter", "Interpreter"),
        ("other", "Other"),
    ]
    SOURCES = [("staff", "Staff noted"), ("patient", "Patient said")]
    CLASSIFY = {
        "kind": CLINICAL,
        "words": CLINICAL,
        "since": SAFE,
        "ended_at": SAFE,
        "source": SAFE,
        "verified_at": SAFE,
        "occasion_kind": SAFE,
        "occasion_id": SAFE,
    }

    patient = models.ForeignKey(Patient, models.PROTECT, related_name="alerts")
    kind = models.CharField(max_length=16, choices=KINDS)
    words = models.CharField(max_length=200)
    since = models.DateTimeField()
    noted_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    source = models.CharField(max_length=10, choices=SOURCES, default="staff")
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    occasion_kind = models.CharField(max_length=20, blank=True)
    occasion_id = models.UUIDField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            both_or_neither("patient_alert", "ended"),
            both_or_neither("patient_alert", "verified"),
            models.UniqueConstraint(
                fields=["patient", "kind", "words"], condition=Q(ended_at__isnull=True), name="patient_alert_once"
            ),
        ]

    @property
    def is_unverified(self):
        """Said by the patient, and nobody of the staff has looked into it yet?"""
        return self.source == "patient" and self.verified_at is None


class Statement(Row):
    """Something said about a patient's health, with who said it and who has verified it."""

    SOURCES = [("patient", "Patient said"), ("staff", "Staff recorded"), ("referrer", "Referral letter")]

    patient = models.ForeignKey(Patient, models.PROTECT, related_name="%(class)ss")
    source = models.CharField(max_length=10, choices=SOURCES)
    said_at = models.DateTimeField()
    recorded_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, related_name="+")
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    occasion_kind = models.CharField(max_length=20, blank=True)
    occasion_id = models.UUIDField(null=True, blank=True)

    class Meta:
        abstract = True


STATEMENT_CLASSES = {
    "source": SAFE,
    "said_at": SAFE,
    "verified_at": SAFE,
    "ended_at": SAFE,
    "occasion_kind": SAFE,
    "occasion_id": SAFE,
}


class ConditionStatement(Statement):
    CLASSIFY = STATEMENT_CLASSES | {"code": MENTAL, "label": MENTAL, "words": MENTAL}

    code = models.CharField(max_length=40, help_text="Our own short code, e.g. crps, fibromyalgia, ptsd.")
    label = models.CharField(max_length=120)
    words = models.TextField(blank=True)

    class Meta:
        constraints = [both_or_neither("condition", "verified")]


class MedicationStatement(Statement):
    CLASSIFY = STATEMENT_CLASSES | {
        "name": MENTAL,
        "ingredient": MENTAL,
        "drug_class": MENTAL,
        "dose_words": MENTAL,
        "daily_mg": MENTAL,
        "last_taken_at": MENTAL,
        "as_needed": MENTAL,
    }

    name = models.CharField(max_length=120)
    ingredient = models.CharField(max_length=80, blank=True)
    drug_class = models.CharField(max_length=80, blank=True)
    dose_words = models.CharField(max_length=120, blank=True)
    daily_mg = models.DecimalField(
        max_digits=9, decimal_places=3, null=True, blank=True, help_text="mg a day (fentanyl patch: mcg/h)."
    )
    as_needed = models.BooleanField(default=False)
    last_taken_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [both_or_neither("medication", "verified")]


class AllergyStatement(Statement):
    CLASSIFY = STATEMENT_CLASSES | {"substance": CLINICAL, "reaction": CLINICAL, "none_known": CLINICAL}

    substance = models.CharField(max_length=120, blank=True)
    reaction = models.CharField(max_length=120, blank=True)
    none_known = models.BooleanField(default=False, help_text="Asked, and the patient knows of none.")

    class Meta:
        constraints = [
            both_or_neither("allergy", "verified"),
            models.CheckConstraint(
                condition=Q(none_known=True, substance="") | (Q(none_known=False) & ~Q(substance="")),
                name="allergy_substance_or_none_known",
            ),
        ]
