"""Before the infusion: arrival, checklist, weight, dose, preparation, second check, start."""

from decimal import Decimal

from django import forms
from django.core import signing

from clinic.refusal import Item, Refused
from clinic.words import clinic_date
from sessions import actions
from sessions.forms.base import DeedForm, EntryForm, OnceForm, SecondPerson, choice, number, read_back_field, words
from sessions.forms.concerns import Concerned
from sessions.rules import barcode, checklist
from sessions.rules.last_time import taken_over

ANSWERS = {
    "yes": "Yes", "no": "No", "unknown": "Not known", "not_applicable": "Does not apply", "reached": "Reached by phone",
    "named": "Named, not reached yet", "none": "Nobody yet", "negative": "Negative", "positive": "Positive",
    "refused": "Refused", "well": "Well", "problems": "With problems", "first": "This is the first",
}  # fmt: skip


class CheckInForm(DeedForm):
    prescriber = forms.ModelChoiceField(None, label="Responsible prescriber today", required=False,
                                        empty_label="The course's own prescriber")  # fmt: skip

    def __init__(self, *args, appointment, prescribers, **kwargs):
        super().__init__(*args, **kwargs)
        self.appointment = appointment
        self.fields["prescriber"].queryset = prescribers

    def save(self, request):
        return actions.check_in(
            appointment=self.appointment, by=request.user, responsible_prescriber=self.cleaned_data["prescriber"]
        )


class ChecklistForm(DeedForm):
    """All checks on one page; only what changed is written. A prescriber may override some gates with a reason."""

    def __init__(self, *args, session, checks, answers, last=None, **kwargs):
        self.session, self.checks, self.answers, self.last = session, checks, answers, last or {}
        self.taken = taken_over(answers, self.last)
        super().__init__(*args, **kwargs)
        for check in checks:
            self._add(check, answers.get(check.code))

    def _add(self, check, before):
        said = [(a, ANSWERS[a]) for a in check.answers]
        self.fields[check.code] = choice(
            said, label=check.label, required=False, initial=before.answer if before else None
        )
        if check.detail:
            self.fields[f"{check.code}_detail"] = words(
                check.detail, required=False, initial=before.detail if before else self.taken.get(check.code, "")
            )

    def rows(self):
        """(check, its field, its detail's field or None, the answer before, what was said last time)."""
        for check in self.checks:
            detail = f"{check.code}_detail"
            words_ = self[detail] if detail in self.fields else None
            yield check, self[check.code], words_, self.answers.get(check.code), self._last_time(check.code)

    def _last_time(self, code):
        row = self.last.get(code)
        if row is None:
            return ""
        said = ": ".join(filter(None, [ANSWERS.get(row.answer, row.answer), row.detail]))
        return f"{said}, taken over: check it" if code in self.taken else said

    def clean(self):
        data = super().clean()
        for check in self.checks:
            answer = data.get(check.code)
            wants = checklist.asked_detail(check.code, answer)
            if wants and not data.get(f"{check.code}_detail") and answer != "unknown":
                self.add_error(f"{check.code}_detail", f"{wants}: write it here")
        return data

    def save(self, request):
        said = {c.code: (self.cleaned_data[c.code], self.cleaned_data.get(f"{c.code}_detail", "")) for c in self.checks}
        news = {code: pair for code, pair in said.items() if pair[0] and self._is_news(code, *pair)}
        if news:
            actions.answer_checks(session=self.session, answers=news, by=request.user)
        return self.session

    def _is_news(self, code, answer, detail):
        before = self.answers.get(code)
        return before is None or (before.answer, before.detail) != (answer, detail)


class OverrideForm(DeedForm):
    """A prescriber lets one gate of the start pass, with a reason."""

    reason = words("Reason for going on", lines=3)

    def __init__(self, *args, session, gate, **kwargs):
        super().__init__(*args, **kwargs)
        self.session, self.gate = session, gate

    def save(self, request):
        return actions.override_gate(
            session=self.session, code=self.gate, reason=self.cleaned_data["reason"], by=request.user
        )


class WeightForm(EntryForm):
    asks_about = ("value", "unit")
    at_field = {"hard.weight": "value", "hard.unit": "unit"}
    widths = {"value": 4}

    value = number("Weight", 2)
    unit = choice([("kg", "kg"), ("lb", "lb")], label="Unit", initial="kg")
    basis = choice(
        [("measured", "Measured today"), ("stated", "Said by the patient"), ("other_day", "From another day")],
        label="Where it comes from", initial="measured",
    )  # fmt: skip
    measured_on = forms.DateField(label="Day it was measured, if another day", required=False,
                                  widget=forms.DateInput({"type": "date"}))  # fmt: skip

    def save(self, request):
        return actions.record_weight(
            **self.entry(request.user),
            **self.picked("value", "unit", "basis", "measured_on"),
            confirmed=self.confirmed,
        )


