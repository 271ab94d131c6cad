"""A controlled drug given by hand: from which container, how much was drawn and given, what becomes of the rest."""

from django import forms

from sessions import actions
from sessions.forms.base import SecondPerson, choice, number, words
from sessions.forms.orders import GiveForm

REST = [("waste", "Waste it now, a witness signs"), ("later", "Keep the syringe, waste it later"),
        ("none", "Nothing is left")]  # fmt: skip


class HandForm(SecondPerson, GiveForm):
    """One dose of a controlled drug, out of a container of the site, under an order or a standing order."""

    at_field = {"give.container": "container", "container.stock": "drawn_ml", "hard.drawn_ml": "drawn_ml"}
    units = {"dose_mg": "mg", "drawn_ml": "mL"}
    widths = {"dose_mg": 4, "drawn_ml": 4, "observed": 4, "container": 10}

    container = words("Container, code off its label, typed or scanned", limit=40)
    drawn_ml = number("Drawn from it", 2)
    rest = choice(REST, label="What is left in the syringe")
    field_order = ("container", "drawn_ml", "dose_mg", "text", "rest", "second_person", "second_badge", "second_pin",
                   "second_email", "second_password", "second_code", "observed")  # fmt: skip

    def __init__(self, *args, containers, **kwargs):
        super().__init__(*args, **kwargs)
        self.containers = {c.code.casefold(): c for c in containers}
        self.fields["container"].widget.attrs["list"] = "containers"
        self.order_fields(self.field_order)
        if self.data.get("rest") != "waste":
            for name in [n for n in self.fields if n.startswith("second_")]:
                self.fields[name].required = False

    @property
    def wastes(self):
        """Whether the rest is wasted in this step."""
        return self.data.get("rest") == "waste"

    def clean(self):
        return super().clean() if self.wastes else forms.Form.clean(self) or self.cleaned_data

    def clean_container(self):
        """The container with this code, in stock here."""
        code = self.cleaned_data["container"].strip().casefold()
        if code not in self.containers:
            raise forms.ValidationError("No container with this code is in stock here")
        return self.containers[code]

    def save(self, request):
        given = actions.order_from_standing
        order = self.order or given(session=self.session, standing_order=self.standing, by=request.user)
        data = self.cleaned_data
        witness = self.second(request, self.session.site, self.session) if self.wastes else None
        return actions.give_by_hand(
            **self.entry(request.user), order=order, container=data["container"], drawn_ml=data["drawn_ml"],
            dose_mg=data["dose_mg"], drug=order.drug, route=order.route or "IV", text=data["text"], witness=witness,
            **self.concerned(),
        )  # fmt: skip
