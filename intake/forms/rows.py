"""Medicines and allergies: as many rows as needed, and a way to say "none"."""

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clinic.forms import NumberText
from intake.forms import medicine_words
from intake.forms.base import NOT_ANSWERED, PageForm, in_words
from intake.forms.fields import YES_NO, choice, pick

UNITS = [
    ("mg", "mg"),
    ("mcg", "mcg"),
    ("g", "g"),
    ("mcg/h", _("mcg an hour (patch)")),
    ("mL", "mL"),
    ("units", _("units")),
    ("other", _("other")),
]
LAST_TAKEN = [
    ("today", _("Today")),
    ("yesterday", _("Yesterday")),
    ("week", _("This week")),
    ("longer", _("Longer ago")),
]


class RowsForm(PageForm):
    """A page with rows. ``row_fields`` makes one row's fields by name; ``key`` is the one that makes a row count.

    ``none_code`` is the box that says "none": with it, either rows or the box are needed. ``prefilled`` are cells that
    hold something before anybody typed.
    """

    row_fields = {}
    rows_code = ""
    none_code = ""
    key = "name"
    missing = ""
    both = ""
    prefilled = ()
    least_rows, most_rows = 2, 40
    template_name = "intake/fields/_rows.html"

    def __init__(self, *args, initial=None, **kwargs):
        initial = self._spread(initial or {})
        super().__init__(*args, initial=initial, **kwargs)
        self.row_count = self._count()
        for number in range(self.row_count):
            for name, make in self.row_fields.items():
                self.fields[self._cell(number, name)] = make()

    def _cell(self, number, name):
        return f"{self.rows_code}_{number}_{name}"

    def _count(self):
        source = self.data if self.is_bound else self.initial
        try:
            asked = int(source.get("rows") or 0)
        except ValueError:
            asked = 0
        return max(self.least_rows, min(asked, self.most_rows))

    def _spread(self, answers):
        """Answers' rows as the flat names of the fields; a draft has them already."""
        flat = {key: value for key, value in answers.items() if key != self.rows_code}
        rows = answers.get(self.rows_code) or []
        for number, row in enumerate(rows):
            flat |= {self._cell(number, name): value for name, value in row.items()}
        if self.none_code in answers:
            flat[self.none_code] = answers[self.none_code] in ("yes", "on", True)
        return {"rows": len(rows) + 1} | flat

    @property
    def rows(self):
        """Each row's bound fields, in order."""
        return [[self[self._cell(n, name)] for name in self.row_fields] for n in range(self.row_count)]

    @property
    def questions(self):
        """The bound fields outside the rows."""
        prefix = f"{self.rows_code}_"
        return [
            field for field in self if field.name not in ("sure", self.none_code) and not field.name.startswith(prefix)
        ]

    @property
    def none_field(self):
        """The box that says there are none; None where the page has no such box."""
        return self[self.none_code] if self.none_code else None

    @property
    def can_grow(self):
        """May another row be added?"""
        return self.row_count < self.most_rows

    def filled(self):
        """The rows with a name, as plain dictionaries."""
        return [row for row in self._typed() if row[self.key]]

    def _typed(self):
        return [{name: self._text(self._cell(n, name)) for name in self.row_fields} for n in range(self.row_count)]

    def _text(self, name):
        value = self.cleaned_data.get(name)
        if isinstance(value, bool):
            return "yes" if value else ""
        return "" if value is None else str(value)

    def clean(self):
        """A row needs its name; either some rows, or none: never both and never neither."""
        data = super().clean()
        for number, row in enumerate(self._typed()):
            self._check_named(number, row)
        rows, none = self.filled(), self.none_code and data.get(self.none_code)
        first = self._cell(0, self.key)
        if rows and none:
            self.add_error(self.none_code, self.both)
        if self.none_code and not rows and not none and first not in self.errors:
            self.add_error(first, self.missing)
        return data

    def _check_named(self, number, row):
        """Nothing typed is dropped without a word: a row with a dose and no name is asked about."""
        others = any(value for name, value in row.items() if name not in (self.key, *self.prefilled))
        if others and not row[self.key] and self._cell(number, self.key) not in self.errors:
            self.add_error(self._cell(number, self.key), _("Fill this in, or clear the rest of this part"))

    def to_answers(self):
        """The rows under one code, the box as yes or no, and the page's other questions."""
        asked = {field.name for field in self.questions}
        other = {name: value for name, value in super().to_answers().items() if name in asked}
        none = {self.none_code: "yes" if self.cleaned_data.get(self.none_code) else "no"} if self.none_code else {}
        return {self.rows_code: self.filled()} | none | other


def cell_line(label, most=120, **attrs):
    """A cell with one line of text."""
    return lambda: forms.CharField(label=label, required=False, max_length=most, widget=forms.TextInput(attrs))


