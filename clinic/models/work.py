"""What somebody has to do: tasks, and alerts that must be acknowledged by a named person."""

import pghistory
from django.db import models
from django.db.models import Q

from clinic.models.base import MENTAL, PERSONAL, SAFE, Row, both_or_neither, stay_put
from clinic.states import machine

TASK = machine("task", "open", {"open": "done withdrawn", "done": "open", "withdrawn": ""})
ALERT = machine("alert", "open", {"open": "acknowledged", "acknowledged": "closed", "closed": ""})


@pghistory.track()
class Task(Row):
    """`for_role` is who is asked. Roles without the mental class read `neutral_title`, never `title` or `details`."""

    KINDS = [
        ("booking", "Book a visit"),
        ("call_back", "Call the patient"),
        ("contact", "Next-day contact"),
        ("not_ready", "Not ready for the visit"),
        ("review", "Review an answer"),
        ("message", "A message needs a look"),
        ("talk", "A patient has written"),
        ("assessment", "Assess a packet"),
        ("co_sign", "Co-sign an order"),
        ("discrepancy", "Ledger difference"),
        ("test", "Required test"),
        ("vitals", "Vitals overdue"),
        ("duplicate", "Two records of one person"),
        ("other", "Other"),
    ]
    CLASSIFY = {
        "kind": SAFE,
        "title": MENTAL,
        "neutral_title": SAFE,
        "details": MENTAL,
        "due_at": SAFE,
        "state": SAFE,
        "for_role": SAFE,
        "opened_at": SAFE,
        "done_at": SAFE,
        "outcome": PERSONAL,
        "subject_kind": SAFE,
        "subject_id": SAFE,
        "dedupe_key": SAFE,
    }

    kind = models.CharField(max_length=16, choices=KINDS)
    site = models.ForeignKey("clinic.Site", models.PROTECT, related_name="tasks")
    patient = models.ForeignKey("clinic.Patient", models.PROTECT, null=True, blank=True, related_name="tasks")
    title = models.CharField(max_length=200)
    neutral_title = models.CharField(max_length=200)
    details = models.TextField(blank=True)
    for_role = models.CharField(max_length=20)
    due_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=TASK.choices, default=TASK.start)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.TextField(blank=True)
    subject_kind = models.CharField(max_length=60, blank=True)
    subject_id = models.UUIDField(null=True, blank=True)
    dedupe_key = models.CharField(max_length=120, unique=True, null=True, blank=True)

    class Meta:
        ordering = ["due_at"]
        indexes = [models.Index(fields=["site", "due_at"], condition=Q(state="open"), name="task_open_by_site")]
        constraints = [TASK.known(), both_or_neither("task", "done")]
        triggers = [TASK.trigger()]


@pghistory.track()
class Alert(Row):
    """Something worrying that a named person must answer. It escalates by time; it is never just closed."""

    KINDS = [
        ("suicide", "Answer about suicide"),
        ("side_effect", "Serious side effect"),
        ("worse", "Much worse than before"),
        ("call_me", "Please call me"),
        ("bladder", "Bladder symptoms"),
        ("emergency", "Emergency"),
        ("alarm", "Alarm at a chair"),
        ("other", "Other"),
    ]
    CLASSIFY = {
        "kind": MENTAL,
        "words": MENTAL,
        "code": MENTAL,
        "value": MENTAL,
        "neutral_words": SAFE,
        "raised_at": SAFE,
        "state": SAFE,
        "escalation": SAFE,
        "next_escalation_at": SAFE,
        "acknowledged_at": SAFE,
        "done_words": MENTAL,
        "closed_at": SAFE,
        "subject_kind": SAFE,
        "subject_id": SAFE,
        "dedupe_key": SAFE,
    }

    kind = models.CharField(max_length=16, choices=KINDS)
    site = models.ForeignKey("clinic.Site", models.PROTECT, related_name="alerts")
    patient = models.ForeignKey("clinic.Patient", models.PROTECT, related_name="raised_alerts")
    words = models.TextField()
    code = models.CharField(max_length=40, blank=True, help_text="The question that was answered, where it was one.")
    value = models.SmallIntegerField(null=True, blank=True, help_text="The answer to it: a higher one is worse.")
    neutral_words = models.CharField(max_length=200, default="Needs a clinician: ask the nurse or the prescriber.")
    raised_at = models.DateTimeField()
    state = models.CharField(max_length=14, choices=ALERT.choices, default=ALERT.start)
    escalation = models.PositiveSmallIntegerField(default=0)
    next_escalation_at = models.DateTimeField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    done_words = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    subject_kind = models.CharField(max_length=60, blank=True)
    subject_id = models.UUIDField(null=True, blank=True)
    dedupe_key = models.CharField(max_length=120, unique=True, null=True, blank=True)

    class Meta:
        ordering = ["raised_at"]
        indexes = [models.Index(fields=["site", "raised_at"], condition=~Q(state="closed"), name="alert_open_by_site")]
        constraints = [ALERT.known(), both_or_neither("alert", "acknowledged"), both_or_neither("alert", "closed")]
        triggers = [ALERT.trigger()]


class AlertNotice(Row):
    """Who was told of an alert, by which step and how; or why somebody could not be."""

    append_only = True
    CHANNELS = [("email", "e-mail"), ("sms", "text message")]
    CLASSIFY = {
        "sent_at": SAFE,
        "after_minutes": SAFE,
        "when": SAFE,
        "is_repeat": SAFE,
        "whom": PERSONAL,
        "channel": SAFE,
        "why_not": SAFE,
    }

    alert = models.ForeignKey(Alert, models.PROTECT, related_name="notices")
    sent_at = models.DateTimeField()
    after_minutes = models.PositiveSmallIntegerField()
    when = models.CharField(max_length=8)
    is_repeat = models.BooleanField(default=False)
    whom = models.CharField(max_length=160)
    user = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    channel = models.CharField(max_length=8, choices=CHANNELS, default="email")
    message = models.ForeignKey("clinic.Message", models.PROTECT, null=True, blank=True, related_name="+")
    why_not = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["sent_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(message__isnull=False, why_not="") | (Q(message__isnull=True) & ~Q(why_not="")),
                name="alert_notice_sent_or_why_not",
            )
        ]
        triggers = [stay_put("alert_notice_stays")]


class AlertRemark(Row):
    """What became known after an alert was raised, for example that the patient changed the answer."""

    append_only = True
    CLASSIFY = {"made_at": SAFE, "words": MENTAL, "value": MENTAL}

    alert = models.ForeignKey(Alert, models.PROTECT, related_name="remarks")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    words = models.CharField(max_length=300)
    value = models.SmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["made_at"]
        triggers = [stay_put("alert_remark_stays")]
