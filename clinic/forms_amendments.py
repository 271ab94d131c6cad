"""Forms about corrections of the record: the patient's own, and the clinic's answers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from clinic.actions import amendments as actions
from clinic.forms import PlainForm, RadioCards
from clinic.models import AmendmentRequest
from clinic.rules.amendments import GROUNDS

BY_STAFF = [choice for choice in AmendmentRequest.HOWS if choice[0] != "link"]


def _lines(label, rows=4, **kwargs):
    return forms.CharField(label=label, max_length=4000, widget=forms.Textarea({"rows": rows}), **kwargs)


class AskForm(PlainForm):
    """What the patient asks: which part, what is wrong, what it should say."""

    about = forms.ChoiceField(label=_("Which part of your record is it about?"))
    words = _lines(_("What is wrong or missing?"))
    should_say = _lines(_("What should it say?"))
    tell = forms.CharField(
        label=_("Who else should know, if we change it?"), required=False, max_length=300,
        help_text=_("For example another doctor who has the wrong words."),
    )  # fmt: skip

    def __init__(self, *args, parts=(), **kwargs):
        """`parts`: (code, words, row or None) of what it can be about."""
        super().__init__(*args, **kwargs)
        self.parts = {code: (words, row) for code, words, row in parts}
        self.fields["about"].choices = [(code, words) for code, words, _row in parts]

    def save(self, *, patient, site, by, at=None):
        """Keep the request."""
        said = dict(self.cleaned_data)
        words, subject = self.parts[said.pop("about")]
        who = {"patient": patient, "site": site, "by": by, "at": at}
        return actions.ask_amendment(about=str(words), subject=subject, **who, **said)


class AskByStaffForm(AskForm):
    """The same, written down by staff, with how it came."""

    how = forms.ChoiceField(label="How it came", choices=BY_STAFF, widget=RadioCards)


class DisagreeForm(PlainForm):
    """The statement of disagreement."""

    words = _lines(_("Why do you disagree?"), rows=6)

    def save(self, *, request, by, how="link"):
        """Keep the statement."""
        return actions.state_disagreement(request=request, words=self.cleaned_data["words"], how=how, by=by)


class DecideForm(PlainForm):
    """The clinic's answer."""

    answer = forms.ChoiceField(
        label="The answer", widget=RadioCards,
        choices=[("accepted", "Accept"), ("partly", "Accept in part"), ("denied", "Deny")],
    )  # fmt: skip
    added = _lines("What is added to the record", required=False,
                   help_text="If accepted. It stands beside the old words, which stay readable.")  # fmt: skip
    grounds = forms.ChoiceField(
        label="Ground for denying", required=False, choices=[("", "Not denied"), *GROUNDS.items()]
    )
    words = _lines("The reason, as the patient reads it", rows=5)

    def save(self, *, request, by):
        """Answer the request."""
        return actions.decide_amendment(request=request, by=by, **self.cleaned_data)


class ExtendForm(PlainForm):
    """Put the answer off, once, by thirty days."""

    reason = _lines("Why it takes longer; the patient reads it", rows=3)

    def save(self, *, request, by):
        """Put it off."""
        return actions.extend_amendment(request=request, reason=self.cleaned_data["reason"], by=by)


class RebutForm(PlainForm):
    """Our answer to a statement of disagreement."""

    words = _lines("Our answer to the statement", rows=4)

    def save(self, *, request, by):
        """Keep it beside the statement."""
        return actions.rebut(request=request, words=self.cleaned_data["words"], by=by)
