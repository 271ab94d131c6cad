"""The questionnaires as pages, made from their definitions: never retyped here. Words follow the reader's language."""

from django import forms
from django.utils.functional import lazy
from django.utils.translation import get_language
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from clinic.forms import RadioCards, TenField
from clinic.instruments import library
from intake.forms.base import PageForm


class InstrumentForm(PageForm):
    """A page of one questionnaire. Blanks are allowed once the patient has said that they mean it.

    ``only``: the items asked here when it is not the whole. ``carried``: item -> code of an earlier page whose answer
    is filled in already. ``first``: a sentence of ours before the questions.
    """

    instrument_code = ""
    only = ()
    carried = {}
    first = ""

    @property
    def instrument(self):
        """The definition this page asks, in the language the page is read in."""
        return read(self.instrument_code)

    @classmethod
    def instead(cls):
        """The language of the questions when it is not the reader's; "" when it is."""
        instrument = read(cls.instrument_code)
        return instrument.language if instrument.is_fallback else ""

    @property
    def is_whole(self):
        """Are all its items asked here, so that it has a score?"""
        return not self.only

    @classmethod
    def carry(cls, known):
        """What earlier answers fill in, for a page that nobody has opened yet."""
        return {code: known[earlier] for code, earlier in cls.carried.items() if known.get(earlier) is not None}

    def clean(self):
        """Ask once about blanks: a blank is never taken for zero. After a gate that ends it nothing more is asked."""
        data = super().clean()
        instrument = self.instrument
        asked = [item for item in instrument.asked if item.code in self.fields and item is not instrument.extra]
        if instrument.gate is not None and data.get(instrument.gate.code) == instrument.gate_stops:
            for item in asked:
                data[item.code] = instrument.gate_stops if item is instrument.gate else None
            return data
        for item in asked:
            if data.get(item.code) is None and item.code not in self.errors:
                self.doubt(item.code, _("Choose an answer, or leave it out"))
        return data

    @classmethod
    def lines(cls, answers):
        """Every question with its answer; only the first one when that ended the questionnaire."""
        gate, stops = (found := library.load(cls.instrument_code)).gate, found.gate_stops
        is_over = gate is not None and answers.get(gate.code) == stops
        return super().lines(answers)[:1] if is_over else super().lines(answers)

    @property
    def note(self):
        """What is said before the questions: what was carried over, and when they are not in the reader's language."""
        carried = say("We have filled in what you told us on the page before.") if self._shows_carried() else ""
        instead = say("This questionnaire is in English because it has no approved translation here.")
        return " ".join(filter(None, [str(self.first), carried, instead if self.instrument.is_fallback else ""]))

    def _shows_carried(self):
        return bool(self.initial) and self.initial == self.carry(self.known)


def read(code):
    """The instrument in the language in force."""
    return library.load(code, get_language() or library.ENGLISH)


def _told(code, find):
    """A text of the instrument, looked up when it is shown, so that it follows the language."""
    return lazy(lambda: find(read(code)), str)()


def _field(code, item):
    def mine(instrument):
        return next(found for found in instrument.asked if found.code == item.code)

    label = _told(code, lambda instrument: mine(instrument).text)
    if item.low:
        low, high = (_told(code, lambda i, end=end: getattr(mine(i), end)) for end in ("low", "high"))
        return TenField(label=label, low=low, high=high, required=False)
    return forms.TypedChoiceField(
        label=label,
        choices=[
            (option.value, _told(code, lambda i, place=place: mine(i).options[place].text))
            for place, option in enumerate(item.options)
        ],
        coerce=int,
        empty_value=None,
        required=False,
        widget=RadioCards,
    )


def form_for(code, *, only=(), carried=None, first="", title=""):
    """The form class of one instrument: a field for each item, named by the item's code; ``only`` some of them."""
    instrument = library.load(code)
    items = [item for item in instrument.asked if not only or item.code in only]
    fields = {item.code: _field(code, item) for item in items}
    for name, field in fields.items():
        field.version = int(instrument.version)
        field.needs_person = name == instrument.alert_item
    if instrument.gate is not None:
        fields[instrument.gate.code].across = len(instrument.gate.options) == 2
    body = {
        "instrument_code": code,
        "only": only,
        "carried": carried or {},
        "first": first,
        "lede": _told(code, lambda found: found.lead),
        "sure": forms.BooleanField(required=False, label=_("I want to leave some of them out")),
        "__doc__": title or instrument.title,
        "__module__": __name__,
    }
    name = "".join(part.title() for part in (title or code).replace(" ", "-").split("-")) + "Form"
    return type(InstrumentForm)(name, (InstrumentForm,), body | fields)


Phq2Form = form_for("phq-2")
Phq9Form = form_for("phq-9", carried={"phq9_1": "phq2_1", "phq9_2": "phq2_2"})
SafetyForm = form_for("phq-9", only=("phq9_9",), first=_("We ask everyone this, so that we can help."), title="Safety")
Gad7Form = form_for("gad-7")
PegForm = form_for("peg")
PcPtsd5Form = form_for("pc-ptsd-5")
Pcl5Form = form_for("pcl-5")
AuditCForm = form_for("audit-c")