def cell_figure(label, most):
    """A cell with a number of 0 or more, typed as text."""
    wrong = _("Check the number")
    return lambda: forms.DecimalField(
        label=label,
        required=False,
        min_value=0,
        max_value=most,
        widget=NumberText("decimal"),
        error_messages={"invalid": _("Type a number, for example 20"), "max_value": wrong, "min_value": wrong},
    )


def cell_pick(label, choices):
    """A cell with one of a list; nothing chosen is allowed."""
    return lambda: pick(label, choices)


def cell_first(label, choices):
    """A cell with one of a list that starts on its first."""
    return lambda: forms.ChoiceField(label=label, choices=choices, required=False)


def cell_tick(label):
    """A cell with a box to tick."""
    return lambda: forms.BooleanField(label=label, required=False)


class MedicinesForm(RowsForm):
    """Everything the patient takes, with opioids' daily dose."""

    lede = _("Include what you take only sometimes, patches, vitamins and herbs. The label on the box helps.")
    rows_code, none_code = "medicines", "no_medicines"
    missing = _("Write your first medicine, or tick “I take no medicines”")
    both = _("You wrote a medicine and ticked “I take no medicines”. Change one of them")
    row_title, more_words = _("Medicine"), _("Add another medicine")
    prefilled = ("unit",)
    list_id = "medicine-names"
    row_fields = {
        "name": cell_line(_("Name of the medicine"), list=list_id, autocomplete="off", spellcheck="false"),
        "amount": cell_figure(_("Amount each time"), 100000),
        "unit": cell_first(_("Unit"), UNITS),
        "times_a_day": cell_figure(_("Times a day"), 24),
        "last_taken": cell_pick(_("Last taken"), LAST_TAKEN),
        "as_needed": cell_tick(_("Only when I need it")),
    }
    no_medicines = forms.BooleanField(required=False, label=_("I take no medicines"))

    @property
    def offered(self):
        """The names that help while typing."""
        return medicine_words.offered_names()

    @cached_property
    def notes(self):
        """Cell of a name -> what we read it as, for every row with a name."""
        cells = [self._cell(n, self.key) for n in range(self.row_count)]
        said = {cell: medicine_words.note_for(str(self[cell].value() or "")) for cell in cells}
        return {cell: words for cell, words in said.items() if words}

    @classmethod
    def lines(cls, answers):
        """One line a medicine."""
        title = cls.row_title
        if answers.get("no_medicines") == "yes":
            return [(_("Medicines"), cls.base_fields["no_medicines"].label)]
        rows = answers.get("medicines") or []
        said = [
            (gettext("%(title)s %(n)s") % {"title": title, "n": n}, dose_words(row)) for n, row in enumerate(rows, 1)
        ]
        return said or [(_("Medicines"), NOT_ANSWERED)]


class AllergiesForm(RowsForm):
    """Allergies, and any bad reaction to ketamine."""

    lede = _("Medicines, foods, latex, tape: anything that gave you a bad reaction.")
    rows_code, none_code = "allergies", "no_allergies"
    missing = _("Write your first allergy, or tick “I have no allergies”")
    both = _("You wrote an allergy and ticked “I have no allergies”. Change one of them")
    row_title, more_words = _("Allergy"), _("Add another allergy")
    row_fields = {"name": cell_line(_("What are you allergic to?")), "reaction": cell_line(_("What happened?"))}
    no_allergies = forms.BooleanField(required=False, label=_("I have no allergies that I know of"))
    ketamine_reaction = choice(
        _("Have you ever had a bad reaction to ketamine or Spravato?"),
        [*YES_NO[:2], ("na", _("I have never had it")), YES_NO[2]],
    )

    @classmethod
    def lines(cls, answers):
        """One line an allergy, then the reaction to ketamine."""
        said = [
            (numbered(cls.row_title, n), " - ".join(filter(None, [row["name"], row.get("reaction")])))
            for n, row in enumerate(answers.get("allergies") or [], 1)
        ]
        none = [(_("Allergies"), cls.base_fields["no_allergies"].label)] if answers.get("no_allergies") == "yes" else []
        reaction = cls.base_fields["ketamine_reaction"]
        return [*said, *none, (reaction.label, in_words(reaction, answers.get("ketamine_reaction")))]


def numbered(title, number):
    """ "Medicine 2"."""
    return gettext("%(title)s %(n)s") % {"title": title, "n": number}


def dose_words(row):
    """ "oxycodone 10 mg, 2 times a day, last taken today"; what was not said is left out."""
    unit = str(dict(UNITS).get(row.get("unit"), row.get("unit") or ""))
    amount = f" {row['amount']} {unit}".rstrip() if row.get("amount") else ""
    times = gettext("%(n)s times a day") % {"n": row["times_a_day"]} if row.get("times_a_day") else ""
    needed = gettext("only when needed") if row.get("as_needed") == "yes" else ""
    taken = dict(LAST_TAKEN).get(row.get("last_taken"))
    last = gettext("last taken %(when)s") % {"when": str(taken).lower()} if taken else ""
    return ", ".join(filter(None, [f"{row['name']}{amount}", times, needed, last]))
