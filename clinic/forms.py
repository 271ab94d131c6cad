"""The base of every form: plain words, native inputs, errors that say how to mend them, nothing typed lost."""

from copy import deepcopy
from functools import cache, lru_cache

from crispy_forms.helper import FormHelper
from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.text import format_lazy
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from clinic import figures, language
from clinic.fields import LONGEST, DayMonthYearField, NumberText, seen_data
from clinic.form_copies import CopiedFields, SharedChoices
from clinic.models import Patient, PatientAlert
from clinic.rules.patients import EDITABLE, phone_words


class TenWidget(forms.RadioSelect):
    """0 to 10 as large keys; `low` and `high` are the words at its ends."""

    def __init__(self, low="", high="", attrs=None, choices=()):
        self.low, self.high = low, high
        super().__init__(attrs, choices)


class TenField(forms.TypedChoiceField):
    """A whole number from 0 to 10, or None when left blank: blank is not zero."""

    def __init__(self, *, low="", high="", **kwargs):
        kwargs.setdefault("error_messages", {"required": _("Choose a number")})
        numbers = [(n, str(n)) for n in range(11)]
        super().__init__(choices=numbers, coerce=int, empty_value=None, widget=TenWidget(low, high), **kwargs)


class RadioCards(forms.RadioSelect):
    """One of a few, each a card that is the whole target."""


class CheckCards(forms.CheckboxSelectMultiple):
    """Any of a few, each a card."""


def is_card_choice(widget):
    """Whether this widget is drawn as cards: radios and several checkboxes are, a 0-10 scale is not."""
    return isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple) and not isinstance(widget, TenWidget)


class PlainManners:
    """What our forms share. A form may name `units` and `widths` (2, 4, 10, 20 characters) by field."""

    units: dict = {}
    widths: dict = {}

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        self.base_fields = _fields_in(type(self), get_language())
        super().__init__(*args, **kwargs)
        self.data = seen_data(self.data)
        self.use_required_attribute = False

    @property
    def helper(self):
        """For `{% crispy form %}`: no form tag and no token, the page has its own."""
        helper = FormHelper()
        helper.form_tag, helper.disable_csrf = False, True
        helper.template_pack = "bootstrap5"
        return helper

    @property
    def is_switching(self):
        """Was only the language switched? Then everything typed is shown again and nothing is judged."""
        return self.is_bound and language.SWITCH in self.data

    def is_valid(self):
        """Never when only the language was switched: then nothing is done with what was typed."""
        return super().is_valid() and not self.is_switching

    @property
    def is_complete(self):
        """Would what was typed be taken, if more than the language had been asked for?"""
        return self.errors is not None and self._was_complete

    def full_clean(self):
        """Judge what was typed; no error is shown to somebody who only wanted to read the page in their language."""
        super().full_clean()
        self._was_complete = not self._errors
        if self.is_switching:
            self._errors = type(self._errors)(renderer=self.renderer)

    def add_refusal(self, refused, *, clinical=True):
        """Put each reason of a Refused beside the field it names, else on top."""
        add_refusal(self, refused, clinical=clinical)


class PlainForm(PlainManners, forms.Form):
    """Base of our forms."""


class PlainModelForm(PlainManners, forms.ModelForm):
    """Base of our model forms: it validates; saving is an action's work."""


@cache
def _fields_in(form_class, spoken):
    """The fields of a form of this class with our manners, in the language spoken now; put together once for each.

    A text without a bound of its own gets ours (V1.3.3).
    """
    fields = CopiedFields(deepcopy(dict(form_class.base_fields)))
    for name, field in fields.items():
        if isinstance(field, forms.ChoiceField) and isinstance(field.choices, list):
            field.choices = SharedChoices(field.choices)
        if type(field) is forms.CharField and field.max_length is None:
            field.max_length = LONGEST
            field.validators.append(MaxLengthValidator(LONGEST))
        field.unit, field.width = form_class.units.get(name, ""), form_class.widths.get(name)
        _plain_number(field)
        _plain_words(field, str(field.label or name.replace("_", " ").capitalize()), spoken)
    return fields


