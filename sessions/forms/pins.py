"""One's own quick PIN: set with the password (and code), or taken away."""

from django import forms

from clinic.forms import NumberText
from clinic.refusal import Item, Refused
from sessions import actions
from sessions.countersign import prover
from sessions.forms.base import DeedForm, words
from sessions.rules.pins import LENGTH


class PinForm(DeedForm):
    """The PIN twice, the badge that names its owner, and the password that proves who sets it."""

    pin = forms.CharField(
        label=f"New PIN, {LENGTH} digits", max_length=12,
        widget=forms.PasswordInput({"autocomplete": "off", "inputmode": "numeric"}),
        help_text="On a tablet where you signed in fully today it unlocks the screen, and signs as the second person.",
    )  # fmt: skip
    again = forms.CharField(
        label="The same PIN again", max_length=12,
        widget=forms.PasswordInput({"autocomplete": "off", "inputmode": "numeric"}),
    )  # fmt: skip
    badge = words("Your badge, typed or scanned", required=False, limit=40)
    password = forms.CharField(
        label="Your password", strip=False, widget=forms.PasswordInput({"autocomplete": "current-password"})
    )
    code = forms.CharField(
        label="Code from your authenticator app, if you use one", required=False, max_length=8,
        widget=NumberText("numeric", {"autocomplete": "one-time-code"}),
    )  # fmt: skip
    widths = {"pin": 10, "again": 10, "badge": 20, "code": 10}

    def save(self, request):
        """Check password and code of the signed-in user as a countersignature is, then set the PIN."""
        said = self.cleaned_data
        prove(request, password=said["password"], code=said["code"])
        return actions.set_pin(pin=said["pin"], again=said["again"], badge=said["badge"], by=request.user)


def prove(request, *, password, code):
    """Raise Refused unless password and code are the signed-in user's own; five wrong ones lock as a signature does."""
    try:
        prover(request, email=request.user.email, password=password, code=code, site=request.site)
    except Refused as refused:
        said = [Item(i.code, i.text.replace("E-mail and password don't match", "That is not your password or code"),
                     field="password") for i in refused.items]  # fmt: skip
        raise Refused(*said) from refused


class RemoveForm(DeedForm):
    """The PIN is taken away; nothing has to be typed."""

    def save(self, request):
        return actions.remove_pin(by=request.user)
