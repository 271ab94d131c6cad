"""What was tried and how it went: one tap for each common treatment, its details only when it was tried."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clinic.forms import RadioCards
from intake.forms.base import in_words
from intake.forms.fields import number, words, yes_no
from intake.forms.rows import RowsForm, cell_line, cell_pick

OUTCOMES = [
    ("not_tried", _("Not tried")),
    ("helped_lot", _("Helped a lot")),
    ("helped_little", _("Helped a little")),
    ("no_help", _("Did not help")),
    ("worse", _("Made it worse")),
    ("not_sure", _("Not sure")),
]
NOT_TRIED = "not_tried"
HOW_LONG = [
    ("under_month", _("Less than a month")),
    ("under_3_months", _("1 to 3 months")),
    ("under_year", _("3 months to a year")),
    ("longer", _("More than a year")),
    ("once", _("Only once or twice")),
]
STOPPED = [
    ("going_on", _("I still have it")),
    ("no_help", _("It did not help enough")),
    ("side_effects", _("Side effects")),
    ("better", _("I got better")),
    ("cost", _("Cost or insurance")),
    ("ended", _("It was finished")),
    ("other", _("Another reason")),
]
TREATMENTS = {
    "tried_physio": _("Physical therapy or exercise"),
    "tried_blocks": _("Injections or nerve blocks"),
    "tried_surgery": _("Surgery for pain"),
    "tried_nerve_medicine": _("Nerve pain medicines, such as gabapentin"),
    "tried_opioids": _("Opioid pain medicines"),
    "tried_antidepressants": _("Antidepressants"),
    "tried_talking": _("Talking therapy"),
    "tried_tms_ect": _("TMS or ECT"),
    "tried_stimulator": _("Spinal cord stimulator or TENS"),
    "tried_cannabis": _("Medical cannabis"),
}
DETAILS = {"how_long": (_("How long did you try it?"), HOW_LONG), "stopped": (_("Why did you stop?"), STOPPED)}


def _choice(label, choices, *, is_cards=False):
    listed = choices if is_cards else [("", _("Choose")), *choices]
    field = forms.ChoiceField(
        label=label, choices=listed, required=False, widget=RadioCards if is_cards else forms.Select
    )
    field.version = 1
    return field


def _fields():
    """For each treatment: how it went, for how long, and why it was stopped."""
    found = {}
    for code, label in TREATMENTS.items():
        found[code] = _choice(label, OUTCOMES, is_cards=True)
        found |= {f"{code}_{part}": _choice(asked, choices) for part, (asked, choices) in DETAILS.items()}
    return found


@dataclass(frozen=True, slots=True)
class Card:
    """One treatment on the page: how it went, and what is asked when it was tried."""

    outcome: object
    details: list


CommonTreatments = type(RowsForm)(
    "CommonTreatments", (RowsForm,), _fields() | {"__module__": __name__, "__doc__": "The common treatments as fields."}
)


class TreatmentsForm(CommonTreatments):
    """What was tried and how it went. Treatments that are not on the list get rows of their own."""

    lede = _("How did these go for you? Leave out what you don’t know.")
    template_name = "intake/fields/_treatments.html"
    rows_code, key, least_rows, most_rows = "other_treatments", "what", 1, 10
    row_title, more_words = _("Something else you tried"), _("Add another treatment")
    row_fields = {
        "what": cell_line(_("What was it?")),
        "outcome": cell_pick(_("How did it go?"), OUTCOMES[1:]),
        "how_long": cell_pick(DETAILS["how_long"][0], HOW_LONG),
        "stopped": cell_pick(DETAILS["stopped"][0], STOPPED),
    }
    antidepressant_count = number(_("How many antidepressants have you tried?"), least=0, most=40, whole=True)
    ketamine_before = yes_no(_("Have you had ketamine or esketamine (Spravato) as a treatment before?"))
    tried_words = words(_("Anything else we should know about what you tried?"), rows=4)

    @property
    def cards(self):
        """The common treatments, each with its details."""
        return [Card(self[code], [self[f"{code}_{part}"] for part in DETAILS]) for code in TREATMENTS]

    @property
    def after_rows(self):
        """The questions under the rows."""
        asked = ("antidepressant_count", "ketamine_before", "tried_words")
        return [self[name] for name in asked if name in self.fields]

    def clean(self):
        """What was not tried has no details."""
        data = super().clean()
        for code in TREATMENTS:
            if data.get(code) in (None, "", NOT_TRIED):
                data |= {f"{code}_{part}": "" for part in DETAILS}
        return data

    @classmethod
    def lines(cls, answers):
        """One line a treatment: "Helped a little, 1 to 3 months, stopped: side effects"."""
        common = [(label, _said(cls, code, answers)) for code, label in TREATMENTS.items()]
        rows = answers.get(cls.rows_code) or []
        others = [(row["what"], tried_words(row)) for row in rows]
        rest = [
            (cls.base_fields[code].label, in_words(cls.base_fields[code], answers.get(code)))
            for code in ("antidepressant_count", "ketamine_before", "tried_words")
            if code in cls.base_fields
        ]
        return [*common, *others, *rest]


def _said(form, code, answers):
    if answers.get(code) in (None, "", NOT_TRIED):
        return in_words(form.base_fields[code], answers.get(code))
    return tried_words({"outcome": answers[code]} | {part: answers.get(f"{code}_{part}") for part in DETAILS})


def tried_words(row):
    """How a treatment went, in words; what was not said is left out."""
    stopped = dict(STOPPED).get(row.get("stopped"))
    why = None
    if stopped is not None:
        why = stopped if row["stopped"] == "going_on" else gettext("stopped: %(why)s") % {"why": str(stopped).lower()}
    parts = [dict(OUTCOMES).get(row.get("outcome")), dict(HOW_LONG).get(row.get("how_long")), why]
    return ", ".join(str(part) for part in parts if part) or gettext("Tried")
