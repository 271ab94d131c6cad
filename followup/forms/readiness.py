"""A few questions before a visit."""

from django import forms
from django.utils.translation import gettext_lazy as _

from clinic import language
from clinic.forms import PlainForm, RadioCards
from followup.actions import readiness as actions
from followup.forms.diary import YES_NO
from followup.rules.readiness import COMING, Readiness


def _yes_no(label):
    return forms.TypedChoiceField(
        label=label,
        choices=YES_NO,
        coerce=lambda value: value == "yes",
        empty_value=None,
        required=False,
        widget=RadioCards,
    )


class ReadinessForm(PlainForm):
    """Coming, well, with company, new medicines, anything else."""

    coming = forms.ChoiceField(label=_("Can you come?"), choices=COMING, widget=RadioCards)
    well = _yes_no(_("Do you feel well: no cold, no fever?"))
    ride = _yes_no(_("Will someone take you home?"))
    new_medicines = _yes_no(_("Any new medicines since we last saw you?"))
    words = forms.CharField(
        label=_("Anything we should know?"), required=False, max_length=1000, widget=forms.Textarea({"rows": 3})
    )

    def save(self, *, appointment, by, at=None):
        """Keep the answer as the patient."""
        said = Readiness(**self.cleaned_data, language=language.current())
        return actions.answer(appointment=appointment, readiness=said, by=by, at=at)
