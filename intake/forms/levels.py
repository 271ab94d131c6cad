"""The prescriber's form for the level of a rule."""

from django import forms

from clinic.forms import PlainForm, RadioCards


class LevelForm(PlainForm):
    """How much the rule weighs from now on, and why. ``now`` is the level the page showed."""

    level = forms.ChoiceField(
        label="How much does it weigh in this clinic?",
        widget=RadioCards,
        error_messages={"required": "Choose a level"},
    )
    reason = forms.CharField(
        label="Reason",
        help_text="It stays beside the rule, with your name.",
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Write the reason"},
    )
    now = forms.CharField(max_length=14, widget=forms.HiddenInput)

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = choices
