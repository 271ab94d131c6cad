"""The base of every form: plain words, native inputs, errors that say how to mend them, nothing typed lost."""

import datetime
from urllib.parse import urlencode

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError

from clinic import audit
from clinic.models import Patient
from clinic.rules.patients import EDITABLE

MONTH_WORDS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class NumberText(forms.TextInput):
    """A number as text: no spinner, no wheel; the keypad comes by inputmode ("numeric" or "decimal")."""

    def __init__(self, inputmode="decimal", attrs=None):
        super().__init__({"inputmode": inputmode, "autocomplete": "off", "spellcheck": "false"} | (attrs or {}))


class TenWidget(forms.RadioSelect):
    """0 to 10 as large keys; `low` and `high` are the words at its ends."""

    def __init__(self, low="", high="", attrs=None, choices=()):
        self.low, self.high = low, high
        super().__init__(attrs, choices)


class TenField(forms.TypedChoiceField):
    """A whole number from 0 to 10, or None when left blank: blank is not zero."""

    def __init__(self, *, low="", high="", **kwargs):
        kwargs.setdefault("error_messages", {"required": "Choose a number"})
        numbers = [(n, str(n)) for n in range(11)]
        super().__init__(choices=numbers, coerce=int, empty_value=None, widget=TenWidget(low, high), **kwargs)


class RadioCards(forms.RadioSelect):
    """One of a few, each a card that is the whole target."""


class CheckCards(forms.CheckboxSelectMultiple):
    """Any of a few, each a card."""


def is_card_choice(widget):
    """Whether this widget is drawn as cards: radios and several checkboxes are, a 0-10 scale is not."""
    return isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple) and not isinstance(widget, TenWidget)


class DateBoxes(forms.MultiWidget):
    """Month, day and year as three boxes, in the order an American date is said."""

    def __init__(self, attrs=None):
        boxes = {"month": forms.TextInput(), "day": NumberText("numeric"), "year": NumberText("numeric")}
        super().__init__(boxes, attrs)

    def decompress(self, value):
        return [value.month, value.day, value.year] if value else [None, None, None]


class DayMonthYearField(forms.MultiValueField):
    """A date typed in three boxes; the month also as a word. Gives a date, or None when all three are left blank."""

    widget = DateBoxes

    def __init__(self, *, require_all_fields=False, **kwargs):
        boxes = [forms.CharField(required=False, max_length=12) for _ in range(3)]
        kwargs.setdefault("error_messages", {"required": "Type the month, the day and the year"})
        super().__init__(boxes, require_all_fields=require_all_fields, **kwargs)

    def compress(self, values):
        month, day, year = (str(value or "").strip() for value in (*values, "", "", "")[:3])
        if not (month or day or year):
            return None
        self._refuse_blanks({"month": month, "day": day, "year": year})
        return _as_date(_as_month(month), _as_number(day, "day"), _as_year(year))

    @staticmethod
    def _refuse_blanks(parts):
        empty = [name for name, value in parts.items() if not value]
        if empty:
            raise ValidationError(f"Type the {' and the '.join(empty)} too")


def _as_month(text):
    if text[:3].lower() in MONTH_WORDS:
        return MONTH_WORDS.index(text[:3].lower()) + 1
    month = _as_number(text, "month")
    if not 1 <= month <= 12:
        raise ValidationError("The month must be 1 to 12. Are the month and the day swapped?")
    return month


def _as_number(text, name):
    if not text.isdecimal():
        raise ValidationError(f"The {name} must be a number, for example 7")
    return int(text)


def _as_year(text):
    year = _as_number(text, "year")
    if year < 1000:
        raise ValidationError("Type the year with all four figures, for example 1978")
    return year


def _as_date(month, day, year):
    try:
        return datetime.date(year, month, day)
    except ValueError:
        raise ValidationError("There is no such day. Check the month and the day") from None


class PlainManners:
    """What our forms share. A form may name `units` and `widths` (2, 4, 10, 20 characters) by field."""

    units: dict = {}
    widths: dict = {}

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        for name, field in self.fields.items():
            field.unit, field.width = self.units.get(name, ""), self.widths.get(name)
            _plain_number(field)
            _plain_words(field, str(field.label or name.replace("_", " ").capitalize()))

    @property
    def helper(self):
        """For `{% crispy form %}`: no form tag and no token, the page has its own."""
        helper = FormHelper()
        helper.form_tag, helper.disable_csrf = False, True
        helper.template_pack = "bootstrap5"
        return helper

    def add_refusal(self, refused, *, clinical=True):
        """Put each reason of a Refused beside the field it names, else on top."""
        add_refusal(self, refused, clinical=clinical)


class PlainForm(PlainManners, forms.Form):
    """Base of our forms."""


class PlainModelForm(PlainManners, forms.ModelForm):
    """Base of our model forms: it validates; saving is an action's work."""


def _plain_words(field, label):
    """Say what is wrong by the field's own name, unless the form has its own sentence."""
    label = label.replace("%", "%%")
    ours = {
        "required": _missing_words(field, label),
        "min_value": f"{label} must be %(limit_value)s or more",
        "max_value": f"{label} must be %(limit_value)s or less",
        "invalid": f"{label} is not something we can read: check it"
        if not _is_number(field)
        else f"{label} must be a number, for example 72",
    }
    stock = _stock_words(type(field))
    for code, words in ours.items():
        if field.error_messages.get(code, stock.get(code)) == stock.get(code):
            field.error_messages[code] = words


