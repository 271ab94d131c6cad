"""What all packet pages share: answers out as plain JSON, answers in, and answers in words."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from clinic.forms import PlainForm

NOT_ANSWERED = _("Not answered")
NONE = "none"


class PageForm(PlainForm):
    """One page. ``lede`` stands under the title; ``sure`` is offered only after a doubt was raised.

    ``known`` is what earlier pages and the record say (see ``intake.rules.asked``). A form may name:
    ``only_if``: field -> test of ``known``; a field whose test fails is not asked.
    ``goes_with``: field -> (other field, its answers, message); asked only together with those answers of the other
    one, and with a message it is needed then.
    ``alone``: fields in which "none" can't be chosen together with something else.
    """

    lede = ""
    note = ""
    only_if = {}
    goes_with = {}
    alone = ()
    computed = ()
    sure = forms.BooleanField(required=False, label=_("Yes, this is right"))
    template_name = "intake/fields/_plain.html"

    def __init__(self, *args, known=None, **kwargs):
        self.known = known or {}
        super().__init__(*args, **kwargs)
        self.doubts = []
        for name, is_asked in self.only_if.items():
            if not is_asked(self.known):
                del self.fields[name]

    @classmethod
    def question_versions(cls):
        """Question code -> the version that is asked."""
        return {name: getattr(field, "version", 1) for name, field in cls.base_fields.items() if name != "sure"}

    @classmethod
    def answer_codes(cls):
        """Every code under which this page gives an answer, also those it works out."""
        rows = [code for code in (getattr(cls, "rows_code", ""),) if code]
        return (*(name for name in cls.base_fields if name != "sure"), *rows, *cls.computed)

    @property
    def questions(self):
        """The bound fields a patient answers, without the confirmation."""
        return [field for field in self if field.name != "sure"]

    def clean(self):
        """Leave out what does not go with the other answers, ask for what must, and let "none" stand alone."""
        data = super().clean()
        for name, (other, values, missing) in self.goes_with.items():
            self._check_together(data, name, str(data.get(other)) in values, missing)
        for name in self.alone:
            self._check_alone(name, data.get(name) or [])
        return data

    def _check_together(self, data, name, is_asked, missing):
        if not is_asked:
            data[name] = None
            self.errors.pop(name, None)
        elif missing and data.get(name) in (None, "", []) and name not in self.errors:
            self.add_error(name, missing)

    def _check_alone(self, name, chosen):
        if NONE in chosen and len(chosen) > 1:
            words = dict(self.fields[name].choices)[NONE]
            self.add_error(name, _("You chose “%(none)s” and something else. Take one of them away") % {"none": words})

    def doubt(self, name, message):
        """Ask once whether something unlikely is right; ticking the box beside the question lets it pass."""
        self.doubts.append(name)
        if not self.cleaned_data.get("sure"):
            self.add_error(name, message)

    @property
    def asks_sure(self):
        """Show the confirmation box?"""
        return bool(self.doubts)

    def to_answers(self):
        """Cleaned answers as plain JSON: code -> text, whole number, list or None when left blank."""
        return {name: _plain(value) for name, value in self.cleaned_data.items() if name != "sure"}

    @classmethod
    def lines(cls, answers):
        """[(question, answer in words)] for the check page and for staff. What was not asked is left out."""
        return [
            (field.label, in_words(field, answers.get(name)))
            for name, field in cls.base_fields.items()
            if name != "sure" and not cls._was_left_out(name, answers)
        ]

    @classmethod
    def _was_left_out(cls, name, answers):
        return answers.get(name) is None and (name in cls.goes_with or (name in cls.only_if and name not in answers))


def in_words(field, answer):
    """An answer as its words: the choice's label, or what was typed; "Not answered" for a blank."""
    if answer is None or answer == "" or answer == []:
        return NOT_ANSWERED
    if hasattr(field, "in_words"):
        return field.in_words(answer)
    labels = {str(value): label for value, label in getattr(field, "choices", ())}
    chosen = answer if isinstance(answer, list) else [answer]
    return ", ".join(str(labels.get(str(value), value)) for value in chosen)


def _plain(value):
    if value is None or value == "" or value == []:
        return None
    return str(value.normalize() if value else value) if isinstance(value, Decimal) else value


def plain_number(value):
    """A Decimal as text without exponent or dangling zeros."""
    return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"
