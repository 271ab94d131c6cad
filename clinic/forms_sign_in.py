"""Forms of the sign-in: codes that are counted and work once, passkeys, and what an admin does about a sign-in."""

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.core.cache import cache

from clinic import tries
from clinic.forms import PlainForm

# Longer than any code of an authenticator app is good for; a recovery code is crossed out for good by then.
USED_SECONDS = 120


class CountedCode:
    """A six-digit or recovery code: five tries, and never twice, however many send it at the same moment."""

    def clean_code(self):
        """The code. Raises a validation error for a wrong or used one, and when there is no try left."""
        taken = tries.take(context.request, "code", f"user:{self.user.pk}")
        if taken is None:
            raise get_account_adapter().validation_error("too_many_login_attempts")
        code = super().clean_code()
        if not cache.add(f"code-used:{self.user.pk}:{code}", True, timeout=USED_SECONDS):
            raise get_adapter().validation_error("incorrect_code")
        taken.rollback()
        return code


class CodeForm(CountedCode, AuthenticateForm):
    """The second step of a sign-in."""


class CodeAgainForm(CountedCode, ReauthenticateForm):
    """The code once more, before something that asks for it."""


class PasskeyForm(AddWebAuthnForm):
    """A new passkey: always one that opens the door by itself, with the device's own PIN, finger or face."""

    passwordless = None
    name = forms.CharField(
        label="What you call it", max_length=60, required=False, help_text="So that you find it when it is lost."
    )

    def clean(self):
        self.cleaned_data["passwordless"] = True
        return super().clean()


class LostForm(PlainForm):
    """Why somebody's factors are taken away."""

    reason = forms.CharField(
        label="What happened, and how you know that it is they who ask",
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text="It stays in the audit.",
    )
