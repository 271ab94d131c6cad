"""Forms of emergency looks, of access to review and of who works here."""

from django import forms

from clinic.fields import DayMonthYearField
from clinic.forms import PlainForm, RadioCards
from clinic.models import AccessReview, BreakGlass
from clinic.rules import access_reviews, glass


class GlassForm(PlainForm):
    """Exactly who, and why now."""

    family_name = forms.CharField(
        label="Family name",
        max_length=80,
        help_text="Spelt exactly as in the record.",
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    given_name = forms.CharField(
        label="First name",
        max_length=80,
        help_text="Or the name they go by.",
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    born_on = DayMonthYearField(label="Date of birth")
    why = forms.ChoiceField(label="Why now", choices=BreakGlass.WHY, widget=RadioCards)
    words = forms.CharField(
        label="In your own words",
        max_length=500,
        min_length=glass.LEAST_WORDS,
        help_text="A sentence. Who reviews it reads this first.",
        widget=forms.Textarea({"rows": 3}),
        error_messages={"min_length": "Say in a sentence why you need this record now"},
    )
    widths = {"family_name": 20, "given_name": 20}


class SettleForm(PlainForm):
    """What came of a review."""

    outcome = forms.ChoiceField(label="What came of it", choices=AccessReview.OUTCOMES, widget=RadioCards)
    outcome_words = forms.CharField(
        label="What you found",
        max_length=2000,
        min_length=access_reviews.LEAST_WORDS,
        help_text="Whom you asked, and what was said.",
        widget=forms.Textarea({"rows": 4}),
        error_messages={"min_length": "Write what you found, in a sentence"},
    )


class EndAccessForm(PlainForm):
    """Why somebody's access ends."""

    reason = forms.CharField(
        label="Why",
        max_length=200,
        help_text="For example: last day of work was yesterday.",
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    sure = forms.BooleanField(label="This person no longer works here, at none of the sites I administer")


class CheckForm(PlainForm):
    """The list of who has access was gone through."""

    words = forms.CharField(
        label="What you changed, if anything", max_length=200, required=False, widget=forms.TextInput()
    )
