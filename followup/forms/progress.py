"""The progress letter: its words, its signature, and how it went out."""

from django import forms

from clinic.forms import PlainForm, RadioCards
from followup.actions import progress
from followup.models import LetterSending


class ProgressForm(PlainForm):
    """The words of the draft."""

    to_name = forms.CharField(label="To", max_length=200, error_messages={"required": "Write whom it goes to"})
    to_address = forms.CharField(
        label="Practice or address", max_length=300, required=False, widget=forms.Textarea({"rows": 2})
    )
    title = forms.CharField(label="About", max_length=160, error_messages={"required": "Write what it is about"})
    body = forms.CharField(
        label="The letter",
        widget=forms.Textarea({"rows": 22}),
        help_text="Filled from the record. Take out what the referrer need not know.",
        error_messages={"required": "Write the letter"},
    )
    with_figures = forms.BooleanField(label="With the curve and the table of infusions under the words", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def save(self, *, letter, by):
        """Keep the words."""
        return progress.edit_letter(letter=letter, by=by, **self.cleaned_data)


class SignForm(PlainForm):
    """Which version is signed."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def save(self, *, letter, by):
        """Sign it."""
        return progress.sign_letter(letter=letter, by=by, **self.cleaned_data)


class SentForm(PlainForm):
    """How it went out, to whom."""

    way = forms.ChoiceField(
        label="How it went out",
        choices=LetterSending.WAYS,
        widget=RadioCards,
        error_messages={"required": "Choose how it went out"},
    )
    to_whom = forms.CharField(label="To whom", max_length=200, error_messages={"required": "Write whom it went to"})
    words = forms.CharField(
        label="Fax number or other details", max_length=200, required=False, help_text="Kept with the record."
    )

    def save(self, *, letter, by):
        """Note the sending."""
        return progress.note_sent(letter=letter, by=by, **self.cleaned_data)
