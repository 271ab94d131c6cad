"""Signing a consent: a typed name, the tick, and a drawing when the browser can draw."""

import json

from django import forms
from django.core.exceptions import ValidationError

from clinic.forms import PlainForm
from intake.forms.fields import line

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
            points = [[_point(*point) for point in stroke] for stroke in strokes]
        except (ValueError, TypeError):
            raise ValidationError("The drawing could not be read. Please draw it again") from None
        if sum(map(len, points)) > MOST_POINTS:
            raise ValidationError("The drawing is too long. Please draw it again")
        return points or None


def _point(x, y):
    inside = 0 <= float(x) <= BOX[0] and 0 <= float(y) <= BOX[1]
    if not inside:
        raise ValueError("outside the box")
    return [round(float(x)), round(float(y))]


class ConsentForm(PlainForm):
    """The patient's signature under exactly one text."""

    agreed = forms.BooleanField(
        label="I have read this and I agree",
        error_messages={"required": "Tick the box to say that you have read this and agree"},
    )
    printed_name = line("Your full name", most=160, autocomplete="name", error="Type your full name")
    drawing = StrokesField(required=False)
