"""What happens beside the pump: the line, side effects, notes; and mending an entry."""

import uuid

from django import forms

from clinic import clock
from clinic.forms import CheckCards, PlainForm
from sessions import actions
from sessions.forms.base import ClockField, DeedForm, EntryForm, Questions, choice, moment, words
from sessions.models import LineEntry, SideEffect
from sessions.presenters.words import LONG, UNITS
from sessions.rules import adverse

STEPS = [("airway", "Airway"), ("oxygen", "Oxygen"), ("cpr", "CPR"), ("shock", "Shock"), ("drug", "Drug"),
         ("services_called", "Emergency services called"), ("services_here", "Emergency services here"),
         ("handed_over", "Handed over"), ("over", "Emergency over")]  # fmt: skip


class SideEffectForm(EntryForm):
    term = forms.CharField(
        label="What", max_length=60, widget=forms.TextInput({"list": "terms", "autocomplete": "off"})
    )
    severity = choice(SideEffect.SEVERITIES, label="How bad")
    serious = forms.BooleanField(required=False, label="Serious: threatens life, needs a hospital, or lasts")
    criteria = forms.MultipleChoiceField(
        label="If serious: what makes it so", required=False, choices=list(adverse.SERIOUS.items()), widget=CheckCards
    )
    onset = ClockField(label="Began at", help_text="24-hour clinic time. Empty: with this entry.")
    resolved = ClockField(label="Over at", help_text="Empty: not over yet.")
    treatment = words("What was done", required=False, limit=200)
    text = words("In words", required=False)
    widths = {"onset": 4, "resolved": 4, "observed": 4, "term": 20}

    def save(self, request):
        at = {
            name: moment(self.cleaned_data[name], self.session.site.zone, clock.now()) for name in ("onset", "resolved")
        }
        adverse.check_times(at["onset"], at["resolved"], now=clock.now())
        return actions.record_side_effect(
            **self.entry(request.user), **self.picked("term", "severity", "serious", "treatment", "text"),
            onset_at=at["onset"], resolved_at=at["resolved"], **self._criteria(),
        )  # fmt: skip

    def _criteria(self):
        """Only what was ticked: an entry without is the same body as one of before."""
        chosen = self.cleaned_data["criteria"]
        return {"criteria": chosen} if chosen else {}


class LineForm(EntryForm):
    action = choice(LineEntry.ACTIONS, label="What happened")
    site = words("Where", required=False, limit=60)
    gauge = words("Gauge", required=False, limit=6)
    attempts = forms.IntegerField(label="Attempts", required=False, min_value=0, max_value=20)
    dose_uncertain = forms.BooleanField(
        required=False, label="The dose given is uncertain: part of it went beside the vein"
    )
    since = ClockField(
        label="It looked right until", help_text="24-hour clinic time. Empty: the last check of the line in the record."
    )
    text = words("In words", required=False)
    units = {"gauge": "G"}
    widths = {"site": 20, "gauge": 2, "attempts": 2, "observed": 4, "since": 4}

    def save(self, request):
        if self.cleaned_data["action"] == "infiltrated":
            return self._infiltrated(request)
        names = ("action", "site", "gauge", "attempts", "dose_uncertain", "text")
        return actions.record_line(**self.entry(request.user), **self.picked(*names))

    def _infiltrated(self, request):
        """With it every running pump is paused."""
        since = moment(self.cleaned_data["since"], self.session.site.zone, clock.now())
        return actions.infiltrate(
            **self.entry(request.user), since=since, **self.picked("dose_uncertain", "site", "text")
        )


class NoteForm(EntryForm):
    text = words("Note", lines=4, limit=2000)
    widths = {"observed": 4}

    def save(self, request):
        return actions.record_note(**self.entry(request.user), text=self.cleaned_data["text"])


class EmergencyForm(EntryForm):
    """One tap: the step, nothing else to fill. Words and another time can come with it."""

    step = forms.ChoiceField(choices=[("called", "Emergency"), *STEPS])
    text = words("In words", required=False)

    def save(self, request):
        return actions.emergency(**self.entry(request.user), **self.picked("step", "text"))


class GoingForm(PlainForm):
    """ "I am going": the answer to an alarm."""

    entry_id = forms.UUIDField()
    answer = forms.ChoiceField(choices=[("going", "I am going"), ("decided", "Decided")])
    text = forms.CharField(required=False, max_length=300)

    def __init__(self, *args, session, alarm, **kwargs):
        super().__init__(*args, **kwargs)
        self.session, self.alarm = session, alarm

    def take(self, refused):
        for item in refused.items:
            self.add_error("text" if item.code == "alarm.text" else None, item.text)

    def save(self, request):
        data = self.cleaned_data
        return actions.answer_alarm(
            session=self.session, alarm=self.alarm, entry_id=data["entry_id"], answer=data["answer"],
            text=data["text"], by=request.user,
        )  # fmt: skip


