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
    stamp = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args, key, choices, **kwargs):
        self.key = key
        super().__init__(*args, auto_id=f"id_{key}_%s", **kwargs)
        self.fields["resolution"].choices = choices


MALLAMPATI = [("", "Not looked at"), *((n, f"Class {n}") for n in range(1, 5))]
# mmHg that can be typed at all. Source: clinic default (unverified default, the clinic approves).
SYSTOLIC, DIASTOLIC = (50, 300), (20, 200)


def _pressure(label, bounds):
    least, most = bounds
    return forms.IntegerField(label=label, required=False, min_value=least, max_value=most)


class DecisionForm(PlainForm):
    """The examination, the decision, its words. What is missing is said when it is signed; a draft may be partial."""

    systolic = _pressure("Systolic today", SYSTOLIC)
    diastolic = _pressure("Diastolic today", DIASTOLIC)
    mallampati = forms.TypedChoiceField(
        label="Mallampati class", choices=MALLAMPATI, coerce=int, empty_value=None, required=False, widget=RadioCards
    )
    airway = _text("Airway", rows=2, help_text="Mouth opening, neck, teeth, beard, earlier trouble.")
    heart = _text("Heart", rows=2)
    lungs = _text("Lungs", rows=2)
    mental_state = _text("Mental state", rows=2)
    exam = _text("Anything else found", rows=2)
    tests = _text("About the tests", rows=2, help_text="What they mean for the decision. Results stand with each test.")
    decision = forms.ChoiceField(label="Decision", choices=list(DECISIONS.items()), widget=RadioCards, required=False)
    conditions = _text("Conditions")
    wait_for = _text("Wait for what?")
    reasons = _text("Reasons", rows=4, help_text="In your own words: why this decision.")
    version = forms.IntegerField(widget=forms.HiddenInput)
    units = {"systolic": "mmHg", "diastolic": "mmHg"}
    widths = {"systolic": 4, "diastolic": 4}
    EXAM = ("systolic", "diastolic", "mallampati", "airway", "heart", "lungs", "mental_state", "exam", "tests")

    def clean(self):
        """A pressure is two figures, the upper one above the lower one."""
        data = super().clean()
        upper, lower = data.get("systolic"), data.get("diastolic")
        if {"systolic", "diastolic"} & set(self.errors):
            return data
        if (upper is None) != (lower is None):
            self.add_error("systolic" if upper is None else "diastolic", "Type both figures, or neither")
        elif upper is not None and upper <= lower:
            self.add_error("diastolic", "The lower figure must be below the upper one")
        return data

    @property
    def exam_fields(self):
        """The fields of the examination, bound."""
        return [self[name] for name in self.EXAM]

    @property
    def decision_fields(self):
        """The other ones that are seen."""
        return [field for field in self.visible_fields() if field.name not in self.EXAM]


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
