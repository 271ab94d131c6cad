"""The questionnaires as pages, made from their definitions: never retyped here."""

from django import forms

from clinic.forms import RadioCards, TenField
from clinic.instruments import library
from intake.forms.base import PageForm


class InstrumentForm(PageForm):
    """A page of one questionnaire. Blanks are allowed once the patient has said that they mean it."""

    instrument_code = ""

    @property
    def instrument(self):
        """The definition this page asks."""
        return library.load(self.instrument_code)

    def clean(self):
        """Ask once about blanks: a blank is never taken for zero."""
        data = super().clean()
        blank = [
            item.code for item in self.instrument.items if data.get(item.code) is None and item.code not in self.errors
        ]
        for code in blank:
            self.doubt(code, "Choose an answer, or leave it out")
        return data


def _field(item):
    if item.low:
        return TenField(label=item.text, low=item.low, high=item.high, required=False)
    return forms.TypedChoiceField(
        label=item.text,
        choices=[(option.value, option.text) for option in item.options],
        coerce=int,
        empty_value=None,
        required=False,
        widget=RadioCards,
    )


def form_for(code):
    """The form class of one instrument: a field for each item, named by the item's code."""
    instrument = library.load(code)
    items = [*instrument.items, *([instrument.extra] if instrument.extra else [])]
    fields = {item.code: _field(item) for item in items}
    for field in fields.values():
        field.version = int(instrument.version)
    sure = forms.BooleanField(required=False, label="I want to leave some of them out")
    name = "".join(part.title() for part in code.split("-")) + "Form"
    body = {"instrument_code": code, "lede": instrument.lead, "sure": sure, "__doc__": instrument.title, **fields}
    return type(InstrumentForm)(name, (InstrumentForm,), body | {"__module__": __name__})


Phq9Form = form_for("phq-9")
Gad7Form = form_for("gad-7")
PegForm = form_for("peg")
