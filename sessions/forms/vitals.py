"""One set of vitals, as the keypad sends it: blank is not taken, zero is zero, a gap may carry its reason."""

from django import forms

from clinic.forms import CheckCards, NumberText, RadioCards, TenField
from sessions import actions
from sessions.forms.base import EntryForm
from sessions.presenters.words import MISSING, RASS

NUMBERS = ("systolic", "diastolic", "heart_rate", "spo2", "resp_rate", "etco2")
TENS = ("pain", "dissociation", "comfort")
MEASURES = (*NUMBERS, "temperature", "sedation", *TENS)
OXYGEN = [("room_air", "Room air"), ("flow", "Oxygen")]
DEVICES = [("", "by"), ("nasal prongs", "nasal prongs"), ("face mask", "face mask"),
           ("non-rebreather", "non-rebreather"), ("bag and mask", "bag and mask")]  # fmt: skip
CUFFS = [("", "not said"), ("left arm", "left arm"), ("right arm", "right arm"), ("left leg", "left leg"),
         ("right leg", "right leg")]  # fmt: skip


def _figure(**kwargs):
    errors = {"invalid": "Type a whole number"}
    return forms.IntegerField(required=False, error_messages=errors, widget=NumberText("numeric"), **kwargs)


def _optional(choices, label):
    return forms.ChoiceField(choices=choices, required=False, label=label)


class VitalsForm(EntryForm):
    """Whatever the phase asks for, every measure may be typed."""

    systolic, diastolic, heart_rate = _figure(), _figure(), _figure(label="HR")
    spo2, resp_rate, etco2 = _figure(), _figure(), _figure()
    temperature = forms.DecimalField(required=False, max_digits=6, decimal_places=1, widget=NumberText("decimal"))
    sedation = forms.TypedChoiceField(
        choices=[(str(n), w) for n, w in RASS.items()], coerce=int, empty_value=None, required=False, widget=RadioCards
    )
    pain = TenField(required=False, label="Pain 0-10")
    dissociation = TenField(required=False, label="Dissociation 0-10")
    comfort = TenField(required=False, label="Comfort 0-10")
    oxygen = forms.ChoiceField(choices=OXYGEN, required=False, widget=RadioCards)
    oxygen_flow = forms.DecimalField(required=False, max_digits=5, decimal_places=1, widget=NumberText("decimal"))
    oxygen_device = _optional(DEVICES, "Device")
    cuff_site = _optional(CUFFS, "Cuff on")
    seen = forms.MultipleChoiceField(
        choices=[("asleep", "Asleep, breathing seen")], required=False, widget=CheckCards, label="Asleep"
    )  # fmt: skip
    baseline = forms.BooleanField(required=False, label="This is the baseline set that limits are compared with")
    rest = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for measure in MEASURES:
            if self.is_bound and self.data.get(f"missing_{measure}"):
                self[f"missing_{measure}"]

    def __getitem__(self, name):
        """Why a measure was not taken is a field as soon as somebody asks for it, or says why."""
        if name.startswith("missing_") and name not in self.fields:
            self.fields[name] = _optional([("", "Measured"), *MISSING], "Why not measured")
        return super().__getitem__(name)

    def clean(self):
        data = super().clean()
        self._share_reason()
        if not (self.values() or self.missing() or data.get("seen")) and not self.errors:
            self.add_error("systolic", "Type at least one value, or say why it was not measured")
        for measure in set(self.values()) & set(self.missing()):
            self.add_error(measure, "There is a value and a reason why there is none. Take one away")
        self._check_flow(data)
        return data

    def _share_reason(self):
        """A cuff that would not read has neither pressure: one reason does for both."""
        upper, lower = "missing_systolic", "missing_diastolic"
        none_taken = self.cleaned_data.get("systolic") is None and self.cleaned_data.get("diastolic") is None
        reason = self.cleaned_data.get(upper) or self.cleaned_data.get(lower)
        if none_taken and reason:
            self.cleaned_data |= {name: self.cleaned_data.get(name) or reason for name in (upper, lower)}

    def _check_flow(self, data):
        if data.get("oxygen_flow") is not None and data.get("oxygen") != "flow":
            data["oxygen"] = "flow"
        if data.get("oxygen") == "flow" and data.get("oxygen_flow") is None and "oxygen_flow" not in self.errors:
            self.add_error("oxygen_flow", "Type the flow in litres a minute")

    def values(self):
        """The measures that were taken."""
        taken = {m: self.cleaned_data.get(m) for m in MEASURES}
        return {m: v for m, v in taken.items() if v is not None}

    def missing(self):
        """Measure to reason, where one was chosen."""
        reasons = {m: self.cleaned_data.get(f"missing_{m}") for m in MEASURES}
        return {m: r for m, r in reasons.items() if r}

    def save(self, request):
        data = self.cleaned_data
        asleep = "asleep" in data["seen"]
        beside = self.picked("oxygen", "oxygen_flow", "oxygen_device", "cuff_site")
        beside = {name: value for name, value in beside.items() if value not in (None, "")}
        if data["oxygen"] != "flow":
            beside.pop("oxygen_device", None)
        return actions.record_vitals(
            **self.entry(request.user),
            values=self.values() | beside | {"asleep": asleep, "breathing_seen": asleep},
            missing=self.missing(),
            baseline=data["baseline"],
            confirmed=self.confirmed,
        )
