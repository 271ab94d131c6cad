"""The way to the own page, asked for by e-mail address."""

from django import forms
from django.utils.translation import gettext_lazy as _

from clinic.forms import PlainForm
from followup.actions.home import ask_page


class AskPageForm(PlainForm):
    """The address the clinic writes to."""

    email = forms.EmailField(
        label=_("Your e-mail address"), help_text=_("The one your clinic writes to."),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )  # fmt: skip

    def save(self, *, address):
        """Mail it, if there is somebody with this address."""
        return ask_page(email=self.cleaned_data["email"], address=address)
