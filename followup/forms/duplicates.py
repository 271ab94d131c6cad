"""Forms about two records that may be one person."""

from django import forms

from clinic.forms import PlainForm, RadioCards

HOW = "For example: same address and mother's name, asked on the phone."


class NoteForm(PlainForm):
    """What somebody says of a pair."""

    verb = forms.ChoiceField(
        label="What do you know?",
        choices=[("proposed", "This is one person"), ("dismissed", "These are two people")],
        widget=RadioCards,
    )
    words = forms.CharField(label="How do you know?", max_length=300, help_text=HOW)

    def __init__(self, *args, may_merge, **kwargs):
        super().__init__(*args, **kwargs)
        known = [("dismissed", "These are two people"), ("reopened", "Look at them again")]
        self.fields["verb"].choices = known if may_merge else [("proposed", "This is one person")]
        self.fields["verb"].initial = self.fields["verb"].choices[0][0]


class MergeForm(PlainForm):
    """Which record is kept, and how it is known that this is one person."""

    keep = forms.ChoiceField(label="Which record is kept?", widget=RadioCards)
    reason = forms.CharField(
        label="How do you know that this is one person?", max_length=300, help_text=HOW,
        widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip

    def __init__(self, *args, records, **kwargs):
        super().__init__(*args, **kwargs)
        self.records = {str(record.pk): record for record in records}
        self.fields["keep"].choices = [
            (pk, f"{record.record_number}, {record}") for pk, record in self.records.items()
        ]  # fmt: skip

    def kept_and_merged(self):
        """The two records as keywords of the action."""
        keep = self.cleaned_data["keep"]
        other = next(record for pk, record in self.records.items() if pk != keep)
        return {"kept": self.records[keep], "merged": other}


class UndoForm(PlainForm):
    """Why these are two people after all."""

    reason = forms.CharField(
        label="Why are these two people after all?", max_length=300, widget=forms.Textarea({"rows": 2})
    )
