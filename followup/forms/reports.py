"""Which days a report speaks of."""

from datetime import date, timedelta

from clinic.forms import PlainForm
from followup.forms.booking import day_field

USUAL_DAYS, PRESETS = 90, ((30, "30 days"), (90, "90 days"), (365, "A year"), (1095, "Three years"))
MOST_DAYS = 3 * 366


class PeriodForm(PlainForm):
    """The first and the last day of a report; left blank: the last 90 days."""

    first, last = day_field(label="From", required=False), day_field(label="To", required=False)

    def __init__(self, data=None, *, today: date):
        self.today, self.usual = today, (today - timedelta(days=USUAL_DAYS - 1), today)
        super().__init__(data or None, initial=dict(zip(("first", "last"), self.usual, strict=True)))

    def clean(self):
        """The days in order, and not more of them than a report can tell."""
        data = super().clean()
        if self.errors:
            return data
        data["last"] = data.get("last") or self.today
        data["first"] = data.get("first") or data["last"] - timedelta(days=USUAL_DAYS - 1)
        if data["first"] > data["last"]:
            self.add_error("first", "The first day is after the last. Swap them.")
        elif (data["last"] - data["first"]).days > MOST_DAYS:
            self.add_error("first", "That is more than three years. Choose a later first day.")
        return data

    @property
    def days(self) -> tuple[date, date] | None:
        """(first, last); None when what was typed is no period."""
        if not self.is_bound:
            return self.usual
        return (self.cleaned_data["first"], self.cleaned_data["last"]) if self.is_valid() else None
