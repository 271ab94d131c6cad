"""Which messages a patient wants."""

from django import forms
from django.utils.translation import gettext_lazy as _

from clinic.actions.contact import set_wanted
from clinic.forms import CheckCards, PlainForm
from clinic.notify.sms import can_text

KINDS = [("reminder", _("Reminders of my visits")), ("diary", _("My diary")), ("form", _("Forms to fill in"))]


class ChoicesForm(PlainForm):
    """What to send: an unticked one stops. Messages a visit can't do without (booked, moved, cancelled) stay.

    Text messages are asked about where the clinic can send them and knows a number; a tick there is the consent.
    """

    wanted = forms.MultipleChoiceField(label=_("Send me"), choices=KINDS, required=False, widget=CheckCards)
    texts = forms.MultipleChoiceField(
        label=_("Send me as a text message"),
        choices=KINDS,
        required=False,
        widget=CheckCards,
        help_text=_("Then it comes to your phone instead of your mail. You can stop it at any time: reply STOP."),
    )

    def __init__(self, *args, patient, **kwargs):
        super().__init__(*args, **kwargs)
        self.asks_texts = can_text() and bool(patient.phone)
        if self.asks_texts:
            self.fields["wanted"].label = _("Send me by mail")
        else:
            del self.fields["texts"]

    def save(self, *, patient, at=None):
        """Write down every choice as the patient's own; it holds at once."""
        texts = set(self.cleaned_data["texts"]) if self.asks_texts else None
        mail = set(self.cleaned_data["wanted"])
        set_wanted(patient=patient, by=patient, mail=mail, text=texts, how="page", at=at)
