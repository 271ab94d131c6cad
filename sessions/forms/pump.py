"""The pump while it runs: pause, resume, rate, bolus, syringe, stop."""

from django import forms

from sessions import actions
from sessions.forms.base import EntryForm, choice, number, words
from sessions.forms.before import sealed_rate

PAUSE_CAUSES = [("alarm", "Alarm"), ("stop_rule", "Stop rule of the protocol"), ("side_effect", "Side effect"),
                ("patient", "The patient asked"), ("line", "Line"), ("toilet", "Toilet"),
                ("other", "Other")]  # fmt: skip
STOP_CAUSES = [("ordered_end", "End of the order"), ("stop_rule", "Stop rule of the protocol"), ("alarm", "Alarm"),
               ("side_effect", "Side effect"), ("patient", "The patient asked"), ("line", "Line"),
               ("other", "Other")]  # fmt: skip


class PumpForm(EntryForm):
    """A deed on one infused drug; with one only it needs no choice."""

    units = {"volume_ml": "mL", "rate_ml_h": "mL/h"}
    widths = {"volume_ml": 4, "rate_ml_h": 4, "observed": 4}

    def __init__(self, *args, dose_orders, **kwargs):
        super().__init__(*args, **kwargs)
        self.dose_orders = {str(d.pk): d for d in dose_orders}
        if len(self.dose_orders) != 1:
            self.fields["dose_order"] = choice([(pk, d.drug) for pk, d in self.dose_orders.items()], label="Which drug")
            self.order_fields(["dose_order"])

    def dose_order(self):
        """The dose order meant."""
        chosen = self.cleaned_data.get("dose_order")
        return self.dose_orders[chosen] if chosen else next(iter(self.dose_orders.values()))


class PauseForm(PumpForm):
    cause = choice(PAUSE_CAUSES, label="Why", required=False)
    text = words("In words", required=False)
    volume_ml = number("Volume given, read off the pump", 2, required=False)

    def save(self, request):
        data = self.picked("cause", "text", "volume_ml")
        return actions.pause(**self.entry(request.user), dose_order=self.dose_order(), **data)


class StopForm(PumpForm):
    volume_ml = number("Volume given, read off the pump", 2, help_text="Of the syringe that is in it now.")
    cause = choice(STOP_CAUSES, label="Why it stops")
    text = words("In words", required=False)

    def save(self, request):
        data = self.picked("volume_ml", "cause", "text")
        return actions.stop(**self.entry(request.user), dose_order=self.dose_order(), **data)


class OrderedForm(PumpForm):
    """A deed that may rest on a prescriber's own order."""

    def __init__(self, *args, orders=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.orders = {str(o.pk): o for o in orders}
        self.fields["order"] = forms.ChoiceField(
            choices=[("", "The dose order as it stands"), *((pk, order_words(o)) for pk, o in self.orders.items())],
            required=False, label="Rests on the order",
        )  # fmt: skip

    def order(self):
        """The order chosen, or None."""
        return self.orders.get(self.cleaned_data["order"])


class ResumeForm(OrderedForm):
    cause_named = words("The cause of the pause, and what was done", required=False)

    def save(self, request):
        return actions.resume(
            **self.entry(request.user), dose_order=self.dose_order(), order=self.order(),
            cause_named=self.cleaned_data["cause_named"],
        )  # fmt: skip


class RateForm(OrderedForm):
    rate_ml_h = number("New rate", 2)
    at_field = {"rate.order": "order"}

    def take(self, refused):
        """Asked for a second check, the page offers it, with the rate sealed."""
        super().take(refused)
        if any(item.code == "rate.second_check" for item in refused.items):
            self.sealed = sealed_rate(self.cleaned_data["rate_ml_h"])

    def save(self, request):
        return actions.set_rate(
            **self.entry(request.user), dose_order=self.dose_order(), order=self.order(),
            rate_ml_h=self.cleaned_data["rate_ml_h"],
        )  # fmt: skip


class BolusForm(OrderedForm):
    volume_ml = number("Volume of the bolus", 2)

    def save(self, request):
        return actions.bolus(
            **self.entry(request.user), dose_order=self.dose_order(), order=self.order(),
            volume_ml=self.cleaned_data["volume_ml"],
        )  # fmt: skip


class SyringeForm(PumpForm):
    """The next syringe goes in: its preparation has been checked by a second person."""

    volume_ml = number("Volume given from the old one, read off the pump", 2)

    def __init__(self, *args, preparations, **kwargs):
        super().__init__(*args, **kwargs)
        self.preparations = {str(p.pk): p for p in preparations}
        self.fields["preparation"] = choice(
            [(pk, f"{p.label}, {p.strength_mg_ml.normalize():f} mg/mL") for pk, p in self.preparations.items()],
            label="New syringe or bag",
        )

    def save(self, request):
        return actions.change_syringe(
            **self.entry(request.user), dose_order=self.dose_order(), volume_ml=self.cleaned_data["volume_ml"],
            preparation=self.preparations[self.cleaned_data["preparation"]],
        )  # fmt: skip


def order_words(order):
    """An order in one line."""
    said = " ".join(filter(None, [order.get_category_display(), order.drug, order.text]))
    return f"{said}, {order.get_kind_display().lower()}, {order.ordered_by.name}"