class DoseForm(Concerned, DeedForm):
    """The dose of one drug: shown in four units before it is signed."""

    asks_about = ("drug", "per_unit", "minutes", "strength_mg_ml")
    at_field = {"hard.max_total": "per_unit", "hard.max_rate": "per_unit", "prescriber.bounds": "per_unit",
                "hard.strength": "strength_mg_ml"}  # fmt: skip
    widths = {"per_unit": 4, "minutes": 4, "strength_mg_ml": 4, "pump": 10}
    units = {"minutes": "min", "strength_mg_ml": "mg/mL"}

    drug = forms.CharField(widget=forms.HiddenInput)
    basis = forms.CharField(widget=forms.HiddenInput)
    per_unit = number("Dose", 3)
    minutes = number("Over", 1)
    strength_mg_ml = number("Strength in the syringe or bag", 4)
    pump = words("Pump", required=False, limit=40)
    version = forms.IntegerField(widget=forms.HiddenInput)
    ordered_by = forms.ModelChoiceField(
        None, label="Ordered by word of mouth by", required=False, empty_label="Choose the prescriber"
    )
    said_back = read_back_field()

    def __init__(self, *args, session, prescribers=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.session = session
        self.fields["ordered_by"].queryset = prescribers
        if prescribers is None:
            del self.fields["ordered_by"], self.fields["said_back"]
        self.fields["per_unit"].unit = self.data.get("basis") or self.initial.get("basis", "")

    def dose(self):
        """What was typed, for the page that shows it before it is signed."""
        return self.picked("drug", "basis", "per_unit", "minutes", "strength_mg_ml")

    def save(self, request):
        said = {
            "session": self.session,
            **self.picked("drug", "basis", "per_unit", "minutes", "strength_mg_ml", "pump", "version"),
            "weight_kind": self.initial["weight_kind"],
            **self.concerned(),
            "by": request.user,
        }
        if self.cleaned_data.get("ordered_by"):
            return actions.take_dose(**said, **self.picked("ordered_by"), read_back=self.cleaned_data["said_back"])
        return actions.order_dose(**said)


class PrepareForm(OnceForm):
    """From which containers how much is drawn, and with what it is made up."""

    diluent_ml = number("Diluent added", 2, required=False)
    diluent = forms.ChoiceField(
        label="Diluent", required=False,
        choices=[("", "None"), ("sodium chloride 0.9 %", "Sodium chloride 0.9 %"), ("glucose 5 %", "Glucose 5 %")],
    )  # fmt: skip
    form = choice([("syringe", "Syringe"), ("bag", "Bag")], label="In a", initial="syringe")
    units = {"diluent_ml": "mL"}
    widths = {"diluent_ml": 4}
    lines = range(1, 4)

    def __init__(self, *args, session, dose_order, containers, **kwargs):
        self.session, self.dose_order = session, dose_order
        self.containers = {c.pk: c for c in containers}
        self.vials = [barcode.Vial(c.pk, c.code, c.lot, c.expires_on, c.state == "open", c.gtin) for c in containers]
        super().__init__(*args, **kwargs)
        for n in self.lines:
            self.fields[f"code_{n}"] = words(
                f"Container {n}, its code or barcode, typed or scanned", required=n == 1, limit=120
            )
            self.fields[f"ml_{n}"] = number(f"Volume drawn from container {n}", 3, required=n == 1)
            self.fields[f"ml_{n}"].unit, self.fields[f"ml_{n}"].width = "mL", 4
            self.fields[f"code_{n}"].width = 20

    def clean(self):
        data = super().clean()
        for n in self.lines:
            self._check_line(data, n)
        return data

    def _check_line(self, data, n):
        code, ml = data.get(f"code_{n}", ""), data.get(f"ml_{n}")
        if code and self._container(code) is None:
            self.add_error(f"code_{n}", self._not_found(code))
        if bool(code) != (ml is not None) and f"ml_{n}" not in self.errors and f"code_{n}" not in self.errors:
            self.add_error(f"ml_{n}", "Give both the container and the volume drawn")

    def _container(self, code):
        """The container in stock that this code or barcode names, or None."""
        return self.containers.get(barcode.found_in(barcode.read(code), self.vials))

    def _not_found(self, code):
        scan = barcode.read(code)
        if not scan.is_gs1:
            return f"No container {code} of this drug can be drawn from now"
        expires = f", expires {clinic_date(scan.expires_on)}" if scan.expires_on else ""
        return f"Scanned: lot {scan.lot or 'not said'}{expires}. No such container of this drug can be drawn from now"

    def sources(self):
        """[(container, mL drawn)] in the order typed."""
        data = self.cleaned_data
        return [(self._container(data[f"code_{n}"]), data[f"ml_{n}"]) for n in self.lines if data[f"code_{n}"]]

    def save(self, request):
        data = self.cleaned_data
        return actions.prepare(
            session=self.session, dose_order=self.dose_order, sources=self.sources(), form=data["form"],
            diluent_ml=Decimal(0) if data["diluent_ml"] is None else data["diluent_ml"], diluent=data["diluent"],
            row_id=data["row_id"], by=request.user,
        )  # fmt: skip


def sealed_rate(rate_ml_h):
    """A rate for a link, not to be read by the one who checks it."""
    return signing.dumps(str(rate_ml_h), salt="sessions.second-check", compress=True)


def opened_rate(sealed):
    """The rate in a sealed word, or None without one. Raises Refused when it was not ours."""
    try:
        return Decimal(signing.loads(sealed, salt="sessions.second-check")) if sealed else None
    except signing.BadSignature:
        raise Refused(Item("check.sealed", "Begin the second check again from the page of the rate.")) from None


class SecondCheckForm(SecondPerson, DeedForm):
    """What the second person reads off label and pump, blind, and signs."""

    patient_read = words("Patient on the label: record number or name", limit=160)
    strength_read = number("Strength on the label", 4)
    rate_read = number("Rate on the pump", 2)
    volume_read = number("Volume in the syringe or bag", 2)
    occasion = forms.CharField(widget=forms.HiddenInput, initial="start")
    sealed_rate = forms.CharField(widget=forms.HiddenInput, required=False)
    units = {"strength_read": "mg/mL", "rate_read": "mL/h", "volume_read": "mL"}
    widths = {"strength_read": 4, "rate_read": 4, "volume_read": 4, "patient_read": 20}
    READ_OFF = ("occasion", "sealed_rate", "patient_read", "strength_read", "rate_read", "volume_read", "stand_in",
                "reason")  # fmt: skip
    field_order = READ_OFF

    def __init__(self, *args, session, preparation, stand_ins=(), **kwargs):
        self.session, self.preparation = session, preparation
        super().__init__(*args, **kwargs)
        if stand_ins:
            self.fields["stand_in"] = choice([("", "Another person signs below"), *stand_ins], required=False,
                                             label="If nobody else is here")  # fmt: skip
            self.fields["reason"] = words("Why nobody else could check", required=False)

    def read_off(self):
        """All but the second person's own fields, which have a fragment of their own."""
        return [self[name] for name in self.READ_OFF if name in self.fields]

    def save(self, request):
        data = self.cleaned_data
        second = self.second(request, self.session.site, self.session)
        check = actions.second_check(
            preparation=self.preparation,
            **self.picked("patient_read", "strength_read", "rate_read", "volume_read", "occasion"),
            rate_ml_h=opened_rate(data["sealed_rate"]),
            stand_in=data.get("stand_in", ""),
            reason=data.get("reason", ""),
            by=second,
        )
        if not check.matched:
            raise Refused(*(Item("check.mismatch", words_) for words_ in check.mismatches))
        return check


class StartForm(EntryForm):
    pump = words("Pump", required=False, limit=40)
    widths = {"pump": 10, "observed": 4}

    def __init__(self, *args, dose_order, preparation, **kwargs):
        super().__init__(*args, **kwargs)
        self.dose_order, self.preparation = dose_order, preparation

    def save(self, request):
        """Run the rules once more, which is kept also when the start is refused, then start."""
        actions.recheck_visit(session=self.session, by=request.user)
        return actions.start(
            **self.entry(request.user), dose_order=self.dose_order, preparation=self.preparation,
            pump=self.cleaned_data["pump"],
        )  # fmt: skip


class PrescriberForm(DeedForm):
    prescriber = forms.ModelChoiceField(None, label="Responsible from now on", empty_label="Choose a prescriber")

    def __init__(self, *args, session, prescribers, **kwargs):
        super().__init__(*args, **kwargs)
        self.session = session
        self.fields["prescriber"].queryset = prescribers

    def save(self, request):
        return actions.name_prescriber(session=self.session, **self.picked("prescriber"), by=request.user)


class ChairForm(DeedForm):
    chair = forms.ModelChoiceField(None, label="The patient is now in", empty_label="Choose a chair")

    def __init__(self, *args, session, chairs, **kwargs):
        super().__init__(*args, **kwargs)
        self.session = session
        self.fields["chair"].queryset = chairs

    def save(self, request):
        return actions.move_chair(session=self.session, **self.picked("chair"), by=request.user)
