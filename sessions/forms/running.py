"""While it runs: another nurse takes over, and a longer infusion is ordered."""

from django import forms

from sessions import actions
from sessions.forms.base import DeedForm, OnceForm, choice, number, read_back_field, words


class HandOverForm(DeedForm):
    """To whom, with a word; what stands on the page goes with it."""

    to_nurse = forms.ModelChoiceField(None, label="To", empty_label="Choose a nurse")
    note = words("What the next nurse must know", lines=3, required=False, limit=1000)

    def __init__(self, *args, session, nurses, summary=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.session, self.summary = session, list(summary)
        self.fields["to_nurse"].queryset = nurses

    def save(self, request):
        return actions.hand_over(
            session=self.session, **self.picked("to_nurse", "note"), summary=self.summary, by=request.user
        )


class ExtendForm(OnceForm):
    """So many minutes more; a prescriber orders it, a nurse takes it by word of mouth and reads it back."""

    minutes = number("Longer by", 0)
    dose_mg = number("Dose more", 1, required=False, help_text="Empty: what these minutes make at the present rate.")
    text = words("Why, in words", required=False)
    ordered_by = forms.ModelChoiceField(None, label="Ordered by", empty_label="Choose the prescriber")
    said_back = read_back_field()
    units = {"minutes": "min", "dose_mg": "mg"}
    widths = {"minutes": 4, "dose_mg": 4}

    def __init__(self, *args, session, dose_orders, prescribers, prescriber=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.session, self.dose_orders = session, {str(d.pk): d for d in dose_orders}
        self.fields["ordered_by"].queryset = prescribers
        if prescriber:
            del self.fields["ordered_by"], self.fields["said_back"]
        if len(self.dose_orders) != 1:
            drugs = [(pk, d.drug.capitalize()) for pk, d in self.dose_orders.items()]
            self.fields["dose_order"] = choice(drugs, label="Which drug")
            self.order_fields(["dose_order"])

    def dose_order(self):
        """The dose order meant."""
        chosen = self.cleaned_data.get("dose_order")
        return self.dose_orders[chosen] if chosen else next(iter(self.dose_orders.values()))

    def save(self, request):
        data = self.cleaned_data
        said = {"ordered_by": data["ordered_by"], "read_back": data["said_back"]} if "said_back" in self.fields else {}
        figures = self.picked("row_id", "minutes", "dose_mg", "text")
        return actions.extend(session=self.session, dose_order=self.dose_order(), **figures, **said, by=request.user)
