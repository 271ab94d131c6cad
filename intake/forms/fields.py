"""The kinds of field a packet page is made of. Every question has a code (the field's name) and a version."""

from django import forms
from django.utils.translation import gettext_lazy as _

from clinic.forms import CheckCards, NumberText, RadioCards

YES_NO = [("yes", _("Yes")), ("no", _("No")), ("not_sure", _("Not sure"))]
JUST_YES_NO = YES_NO[:2]
RATHER_NOT = ("rather_not", _("I would rather not say"))


def _with_version(field, version):
    field.version = version
    return field


def choice(label, choices, *, help_text="", required=True, version=1, across=False):
    """One of a few, as cards; ``across`` puts short ones side by side."""
    field = forms.ChoiceField(
        label=label,
        choices=choices,
        widget=RadioCards,
        help_text=help_text,
        required=required,
        error_messages={"required": _("Choose an answer")},
    )
    field.across = across
    return _with_version(field, version)


def yes_no(label, *, help_text="", version=1):
    """Yes, no, or not sure: "not sure" is an answer, and the clinic will ask."""
    return choice(label, YES_NO, help_text=help_text, version=version, across=True)


def several(label, choices, *, help_text="", required=False, version=1):
    """Any of a few, as cards."""
    field = forms.MultipleChoiceField(
        label=label,
        choices=choices,
        widget=CheckCards,
        help_text=help_text,
        required=required,
        error_messages={"required": _("Choose at least one")},
    )
    return _with_version(field, version)


def line(label, *, help_text="", required=True, most=120, error="", version=1, **attrs):
    """One line of text; ``attrs`` go to the input, e.g. autocomplete."""
    field = forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=most,
        widget=forms.TextInput({key.replace("_", "-"): value for key, value in attrs.items()}),
        error_messages={"required": error or _("Fill this in")},
    )
    return _with_version(field, version)


def words(label, *, help_text="", required=False, most=2000, rows=5, error="", version=1):
    """Some lines in the patient's own words."""
    field = forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=most,
        widget=forms.Textarea({"rows": rows}),
        error_messages={"required": error or _("Write a few words")},
    )
    return _with_version(field, version)


def number(label, *, least, most, help_text="", required=False, places=1, version=1, whole=False):
    """A number typed as text, between ``least`` and ``most``; a Decimal, or None when blank."""
    field = forms.DecimalField(
        label=label,
        help_text=help_text,
        required=required,
        min_value=least,
        max_value=most,
        decimal_places=0 if whole else places,
        widget=NumberText("numeric" if whole else "decimal"),
        error_messages={
            "required": _("Type a number"),
            "invalid": _("Type a number, for example 70"),
            "min_value": _("This must be %(limit_value)s or more. Check the number"),
            "max_value": _("This must be %(limit_value)s or less. Check the number"),
        },
    )
    return _with_version(field, version)


def pick(label, choices):
    """One of several in a list, for the rows; nothing chosen is allowed."""
    return forms.ChoiceField(label=label, choices=[("", _("Choose")), *choices], required=False)
