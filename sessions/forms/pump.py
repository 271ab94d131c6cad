"""The pump while it runs: pause, resume, rate, bolus, syringe, stop."""

from django import forms

from sessions import actions
from sessions.forms.base import EntryForm, choice, number, words
from sessions.forms.before import sealed_rate

PAUSE_CAUSES = [("toilet", "Toilet"), ("patient", "The patient asked"), ("side_effect", "Side effect"),
                ("alarm", "Alarm"), ("stop_rule", "Stop rule of the protocol"), ("line", "Line"),
                ("other", "Other")]  # fmt: skip
STOP_CAUSES = [("ordered_end", "End of the order"), ("stop_rule", "Stop rule of the protocol"), ("alarm", "Alarm"),
               ("side_effect", "Side effect"), ("patient", "The patient asked"), ("line", "Line"),
               ("other", "Other")]  # fmt: skip
ALL = "all"


class PumpForm(EntryForm):
    """A deed on one infused drug; with one only it needs no choice."""

    units = {"volume_ml": "mL", "rate_ml_h": "mL/h"}
    widths = {"volume_ml": 4, "rate_ml_h": 4, "observed": 4}

    def __init__(self, *args, dose_orders, **kwargs):
        super().__init__(*args, **kwargs)
        self.dose_orders = {str(d.pk): d for d in dose_orders}
        if len(self.dose_orders) != 1:
            self.fields["dose_order"] = choice(self._drugs(), label="Which drug")
            self.order_fields(["dose_order"])

    def _drugs(self):
        return [(pk, d.drug.capitalize()) for pk, d in self.dose_orders.items()]

    def dose_order(self):
        """The dose order meant."""
        chosen = self.cleaned_data.get("dose_order")
        return self.dose_orders[chosen] if chosen else next(iter(self.dose_orders.values()))


class PauseForm(PumpForm):
    """One pump, or all that run."""

    cause = choice(PAUSE_CAUSES, label="Why", required=False)
    text = words("In words", required=False)
    volume_ml = number("Volume given, read off the pump", 2, required=False)

    def _drugs(self):
        return [(ALL, "All that run"), *super()._drugs()] if self.dose_orders else []

    def clean(self):
        data = super().clean()
        if data.get("dose_order") == ALL and data.get("volume_ml") is not None:
            self.add_error("volume_ml", "Each pump has its own volume: choose one drug, or leave it empty")
        return data

    def save(self, request):
        said = self.picked("cause", "text")
        if self.cleaned_data.get("dose_order") == ALL:
            return actions.pause_all(**self.entry(request.user), **said)
        return actions.pause(
            **self.entry(request.user), dose_order=self.dose_order(), volume_ml=self.cleaned_data["volume_ml"],
            confirmed=self.confirmed, **said,
        )  # fmt: skip


class StopForm(PumpForm):
    """The end of a drug, with the volume that its pump gave."""

    volume_ml = number("Volume given, read off the pump", 2, required=False,
                       help_text="Of the syringe that is in it now.")  # fmt: skip
    later = forms.BooleanField(required=False, label="The pump can't be read now: it stays to be done")
    cause = choice(STOP_CAUSES, label="Why it stops")
    text = words("In words", required=False)

    def clean(self):
        data = super().clean()
        if data.get("volume_ml") is None and not data.get("later") and "volume_ml" not in self.errors:
            self.add_error("volume_ml", "Type a number, or tick that the pump can't be read now")
        return data

    def save(self, request):
        data = self.picked("volume_ml", "cause", "text")
        return actions.stop(**self.entry(request.user), dose_order=self.dose_order(), confirmed=self.confirmed, **data)


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
    """Going on, at the rate before the pause or a lower one."""

    cause_named = words("The cause of the pause, and what was done", required=False)
    rate_ml_h = number("Rate, when lower than before", 2, required=False)

    def save(self, request):
        return actions.resume(
            **self.entry(request.user), dose_order=self.dose_order(), order=self.order(),
            **self.picked("cause_named", "rate_ml_h"),
        )  # fmt: skip


class RateForm(OrderedForm):
    """Another rate."""

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
    """A bolus out of the running syringe, on the order for it."""

    volume_ml = number("Volume of the bolus", 2)

    def save(self, request):
        return actions.bolus(
            **self.entry(request.user), dose_order=self.dose_order(), order=self.order(),
            volume_ml=self.cleaned_data["volume_ml"], confirmed=self.confirmed,
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
            preparation=self.preparations[self.cleaned_data["preparation"]], confirmed=self.confirmed,
        )  # fmt: skip


class PumpReadForm(EntryForm):
    """The volume of a pump that stopped unread."""

    volume_ml = number("Volume given, read off the pump", 2, help_text="Of the syringe that was in it.")
    units = {"volume_ml": "mL"}
    widths = {"volume_ml": 4}

    def __init__(self, *args, stop, **kwargs):
        super().__init__(*args, **kwargs)
        self.stop = stop
        del self.fields["observed"]

    def save(self, request):
        return actions.read_pump(
            entry=self.stop, entry_id=self.cleaned_data["entry_id"], volume_ml=self.cleaned_data["volume_ml"],
            confirmed=self.confirmed, by=request.user,
        )  # fmt: skip


def order_words(order):
    """An order in one line."""
    said = " ".join(filter(None, [order.get_category_display(), order.drug, order.text]))
    return f"{said}, {order.get_kind_display().lower()}, {order.ordered_by.name}"
