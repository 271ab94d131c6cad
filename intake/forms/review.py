"""Staff's forms beside a packet: correct a page, note something, ask the patient again, hold, write letters."""

from django import forms

from clinic.forms import CheckCards, PlainForm, RadioCards
from intake.rules.letters import WAYS, ways_of


class ReasonForCorrection(PlainForm):
    """Why staff have another answer than the patient wrote. ``seen``: how many rows stood beside the page."""

    reason = forms.CharField(
        label="Why, and how do you know?",
        max_length=600,
        widget=forms.Textarea({"rows": 2}),
        help_text="For example: asked on the phone, she meant pounds.",
        error_messages={"required": "Write the reason"},
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, initial=0)


class TakeBackForm(PlainForm):
    """Why a correction is taken back."""

    reason = forms.CharField(label="Why?", max_length=600, error_messages={"required": "Write why"})


class NoteForm(PlainForm):
    """Words beside a page; every answer counts as it is."""

    words = forms.CharField(
        label="Note beside this page",
        max_length=1000,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": "Write the note"},
    )


class AskForm(PlainForm):
    """Which pages go back to the patient, and a line to them."""

    pages = forms.MultipleChoiceField(
        label="Pages to fill in again", widget=CheckCards, error_messages={"required": "Choose at least one page"}
    )
    words = forms.CharField(
        label="A line to the patient",
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text="They read it on our page, after their date of birth. The mail only says that something is waiting.",
        error_messages={"required": "Write a line to the patient"},
    )
    codes = forms.MultipleChoiceField(required=False, widget=forms.MultipleHiddenInput)

    def __init__(self, *args, asked, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["pages"].choices = [(page.slug, page.about_the_patient) for page in asked]
        self.fields["codes"].choices = [(code, code) for page in asked for code in page.codes]


class VerifyForm(PlainForm):
    """Which statements were gone through with the patient."""

    statement = forms.MultipleChoiceField(
        label="Verified", error_messages={"required": "Tick what you went through with the patient"}
    )

    def __init__(self, *args, statements, **kwargs):
        super().__init__(*args, **kwargs)
        self.statements = {str(row.pk): row for row in statements}
        self.fields["statement"].choices = [(pk, pk) for pk in self.statements]

    def chosen(self):
        """The rows that were ticked."""
        return [self.statements[pk] for pk in self.cleaned_data["statement"]]


class HoldForm(PlainForm):
    """Who holds the packet from now on; ``was``: who held it when the page was made."""

    holder = forms.ChoiceField(label="Who decides", required=False)
    was = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args, prescribers, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = {str(user.pk): user for user in prescribers}
        self.fields["holder"].choices = [("", "Nobody yet"), *((pk, user.name) for pk, user in self.people.items())]

    def chosen(self):
        """The prescriber, None for nobody."""
        return self.people.get(self.cleaned_data["holder"])


class LetterForm(PlainForm):
    """The words of a letter before it goes."""

    title = forms.CharField(label="Subject", max_length=160, error_messages={"required": "Write a subject"})
    body = forms.CharField(
        label="Letter", widget=forms.Textarea({"rows": 22}), error_messages={"required": "Write the letter"}
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class SendForm(PlainForm):
    """How the letter goes out."""

    way = forms.ChoiceField(
        label="How does it go out?", widget=RadioCards, error_messages={"required": "Choose how it goes out"}
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, audience, **kwargs):
        super().__init__(*args, auto_id="id_send_%s", **kwargs)
        self.fields["way"].choices = [(way, WAYS[way].capitalize()) for way in ways_of(audience)]
