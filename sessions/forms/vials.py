"""Containers and the ledger: received, wasted, returned, counted, and a difference explained with a witness."""

from django import forms

from sessions import actions
from sessions.forms.base import DeedForm, Questions, SecondPerson, choice, number, words
from sessions.models import Container


class ReceiveForm(DeedForm):
    code = words("Code off its label, typed or scanned", limit=40)
    drug = words("Drug", limit=40, initial="ketamine")
    strength_mg_ml = number("Strength", 3)
    volume_ml = number("Volume", 2)
    lot = words("Lot", limit=40)
    expires_on = forms.DateField(label="Expires", widget=forms.DateInput({"type": "date"}))
    use = choice(Container.USES, label="Use")
    units = {"strength_mg_ml": "mg/mL", "volume_ml": "mL"}
    widths = {"code": 10, "drug": 10, "lot": 10, "strength_mg_ml": 4, "volume_ml": 4, "expires_on": 10}

    def __init__(self, *args, site, **kwargs):
        super().__init__(*args, **kwargs)
        self.site = site

    def save(self, request):
        names = ("code", "drug", "strength_mg_ml", "volume_ml", "lot", "expires_on", "use")
        return actions.receive_container(site=self.site, **self.picked(*names), by=request.user)


class _Witnessed(SecondPerson, DeedForm):
    """A deed on a container or preparation that another person sees and signs."""

    units = {"mg": "mg", "given_mg": "mg", "wasted_mg": "mg"}
    widths = {"mg": 4, "given_mg": 4, "wasted_mg": 4}

    def __init__(self, *args, site, subject, **kwargs):
        super().__init__(*args, **kwargs)
        self.site, self.subject = site, subject
        for name in ("second_email", "second_password"):
            self.fields[name].label = self.fields[name].label.replace("Second person", "Witness")

    def witness(self, request):
        return self.second(request, self.site, self.subject)


class WasteForm(Questions, _Witnessed):
    asks_about = ("mg",)
    mg = number("Wasted", 3)
    reason = words("Why")
    field_order = ("mg", "reason")

    def __init__(self, *args, preparation=None, container=None, **kwargs):
        super().__init__(*args, subject=preparation or container, **kwargs)
        self.what = {"preparation": preparation} if preparation else {"container": container}

    def save(self, request):
        return actions.waste(**self.what, **self.picked("mg", "reason"), confirmed=self.confirmed,
                             witness=self.witness(request), by=request.user)  # fmt: skip


class ReturnForm(_Witnessed):
    reason = words("Why")
    field_order = ("reason",)

    def save(self, request):
        return actions.return_container(
            container=self.subject, reason=self.cleaned_data["reason"], witness=self.witness(request), by=request.user
        )


class CountForm(_Witnessed):
    mg = number("Counted", 3)
    field_order = ("mg",)

    def save(self, request):
        return actions.count(
            container=self.subject, mg=self.cleaned_data["mg"], witness=self.witness(request), by=request.user
        )


def _adjustment(label):
    hint = "With a minus when it was less; 0 when the ledger is right as it stands."
    return forms.DecimalField(label=label, max_digits=9, decimal_places=3, initial=0, help_text=hint)


class CloseDifferenceForm(_Witnessed):
    given_mg = _adjustment("Adjust what the ledger says was given by")
    wasted_mg = _adjustment("Adjust what it says was wasted by")
    explanation = words("What was found", lines=3, limit=1000)
    field_order = ("given_mg", "wasted_mg", "explanation")

    def save(self, request):
        return actions.close_discrepancy(
            discrepancy=self.subject, **self.picked("given_mg", "wasted_mg", "explanation"),
            witness=self.witness(request), by=request.user,
        )  # fmt: skip
