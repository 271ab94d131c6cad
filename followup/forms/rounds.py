"""The pages of a round of questionnaires: one short page each, made from the questionnaires' own definitions."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from clinic import language
from clinic.fields import NumberText
from clinic.forms import PlainForm, RadioCards
from followup.actions import rounds
from followup.rules import opioids
from followup.rules.rounds import BASELINE, LIFE, MOOD, OPIOIDS, PAIN, WORRY
from intake.forms.base import PageForm
from intake.forms.instruments import Gad7Form, PegForm, Phq9Form, form_for

OCCASION = "_occasion"
TITLES = {
    PAIN: _("Your pain"),
    MOOD: _("How you felt"),
    WORRY: _("Worries"),
    LIFE: _("Sleep and daily life"),
    OPIOIDS: _("Strong painkillers"),
}
LINES, MOST = (1, 2, 3), Decimal(2000)
NAMES = {
    "codeine": _("Codeine"),
    opioids.FENTANYL: _("Fentanyl patch"),
    "hydrocodone": _("Hydrocodone (Norco, Vicodin)"),
    "hydromorphone": _("Hydromorphone (Dilaudid)"),
    "methadone": _("Methadone"),
    "morphine": _("Morphine"),
    "oxycodone": _("Oxycodone (Percocet, OxyContin)"),
    "oxymorphone": _("Oxymorphone"),
    "tapentadol": _("Tapentadol (Nucynta)"),
    "tramadol": _("Tramadol"),
    "buprenorphine": _("Buprenorphine"),
    opioids.OTHER: _("Another one"),
}
if set(NAMES) != set(opioids.NAMES):
    raise ValueError("The opioids patients choose from and those the rules know differ.")


def _question(code, item):
    return form_for(code).base_fields[item]


class LifeForm(PageForm):
    """Sleep, daily life and, once treatment has begun, the change since then: a number each, blanks allowed."""

    lede = _("Think about the past week. Leave out what you like.")
    only_if = {"change_now": lambda known: known.get(OCCASION) != BASELINE}
    sleep_week = _question("sleep-0-10", "sleep_week")
    function_week = _question("function-0-10", "function_week")
    change_now = _question("change-7", "change_now")


FORMS = {PAIN: PegForm, MOOD: Phq9Form, WORRY: Gad7Form, LIFE: LifeForm}


def _number(label, help_text):
    return forms.DecimalField(
        label=label, help_text=help_text, required=False, min_value=0, max_value=MOST, decimal_places=2,
        widget=NumberText("decimal"),
    )  # fmt: skip


def _line(n):
    """The fields of one painkiller."""
    names = [("", _("Choose")), *NAMES.items()]
    return {
        f"name_{n}": forms.ChoiceField(label=_("Which one?"), required=False, choices=names),
        f"amount_{n}": _number(_("How strong is one?"), _("In mg, as on the box. A patch: mcg an hour.")),
        f"times_{n}": _number(_("How many on a usual day?"), _("Leave it out for a patch.")),
    }


class OpioidsBase(PlainForm):
    """Which opioids on a usual day, how much, how often. None of it is shown again on the page."""

    TAKES = [("no", _("No")), ("yes", _("Yes")), ("unsure", _("I am not sure"))]
    takes = forms.ChoiceField(
        label=_("Did you take strong painkillers (opioids) in the past week?"), choices=TAKES, widget=RadioCards
    )

    @property
    def lines(self):
        """The rows as bound fields, for the page."""
        return [[self[f"{part}_{n}"] for part in ("name", "amount", "times")] for n in LINES]

    @property
    def is_open(self):
        """Show the rows without being asked: they were typed in, or something in them is wrong."""
        return self.is_bound and self.data.get("takes") == "yes"

    def clean(self):
        """Somebody who takes some names one at least; an amount needs its name."""
        data = super().clean()
        if data.get("takes") != "yes":
            return data
        if not any(data.get(f"name_{n}") for n in LINES):
            self.add_error("name_1", _("Choose which one you took, or “I am not sure” above"))
        for n in LINES:
            typed = data.get(f"amount_{n}") is not None or data.get(f"times_{n}") is not None
            if typed and not data.get(f"name_{n}"):
                self.add_error(f"name_{n}", _("Choose which one this is"))
        return data

    def medicines(self):
        """The rows as they are kept; none unless some are taken."""
        data = self.cleaned_data
        if data["takes"] != "yes":
            return []
        named = [n for n in LINES if data.get(f"name_{n}")]
        return [opioids.medicine(data[f"name_{n}"], data.get(f"amount_{n}"), data.get(f"times_{n}")) for n in named]

    def save(self, *, asked, by, at=None):
        """Keep what was told."""
        takes = self.cleaned_data["takes"]
        return rounds.tell_opioids(
            asked=asked, medicines=self.medicines(), is_none=takes == "no", is_unsure=takes == "unsure", by=by, at=at
        )


OpioidsForm = type(PlainForm)("OpioidsForm", (OpioidsBase,), {k: f for n in LINES for k, f in _line(n).items()})


def form_of(page, asked, data=None):
    """The form of one page of a round."""
    if page == OPIOIDS:
        return OpioidsForm(data)
    return FORMS[page](data, known={OCCASION: asked.occasion})


def save(form, *, page, asked, by, at=None):
    """Keep a page that is valid."""
    if page == OPIOIDS:
        return form.save(asked=asked, by=by, at=at)
    answers = {code: value for code, value in form.cleaned_data.items() if code != "sure"}
    return rounds.answer_page(asked=asked, page=page, answers=answers, by=by, spoken=language.current(), at=at)