def _missing_words(field, label):
    if isinstance(field, forms.BooleanField):
        return f"Tick this to go on: {label}"
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        return f"{label} Choose an answer" if label.endswith("?") else f"{label}: choose one"
    return f"{label}: fill this in"


def _is_number(field):
    return isinstance(field, forms.IntegerField | forms.DecimalField)


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


def add_refusal(form, refused, clinical=True):
    """Put each reason of a Refused on the field it names, else on top of the form."""
    for item in refused.items:
        form.add_error(item.field if item.field in form.fields else None, item.for_role(clinical=clinical))


class BornForm(PlainForm):
    """The date of birth, asked at the door of a patient's link."""

    born_on = DayMonthYearField(label="Your date of birth", help_text="For example, May 14 1978.")

    def wrong(self, left):
        """Say that the date is not the one on file and how many tries are left, and nothing more."""
        tries = "One try is left." if left == 1 else f"{left} tries are left."
        self.add_error("born_on", f"This is not the date of birth we have. {tries}")


class CodeForm(PlainForm):
    """Six digits out of a message."""

    code = forms.CharField(
        label="The six digits",
        max_length=12,
        widget=NumberText("numeric", {"autocomplete": "one-time-code"}),
        error_messages={"required": "Type the six digits from our message"},
    )
    widths = {"code": 10}

    def wrong(self, left):
        """Say that the digits are not those in force."""
        self.add_error("code", f"These are not the six digits we sent. Tries left: {left}.")


class AuditFilter(PlainForm):
    """What to show of the log: days are local days of the site, both included."""

    begin = forms.DateField(label="From", required=False, widget=forms.DateInput({"type": "date"}))
    end = forms.DateField(label="To", required=False, widget=forms.DateInput({"type": "date"}))
    user = forms.ModelChoiceField(label="Who", queryset=None, required=False, empty_label="Anyone")
    record_number = forms.CharField(label="Patient's record number", required=False, max_length=20)
    verb = forms.CharField(label="What was done", required=False, max_length=60)
    looks = forms.TypedChoiceField(
        label="Looks or changes",
        required=False,
        choices=[("", "Both"), ("1", "Looks"), ("0", "Changes")],
        coerce=lambda value: value == "1",
        empty_value=None,
    )

    def __init__(self, *args, sites, zone, **kwargs):
        super().__init__(*args, **kwargs)
        self.sites, self.zone = sites, zone
        self.fields["user"].queryset = audit.staff_of(sites)

    def clean(self):
        cleaned = super().clean()
        begin, end = cleaned.get("begin"), cleaned.get("end")
        if begin and end and end < begin:
            self.add_error("end", "The last day must not be before the first")
        return cleaned

    def found(self):
        """The events asked for; everything when nothing was asked."""
        asked = dict(self.cleaned_data) if self.is_bound else {}
        begin, end = asked.pop("begin", None), asked.pop("end", None)
        begin = begin and self._midnight(begin)
        end = end and self._midnight(end + datetime.timedelta(days=1))
        return audit.found(sites=self.sites, begin=begin, end=end, **asked)

    def _midnight(self, day):
        return datetime.datetime.combine(day, datetime.time(), tzinfo=self.zone)

    def query(self):
        """The filter as the query of a link, without the page."""
        return urlencode({name: self.data[name] for name in self.fields if self.data.get(name)})

    def asked(self):
        """The filter as plain words for the log of looks at the log."""
        return {name: str(self.data[name])[:60] for name in self.fields if self.data.get(name)}


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


class PatientForm(PlainModelForm):
    """Details of a patient, for adding and changing. `clinical` False leaves out what only clinicians may read."""

    born_on = DayMonthYearField(label="Date of birth", help_text="For example May 14 1978.")
    is_another_person = forms.BooleanField(label="This is another person: add a new record", required=False)
    widths = {"phone": 10, "emergency_phone": 10}

    class Meta:
        model = Patient
        fields = list(EDITABLE)
        labels = EDITABLE
        widgets = {"address": forms.Textarea({"rows": 2}), "reason_words": forms.Textarea({"rows": 2})}

    def __init__(self, *args, site, asks_reason=True, **kwargs):
        super().__init__(*args, **kwargs)
        known = dict(ZONES)
        zone = getattr(self.instance, "zone_name", "") or site.zone_name
        others = [] if zone in known else [(zone, zone)]
        self.fields["zone_name"] = forms.ChoiceField(
            label="Their own time zone", choices=ZONES + others, initial=site.zone_name
        )
        self.fields["referrer"].empty_label = "Nobody, or not known"
        self.fields["language"].required = False
        self.fields["sex"].required = False
        for name in () if asks_reason else REFERRAL[:2]:
            del self.fields[name]

    def clean_language(self):
        """English when nothing is said."""
        return self.cleaned_data["language"] or "en"

    def clean_sex(self):
        """Not known when nothing is said."""
        return self.cleaned_data["sex"] or "unknown"

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
