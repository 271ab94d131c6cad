"""What is typed on the schedule: which day and whose, a gap, where a visit is put, another chair, why it ends."""

import datetime
import uuid

from django import forms
from django.core.exceptions import ValidationError

from clinic.forms import PlainForm
from clinic.models import END_CODES
from clinic.rules.booking import Span
from followup.forms.booking import DayForm, SlotField


class ScheduleForm(DayForm):
    """Which day or week, by chair or by person, and which visit is looking for a place."""

    by = forms.ChoiceField(choices=[("chair", "Chairs"), ("person", "People")], required=False)
    moving = forms.UUIDField(required=False)
    moved = forms.UUIDField(required=False)


class StampField(forms.CharField):
    """A moment in UTC as links carry it: 2026-05-14T13:30Z."""

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        try:
            moment = datetime.datetime.fromisoformat(text)
        except ValueError:
            raise ValidationError("Choose one of the times shown.") from None
        if moment.tzinfo is None or not 2000 <= moment.year <= 2100:
            raise ValidationError("Choose one of the times shown.")
        return moment.astimezone(datetime.UTC)


class StartForm(PlainForm):
    """The start that a link to the booking page asks for."""

    start = StampField()


class GapForm(PlainForm):
    """A free stretch of a chair or of a person's lane, as the schedule links to it."""

    start = StampField()
    end = StampField()
    chair = forms.UUIDField(required=False)
    nurse = forms.UUIDField(required=False)
    prescriber = forms.UUIDField(required=False)
    q = forms.CharField(required=False, max_length=80)

    def gap(self):
        """The stretch; an end before the start makes an empty one."""
        said = self.cleaned_data
        return Span(said["start"], max(said["start"], said["end"]))

    def asked(self, desk):
        """Chair, nurse and prescriber as rows of the desk, None for any."""
        known = {"chair": desk.chairs, "nurse": desk.nurses, "prescriber": desk.prescribers}
        return {name: rows.get(self.cleaned_data[name]) for name, rows in known.items()}


class PlaceForm(PlainForm):
    """When the visit starts in its new place; why, where that leaves the protocol's spacing."""

    starts_at = StampField(label="Start")
    reason = forms.CharField(label="Why", required=False, max_length=200)
    slot = SlotField(required=False)
    widths = {"reason": 20}


class EndForm(PlainForm):
    """Why a visit does not take place: one of the clinic's reasons, or words."""

    code = forms.ChoiceField(label="Reason", required=False, choices=[("", "Choose one, or write below"), *END_CODES])
    reason = forms.CharField(label="In words", required=False, max_length=200)
    widths = {"reason": 20}


KEEP = "As it is"


class SeatForm(PlainForm):
    """Another chair or another nurse at the same hour. `options`: what may be chosen, as (value, words)."""

    chair = forms.ChoiceField(label="Chair", required=False, widget=forms.RadioSelect)
    nurse = forms.ChoiceField(label="Nurse", required=False)
    reason = forms.CharField(label="Why", required=False, max_length=200)
    widths = {"reason": 20}

    def __init__(self, *args, chairs, nurses, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["chair"].choices = [("", KEEP), *chairs]
        self.fields["nurse"].choices = [("", KEEP), *nurses]

    def clean(self):
        said = super().clean()
        if not self.errors and not said.get("chair") and not said.get("nurse"):
            raise ValidationError("Choose another chair or another nurse.")
        return said

    def swap_with(self):
        """The id of the visit to swap chairs with, or None."""
        kind, _, pk = self.cleaned_data["chair"].partition(":")
        return uuid.UUID(pk) if kind == "visit" else None

    def wanted(self, desk):
        """The rows chosen, None to keep what it has."""
        kind, _, pk = self.cleaned_data["chair"].partition(":")
        nurse = self.cleaned_data["nurse"]
        return {"chair": desk.chairs.get(uuid.UUID(pk)) if kind == "chair" else None,
                "nurse": desk.nurses.get(uuid.UUID(nurse)) if nurse else None}  # fmt: skip


class LateForm(PlainForm):
    """In which chair a visit that comes late runs."""

    chair = forms.ChoiceField(label="Chair", required=False, widget=forms.RadioSelect)

    def __init__(self, *args, chairs, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["chair"].choices = chairs

    def chosen(self, desk):
        """The chair as a row, None for its own."""
        pk = self.cleaned_data["chair"]
        return desk.chairs.get(uuid.UUID(pk)) if pk else None
