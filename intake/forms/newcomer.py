"""A patient and the invitation on one screen."""

import uuid

from django import forms

from clinic.forms import PatientForm


class NewcomerForm(PatientForm):
    """Details of a new patient, with "invite now" for those who may invite. `entry` makes sending it twice harmless."""

    entry = forms.UUIDField(widget=forms.HiddenInput, required=False)
    invite_now = forms.BooleanField(
        label="Send the invitation to the packet now",
        help_text="By e-mail, with a link that is good for seven days.",
        required=False,
    )

    def __init__(self, *args, may_invite, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["entry"].initial = uuid.uuid4
        self.fields["family_name"].widget.attrs["autofocus"] = True
        if not may_invite:
            del self.fields["invite_now"]

    def newcomer(self):
        """What was typed, as the keywords of the action."""
        names = ("entry", "invite_now", "is_another_person")
        return self.details() | {name: self.cleaned_data.get(name) for name in names}