def _plain_words(field, label, spoken):
    """Say what is wrong by the field's own name, unless the form has its own sentence."""
    stock = _stock_words(type(field))
    for code, words in _our_words(type(field), label, spoken).items():
        said = field.error_messages.get(code, stock.get(code))
        if said is stock.get(code):  # not "==": that would put Django's lazy sentences into words, every time
            field.error_messages[code] = words


@lru_cache(maxsize=4096)
def _our_words(kind, label, spoken):
    """Our sentences for a field of this kind and label, in the language spoken now."""
    named = {"label": label.replace("%", "%%")}
    return {
        "required": _missing_words(kind, named),
        "min_value": gettext("{label} must be %(limit_value)s or more").format(**named),
        "max_value": gettext("{label} must be %(limit_value)s or less").format(**named),
        "invalid": gettext("{label} is not something we can read: check it").format(**named)
        if not issubclass(kind, forms.IntegerField | forms.DecimalField)
        else gettext("{label} must be a number, for example 72").format(**named),
    }


def _missing_words(kind, named):
    if issubclass(kind, forms.BooleanField):
        return gettext("Tick this to go on: {label}").format(**named)
    if issubclass(kind, forms.ChoiceField | forms.ModelChoiceField):
        asks = named["label"].endswith("?")
        return (gettext("{label} Choose an answer") if asks else gettext("{label}: choose one")).format(**named)
    return gettext("{label}: fill this in").format(**named)


def _is_number(field):
    return isinstance(field, forms.IntegerField | forms.DecimalField)


@cache
def _stock_words(kind):
    """Django's own sentences for this kind of field."""
    words = {}
    for parent in reversed(kind.__mro__):
        if parent.__module__.startswith("django."):
            words.update(getattr(parent, "default_error_messages", {}))
    return words


def _plain_number(field):
    if isinstance(field.widget, forms.NumberInput):
        whole = isinstance(field, forms.IntegerField) and not isinstance(field, forms.DecimalField | forms.FloatField)
        attrs = {name: value for name, value in field.widget.attrs.items() if name not in ("min", "max", "step")}
        field.widget = NumberText("numeric" if whole else "decimal", attrs)
    if _is_number(field):
        field.to_python = _reading(field.to_python)


def _reading(parse):
    """Read a number as it is typed in the language in force; parse the rest as ever."""
    return lambda value: parse(figures.read(value))


def add_refusal(form, refused, clinical=True):
    """Put each reason of a Refused on the field it names, else on top of the form."""
    for item in refused.items:
        form.add_error(item.field if item.field in form.fields else None, item.for_role(clinical=clinical))


class BornForm(PlainForm):
    """The date of birth, asked at the door of a patient's link."""

    born_on = DayMonthYearField(label=_("Your date of birth"), help_text=_("For example, May 14 1978."))

    def wrong(self, left):
        """Say that the date is not the one on file and how many tries are left, and nothing more."""
        tries = ngettext("One try is left.", "%(left)s tries are left.", left) % {"left": left}
        self.add_error("born_on", format_lazy("{} {}", _("This is not the date of birth we have."), tries))


class CodeForm(PlainForm):
    """Six digits out of a message."""

    code = forms.CharField(
        label=_("The six digits"),
        max_length=12,
        widget=NumberText("numeric", {"autocomplete": "one-time-code"}),
        error_messages={"required": _("Type the six digits from our message")},
    )
    widths = {"code": 10}

    def wrong(self, left):
        """Say that the digits are not those in force."""
        words = gettext("These are not the six digits we sent. Tries left: %(left)s.")
        self.add_error("code", words % {"left": left})


ZONES = [
    ("America/New_York", "Eastern (New York)"),
    ("America/Chicago", "Central (Chicago)"),
    ("America/Denver", "Mountain (Denver)"),
    ("America/Phoenix", "Arizona (Phoenix)"),
    ("America/Los_Angeles", "Pacific (Los Angeles)"),
    ("America/Anchorage", "Alaska (Anchorage)"),
    ("Pacific/Honolulu", "Hawaii (Honolulu)"),
]
REFERRAL = ("reason", "reason_words", "referrer")