# Which fields of an entry may be put right, by kind; what is not here is struck out and recorded anew.
CORRECTABLE = {
    "vitals": ("systolic", "diastolic", "mean_pressure", "heart_rate", "spo2", "resp_rate", "etco2", "temperature",
               "sedation", "pain", "dissociation", "comfort", "oxygen", "oxygen_flow"),
    "weight": ("kg",),
    "drug": ("dose_mg", "volume_ml", "rate_ml_h", "route", "text"),
    "oxygen": ("flow_l_min", "device"),
    "line": ("site", "gauge", "attempts", "dose_uncertain", "text"),
    "side_effect": ("term", "severity", "serious", "treatment", "text"),
    "score": (),
    "note": ("text",),
    "emergency": ("text",),
}  # fmt: skip


# How the fields of entries are called where they are put right, and their units.
NAMES = LONG | {
    "kg": "Weight", "dose_mg": "Dose", "volume_ml": "Volume", "rate_ml_h": "Rate", "flow_l_min": "Flow",
    "oxygen_flow": "Oxygen flow", "site": "Where", "text": "In words", "term": "What", "severity": "How bad",
}  # fmt: skip
MEASURED_IN = UNITS | {
    "kg": "kg", "dose_mg": "mg", "volume_ml": "mL", "rate_ml_h": "mL/h", "flow_l_min": "L/min", "oxygen_flow": "L/min",
}  # fmt: skip


class _Mend(Questions, DeedForm):
    entry_id = forms.UUIDField(widget=forms.HiddenInput)
    reason = words("Why", limit=300)

    def __init__(self, *args, entry, **kwargs):
        self.entry = entry
        kwargs["initial"] = {"entry_id": uuid.uuid4()} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)


class CorrectForm(_Mend):
    """The entry as it stands, to be put right, with the reason. The old one stays, struck through."""

    observed = ClockField(label="Time", help_text="24-hour clinic time. Empty: as it was.")

    def __init__(self, *args, entry, **kwargs):
        kwargs["initial"] = {name: getattr(entry.detail, name) for name in CORRECTABLE.get(entry.kind, ())}
        super().__init__(*args, entry=entry, **kwargs)
        for name in CORRECTABLE.get(entry.kind, ()):
            self.fields[name] = entry.detail._meta.get_field(name).formfield(required=False)
            self.fields[name].initial = kwargs["initial"][name]
        self._plain()
        self.order_fields([*CORRECTABLE.get(entry.kind, ()), "observed", "reason"])

    def _plain(self):
        for name, field in self.fields.items():
            is_figure = isinstance(field.widget, forms.NumberInput)
            field.unit, field.width = MEASURED_IN.get(name, ""), 4 if is_figure else None
            field.label = NAMES.get(name, field.label)
            if is_figure:
                field.widget = forms.TextInput({"inputmode": "decimal", "autocomplete": "off"})

    def changes(self):
        """Only what differs from what stands; an emptied figure is None, an emptied text is empty."""
        now = {name: self.cleaned_data[name] for name in CORRECTABLE.get(self.entry.kind, ())}
        return {name: value for name, value in now.items() if value != getattr(self.entry.detail, name)}

    def save(self, request):
        zone = self.entry.session.site.zone
        at = moment(self.cleaned_data["observed"], zone, clock.now(), self.entry.session.checked_in_at)
        return actions.correct_entry(
            entry=self.entry, changes=self.changes(), observed_at=at, confirmed=self.confirmed, by=request.user,
            **self.picked("entry_id", "reason"),
        )  # fmt: skip


class StrikeForm(_Mend):
    def save(self, request):
        return actions.strike_entry(entry=self.entry, by=request.user, **self.picked("entry_id", "reason"))


class MoveForm(_Mend):
    """Charted on the wrong patient: struck here, recorded there, in one step."""

    def __init__(self, *args, targets, **kwargs):
        super().__init__(*args, **kwargs)
        self.targets = {str(s.pk): s for s in targets}
        said = [(pk, f"Chair {s.chair}: {s.patient}") for pk, s in self.targets.items()]
        self.fields["to"] = choice(said, label="The right patient")
        self.fields["strike_id"] = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
        self.order_fields(["to", "reason"])

    def save(self, request):
        data = self.cleaned_data
        return actions.move_entry_to_patient(
            entry=self.entry, to_session=self.targets[data["to"]], by=request.user,
            **self.picked("entry_id", "strike_id", "reason"),
        )  # fmt: skip
