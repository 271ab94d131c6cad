"""What is asked of the register: a drug, perhaps a lot, from one day to another."""

from datetime import date

from django import forms

from clinic.words import today_in
from sessions.forms.base import DeedForm
from sessions.queries import register as rows


def _day(label):
    return forms.DateField(label=label, widget=forms.DateInput({"type": "date"}))


class RegisterForm(DeedForm):
    """Which part of the register: a drug, perhaps a lot, from one day to another."""

    drug = forms.ChoiceField(label="Drug")
    lot = forms.ChoiceField(label="Lot", required=False)
    since = _day("From")
    until = _day("To")

    def __init__(self, *args, drugs, lots, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["drug"].choices = [(d, d.capitalize()) for d in drugs]
        self.fields["lot"].choices = [("", "All lots"), *((lot, lot) for lot in lots)]

    def clean(self):
        said = super().clean()
        begin, end = said.get("since"), said.get("until")
        if isinstance(begin, date) and isinstance(end, date) and end < begin:
            self.add_error("until", "The last day lies before the first.")
        return said


def asked_register(request, now):
    """(form, (drug, lot, since, until)); the second None where nothing can be shown. Unasked: this month."""
    site = request.site
    drugs = rows.drugs_of(site)
    if not drugs:
        return None, None
    today = today_in(site.zone, now)
    usual = {"drug": drugs[0], "lot": "", "since": today.replace(day=1).isoformat(), "until": today.isoformat()}
    said = usual | {name: request.GET[name] for name in usual if name in request.GET}
    drug = said["drug"] if said["drug"] in drugs else drugs[0]
    form = RegisterForm(said, drugs=drugs, lots=rows.lots_of(site, drug))
    if not form.is_valid():
        return form, None
    return form, tuple(form.cleaned_data[name] for name in ("drug", "lot", "since", "until"))
