"""Typing in a paper sheet: whose it is, its lines as they stand on the paper, the author's signature."""

import uuid

from django import forms

from clinic import clock
from clinic.fields import NumberText
from sessions.actions import papers as paper_actions
from sessions.forms.base import ClockField, DeedForm, SecondPerson, words
from sessions.presenters.people import clinicians_at
from sessions.presenters.words import LONG, UNITS
from sessions.rules import papers as rules

# The columns of the blank sheet, and how many lines of each part one page takes.
MEASURES = ("systolic", "diastolic", "heart_rate", "spo2", "resp_rate", "sedation", "pain")
READINGS, PUMP_LINES, NOTES = 10, 6, 3
OUTAGE = "No network or power"


class OpenSheetForm(DeedForm):
    """Whose paper it is, of which day, and why it was paper."""

    author = forms.ModelChoiceField(label="Who charted on paper", queryset=None)
    sheet_on = forms.DateField(label="Day on the sheet", widget=forms.DateInput({"type": "date"}))
    outage = words("Why it was charted on paper", limit=200, initial=OUTAGE)
    note = words("Note: where the paper is kept", required=False)

    def __init__(self, *args, session, **kwargs):
        super().__init__(*args, **kwargs)
        self.session = session
        self.fields["author"].queryset = clinicians_at(session.site)

    def save(self, request):
        said = self.picked("author", "sheet_on", "outage", "note")
        return paper_actions.open_sheet(session=self.session, **said, by=request.user)


class ArriveForm(DeedForm):
    """A visit that was never checked in here."""

    arrived = ClockField(label="Arrived at", help_text="As on the paper, 24-hour time.")
    author = forms.ModelChoiceField(label="Who charted on paper", queryset=None)
    outage = words("Why it was charted on paper", limit=200, initial=OUTAGE)

    def __init__(self, *args, appointment, **kwargs):
        super().__init__(*args, **kwargs)
        self.appointment = appointment
        self.fields["author"].queryset = clinicians_at(appointment.site)
        self.fields["arrived"].required = True
        self.fields["arrived"].width = 4

    def clean(self):
        said = super().clean()
        if said.get("arrived") is None and "arrived" not in self.errors:
            self.add_error("arrived", "Type the time as it stands on the paper.")
        return said

    def save(self, request):
        zone = self.appointment.site.zone
        day = self.appointment.starts_at.astimezone(zone).date()
        return paper_actions.check_in_from_paper(
            appointment=self.appointment, arrived_at=rules.moment(day, self.cleaned_data["arrived"], zone),
            **self.picked("author", "outage"), by=request.user,
        )  # fmt: skip


def _small(label, places):
    return forms.DecimalField(
        label=label, required=False, max_digits=8, decimal_places=places, widget=NumberText("decimal")
    )


