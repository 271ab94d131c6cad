"""Containers and the ledger: received, wasted, returned, counted, and a difference explained with a witness."""

from decimal import Decimal

from django import forms

from clinic.forms import RadioCards
from sessions import actions
from sessions.forms.base import DeedForm, Questions, SecondPerson, choice, number, words
from sessions.models import Container
from sessions.rules import barcode
from sessions.rules import ledger as rules

PAPERS = ("supplier_address", "supplier_dea", "invoice", "order_form", "note")


def _day(label, **kwargs):
    return forms.DateField(label=label, widget=forms.DateInput({"type": "date"}), **kwargs)


class ReceiveForm(DeedForm):
    """A delivery of one lot. What the barcode says of lot and expiry need not be typed."""

    code = words("Codes off the labels, one a line: scan one container after the other", lines=4, limit=4000)
    drug = words("Drug", limit=40, initial="ketamine")
    schedule = choice(Container.SCHEDULES, label="Schedule", initial="III")
    strength_mg_ml = number("Strength", 3)
    volume_ml = number("Volume of each", 3)
    lot = words("Lot", limit=40, required=False, help_text="Leave it empty when the barcode says it.")
    expires_on = _day("Expires", required=False, help_text="Leave it empty when the barcode says it.")
    ndc = forms.RegexField(
        barcode.NDC, label="National drug code (NDC)", required=False, max_length=13,
        help_text="Leave it empty when the barcode says it.",
        error_messages={"invalid": "Type it with its hyphens, for example 12345-678-90"},
    )  # fmt: skip
    use = choice(Container.USES, label="Use")
    kept_in = words("Safe or cupboard", limit=40, required=False)
    supplier = words("Supplier", limit=120)
    supplier_address = words("Supplier's address", limit=200, required=False)
    supplier_dea = words("Supplier's DEA number", limit=20, required=False)
    invoice = words("Invoice or packing slip", limit=60, required=False)
    order_form = words("DEA form 222 number", limit=40, required=False, help_text="Schedule II only.")
    note = words("Note", required=False)
    units = {"strength_mg_ml": "mg/mL", "volume_ml": "mL"}
    widths = {"lot": 10, "strength_mg_ml": 4, "volume_ml": 4, "expires_on": 10, "supplier_dea": 10, "invoice": 20,
              "order_form": 10, "kept_in": 20, "drug": 20, "ndc": 20}  # fmt: skip

    def __init__(self, *args, site, **kwargs):
        super().__init__(*args, **kwargs)
        self.site = site

    def clean(self):
        said = super().clean()
        self.scans = [barcode.read(line) for line in said.get("code", "").splitlines() if line.strip()]
        for code, what in barcode.strangers(self.scans):
            self.add_error("code", f"{code} is of another {what} than the first one: receive it apart.")
        first = self.scans[0] if self.scans else None
        said["gtin"], said["ndc"] = getattr(first, "gtin", ""), said.get("ndc") or getattr(first, "ndc", "")
        for name in ("lot", "expires_on"):
            said[name] = said.get(name) or getattr(first, name, None)
            if not said[name] and name not in self.errors:
                self.add_error(name, "Type it off the label: the barcode does not say it.")
        return said

    def save(self, request):
        names = ("drug", "schedule", "strength_mg_ml", "volume_ml", "lot", "expires_on", "use", "kept_in", "supplier",
                 "gtin", "ndc")  # fmt: skip
        codes = [(scan.serial or scan.code)[:40] for scan in self.scans]
        return actions.receive_delivery(
            site=self.site, codes=codes, papers=self.picked(*PAPERS), **self.picked(*names), by=request.user
        )


class TakeInForm(DeedForm):
    """A vial that another site has sent."""

    code = words("Code here, if it gets a new label", limit=40, required=False)
    kept_in = words("Safe or cupboard", limit=40, required=False)
    widths = {"code": 10, "kept_in": 20}

    def __init__(self, *args, entry, **kwargs):
        super().__init__(*args, **kwargs)
        self.entry = entry

    def save(self, request):
        return actions.receive_from_site(entry=self.entry, **self.picked("code", "kept_in"), by=request.user)


