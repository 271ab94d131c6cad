"""What the prescriber decides about a proposal."""

from django import forms

from clinic.forms import PlainForm
from followup.actions import booster

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
