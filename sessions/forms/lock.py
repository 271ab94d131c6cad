"""What is typed at the privacy lock, and what a form that met the lock had in it."""

from django import forms

from clinic.forms import PlainForm
from sessions import reentry
from sessions.rules.pins import LENGTH

KEPT = "kept:"


class LockForm(PlainForm):
    """One way in: somebody of the list with their PIN, or the owner's password."""

    person = forms.CharField(label="Who are you?", required=False, max_length=40)
    pin = forms.CharField(label=f"PIN, {LENGTH} digits", required=False, max_length=12)
    password = forms.CharField(label="Your password", required=False, strip=False, max_length=500)

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("pin") and not cleaned.get("password"):
            self.add_error("pin" if "person" in self.data else "password", "Type your PIN or your password.")
        return cleaned

    def take(self, refused):
        """Say why not, beside what was typed."""
        for item in refused.items:
            self.add_error(item.field if item.field in self.fields else None, item.text)

    def save(self, request):
        """Open the lock; who it is then."""
        said = self.cleaned_data
        if said["password"]:
            return reentry.by_password(request, password=said["password"])
        return reentry.by_pin(request, person=said["person"], pin=said["pin"])


def kept_fields(data):
    """(name, value) of everything a form had in it when it met the lock, handed back through the lock's own form."""
    names = [name for name in data if name.startswith(KEPT)]
    return [(name.removeprefix(KEPT), value) for name in names for value in data.getlist(name)]
