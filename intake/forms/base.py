"""What all packet pages share: answers out as plain JSON, answers in, and answers in words."""

from decimal import Decimal

from django import forms

from clinic.forms import PlainForm

NOT_ANSWERED = "Not answered"


class PageForm(PlainForm):
    """One page. ``lede`` stands under the title; ``sure`` is offered only after a doubt was raised."""

    lede = ""
    sure = forms.BooleanField(required=False, label="Yes, this is right")
    template_name = "intake/fields/_plain.html"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.doubts = []

    @classmethod
    def question_versions(cls):
        """Question code -> the version that is asked."""
        return {name: getattr(field, "version", 1) for name, field in cls.base_fields.items() if name != "sure"}

    @property
    def questions(self):
        """The bound fields a patient answers, without the confirmation."""
        return [field for field in self if field.name != "sure"]

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
        """[(question, answer in words)] for the check page and for staff."""
        return [
            (field.label, in_words(field, answers.get(name)))
            for name, field in cls.base_fields.items()
            if name != "sure"
        ]


def in_words(field, answer):
    """An answer as its words: the choice's label, or what was typed; "Not answered" for a blank."""
    if answer is None or answer == "" or answer == []:
        return NOT_ANSWERED
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