class LinesForm(DeedForm):
    """The lines as they stand on the paper. Each has an id made before it is sent: sent twice it is recorded once."""

    sure = forms.BooleanField(label="Unusual values stand on the paper exactly so", required=False)

    def __init__(self, *args, sheet, orders, **kwargs):
        super().__init__(*args, **kwargs)
        self.sheet, self.orders = sheet, orders
        if len(orders) > 1:
            choices = [(str(o.pk), o.drug.capitalize()) for o in orders]
            self.fields["order"] = forms.ChoiceField(label="Drug of the pump's lines", choices=choices)
        for key in self.keys("v", READINGS):
            self._line(key, {m: _small(f"{LONG[m]}, line {key[1:]}", 1) for m in MEASURES})
        whats = [("", ""), *rules.PUMP.items()]
        for key in self.keys("p", PUMP_LINES):
            what = forms.ChoiceField(label=f"What, pump line {key[1:]}", choices=whats, required=False)
            numbers = {
                "rate": _small(f"Rate mL/h, pump line {key[1:]}", 2),
                "ml": _small(f"mL off the pump, line {key[1:]}", 3),
            }
            self._line(key, {"what": what} | numbers)
        for key in self.keys("n", NOTES):
            self._line(key, {"text": words(f"Note, line {key[1:]}", required=False)})
        for field in self.fields.values():
            field.unit, field.width = getattr(field, "unit", ""), getattr(field, "width", None)

    @staticmethod
    def keys(letter, count):
        """v1, v2, ...: the lines of one part."""
        return [f"{letter}{n}" for n in range(1, count + 1)]

    def _line(self, key, fields):
        self.fields[f"{key}_id"] = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
        self.fields[f"{key}_time"] = ClockField(label=f"Time, line {key}")
        for name, field in fields.items():
            self.fields[f"{key}_{name}"] = field

    def part(self, letter, count, names):
        """[(id, [bound fields]), ...] for the page's tables."""
        return [
            (self[f"{key}_id"], [self[f"{key}_{name}"] for name in ("time", *names)])
            for key in self.keys(letter, count)
        ]

    @property
    def readings(self):
        return self.part("v", READINGS, MEASURES)

    @property
    def pump(self):
        return self.part("p", PUMP_LINES, ("what", "rate", "ml"))

    @property
    def notes(self):
        return self.part("n", NOTES, ("text",))

    @property
    def heads(self):
        """Names and units of the reading's columns."""
        return [(LONG[m], UNITS.get(m, "")) for m in MEASURES]

    def clean(self):
        said = super().clean()
        parts = (
            ("v", READINGS, "vitals", MEASURES),
            ("p", PUMP_LINES, "pump", ("what", "rate", "ml")),
            ("n", NOTES, "note", ("text",)),
        )
        self.lines = [
            line for letter, count, kind, names in parts for key in self.keys(letter, count)
            if (line := self._read(said, key, kind, names)) is not None
        ]  # fmt: skip
        if not self.lines and not self.errors:
            self.add_error(None, "Nothing is typed yet: fill in one line at least.")
        return said

    def _read(self, said, key, kind, names):
        values = {name: said.get(f"{key}_{name}") for name in names}
        values = {name: value for name, value in values.items() if value not in (None, "")}
        clock_time = said.get(f"{key}_time")
        if not values and clock_time is None:
            return None
        if clock_time is None:
            self.add_error(f"{key}_time", "Type the time as it stands on the paper.")
            return None
        zone = self.sheet.session.site.zone
        at = rules.moment(self.sheet.sheet_on, clock_time, zone, self.sheet.session.checked_in_at)
        return rules.Line(key, said[f"{key}_id"], kind, at, values)

    def save(self, request):
        chosen = self.cleaned_data.get("order")
        order = next((o for o in self.orders if str(o.pk) == chosen), None)
        return paper_actions.record_sheet(
            sheet=self.sheet, lines=self.lines, dose_order=order, sure=self.cleaned_data["sure"], by=request.user
        )


class LeaveForm(DeedForm):
    """How the sheet ends: the patient went home."""

    left = ClockField(label="Left at", help_text="As on the paper, 24-hour time.")
    escort_arrived = forms.BooleanField(label="The escort had arrived", required=False)
    instructions_given = forms.BooleanField(label="Instructions were handed over", required=False)

    def __init__(self, *args, sheet, **kwargs):
        super().__init__(*args, **kwargs)
        self.sheet = sheet
        self.fields["left"].width = 4

    def clean(self):
        said = super().clean()
        if said.get("left") is None and "left" not in self.errors:
            self.add_error("left", "Type the time as it stands on the paper.")
        return said

    def save(self, request):
        session = self.sheet.session
        at = rules.moment(self.sheet.sheet_on, self.cleaned_data["left"], session.site.zone, session.checked_in_at)
        said = self.picked("escort_arrived", "instructions_given")
        return paper_actions.leave_from_paper(sheet=self.sheet, left_at=at, **said, by=request.user)


class SignSheetForm(SecondPerson, DeedForm):
    """The author signs, wherever they stand: the signed-in user stays who they are."""

    def __init__(self, *args, sheet, **kwargs):
        super().__init__(*args, **kwargs)
        self.sheet = sheet
        for name, field in self.fields.items():
            if name.startswith("second_"):
                field.label = field.label.replace("Second person", sheet.author.name)

    def save(self, request):
        signer = self.second(request, self.sheet.session.site, self.sheet)
        return paper_actions.sign_sheet(sheet=self.sheet, signer=signer, by=request.user, at=clock.now())
