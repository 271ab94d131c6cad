"""Putting a check of long-term safety off."""

from django import forms

from clinic.forms import PlainForm
from sessions.actions import safety

DAY = {"type": "date"}


class WaiveForm(PlainForm):
    """Until when, and why."""

    until = forms.DateField(
        label="Put off until",
        required=False,
        widget=forms.DateInput(DAY, format="%Y-%m-%d"),
        help_text="Leave it empty where the check does not apply to this patient.",
        error_messages={"invalid": "Type the day, for example 2026-11-30"},
    )
    reason = forms.CharField(
        label="The reason",
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Write why: the next reader needs it"},
    )

    def save(self, *, patient, site, code, by):
        """Put it off."""
        return safety.waive(patient=patient, site=site, code=code, by=by, **self.cleaned_data)
