"""Asking a nurse, answering, and writing down who explained the sheet in person."""

from django import forms
from django.utils.translation import gettext_lazy as _

from clinic.forms import PlainForm, RadioCards
from intake.actions.education import BY_LINK, TOLD
from intake.forms.fields import line
from intake.rules.education import MOST_WORDS


class QuestionForm(PlainForm):
    """A question to the nurse, in the patient's own words."""

    words = forms.CharField(
        label=_("Your question"),
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write your question")},
    )


class AnswerForm(PlainForm):
    """What a nurse answered, and how the patient gets to know."""

    answer = forms.CharField(
        label="The answer, in plain words: the patient can read it", max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Write what you told the patient"},
    )  # fmt: skip
    how = forms.ChoiceField(
        label="How the patient gets it", widget=RadioCards,
        choices=[(TOLD, "I told the patient"), (BY_LINK, "Mail a link to it")],
        error_messages={"required": "Choose how the patient gets it"},
    )  # fmt: skip


class ExplainedForm(PlainForm):
    """Who explained the sheet in person."""

    explained_by = line("Explained in person by", most=120, error="Write who explained it")
