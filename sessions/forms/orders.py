"""Orders, and what is given under them: rescue drugs, oxygen, fluids."""

from django import forms

from clinic.forms import RadioCards
from clinic.words import figure
from sessions import actions
from sessions.forms.base import DeedForm, EntryForm, OnceForm, choice, number, read_back_field, words
from sessions.forms.concerns import Concerned
from sessions.forms.vitals import DEVICES
from sessions.rules.orders import in_mg

AIR = [("", "None: room air"), *DEVICES[1:]]
CATEGORIES = [("drug", "Drug"), ("rate", "Rate"), ("resume", "Go on after a pause"), ("oxygen", "Oxygen"),
              ("fluid", "Fluid"), ("other", "Other")]  # fmt: skip
ROUTES = [("IV", "IV"), ("oral", "By mouth"), ("sublingual", "Under the tongue"), ("IM", "IM"), ("nasal", "Nasal")]


class OrderForm(Concerned, OnceForm):
    """A prescriber's own order, written here and now."""

    category = choice(CATEGORIES, label="What is ordered")
    drug = words("Drug", required=False, limit=60)
    dose_mg = number("Dose", 3, required=False)
    rate_ml_h = number("Rate", 2, required=False)
    route = forms.ChoiceField(choices=[("", "Not a drug"), *ROUTES], required=False)
    text = words("In words", required=False)
    units = {"dose_mg": "mg", "rate_ml_h": "mL/h"}
    widths = {"dose_mg": 4, "rate_ml_h": 4, "drug": 20}

    def __init__(self, *args, session, **kwargs):
        super().__init__(*args, **kwargs)
        self.session = session

    def clean(self):
        data = super().clean()
        if data.get("category") == "drug":
            for name, said in (("drug", "Name the drug"), ("dose_mg", "Type the dose in mg")):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, said)
        elif not (data.get("text") or data.get("rate_ml_h") is not None):
            self.add_error("text", "Say in words what is ordered")
        return data

    def ordered(self):
        """The arguments of both kinds of order."""
        names = ("category", "drug", "dose_mg", "rate_ml_h", "route", "text")
        return {k: v for k, v in self.picked(*names).items() if v not in ("", None)}

    def save(self, request):
        return actions.write_order(
            session=self.session, **self.picked("row_id"), **self.ordered(), **self.concerned(), by=request.user
        )


class VerbalOrderForm(OrderForm):
    """An order said by a prescriber, read back by the nurse; the prescriber co-signs later."""

    ordered_by = forms.ModelChoiceField(None, label="Ordered by", empty_label="Choose the prescriber")
    said_back = read_back_field()
    field_order = ("ordered_by",)

    def __init__(self, *args, prescribers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ordered_by"].queryset = prescribers

    def save(self, request):
        return actions.verbal_order(
            session=self.session, **self.ordered(), **self.picked("row_id", "ordered_by"), **self.concerned(),
            read_back=self.cleaned_data["said_back"], by=request.user,
        )  # fmt: skip


class EndOrderForm(DeedForm):
    """An order ends, with the reason; a nurse names the prescriber who said so."""

    said_by = forms.ModelChoiceField(None, label="Said by", empty_label="Choose the prescriber")
    reason = words("Why it ends")

    def __init__(self, *args, order, prescribers, **kwargs):
        super().__init__(*args, **kwargs)
        self.order = order
        self.fields["said_by"].queryset = prescribers
        if prescribers is None:
            del self.fields["said_by"]

    def save(self, request):
        return actions.end_order(
            order=self.order, reason=self.cleaned_data["reason"], said_by=self.cleaned_data.get("said_by"),
            by=request.user,
        )  # fmt: skip


def ordered_mg(order, standing):
    """The dose as ordered, in mg, to stand in the field; empty where it is ordered in another unit, or in words."""
    if order is not None:
        return figure(order.dose_mg)
    return figure(in_mg(standing.dose, standing.unit)) if standing is not None else ""


class GiveForm(Concerned, EntryForm):
    """One dose under an order that stands: a written, verbal or standing one."""

    asks_about = ("dose_mg",)
    dose_mg = number("Dose given", 3)
    text = words("For what, in words", required=False)
    units = {"dose_mg": "mg"}
    widths = {"dose_mg": 4, "observed": 4}

    def __init__(self, *args, order=None, standing=None, **kwargs):
        kwargs["initial"] = {"dose_mg": ordered_mg(order, standing)} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.order, self.standing = order, standing

    def save(self, request):
        order = self.order or actions.order_from_standing(
            session=self.session, standing_order=self.standing, by=request.user
        )
        return actions.give_drug(
            **self.entry(request.user), order=order, drug=order.drug, route=order.route or "IV",
            **self.picked("dose_mg", "text"), **self.concerned(),
        )  # fmt: skip


class _UnderOrder(EntryForm):
    """Something given under one of the session's orders."""

    def __init__(self, *args, orders=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.orders = {str(o.pk): o for o in orders}
        self.fields["order"] = forms.ChoiceField(
            choices=[("", "None of them"), *((pk, str(o.text or o.drug or o.get_category_display()))
                                            for pk, o in self.orders.items())],
            required=False, label="Under the order",
        )  # fmt: skip

    def order(self):
        return self.orders.get(self.cleaned_data["order"])


class OxygenForm(_UnderOrder):
    flow_l_min = number("Flow; 0 is room air", 1)
    device = forms.ChoiceField(label="Device", choices=AIR, required=False, widget=RadioCards)
    units = {"flow_l_min": "L/min"}
    widths = {"flow_l_min": 4, "device": 10, "observed": 4}

    def save(self, request):
        return actions.record_oxygen(**self.entry(request.user), **self.picked("flow_l_min", "device"),
                                     order=self.order())  # fmt: skip


class FluidForm(_UnderOrder):
    drug = words("Fluid", limit=60, initial="sodium chloride 0.9 %")
    volume_ml = number("Volume given", 1)
    text = words("In words", required=False)
    units = {"volume_ml": "mL"}
    widths = {"volume_ml": 4, "observed": 4}

    def save(self, request):
        return actions.give_fluid(**self.entry(request.user), **self.picked("drug", "volume_ml", "text"),
                                  order=self.order())  # fmt: skip
