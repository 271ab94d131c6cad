"""Closing a day: what is not signed is explained, one line each; opening it again needs a reason."""

from django import forms

from sessions import actions
from sessions.forms.base import DeedForm, words
from sessions.rules import days as rules


class CloseDayForm(DeedForm):
    """One line for each ended session that nobody has signed, and a note."""

    note = words("Note for the day", required=False)

    def __init__(self, *args, site, facts, **kwargs):
        super().__init__(*args, **kwargs)
        self.site, self.facts = site, facts
        for s in rules.to_explain(facts):
            self.fields[f"why_{s.key}"] = forms.CharField(
                label=f"{s.name}: why it is not signed yet", required=False, max_length=300,
                widget=forms.TextInput({"autocomplete": "off"}),
            )  # fmt: skip
            self.fields[f"why_{s.key}"].unit, self.fields[f"why_{s.key}"].width = "", None
        self.order_fields([*(name for name in self.fields if name != "note"), "note"])

    def save(self, request):
        explained = {name.removeprefix("why_"): said for name, said in self.cleaned_data.items() if name != "note"}
        return actions.close_day(
            site=self.site, day=self.facts.day, explained=explained, note=self.cleaned_data["note"], by=request.user
        )


class ReopenDayForm(DeedForm):
    """Why the day is opened again."""

    reason = words("Why is it opened again?", lines=2)

    def __init__(self, *args, site, day, **kwargs):
        super().__init__(*args, **kwargs)
        self.site, self.day = site, day

    def save(self, request):
        return actions.reopen_day(site=self.site, day=self.day, reason=self.cleaned_data["reason"], by=request.user)
