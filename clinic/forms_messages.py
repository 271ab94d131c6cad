"""Forms about messages: which ones to list, and what a patient wants to hear as staff is told."""

from django import forms

from clinic.actions.contact import set_wanted
from clinic.asked import KEY
from clinic.forms import CheckCards, PlainForm, RadioCards
from clinic.models import ContactChoice
from clinic.notify.kinds import KINDS
from clinic.notify.sms import can_text
from clinic.presenters.outbox import query_of

WANTED = [("reminder", "Reminders of visits"), ("diary", "Diary"), ("form", "Forms to fill in")]
HOW = [choice for choice in ContactChoice.HOW if choice[0] in ("spoken", "paper")]


PRIVATE = ("who",)  # of the filter: names and addresses, kept out of the address of the page


class OutboxFilter(PlainForm):
    """Which messages: every field may be left blank."""

    NAMES = ("who", "kind", "channel", "since", "until")

    who = forms.CharField(
        label="Recipient: name, record number, phone or mail",
        required=False,
        max_length=80,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    kind = forms.ChoiceField(label="What", required=False)
    channel = forms.ChoiceField(label="By", required=False, choices=[("", "Mail and text"), *ContactChoice.CHANNELS])
    since = forms.DateField(label="Due from", required=False, widget=forms.DateInput({"type": "date"}))
    until = forms.DateField(label="Due to", required=False, widget=forms.DateInput({"type": "date"}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = sorted(((code, kind.words) for code, kind in KINDS.items()), key=lambda one: one[1].lower())
        self.fields["kind"].choices = [("", "All kinds"), *kinds]

    def as_query(self):
        """What was asked, as the end of an address; nothing of a filter that can't be read."""
        names = (KEY, *(name for name in self.NAMES if name not in PRIVATE))
        return query_of({name: self.data.get(name, "") for name in names}) if self.is_valid() else ""


class WantedForm(PlainForm):
    """What a patient wants to hear, as they have said it to us."""

    mail = forms.MultipleChoiceField(label="By mail", choices=WANTED, required=False, widget=CheckCards)
    text = forms.MultipleChoiceField(
        label="By text message",
        choices=WANTED,
        required=False,
        widget=CheckCards,
        help_text="Tick only what the patient has agreed to: a tick is their consent, with your name and the time.",
    )
    how = forms.ChoiceField(
        label="How do we know?",
        choices=HOW,
        widget=RadioCards,
        error_messages={"required": "Say how the patient told us"},
    )

    def __init__(self, *args, patient, **kwargs):
        super().__init__(*args, **kwargs)
        self.asks_texts = can_text() and bool(patient.phone)
        if not self.asks_texts:
            del self.fields["text"]

    def save(self, *, patient, by, at=None):
        """Write it down; it holds at once."""
        told = self.cleaned_data
        text = set(told["text"]) if self.asks_texts else None
        set_wanted(patient=patient, by=by, mail=set(told["mail"]), text=text, how=told["how"], at=at)
