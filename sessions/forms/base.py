"""What the forms of a session share: the entry's id, the time observed, questions asked back, a second signature."""

import uuid
from datetime import datetime, time, timedelta

from django import forms
from django.core.exceptions import ValidationError

from clinic import clock
from clinic.forms import NumberText, PlainForm, RadioCards
from sessions import actions
from sessions.countersign import countersigner

# What the actions call a field, where the form calls it otherwise.
OTHER_NAMES = {"observed_at": "observed", "container": "code_1", "volume_ml": "ml_1"}


class ClockField(forms.CharField):
    """A 24-hour time of the clinic: 14:05, 1405 or 9:05. Blank means now. Gives a datetime.time or None."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", NumberText("numeric"))
        kwargs.setdefault("max_length", 5)
        super().__init__(required=False, **kwargs)

    def clean(self, value):
        text = super().clean(value).strip()
        if not text:
            return None
        digits = text.replace(":", "").replace(".", "")
        if not digits.isdecimal() or not 3 <= len(digits) <= 4:
            raise ValidationError("Type the time as 14:05")
        return self._time(int(digits[:-2]), int(digits[-2:]))

    @staticmethod
    def _time(hour, minute):
        try:
            return time(hour, minute)
        except ValueError:
            raise ValidationError("There is no such time. Hours go to 23, minutes to 59") from None


def moment(typed, zone, now):
    """The moment of a typed clock time: today, or yesterday when that would be more than 12 hours ahead."""
    if typed is None:
        return None
    at = datetime.combine(now.astimezone(zone).date(), typed, tzinfo=zone)
    return at - timedelta(days=1) if at - now > timedelta(hours=12) else at


class AnyOf(forms.MultipleChoiceField):
    """Several hidden words, whichever they are."""

    def __init__(self, **kwargs):
        super().__init__(required=False, widget=forms.MultipleHiddenInput, **kwargs)

    def valid_value(self, value):
        return len(value) < 80


class Questions:
    """Soft limits: what the action asks back is shown in place; a "yes" counts only for the figure it was given for."""

    asks_about: tuple = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.questions = []
        self.fields["confirmed"] = AnyOf()

    def _typed(self, name):
        names = (name,) if name in self.fields else self.asks_about
        return "/".join(self.data.get(self.add_prefix(n), "").strip() for n in names)

    def token(self, name):
        """What a "yes" to the question `name` sends back."""
        return f"{name}:{self._typed(name)}"

    @property
    def confirmed(self):
        """Names of the questions answered with yes for exactly what is typed now."""
        names = {word.partition(":")[0] for word in self.cleaned_data.get("confirmed", ())}
        return frozenset(name for name in names if self.token(name) in self.cleaned_data["confirmed"])

    def ask(self, items):
        """Remember the questions of a refusal."""
        for item in items:
            name = item.code.partition(".")[2]
            self.questions.append({"name": name, "text": item.text, "token": self.token(name)})


class DeedForm(PlainForm):
    """One deed in a session. `save(session=, by=)` acts; `take(refused)` puts what was refused where it belongs."""

    at_field = {}

    def take(self, refused):
        """Errors beside their fields, questions in place, everything else on top."""
        asked = [item for item in refused.items if item.code.startswith("confirm.")]
        if asked and hasattr(self, "ask"):
            self.ask(asked)
        for item in refused.items:
            if item not in asked or not hasattr(self, "ask"):
                self.add_error(self._field_of(item), item.text)

    def _field_of(self, item):
        last = item.code.rpartition(".")[2]
        wanted = (item.field, self.at_field.get(item.code), OTHER_NAMES.get(item.field), last)
        return next((name for name in wanted if name in self.fields), None)

    def picked(self, *names):
        """The cleaned values of these fields as keyword arguments."""
        return {name: self.cleaned_data[name] for name in names}


class EntryForm(Questions, DeedForm):
    """Records one entry: its id is made before it is sent, so that sending it twice records it once."""

    entry_id = forms.UUIDField(widget=forms.HiddenInput)
    observed = ClockField(label="Time", help_text="24-hour clinic time, for example 14:05. Leave it empty for now.")

    def __init__(self, *args, session, **kwargs):
        self.session = session
        kwargs["initial"] = {"entry_id": uuid.uuid4()} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.fields["observed"].width = 4
        self.order_fields([name for name in self.fields if name != "observed"] + ["observed"])

    def entry(self, by):
        """The arguments every recording action takes."""
        at = moment(self.cleaned_data["observed"], self.session.site.zone, clock.now())
        return {
            "session": self.session,
            "entry_id": self.cleaned_data["entry_id"],
            "by": by,
            "when": actions.When(observed_at=at),
        }


class SecondPerson(forms.Form):
    """Fields by which another person signs this one form."""

    second_email = forms.EmailField(label="Second person, e-mail", widget=forms.EmailInput({"autocomplete": "off"}))
    second_password = forms.CharField(
        label="Second person, password", widget=forms.PasswordInput({"autocomplete": "off"}), strip=False
    )
    second_code = forms.CharField(
        label="Code from their authenticator app, if they use one", required=False, max_length=8,
        widget=NumberText("numeric", {"autocomplete": "one-time-code"}),
    )  # fmt: skip

    def second(self, request, site, subject=None):
        """The user who signed; raises Refused."""
        return countersigner(
            request,
            email=self.cleaned_data["second_email"],
            password=self.cleaned_data["second_password"],
            code=self.cleaned_data["second_code"],
            site=site,
            subject=subject,
        )


def choice(choices, **kwargs):
    """One of a few as cards; nothing is chosen beforehand."""
    kwargs.setdefault("error_messages", {"required": "Choose one"})
    return forms.ChoiceField(choices=choices, widget=RadioCards, **kwargs)


def number(label, places=2, **kwargs):
    """A Decimal, not negative; blank is not zero. Typed as text: a wheel or a swipe never turns a dose."""
    kwargs.setdefault("widget", NumberText("decimal"))
    kwargs.setdefault("error_messages", {"invalid": "Type a number, for example 12.5", "required": "Type a number"})
    return forms.DecimalField(label=label, max_digits=9, decimal_places=places, min_value=0, **kwargs)


def words(label, *, lines=0, required=True, limit=300, **kwargs):
    """A line of words, or several."""
    widget = forms.Textarea({"rows": lines}) if lines else forms.TextInput({"autocomplete": "off"})
    return forms.CharField(label=label, max_length=limit, required=required, widget=widget, **kwargs)
