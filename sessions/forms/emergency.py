"""An emergency put in order afterwards."""

from django import forms

from clinic.forms import CheckCards
from sessions import actions
from sessions.forms.base import DeedForm, words


class ReconcileForm(DeedForm):
    """What a person confirms, and a word about what stays open."""

    said = forms.MultipleChoiceField(label="Confirm what you have gone through", required=False, widget=CheckCards)
    note = words("What is not clear, and who looks into it", lines=3, required=False, limit=1000)

    def __init__(self, *args, session, called, points, **kwargs):
        super().__init__(*args, **kwargs)
        self.session, self.called = session, called
        self.fields["said"].choices = [(p.code, p.label) for p in points if p.done is None]

    def save(self, request):
        return actions.reconcile(
            session=self.session, called=self.called, said=frozenset(self.cleaned_data["said"]),
            note=self.cleaned_data["note"], by=request.user,
        )  # fmt: skip