def _languages(kept):
    """The languages of patients' pages, and the one on record when it is another."""
    ours = [(code, language.english_name(code)) for code in language.codes()]
    return ours if not kept or language.is_known(kept) else [*ours, (kept, kept)]


class PatientForm(PlainModelForm):
    """Details of a patient, for adding and changing. `clinical` False leaves out what only clinicians may read."""

    born_on = DayMonthYearField(label="Date of birth", help_text="For example May 14 1978.")
    is_another_person = forms.BooleanField(label="This is another person: add a new record", required=False)
    widths = {"phone": 10, "emergency_phone": 10}

    class Meta:
        model = Patient
        fields = list(EDITABLE)
        labels = EDITABLE
        widgets = {
            "address": forms.Textarea({"rows": 2}),
            "reason_words": forms.Textarea({"rows": 2}),
            "phone": forms.TextInput({"type": "tel", "autocomplete": "off"}),
            "emergency_phone": forms.TextInput({"type": "tel", "autocomplete": "off"}),
        }

    def __init__(self, *args, site, asks_reason=True, **kwargs):
        super().__init__(*args, **kwargs)
        known = dict(ZONES)
        zone = getattr(self.instance, "zone_name", "") or site.zone_name
        others = [] if zone in known else [(zone, zone)]
        self.fields["zone_name"] = forms.ChoiceField(
            label="Their own time zone", choices=ZONES + others, initial=site.zone_name
        )
        self.fields["referrer"].empty_label = "Nobody, or not known"
        self.fields["language"] = forms.ChoiceField(
            label=EDITABLE["language"],
            choices=[("", "Not asked yet"), *_languages(getattr(self.instance, "language", ""))],
            required=False,
        )
        self.fields["sex"].required = False
        for name in () if asks_reason else REFERRAL[:2]:
            del self.fields[name]

    def clean_sex(self):
        """Not known when nothing is said."""
        return self.cleaned_data["sex"] or "unknown"

    def clean_phone(self):
        """The number as it is kept."""
        return phone_words(self.cleaned_data["phone"])

    def clean_emergency_phone(self):
        """The number as it is kept."""
        return phone_words(self.cleaned_data["emergency_phone"])

    def _post_clean(self):
        """Leave the row as it is in the database: the action changes it, not the form."""

    def details(self):
        """What was typed, as the keywords of the actions."""
        return {name: value for name, value in self.cleaned_data.items() if name in EDITABLE}


class PatientFilter(PlainForm):
    """Which patients to list."""

    visits = forms.ChoiceField(
        label="Visits",
        required=False,
        choices=[("", "All patients"), ("coming", "With a visit to come"), ("none", "Without a visit to come")],
    )


class TakeForm(PlainForm):
    """An alert is taken by name, with what was done."""

    done_words = forms.CharField(
        label="What you did or will do",
        max_length=1000,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": "Write what you did or will do"},
    )


class DoneForm(PlainForm):
    """A task is finished, with what came of it."""

    outcome = forms.CharField(
        label="What came of it", max_length=1000, required=False, widget=forms.Textarea({"rows": 3})
    )


class AlertForm(PlainForm):
    """What everybody must know before touching a patient."""

    kind = forms.ChoiceField(label="What it is about", choices=[("", "Choose"), *PatientAlert.KINDS])
    words = forms.CharField(label="In the banner", max_length=200, help_text="For example: no IV in the left arm.")


class RepresentativeForm(PlainForm):
    """Somebody who may speak for a patient."""

    name = forms.CharField(label="Name", max_length=120)
    relation = forms.CharField(label="Who they are", max_length=60, help_text="For example: guardian.")
    email = forms.EmailField(label="E-mail", required=False)
    phone = forms.CharField(label="Phone", required=False, max_length=40)
    widths = {"phone": 10}
