"""What the prescriber decides about a proposal."""

from django import forms

from clinic.forms import PlainForm, RadioCards
from followup.actions import booster, reassessing
from followup.models import BoosterRequest, Reassessment

DAY = {"type": "date"}


def _reason():
    words = {"required": "Write why: the next reader needs it"}
    return forms.CharField(label="The reason", max_length=500, widget=forms.Textarea({"rows": 3}), error_messages=words)


class ChangeForm(PlainForm):
    """Other dates, with the reason."""

    start = forms.DateField(label="First day", widget=forms.DateInput(DAY, format="%Y-%m-%d"))
    end = forms.DateField(label="Last day", widget=forms.DateInput(DAY, format="%Y-%m-%d"))
    reason = _reason()

    def save(self, *, proposal, by):
        """Set the dates."""
        return booster.change(proposal=proposal, by=by, **self.cleaned_data)


class DeclineForm(PlainForm):
    """No, and why."""

    reason = _reason()

    def save(self, *, proposal, by):
        """Decline it."""
        return booster.decline(proposal=proposal, by=by, **self.cleaned_data)


class AcceptForm(PlainForm):
    """Yes: nothing to fill in."""

    def save(self, *, proposal, by):
        """Accept it."""
        return booster.accept(proposal=proposal, by=by)


FORMS = {"accept": AcceptForm, "change": ChangeForm, "decline": DeclineForm}


class WithdrawForm(PlainForm):
    """A decision taken back, and why."""

    reason = _reason()

    def save(self, *, proposal, by):
        """Take it back."""
        return booster.withdraw(proposal=proposal, by=by, **self.cleaned_data)


class ReassessForm(PlainForm):
    """What came of "stop and reassess"."""

    outcome = forms.ChoiceField(
        label="What comes of it",
        choices=Reassessment.OUTCOMES,
        widget=RadioCards,
        error_messages={"required": "Choose what comes of it"},
    )
    reason = forms.CharField(
        label="What you found, and why",
        max_length=2000,
        widget=forms.Textarea({"rows": 5}),
        error_messages={"required": "Write what you found and why"},
    )

    def save(self, *, proposal, by):
        """Write it."""
        return reassessing.reassess(proposal=proposal, by=by, **self.cleaned_data)


class RequestForm(PlainForm):
    """The patient asked for the next infusion."""

    asked_on = forms.DateField(
        label="Asked on",
        widget=forms.DateInput(DAY, format="%Y-%m-%d"),
        error_messages={"required": "Type the day on which they asked", "invalid": "Type the day, as 2026-11-30"},
    )
    how = forms.ChoiceField(label="How", choices=BoosterRequest.HOW, widget=RadioCards)
    words = forms.CharField(label="In their words", max_length=300, required=False, widget=forms.Textarea({"rows": 2}))

    def save(self, *, course, by):
        """Note it."""
        return reassessing.note_request(course=course, by=by, **self.cleaned_data)
