"""The plan of a course, as the prescriber types it."""

from django import forms

from clinic.forms import PlainForm, RadioCards
from clinic.words import figure

CONDITIONS = [
    ("", "Choose"),
    ("crps", "Complex regional pain syndrome"),
    ("neuropathic", "Neuropathic pain"),
    ("fibromyalgia", "Fibromyalgia"),
    ("phantom", "Phantom limb pain"),
    ("spinal", "Pain after spinal cord injury"),
    ("headache", "Headache or migraine"),
    ("back", "Low back pain"),
    ("depression", "Depression"),
    ("bipolar", "Bipolar depression"),
    ("ptsd", "PTSD"),
    ("anxiety", "Anxiety or OCD"),
    ("other", "Something else"),
]


class ProtocolForm(PlainForm):
    """Which protocol the course follows."""

    protocol = forms.ChoiceField(label="Protocol", widget=RadioCards)

    def __init__(self, *args, versions, **kwargs):
        super().__init__(*args, **kwargs)
        self.versions = {str(version.pk): version for version in versions}
        self.fields["protocol"].choices = [(pk, str(version)) for pk, version in self.versions.items()]

    def version(self):
        """The version chosen."""
        return self.versions[self.cleaned_data["protocol"]]


class PlanForm(PlainForm):
    """Dose, number and spacing within the protocol's bounds; goals, adjuncts, and what to take on the day."""

    reason = forms.ChoiceField(label="What is treated", choices=CONDITIONS)
    reason_words = forms.CharField(label="More exactly", required=False, max_length=200)
    goals = forms.CharField(
        label="Goals", widget=forms.Textarea({"rows": 2}), help_text="In the patient's own words where you can."
    )
    dose = forms.DecimalField(label="Dose", max_digits=8, decimal_places=3)
    planned_number = forms.IntegerField(label="Infusions")
    spacing_days = forms.IntegerField(label="Days from one to the next")
    adjuncts = forms.CharField(label="Beside it: counselling, physical therapy...", required=False,
                               widget=forms.Textarea({"rows": 2}))  # fmt: skip
    medicine_plan = forms.CharField(
        label="Medicines on the day", required=False, widget=forms.Textarea({"rows": 2}),
        help_text="What this patient takes or holds on the day. Left blank, they read: take as usual, ask us.",
    )  # fmt: skip
    widths = {"dose": 4, "planned_number": 4, "spacing_days": 4}
    units = {"spacing_days": "days"}

    def __init__(self, *args, version, **kwargs):
        drug = version.protocoldrugs.first()
        initial = {"planned_number": version.planned_number, "spacing_days": version.spacing_min_days}
        kwargs["initial"] = initial | ({"dose": drug.dose.normalize()} if drug else {}) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.fields["dose"].unit = drug.basis if drug else ""


class ChangeForm(PlanForm):
    """A plan with other figures, and why. `version` is that of the course the page was opened with."""

    why = forms.CharField(label="Why it is changed", max_length=300, widget=forms.Textarea({"rows": 2}))
    version = forms.CharField(widget=forms.HiddenInput)
    changed = ("goals", "dose", "planned_number", "spacing_days", "adjuncts", "medicine_plan")

    def __init__(self, *args, course, **kwargs):
        before = {name: getattr(course, name) for name in (*self.changed, "version")}
        before["dose"] = figure(before["dose"])
        super().__init__(*args, version=course.protocol_version, initial=before, **kwargs)
        self.before = course
        for name in ("reason", "reason_words"):
            del self.fields[name]

    def changes(self):
        """What is no longer as it was, by name."""
        new = {name: self.cleaned_data[name] for name in self.changed}
        return {name: value for name, value in new.items() if value != getattr(self.before, name)}

    def clean(self):
        data = super().clean()
        if not self.errors and not self.changes():
            self.add_error(None, "Nothing is changed yet")
        return data
