"""A limit for one patient."""

from django import forms

from sessions.actions.limits import set_limit
from sessions.forms.base import DeedForm, choice, words
from sessions.presenters.words import LONG, UNITS
from sessions.rules.own_limits import LIMITED
from sessions.rules.vitals import MEASURES


class LimitForm(DeedForm):
    """Figures in the measure's own unit; a side that is left empty stays with the protocol."""

    measure = forms.ChoiceField(
        choices=[("", "Choose"), *((m, f"{LONG[m]}, {UNITS[m]}".rstrip(", ")) for m in LIMITED if m in MEASURES)],
        label="Measure",
    )
    level = choice([("caution", "Caution"), ("alarm", "Alarm")], label="Level")
    low = forms.DecimalField(label="Below", max_digits=5, decimal_places=1, required=False)
    high = forms.DecimalField(label="Above", max_digits=5, decimal_places=1, required=False)
    reason = words("Why", limit=300)
    widths = {"low": 4, "high": 4}

    def __init__(self, *args, session, **kwargs):
        super().__init__(*args, **kwargs)
        self.session = session

    def save(self, request):
        return set_limit(
            session=self.session, by=request.user, **self.picked("measure", "level", "low", "high", "reason")
        )
