"""What is asked of the log and of the list of disclosures, and the form that notes a disclosure."""

import datetime
from urllib.parse import urlencode

from django import forms

from clinic import audit, clock
from clinic.actions.disclosures import note_disclosure
from clinic.forms import PlainForm
from clinic.queries import looking
from clinic.rules import disclosures as rules


class DaysFilter(PlainForm):
    """A filter by days: local days of the site, both included."""

    begin = forms.DateField(label="From", required=False, widget=forms.DateInput({"type": "date"}))
    end = forms.DateField(label="To", required=False, widget=forms.DateInput({"type": "date"}))

    def __init__(self, *args, sites, zone, **kwargs):
        super().__init__(*args, **kwargs)
        self.sites, self.zone = sites, zone
        self.orders, self.first_order = (), "-at"
        if "user" in self.fields:
            self.fields["user"].queryset = audit.staff_of(sites)

    def clean(self):
        cleaned = super().clean()
        begin, end = cleaned.get("begin"), cleaned.get("end")
        if begin and end and end < begin:
            self.add_error("end", "The last day must not be before the first")
        return cleaned

    def told(self):
        """What was asked, with the days as moments; nothing when nothing was asked."""
        asked = dict(self.cleaned_data) if self.is_bound else {}
        begin, end = asked.pop("begin", None), asked.pop("end", None)
        asked["begin"] = begin and self._midnight(begin)
        asked["end"] = end and self._midnight(end + datetime.timedelta(days=1))
        return asked

    def _midnight(self, day):
        return datetime.datetime.combine(day, datetime.time(), tzinfo=self.zone)

    def query(self, **more):
        """The filter as the query of a link, without the page; `more` takes the place of what was asked."""
        asked = {name: self.data[name] for name in (*self.fields, "sort") if self.data.get(name)} | more
        return urlencode({name: value for name, value in asked.items() if value})

    def asked(self):
        """The filter as plain words for the log of looks at the log."""
        return {name: str(self.data[name])[:60] for name in self.fields if self.data.get(name)}

    @property
    def order(self):
        """The order asked for, if there is such a one."""
        order = self.data.get("sort", "") if self.is_bound else ""
        return order if order.removeprefix("-") in self.orders else self.first_order

    def heads(self, labels):
        """[(words, query that sorts by it, "ascending", "descending" or "none")] for the head of a table."""
        said = {self.order.removeprefix("-"): "descending" if self.order.startswith("-") else "ascending"}
        turned = {name: f"-{name}" if said.get(name) == "ascending" else name for name, _ in labels}
        return [(words, self.query(sort=turned[name]), said.get(name, "none")) for name, words in labels]


class AuditFilter(DaysFilter):
    """What to show of the log."""

    user = forms.ModelChoiceField(label="Who", queryset=None, required=False, empty_label="Anyone")
    record_number = forms.CharField(label="Patient's record number", required=False, max_length=20)
    verb = forms.CharField(label="What was done", required=False, max_length=60)
    address = forms.GenericIPAddressField(label="From which address", required=False)
    looks = forms.TypedChoiceField(
        label="Looks or changes",
        required=False,
        choices=[("", "Both"), ("1", "Looks"), ("0", "Changes")],
        coerce=lambda value: value == "1",
        empty_value=None,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.orders = tuple(audit.ORDERS)

    def found(self):
        """The events asked for; everything when nothing was asked."""
        return audit.found(sites=self.sites, order=self.order, **self.told())


class PatientAuditFilter(DaysFilter):
    """What to show of one patient's log."""

    user = forms.ModelChoiceField(label="Who", queryset=None, required=False, empty_label="Anyone")
    what = forms.ChoiceField(
        label="What",
        required=False,
        choices=[("", "Everything"), ("look", "Looks"), ("take", "Taken as a file or paper"), ("change", "Changes")],
    )

    def found(self, patient):
        """The events about this person, newest first."""
        return looking.about(patient, **self.told())


class DisclosureFilter(DaysFilter):
    """What to show of the disclosures."""

    record_number = forms.CharField(label="Patient's record number", required=False, max_length=20)
    to_whom = forms.CharField(label="To whom", required=False, max_length=80)
    purpose = forms.ChoiceField(
        label="Why", required=False, choices=[("", "Anything"), ("must", "What the law wants accounted for"),
                                              *rules.PURPOSES.items()],
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.orders = tuple(looking.DISCLOSURE_ORDERS)

    def found(self):
        """The disclosures asked for."""
        return looking.disclosures(sites=self.sites, order=self.order, **self.told())


class DisclosureForm(PlainForm):
    """Note what was told to somebody outside. Days and times are the site's."""

    kind = forms.ChoiceField(label="What kind", choices=list(rules.KINDS.items()))
    what = forms.CharField(
        label="What was told", max_length=300, help_text="Which part, of which time. No findings, no scores."
    )
    to_whom = forms.CharField(label="To whom", max_length=200, help_text="Name and place.")
    way = forms.ChoiceField(label="How", choices=list(rules.WAYS.items()))
    purpose = forms.ChoiceField(label="Why", choices=list(rules.PURPOSES.items()))
    told_at = forms.DateTimeField(
        label="When", widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text="Time of the site.",
    )  # fmt: skip
    note = forms.CharField(label="Note", max_length=300, required=False)

    def save(self, *, patient, site, by):
        """Raises Refused for what is missing or a time that has not come."""
        return note_disclosure(patient=patient, site=site, by=by, at=clock.now(), **self.cleaned_data)
