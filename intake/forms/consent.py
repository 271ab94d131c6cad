"""Signing a consent on a screen or on paper, taking one back."""

import json

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from clinic.forms import PlainForm
from intake.forms.fields import line

AGREEMENTS = ("agreed", "electronic_agreed")
MOST_POINTS = 6000
BOX = (600, 200)


class StrokesField(forms.CharField):
    """Strokes as JSON: lists of [x, y] in a 600 x 200 box; None when nothing was drawn."""

    widget = forms.HiddenInput

    def to_python(self, value):
        """Strokes with whole coordinates; ValidationError for anything else."""
        if not value:
            return None
        try:
            strokes = json.loads(value)
            points = [[_point(*point) for point in stroke] for stroke in strokes if stroke]
        except (ValueError, TypeError, RecursionError):
            raise ValidationError(_("The drawing could not be read. Please draw it again")) from None
        if sum(map(len, points)) > MOST_POINTS:
            raise ValidationError(_("The drawing is too long. Please draw it again"))
        return points or None


def _point(x, y):
    inside = 0 <= float(x) <= BOX[0] and 0 <= float(y) <= BOX[1]
    if not inside:
        raise ValueError("outside the box")
    return [round(float(x)), round(float(y))]


class ConsentForm(PlainForm):
    """A signature under exactly one text. ``ask_electronic``: has nobody agreed yet to sign on a screen?"""

    agreed = forms.BooleanField(
        label=_("I have read this and I agree"),
        error_messages={"required": _("Tick the box to say that you have read this and agree")},
    )
    electronic_agreed = forms.BooleanField(
        label=_("I agree to sign on this screen and to get my copy as a file"),
        help_text=_("You can have all of it on paper instead, now or later: just ask us."),
        error_messages={"required": _("Tick the box to sign on this screen, or ask us for paper")},
    )
    printed_name = line(_("Your full name"), most=160, autocomplete="name", error=_("Type your full name"))
    drawing = StrokesField(required=False)

    def __init__(self, *args, ask_electronic=True, **kwargs):
        super().__init__(*args, **kwargs)
        if not ask_electronic:
            del self.fields["electronic_agreed"]
        if (
            self.is_switching
        ):  # another language is another text: the name stays, the tick for words read before doesn't
            self.data = {name: value for name, value in self.data.items() if name not in AGREEMENTS}

    def signed(self):
        """What was signed, as the actions take it."""
        return {"electronic_agreed": True} | self.cleaned_data


class TakeBackForm(PlainForm):
    """The patient takes a consent back; the reason is their own to give or not."""

    words = forms.CharField(
        label=_("Why? You don’t have to say"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class StaffTakeBackForm(PlainForm):
    """Staff writes down that the patient took a consent back."""

    said_so = forms.BooleanField(
        label="The patient said this to me in person, by phone or in writing",
        error_messages={"required": "Tick that the patient said so: nobody else can take it back"},
    )
    words = forms.CharField(
        label="The reason, in the patient's words", required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class PaperForm(PlainForm):
    """A consent that was signed on paper."""

    printed_name = line("Who signed", most=160, error="Write who signed")
    relation = line("Signed for the patient as", most=60, required=False)
    signed_on = forms.DateField(
        label="Signed on", widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": "Choose the day on the paper", "invalid": "Choose the day on the paper"},
    )  # fmt: skip
