"""Forms of required tests: ask, type off a report, correct, take back, cancel, attach."""

import re
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError

from clinic.catalogue.library import CATALOGUE, CHOICE, NUMBER
from clinic.fields import NumberText
from clinic.forms import CheckCards, PlainForm
from clinic.rules.required_tests import Typed
from clinic.words import figure

FIGURE = re.compile(r"([<>]?)\s*([0-9]{1,9}(?:\.[0-9]{1,4})?)")
NOT_A_FIGURE = "type the figure of the report, for example 31 or 0.9, or < 5 where it says so"
DAY = {"type": "date"}


def figure_in(text, label):
    """("<", Decimal) of a figure as reports write it, None for a blank. Raises ValidationError for anything else."""
    text = text.strip()
    if not text:
        return None
    found = FIGURE.fullmatch(text)
    if not found:
        raise ValidationError(f"{label}: {NOT_A_FIGURE}")
    return found[1], Decimal(found[2])


class FigureField(forms.CharField):
    """A figure with or without < or >; gives (comparator, Decimal), or None when blank."""

    def __init__(self, **kwargs):
        super().__init__(required=False, max_length=20, widget=NumberText("text"), **kwargs)

    def clean(self, value):
        """The figure typed."""
        return figure_in(super().clean(value), self.label)


class LimitField(FigureField):
    """One end of a range: a bare figure, or None when blank."""

    def clean(self, value):
        """The figure typed."""
        typed = super().clean(value)
        if typed is not None and typed[0]:
            raise ValidationError(f"{self.label}: an end of the range is a bare figure, for example 40")
        return typed and typed[1]


class AskForm(PlainForm):
    """Which tests, by when, and why."""

    codes = forms.MultipleChoiceField(
        label="Which tests",
        choices=[(kind.code, kind.title) for kind in CATALOGUE.values()],
        widget=CheckCards,
        error_messages={"required": "Choose at least one test"},
    )
    title = forms.CharField(label="Which other test", max_length=120, required=False)
    due_on = forms.DateField(label="By", widget=forms.DateInput(DAY), error_messages={"required": "Choose a day"})
    reason = forms.CharField(
        label="Why", max_length=300, required=False, help_text="For whoever does it, for example: on thyroid hormone."
    )
    widths = {"due_on": 10}


