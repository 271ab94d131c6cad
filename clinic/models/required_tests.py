"""Tests asked for before or during treatment (ECG, liver, kidney...), and their results as somebody read them off."""

import pghistory
from django.db import models
from django.db.models import F, Q

from clinic.models.base import CLINICAL, SAFE, Row, Xid8Field, both_or_neither, stay_put
from clinic.states import machine

TEST_ORDER = machine(
    "test_order",
    "ordered",
    {"ordered": "done cancelled", "done": "ordered", "cancelled": ""},
    {"ordered": "asked for", "done": "result in"},
)


@pghistory.track()
class TestOrder(Row):
    """One test asked for. `code` names its entry in the catalogue; the results are rows of their own.

    It goes back from "result in" to "asked for" when every value turns out to have been entered by mistake.
    """

    __test__ = False  # the name makes pytest look for test methods in it

    ORIGINS = [
        ("asked", "Asked for"),
        ("decision", "Asked for with the decision to wait"),
        ("brought", "Result brought along"),
    ]
    CLASSIFY = {
        "code": CLINICAL,
        "title": CLINICAL,
        "reason": CLINICAL,
        "origin": SAFE,
        "asked_at": SAFE,
        "due_on": SAFE,
        "state": SAFE,
        "done_at": SAFE,
        "cancelled_at": SAFE,
        "cancel_reason": CLINICAL,
        "verified_at": SAFE,
        "verified_words": CLINICAL,
        "subject_kind": SAFE,
        "subject_id": SAFE,
        "version": SAFE,
    }

    patient = models.ForeignKey("clinic.Patient", models.PROTECT, related_name="test_orders")
    site = models.ForeignKey("clinic.Site", models.PROTECT, related_name="test_orders")
    code = models.CharField(max_length=20)
    title = models.CharField(max_length=120, blank=True, help_text='Which test, in words, where the code is "other".')
    reason = models.CharField(max_length=300, blank=True)
    origin = models.CharField(max_length=10, choices=ORIGINS, default="asked")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("clinic.User", models.PROTECT, related_name="+")
    due_on = models.DateField(help_text="A day of the site's calendar.")
    state = models.CharField(max_length=10, choices=TEST_ORDER.choices, default=TEST_ORDER.start)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    cancel_reason = models.CharField(max_length=300, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True, help_text="A prescriber has read these results.")
    verified_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    verified_words = models.CharField(max_length=300, blank=True)
    subject_kind = models.CharField(max_length=60, blank=True)
    subject_id = models.UUIDField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["due_on", "asked_at"]
        indexes = [
            models.Index(fields=["site", "due_on"], condition=Q(state="ordered"), name="test_order_due_by_site"),
            models.Index(fields=["patient", "code"], name="test_order_by_patient"),
        ]
        constraints = [
            TEST_ORDER.known(),
            both_or_neither("test_order", "done"),
            both_or_neither("test_order", "cancelled"),
            both_or_neither("test_order", "verified"),
            models.UniqueConstraint(
                fields=["patient", "code"],
                condition=Q(state="ordered") & ~Q(code="other"),
                name="test_order_open_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | (Q(cancelled_at__isnull=False) & ~Q(cancel_reason="")),
                name="test_order_cancelled_with_reason",
            ),
            models.CheckConstraint(condition=~Q(code="other") | ~Q(title=""), name="test_order_other_has_title"),
        ]
        triggers = [TEST_ORDER.trigger()]

    def __str__(self):
        return self.title or self.code

    def is_overdue(self, today):
        """Whether it is still waited for after its day; `today` is the site's."""
        return self.state == "ordered" and self.due_on < today


class TestResult(Row):
    """One value of one test as it stands on the report. It never changes: a correction is a new row, both stay.

    Exactly the kind of value its analyte has is filled; zero is a value. `range_low` and `range_high` are the
    laboratory's own for this report. A struck row takes back the one it supersedes and holds no value.
    """

    __test__ = False
    append_only = True
    COMPARATORS = [("", "="), ("<", "less than"), (">", "more than")]
    CLASSIFY = {
        "analyte": CLINICAL,
        "number": CLINICAL,
        "comparator": CLINICAL,
        "choice": CLINICAL,
        "words": CLINICAL,
        "unit": CLINICAL,
        "range_low": CLINICAL,
        "range_high": CLINICAL,
        "taken_on": CLINICAL,
        "lab": CLINICAL,
        "entered_at": SAFE,
        "received_at": SAFE,
        "is_struck": SAFE,
        "change_reason": CLINICAL,
        "xact": SAFE,
    }

    order = models.ForeignKey(TestOrder, models.PROTECT, related_name="results")
    patient = models.ForeignKey("clinic.Patient", models.PROTECT, related_name="test_results")
    analyte = models.CharField(max_length=30)
    number = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    comparator = models.CharField(max_length=1, choices=COMPARATORS, blank=True)
    choice = models.CharField(max_length=20, blank=True)
    words = models.TextField(blank=True)
    unit = models.CharField("unit (UCUM)", max_length=24, blank=True)
    range_low = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    range_high = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    taken_on = models.DateField(help_text="The day of the sample, the tracing or the look-up.")
    lab = models.CharField(max_length=120, blank=True)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey("clinic.User", models.PROTECT, related_name="+")
    received_at = models.DateTimeField(auto_now_add=True)
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="superseded_by")
    is_struck = models.BooleanField(default=False)
    change_reason = models.CharField(max_length=300, blank=True)
    xact = Xid8Field()

    class Meta:
        ordering = ["taken_on", "entered_at"]
        indexes = [models.Index(fields=["patient", "analyte", "-taken_on"], name="test_result_by_patient")]
        constraints = [
            models.UniqueConstraint(
                fields=["order", "analyte"], condition=Q(supersedes__isnull=True), name="test_result_first_once"
            ),
            models.CheckConstraint(
                condition=Q(is_struck=True, number__isnull=True, choice="", words="")
                | Q(is_struck=False, number__isnull=False, choice="", words="")
                | (Q(is_struck=False, number__isnull=True, words="") & ~Q(choice=""))
                | (Q(is_struck=False, number__isnull=True, choice="") & ~Q(words="")),
                name="test_result_one_value_or_struck",
            ),
            models.CheckConstraint(
                condition=Q(comparator="") | Q(number__isnull=False), name="test_result_comparator_of_number"
            ),
            models.CheckConstraint(
                condition=Q(range_low__isnull=True) | Q(range_high__isnull=True) | Q(range_low__lte=F("range_high")),
                name="test_result_range_in_order",
            ),
            models.CheckConstraint(
                condition=Q(supersedes__isnull=True, change_reason="", is_struck=False)
                | (Q(supersedes__isnull=False) & ~Q(change_reason="")),
                name="test_result_change_has_reason",
            ),
        ]
        triggers = [stay_put("test_result_stays")]
