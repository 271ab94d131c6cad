"""Which messages a patient wants."""

from django import forms

from clinic import notify
from clinic.forms import CheckCards, PlainForm

KINDS = [("reminder", "Reminders of my visits"), ("diary", "My diary"), ("form", "Forms to fill in")]


class ChoicesForm(PlainForm):
    """What to send: an unticked one stops. Messages a visit can't do without (booked, moved, cancelled) stay."""

    wanted = forms.MultipleChoiceField(label="Send me", choices=KINDS, required=False, widget=CheckCards)

    def save(self, *, patient, at=None):
        """Write down every choice as the patient's own; it holds at once."""
        wanted = set(self.cleaned_data["wanted"])
        for channel in ("email", "sms"):
            if wanted:
                notify.start(patient=patient, by=patient, channel=channel, kind="all", at=at)
            for kind, _ in KINDS:
                change = notify.start if kind in wanted else notify.stop
                change(patient=patient, by=patient, channel=channel, kind=kind, at=at)
