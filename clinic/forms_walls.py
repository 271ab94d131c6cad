"""Forms of the screens on the wall."""

from django import forms

from clinic.forms import PlainForm


class ClaimForm(PlainForm):
    """The code a screen shows, typed by an admin who stands before it, and where it hangs."""

    code = forms.CharField(
        label="The code on the screen",
        max_length=12,
        help_text="Six letters, for example BDF-GHK. The dash does not matter.",
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": "Type the six letters you see on the screen"},
    )
    name = forms.CharField(
        label="Where it hangs",
        max_length=60,
        help_text="For example Nurses' station.",
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": "Say where the screen hangs, so that others know which one it is"},
    )
    widths = {"code": 10, "name": 20}


class RevokeForm(PlainForm):
    """Nothing to type: pressing the button is all."""