class SheetForm(PlainForm):
    """One report of one kind of test, or only these analytes of it."""

    taken_on = forms.DateField(widget=forms.DateInput(DAY), error_messages={"required": "Choose the day"})
    lab = forms.CharField(max_length=120, required=False)

    def __init__(self, *args, kind, only=None, asks_title=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.analytes = [one for one in kind.analytes if only is None or one.code in only]
        self.fields["taken_on"].label, self.fields["lab"].label = kind.taken, kind.place or "Where"
        self.fields["taken_on"].width = 10
        if not kind.place:
            del self.fields["lab"]
        if asks_title:
            needed = {"required": "Write which test it was"}
            field = forms.CharField(max_length=120, error_messages=needed)
            self.fields |= _plain({"title": ("Which test", field)})
        for analyte in self.analytes:
            self.fields |= _fields_of(analyte)

    def typed(self):
        """What was typed, as the keywords of the actions."""
        around = {name: self.cleaned_data[name] for name in ("taken_on", "lab", "title") if name in self.fields}
        return around | {"values": self.values()}

    def values(self):
        """What was typed, as rules.Typed, one for each analyte."""
        return [self._typed(analyte) for analyte in self.analytes]

    def _typed(self, analyte):
        data, code = self.cleaned_data, analyte.code
        if analyte.kind == CHOICE:
            return Typed(code, choice=data[code])
        if analyte.kind != NUMBER:
            return Typed(code, words=data[code])
        comparator, number = data[code] or ("", None)
        unit = data.get(f"{code}_unit") or analyte.units[0].ucum
        return Typed(
            code, number, comparator, unit=unit, range_low=data[f"{code}_low"], range_high=data[f"{code}_high"]
        )

    def rows(self):
        """The analytes with their fields, for the sheet's table and its words."""
        return [
            {
                "analyte": analyte,
                "field": self[analyte.code],
                "unit": self[f"{analyte.code}_unit"] if f"{analyte.code}_unit" in self.fields else None,
                "low": self[f"{analyte.code}_low"] if analyte.kind == NUMBER else None,
                "high": self[f"{analyte.code}_high"] if analyte.kind == NUMBER else None,
                "errors": self._wrong(analyte),
            }
            for analyte in self.analytes
        ]

    def _wrong(self, analyte):
        names = [analyte.code, *(f"{analyte.code}_{part}" for part in ("low", "high", "unit"))]
        return [self[name] for name in names if name in self.fields and self[name].errors]


def _fields_of(analyte):
    """The fields of one analyte, made plain like those of every form of ours."""
    if analyte.kind == CHOICE:
        blank = [("", "Not given")]
        return _plain(
            {analyte.code: (analyte.label, forms.ChoiceField(choices=[*blank, *analyte.choices], required=False))}
        )
    if analyte.kind != NUMBER:
        long = analyte.longest > 100
        widget = forms.Textarea({"rows": 2}) if long else forms.TextInput()
        field = forms.CharField(required=False, max_length=analyte.longest, widget=widget)
        return _plain({analyte.code: (analyte.label, field)})
    code, label = analyte.code, analyte.label
    fields = {
        code: (label, FigureField()),
        f"{code}_low": (f"{label}: range from", LimitField()),
        f"{code}_high": (f"{label}: range to", LimitField()),
    }
    if len(analyte.units) > 1:
        units = [(unit.ucum, unit.words) for unit in analyte.units]
        fields[f"{code}_unit"] = (f"{label}: unit", forms.ChoiceField(choices=units, required=False))
    return _plain(fields)


def _plain(fields):
    made = {}
    for name, (label, field) in fields.items():
        field.label, field.width, field.unit = label, None, ""
        made[name] = field
    return made


class CorrectForm(SheetForm):
    """Another value in the place of one, with what was wrong."""

    reason = forms.CharField(
        label="What was wrong", max_length=300, error_messages={"required": "Write what was wrong"}
    )

    def start_from(self, result):
        """Show what stands now, in a form nothing was typed into yet."""
        code = result.analyte
        self.initial = {"taken_on": result.taken_on.isoformat(), "lab": result.lab, f"{code}_unit": result.unit}
        self.initial |= {f"{code}_low": figure(result.range_low), f"{code}_high": figure(result.range_high)}
        number = f"{result.comparator} {figure(result.number)}".strip()
        self.initial[code] = result.choice or result.words or number

    def corrected(self):
        """What was typed, as the keywords of the action."""
        typed = self.typed()
        return {"value": typed.pop("values")[0], "reason": self.cleaned_data["reason"], **typed}


class StrikeForm(PlainForm):
    """Take a value back, with the reason."""

    reason = forms.CharField(
        label="Why it is taken back",
        max_length=300,
        help_text="For example: another patient's report.",
        error_messages={"required": "Write why it is taken back"},
    )


class CancelForm(PlainForm):
    """The test is not needed any more."""

    reason = forms.CharField(
        label="Why it is not needed any more",
        max_length=300,
        error_messages={"required": "Write why it is not needed any more"},
    )


class ReadForm(PlainForm):
    """A prescriber has read the results."""

    words = forms.CharField(label="A note for the record", max_length=300, required=False)


class ReportForm(PlainForm):
    """A PDF or a picture of the report."""

    file = forms.FileField(
        label="The report as a PDF or a picture",
        help_text="PDF, JPEG or PNG, at most 10 MB. A photo is fine when every figure can be read.",
        allow_empty_file=True,
        widget=forms.FileInput({"accept": "application/pdf,image/jpeg,image/png"}),
        error_messages={"required": "Choose a file", "max_length": "The name of the file is too long: shorten it"},
    )

    def sent(self):
        """What was sent, as the keywords of the action: its bytes, and its size where not all of it was taken."""
        file = self.cleaned_data["file"]
        return {"content": file.read(), "size": file.size}
