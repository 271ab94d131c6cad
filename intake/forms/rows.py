"""Medicines and allergies: as many rows as needed, and a way to say "none"."""

from django import forms

from clinic.forms import NumberText
from intake.forms.base import PageForm
from intake.forms.fields import YES_NO, choice

LEAST_ROWS, MOST_ROWS = 2, 40
UNITS = [
    ("mg", "mg"),
    ("mcg", "mcg"),
    ("g", "g"),
    ("mcg/h", "mcg an hour (patch)"),
    ("mL", "mL"),
    ("units", "units"),
    ("other", "other"),
]
LAST_TAKEN = [
    ("", "Choose"),
    ("today", "Today"),
    ("yesterday", "Yesterday"),
    ("week", "This week"),
    ("longer", "Longer ago"),
]


class RowsForm(PageForm):
    """A page with rows. ``row_fields`` makes one row's fields by name; ``none_code`` is the box that says "none"."""

    row_fields = {}
    rows_code = ""
    none_code = ""
    key = "name"
    missing = ""
    both = ""
    template_name = "intake/fields/_rows.html"

    def __init__(self, *args, initial=None, **kwargs):
        initial = self._spread(initial or {})
        super().__init__(*args, initial=initial, **kwargs)
        self.row_count = self._count()
        for number in range(self.row_count):
            for name, make in self.row_fields.items():
                self.fields[f"{self.rows_code}_{number}_{name}"] = make()

    def _count(self):
        source = self.data if self.is_bound else self.initial
        try:
            asked = int(source.get("rows") or 0)
        except ValueError:
            asked = 0
        return max(LEAST_ROWS, min(asked, MOST_ROWS))

    def _spread(self, answers):
        """Answers' rows as the flat names of the fields; a draft has them already."""
        flat = {key: value for key, value in answers.items() if key != self.rows_code}
        rows = answers.get(self.rows_code) or []
        for number, row in enumerate(rows):
            flat |= {f"{self.rows_code}_{number}_{name}": value for name, value in row.items()}
        if self.none_code in answers:
            flat[self.none_code] = answers[self.none_code] in ("yes", "on", True)
        return {"rows": len(rows) + 1} | flat

    @property
    def rows(self):
        """Each row's bound fields, in order."""
        return [[self[f"{self.rows_code}_{n}_{name}"] for name in self.row_fields] for n in range(self.row_count)]

    @property
    def questions(self):
        """The bound fields outside the rows."""
        prefix = f"{self.rows_code}_"
        return [
            field for field in self if field.name not in ("sure", self.none_code) and not field.name.startswith(prefix)
        ]

    @property
    def none_field(self):
        """The box that says there are none."""
        return self[self.none_code]

    def filled(self):
        """The rows with a name, as plain dictionaries."""
        rows = [
            {name: self._text(f"{self.rows_code}_{n}_{name}") for name in self.row_fields}
            for n in range(self.row_count)
        ]
        return [row for row in rows if row[self.key]]

    def _text(self, name):
        value = self.cleaned_data.get(name)
        return "" if value is None else str(value)

    def clean(self):
        """Either some, or none; never both and never neither."""
        data = super().clean()
        rows, none = self.filled(), data.get(self.none_code)
        first = f"{self.rows_code}_0_{self.key}"
        if rows and none:
            self.add_error(self.none_code, self.both)
        if not rows and not none:
            self.add_error(first, self.missing)
        return data

    def to_answers(self):
        """The rows under one code, the box as yes or no, and the page's other questions."""
        other = {field.name: self.cleaned_data.get(field.name) or None for field in self.questions}
        return {
            self.rows_code: self.filled(),
            self.none_code: "yes" if self.cleaned_data.get(self.none_code) else "no",
            **other,
        }


def _line(label, most=120):
    return lambda: forms.CharField(label=label, required=False, max_length=most)


def _figure(label, most):
    return lambda: forms.DecimalField(
        label=label,
        required=False,
        min_value=0,
        max_value=most,
        widget=NumberText("decimal"),
        error_messages={
            "invalid": "Type a number, for example 20",
            "max_value": "Check the number",
            "min_value": "Check the number",
        },
    )


def _pick(label, choices):
    return lambda: forms.ChoiceField(label=label, choices=choices, required=False)


class MedicinesForm(RowsForm):
    """Everything the patient takes, with opioids' daily dose."""

    lede = "Include what you take only sometimes, patches, vitamins and herbs. The label on the box helps."
    rows_code, none_code = "medicines", "no_medicines"
    missing = "Write your first medicine, or tick “I take no medicines”"
    both = "You wrote a medicine and ticked “I take no medicines”. Change one of them"
    row_title, more_words = "Medicine", "Add another medicine"
    row_fields = {
        "name": _line("Name of the medicine"),
        "amount": _figure("Amount each time", 100000),
        "unit": _pick("Unit", UNITS),
        "times_a_day": _figure("Times a day", 24),
        "last_taken": _pick("Last taken", LAST_TAKEN),
    }
    no_medicines = forms.BooleanField(required=False, label="I take no medicines")

    @classmethod
    def lines(cls, answers):
        """One line a medicine."""
        if answers.get("no_medicines") == "yes":
            return [("Medicines", "I take no medicines")]
        rows = answers.get("medicines") or []
        return [(f"Medicine {n}", dose_words(row)) for n, row in enumerate(rows, 1)] or [("Medicines", "Not answered")]


class AllergiesForm(RowsForm):
    """Allergies, and any bad reaction to ketamine."""

    lede = "Medicines, foods, latex, tape: anything that gave you a bad reaction."
    rows_code, none_code = "allergies", "no_allergies"
    missing = "Write your first allergy, or tick “I have no allergies”"
    both = "You wrote an allergy and ticked “I have no allergies”. Change one of them"
    row_title, more_words = "Allergy", "Add another allergy"
    row_fields = {"name": _line("What are you allergic to?"), "reaction": _line("What happened?")}
    no_allergies = forms.BooleanField(required=False, label="I have no allergies that I know of")
    ketamine_reaction = choice(
        "Have you ever had a bad reaction to ketamine or Spravato?",
        [*YES_NO[:2], ("na", "I have never had it"), YES_NO[2]],
    )

    @classmethod
    def lines(cls, answers):
        """One line an allergy, then the reaction to ketamine."""
        rows = answers.get("allergies") or []
        said = [
            (f"Allergy {n}", " - ".join(filter(None, [row["name"], row.get("reaction")])))
            for n, row in enumerate(rows, 1)
        ]
        none = [("Allergies", "I have no allergies that I know of")] if answers.get("no_allergies") == "yes" else []
        return [
            *said,
            *none,
            (
                cls.base_fields["ketamine_reaction"].label,
                dict(cls.base_fields["ketamine_reaction"].choices).get(
                    answers.get("ketamine_reaction"), "Not answered"
                ),
            ),
        ]


def dose_words(row):
    """ "oxycodone 10 mg, 2 times a day, last taken today"; what was not said is left out."""
    amount = f" {row['amount']} {row.get('unit', '')}".rstrip() if row.get("amount") else ""
    times = f", {row['times_a_day']} times a day" if row.get("times_a_day") else ""
    last = f", last taken {dict(LAST_TAKEN)[row['last_taken']].lower()}" if row.get("last_taken") else ""
    return f"{row['name']}{amount}{times}{last}"
