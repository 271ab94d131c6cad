"""What the forms of a session share: the entry's id, the time observed, questions asked back, a second signature."""

import uuid
from datetime import datetime, time, timedelta

from django import forms
from django.core.exceptions import ValidationError

from clinic import clock
from clinic.forms import NumberText, PlainForm, RadioCards
from sessions import actions
from sessions.countersign import countersigner, quick_signer

# What the actions call a field, where the form calls it otherwise.
HALF_A_DAY = timedelta(hours=12)
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


def moment(typed, zone, now, since=None):
    """The moment of a typed clock time: today, or the nearest one when today's is more than 12 hours away.

    Something long ago is still today's where the patient was here: not before `since`, the check-in. Just before
    midnight "00:10" is therefore a time ahead (and refused), not one in the small hours before anybody came.
    """
    if typed is None:
        return None
    at = datetime.combine(now.astimezone(zone).date(), typed, tzinfo=zone)
    if at - now > HALF_A_DAY:
        return at - timedelta(days=1)
    return at + timedelta(days=1) if since is not None and now - at > HALF_A_DAY and at < since else at


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


class OnceForm(DeedForm):
    """Makes one row whose id is made with the page: sent twice, by two taps or a lost answer, it makes one."""

    row_id = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        kwargs["initial"] = {"row_id": uuid.uuid4()} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)


class EntryForm(Questions, DeedForm):
    """Records one entry: its id is made before it is sent, so that sending it twice records it once.

    `written` is set by the replay of what a tablet wrote without network: it says who wrote it, and when.
    """

    written = None

    entry_id = forms.UUIDField(widget=forms.HiddenInput)
    observed = ClockField(label="Time", help_text="24-hour clinic time, for example 14:05. Leave it empty for now.")

    def __init__(self, *args, session, **kwargs):
        self.session = session
        kwargs["initial"] = {"entry_id": uuid.uuid4()} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        here = clock.now().astimezone(session.site.zone) if session else None
        self.fields["observed"].widget.attrs |= {"data-clock": f"{here:%H:%M}"} if here else {}
        self.fields["observed"].width = 4
        self.order_fields([name for name in self.fields if name != "observed"] + ["observed"])

    def entry(self, by):
        """The arguments every recording action takes."""
        if self.written is not None:
            return self.written.entry(self)
        at = moment(self.cleaned_data["observed"], self.session.site.zone, clock.now(), self.session.checked_in_at)
        return {
            "session": self.session,
            "entry_id": self.cleaned_data["entry_id"],
            "by": by,
            "when": actions.When(observed_at=at),
        }


ANOTHER = "another"


class SecondPerson(forms.Form):
    """Fields by which another person signs this one form.

    With `persons` (see `quick_people`) they choose their name, or give their badge, and type their PIN; e-mail and
    password stay as the other way. Without, that is the only one.
    """

    second_person = forms.ChoiceField(
        label="Second person", required=False, widget=RadioCards, error_messages={"required": "Choose who signs"}
    )  # fmt: skip
    second_badge = forms.CharField(
        label="Or the badge, typed or scanned", required=False, max_length=40,
        widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip
    second_pin = forms.CharField(
        label="Their PIN", required=False, max_length=12, strip=True, error_messages={"required": "Type the PIN"},
        widget=forms.PasswordInput({"autocomplete": "off", "inputmode": "numeric"}),
    )  # fmt: skip
    second_email = forms.EmailField(label="Second person, e-mail", widget=forms.EmailInput({"autocomplete": "off"}))
    second_password = forms.CharField(
        label="Second person, password", widget=forms.PasswordInput({"autocomplete": "off"}), strip=False
    )
    second_code = forms.CharField(
        label="Code from their authenticator app, if they use one", required=False, max_length=8,
        widget=NumberText("numeric", {"autocomplete": "one-time-code"}),
    )  # fmt: skip

    def __init__(self, *args, persons=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.persons = {str(user.pk): user for user in persons}
        if not persons:
            for name in ("second_person", "second_badge", "second_pin"):
                del self.fields[name]
            return
        named = [(pk, user.display_name) for pk, user in self.persons.items()]
        self.fields["second_person"].choices = [*named, (ANOTHER, "Somebody else, by e-mail and password")]
        self.fields["second_badge"].width = self.fields["second_pin"].width = 10
        self._ask_for_one_way()

    def _ask_for_one_way(self):
        """Of the two ways only the one that was begun is asked for."""
        person, badge, email = (self._said(name) for name in ("second_person", "second_badge", "second_email"))
        by_password = not badge and (person == ANOTHER or bool(email) and not person)
        self.fields["second_person"].required = not badge and not by_password
        self.fields["second_pin"].required = not by_password
        for name in ("second_email", "second_password"):
            self.fields[name].required = by_password

    def _said(self, name):
        return self.data.get(self.add_prefix(name), "").strip()

    @property
    def is_quick(self):
        """Whether a name of the list or a badge was given: then the PIN signs."""
        said = self.cleaned_data.get
        return bool(said("second_badge")) or said("second_person", "") in self.persons

    def clean(self):
        """The way that was begun is whole; also where a form asks for a second person only sometimes."""
        data = super().clean()
        wanted = (("second_pin", "Type the PIN"),) if self.is_quick else BY_PASSWORD
        if self.persons and not self.is_quick and data.get("second_person") != ANOTHER and not data.get("second_email"):
            wanted = (("second_person", "Choose who signs"),)
        for name, said in wanted:
            if not data.get(name) and name not in self.errors:
                self.add_error(name, said)
        return data

    def second(self, request, site, subject=None):
        """The user who signed; raises Refused."""
        said = self.cleaned_data
        if self.is_quick:
            person = self.persons.get(said["second_person"])
            return quick_signer(
                request, person=person, badge=said["second_badge"], pin=said["second_pin"], site=site, subject=subject
            )
        return countersigner(
            request,
            email=said["second_email"],
            password=said["second_password"],
            code=said["second_code"],
            site=site,
            subject=subject,
        )


BY_PASSWORD = (("second_email", "Type their e-mail"), ("second_password", "Type their password"))


def read_back_field():
    """The sentence of an order that was read back and heard a yes; empty until then."""
    return forms.CharField(required=False, max_length=600, widget=forms.HiddenInput)


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
