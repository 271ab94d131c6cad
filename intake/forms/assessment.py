"""The prescriber's forms: settle a finding, decide, sign, add."""

from django import forms

from clinic.forms import PlainForm, RadioCards
from intake.rules.decisions import DECISIONS


def _text(label, rows=3, help_text=""):
    return forms.CharField(label=label, required=False, help_text=help_text, widget=forms.Textarea({"rows": rows}))


class SettleForm(PlainForm):
    """How a finding is settled, and why. ``key`` tells the forms of one page apart."""

    resolution = forms.ChoiceField(
        label="What did you find?", widget=RadioCards, error_messages={"required": "Choose what you found"}
    )
    reason = forms.CharField(
        label="Reason",
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": "Write the reason"},
    )

    def __init__(self, *args, key, choices, **kwargs):
        self.key = key
        super().__init__(*args, auto_id=f"id_{key}_%s", **kwargs)
        self.fields["resolution"].choices = choices


class DecisionForm(PlainForm):
    """The decision and its words. What is missing is said by the rules when it is signed; a draft may be partial."""

    exam = _text("Examination", help_text="Airway, heart, lungs, mental state.")
    tests = _text("Tests asked for, and their results", help_text="For example ECG, liver panel, pregnancy test.")
    decision = forms.ChoiceField(label="Decision", choices=list(DECISIONS.items()), widget=RadioCards, required=False)
    conditions = _text("Conditions")
    wait_for = _text("Wait for what?")
    reasons = _text("Reasons", rows=4, help_text="In your own words: why this decision.")
    version = forms.IntegerField(widget=forms.HiddenInput)


class SignForm(PlainForm):
    """The name the prescriber signs with."""

    printed_name = forms.CharField(
        label="Your name",
        max_length=160,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": "Type your name to sign"},
    )


class AddendumForm(PlainForm):
    """Something to add after the signature."""

    text = forms.CharField(
        label="Add to the record", widget=forms.Textarea({"rows": 3}), error_messages={"required": "Write what to add"}
    )


class ReasonForm(PlainForm):
    """Why a packet is closed."""

    reason = forms.CharField(label="Why?", max_length=300, error_messages={"required": "Write why"})