class MoveForm(DeedForm):
    """Another safe or cupboard of the same site."""

    kept_in = words("Safe or cupboard", limit=40)
    widths = {"kept_in": 20}

    def __init__(self, *args, container, **kwargs):
        super().__init__(*args, initial={"kept_in": container.kept_in}, **kwargs)
        self.container = container

    def save(self, request):
        return actions.move_container(container=self.container, **self.picked("kept_in"), by=request.user)


class Witnessed(SecondPerson, DeedForm):
    """A deed on a container or preparation that another person sees and signs."""

    units = {"mg": "mg", "given_mg": "mg", "wasted_mg": "mg", "dead_space_mg": "mg"}
    widths = {"mg": 4, "given_mg": 4, "wasted_mg": 4, "dead_space_mg": 4}

    def __init__(self, *args, site, subject, **kwargs):
        super().__init__(*args, **kwargs)
        self.site, self.subject = site, subject
        for name, field in self.fields.items():
            if name.startswith("second_"):
                field.label = field.label.replace("Second person", "Witness")

    def witness(self, request):
        return self.second(request, self.site, self.subject)


class WasteForm(Questions, Witnessed):
    """What is left: of a syringe or bag with the dead space of its line beside it, or in a container."""

    asks_about = ("mg", "dead_space_mg")
    mg = number("Wasted out of the syringe or bag", 3)
    dead_space_mg = number("Dead space: left in the line and connectors", 3, required=False)
    manner = choice([(m, rules.MANNERS[m]) for m in rules.WASTE_MANNERS], label="How", initial="rest")
    reason = words("Why")
    field_order = ("mg", "dead_space_mg", "manner", "reason")

    def __init__(self, *args, preparation=None, container=None, **kwargs):
        super().__init__(*args, subject=preparation or container, **kwargs)
        self.what = {"preparation": preparation} if preparation else {"container": container}
        if preparation:
            del self.fields["manner"]
        else:
            del self.fields["dead_space_mg"]
            self.fields["mg"].label = "Wasted out of the container"

    def save(self, request):
        said = self.picked("mg", "reason") | {"manner": self.cleaned_data.get("manner", "rest")}
        dead = self.cleaned_data.get("dead_space_mg") or Decimal(0)
        return actions.waste(**self.what, **said, dead_space_mg=dead, confirmed=self.confirmed,
                             witness=self.witness(request), by=request.user)  # fmt: skip


class CorrectWasteForm(Witnessed):
    """A waste that was typed wrong: taken back, and written anew."""

    mg = number("Really wasted", 3, help_text="0 when nothing was wasted.")
    reason = words("What was wrong")
    field_order = ("mg", "reason")

    def save(self, request):
        return actions.correct_waste(
            entry=self.subject, **self.picked("mg", "reason"), witness=self.witness(request), by=request.user
        )


class ReturnForm(Witnessed):
    """A sealed container leaves: to the supplier, a reverse distributor or another site."""

    manner = forms.ChoiceField(label="Where it goes", widget=RadioCards)
    to_site = forms.ModelChoiceField(label="The other site", queryset=None, required=False, empty_label="None")
    reason = words("Why, and the number of the return")
    field_order = ("manner", "to_site", "reason")

    def __init__(self, *args, sites=None, **kwargs):
        super().__init__(*args, **kwargs)
        ways = (*rules.RETURN_MANNERS, "site") if sites else rules.RETURN_MANNERS
        self.fields["manner"].choices = [(m, rules.MANNERS[m]) for m in ways]
        self.fields["to_site"].queryset = sites
        if not sites:
            del self.fields["to_site"]

    def save(self, request):
        return actions.return_container(
            container=self.subject, **self.picked("manner", "reason"), to_site=self.cleaned_data.get("to_site"),
            witness=self.witness(request), by=request.user,
        )  # fmt: skip


