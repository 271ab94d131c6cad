"""A rule of when patients hear from the clinic."""

from django import forms

from clinic.forms import PlainForm, RadioCards
from clinic.models import Appointment
from clinic.notify.kinds import BY_RULE, KINDS
from followup.actions import reminder_rules
from followup.models import ReminderRule
from followup.rules.reminders import MOST_DAYS, MOST_HOURS


class RuleForm(PlainForm):
    """Before or after, how long, for which visits, which message, by which way."""

    kind = forms.ChoiceField(
        label="Kind of visit", required=False, choices=[("", "Every kind of visit"), *Appointment.KINDS]
    )
    side = forms.ChoiceField(label="When", choices=ReminderRule.SIDES, widget=RadioCards)
    how = forms.ChoiceField(label="Counted in", choices=ReminderRule.HOW, widget=RadioCards)
    hours = forms.IntegerField(
        label="Hours", required=False, min_value=0, max_value=MOST_HOURS, help_text="Only when counted in hours."
    )
    days = forms.IntegerField(
        label="Days", required=False, min_value=0, max_value=MOST_DAYS, help_text="Only when counted in days."
    )
    at = forms.TimeField(
        label="Local time",
        required=False,
        help_text="On the patient's own clock, for example 09:00. Only for days at a local time.",
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
    )
    only = forms.ChoiceField(label="For which visits", choices=ReminderRule.ONLY, required=False)
    message_kind = forms.ChoiceField(label="Message", choices=[(code, KINDS[code].words) for code in BY_RULE])
    way = forms.ChoiceField(label="How it goes out", choices=ReminderRule.WAYS, required=False)
    widths = {"hours": 4, "days": 4, "at": 10}

    def __init__(self, *args, rule=None, **kwargs):
        self.rule = rule
        if rule is not None:
            kwargs.setdefault("initial", {name: getattr(rule, name) for name in reminder_rules.ASKED})
        super().__init__(*args, **kwargs)
        if rule is not None:
            del self.fields["kind"]

    def save(self, *, site, by, at=None):
        """Add the rule, or change it at this site."""
        told = self.cleaned_data
        if self.rule is None:
            return reminder_rules.add_rule(site=site, by=by, told=told, at=at)
        told = told | {"kind": self.rule.kind}
        return reminder_rules.change_rule(rule=self.rule, site=site, by=by, told=told, at=at)


class SwitchForm(forms.Form):
    """On or off, as the button says."""

    on = forms.TypedChoiceField(choices=[("1", "on"), ("0", "off")], coerce=lambda value: value == "1")
