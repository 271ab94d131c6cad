"""Referrals to help beside the infusions, and their appointments."""

from django import forms

from clinic.forms import PlainForm, RadioCards
from followup.actions import adjuncts
from followup.models import AdjunctReferral
from followup.rules.adjuncts import ATTENDED, CANCELLED, MISSED, PLANNED

DAY = {"type": "date"}
STATES = [(PLANNED, "Still to come"), (ATTENDED, "Attended"), (MISSED, "Missed"), (CANCELLED, "Cancelled")]


def _day(label):
    words = {"required": "Type the day", "invalid": "Type the day, for example 2026-11-30"}
    return forms.DateField(label=label, widget=forms.DateInput(DAY, format="%Y-%m-%d"), error_messages=words)


class ReferralForm(PlainForm):
    """What kind of help, from whom, what for."""

    kind = forms.ChoiceField(label="Kind of help", choices=AdjunctReferral.KINDS, widget=RadioCards)
    to_whom = forms.CharField(
        label="Person or practice", max_length=160, error_messages={"required": "Write the person or the practice"}
    )
    phone = forms.CharField(label="Phone", max_length=40, required=False)
    goal = forms.CharField(label="What for", max_length=300, required=False, widget=forms.Textarea({"rows": 2}))
    planned_visits = forms.IntegerField(label="Appointments planned", required=False)
    asked_on = _day("Referred on")
    widths = {"planned_visits": 4, "phone": 20}

    def save(self, *, course, by):
        """Note the referral."""
        return adjuncts.refer(course=course, by=by, **self.cleaned_data)


class VisitForm(PlainForm):
    """One appointment and whether it was kept."""

    day = _day("Day")
    state = forms.ChoiceField(label="Was it kept?", choices=STATES, initial=PLANNED)
    words = forms.CharField(label="In a few words", max_length=300, required=False)

    def save(self, *, referral, by):
        """Note the appointment."""
        return adjuncts.plan_visit(referral=referral, by=by, **self.cleaned_data)


class TellForm(PlainForm):
    """Whether an appointment was kept."""

    state = forms.ChoiceField(choices=STATES)

    def save(self, *, visit, by):
        """Tell it."""
        return adjuncts.tell_visit(visit=visit, by=by, **self.cleaned_data)


class OverForm(PlainForm):
    """Where a referral stands, with the reason when it is over."""

    state = forms.ChoiceField(
        label="It is",
        choices=[("active", "Under way"), ("declined", "Declined"), ("ended", "Ended")],
        widget=RadioCards,
        error_messages={"required": "Choose where it stands"},
    )
    reason = forms.CharField(label="The reason", max_length=300, required=False, widget=forms.Textarea({"rows": 2}))

    def save(self, *, referral, by):
        """Set it."""
        return adjuncts.set_referral(referral=referral, by=by, **self.cleaned_data)