class CountForm(Witnessed):
    """One container, counted by two."""

    mg = number("Counted", 3)
    field_order = ("mg",)

    def save(self, request):
        return actions.count(
            container=self.subject, mg=self.cleaned_data["mg"], witness=self.witness(request), by=request.user
        )


class CountSheetForm(Witnessed):
    """Every container of the site on one sheet, counted blind: the ledger's figure stands on the next page.

    `containers`: those that hold something. A sealed one is ticked as unbroken, or its mg are typed.
    """

    kind = choice(list(rules.COUNTS.items()), label="What this count is", initial="day")
    moment = forms.ChoiceField(
        choices=[("", "Not an inventory"), *rules.MOMENTS.items()], label="An inventory is taken", required=False
    )
    note = words("Note", required=False)

    def __init__(self, *args, containers, **kwargs):
        super().__init__(*args, subject=None, **kwargs)
        self.containers = containers
        for c in containers:
            if c.state == "sealed":
                self.fields[f"sealed_{c.pk}"] = forms.BooleanField(
                    label=f"{c.code}: there, sealed and unbroken", required=False
                )
            self.fields[f"mg_{c.pk}"] = number(f"{c.code}: counted", 3, required=False)
            self.fields[f"mg_{c.pk}"].unit, self.fields[f"mg_{c.pk}"].width = "mg", 4
        self.order_fields(["kind", "moment", "note"])

    def rows(self):
        """(container, box to tick or None, figure to type) of each container, as bound fields."""
        return [
            (c, self[f"sealed_{c.pk}"] if c.state == "sealed" else None, self[f"mg_{c.pk}"]) for c in self.containers
        ]

    def other_fields(self):
        """The bound fields that stand below the table."""
        return [self[name] for name in self.fields if not name.startswith(("sealed_", "mg_"))]

    def clean(self):
        said = super().clean()
        self.counts = []
        for c in self.containers:
            typed, ticked = said.get(f"mg_{c.pk}"), said.get(f"sealed_{c.pk}")
            if typed is not None and ticked:
                self.add_error(f"mg_{c.pk}", f"{c.code}: tick it, or type what was counted. Not both.")
            elif typed is not None or ticked:
                self.counts.append((c, c.total_mg.quantize(rules.THREE) if ticked else typed))
        if not self.counts and not self.errors:
            self.add_error(None, "Nothing is counted yet: tick or type one container at least.")
        return said

    def save(self, request):
        return actions.count_all(
            site=self.site, counts=self.counts, **self.picked("kind", "moment", "note"),
            witness=self.witness(request), by=request.user,
        )  # fmt: skip


ADJUST = {
    "found": "The ledger is wrong: set it to what was counted or charted",
    "ledger": "The ledger is right as it stands",
    "other": "Neither: type the corrections",
}


def _adjustment(label):
    hint = "Only for your own corrections. With a minus when it was less."
    return forms.DecimalField(label=label, max_digits=9, decimal_places=3, initial=0, required=False, help_text=hint)


class CloseDifferenceForm(Witnessed):
    """What a difference was, what follows for the ledger, and two names."""

    outcome = choice(list(rules.OUTCOMES.items()), label="What it was")
    explanation = words("What was found", lines=3, limit=1000)
    adjust = choice(list(ADJUST.items()), label="The ledger")
    given_mg = _adjustment("Correct what was given by")
    wasted_mg = _adjustment("Correct what was wasted by")
    field_order = ("outcome", "explanation", "adjust", "given_mg", "wasted_mg")

    def clean(self):
        said = super().clean()
        typed = [name for name in ("given_mg", "wasted_mg") if said.get(name)]
        if typed and said.get("adjust") in ("found", "ledger"):
            self.add_error(typed[0], f"Choose “{ADJUST['other']}” for a figure of your own, or clear it.")
        return said

    def save(self, request):
        figures = {name: self.cleaned_data.get(name) or Decimal(0) for name in ("given_mg", "wasted_mg")}
        return actions.close_discrepancy(
            discrepancy=self.subject, **self.picked("outcome", "explanation", "adjust"), **figures,
            witness=self.witness(request), by=request.user,
        )  # fmt: skip
