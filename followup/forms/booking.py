"""What the front desk types: a day, a slot, the rows of a series, a shift, a reason."""

import datetime
import uuid

from django import forms
from django.core.exceptions import ValidationError

from clinic.actions.series import Wish
from clinic.forms import NumberText, PlainForm
from clinic.models import END_CODES
from clinic.rules.booking import wall

FIRST_DAY, LAST_DAY = datetime.date(2000, 1, 1), datetime.date(2100, 12, 31)
DAY = {"type": "date"}


def day_field(**kwargs):
    """A day as the browser's own date field; a far century is a slip."""
    field = forms.DateField(widget=forms.DateInput(DAY, format="%Y-%m-%d"), **kwargs)
    field.validators.append(_sensible_day)
    return field


def _sensible_day(day):
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValidationError(f"Check the year: {day.year} can't be right.")


class DayForm(PlainForm):
    """Which day of the schedule, and how it is shown."""

    day = day_field(label="Day", required=False)
    view = forms.ChoiceField(choices=[("day", "Day"), ("week", "Week")], required=False)


class ClockText(NumberText):
    """A time as 09:00."""

    def format_value(self, value):
        return f"{value:%H:%M}" if hasattr(value, "hour") else value


def clock_field():
    """A time on the 24-hour clock, typed as 09:00."""
    field = forms.TimeField(label="Time", widget=ClockText("numeric"), input_formats=["%H:%M", "%H.%M", "%H%M"])
    field.error_messages["invalid"] = "Type the time on the 24-hour clock, for example 13:30."
    return field


def _choices(known, any_words, word=""):
    return [("", any_words), *((str(pk), f"{word}{row}") for pk, row in known.items())]


class AskForm(PlainForm):
    """What kind of visit on which day; chair and people, or any of them."""

    kind = forms.ChoiceField(label="Visit")
    course = forms.ChoiceField(label="Course", required=False)
    day = day_field(label="Day")
    chair = forms.ChoiceField(label="Chair", required=False)
    nurse = forms.ChoiceField(label="Nurse", required=False)
    prescriber = forms.ChoiceField(label="Prescriber", required=False)

    def __init__(self, *args, desk, courses=(), kinds=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.desk, self.courses = desk, {str(course.pk): course for course in courses}
        self.fields["kind"].choices = kinds
        self.fields["course"].choices = [("", "The newest"), *((pk, str(one)) for pk, one in self.courses.items())]
        if not kinds:
            del self.fields["kind"]
        self.fields["chair"].choices = _choices(desk.chairs, "Any chair", "Chair ")
        self.fields["nurse"].choices = _choices(desk.nurses, "Any nurse")
        self.fields["prescriber"].choices = _choices(desk.prescribers, "Any prescriber")
        if len(self.courses) < 2:
            del self.fields["course"]

    def asked(self):
        """Chair, nurse and prescriber as rows, None for any."""
        said = self.cleaned_data
        known = {"chair": self.desk.chairs, "nurse": self.desk.nurses, "prescriber": self.desk.prescribers}
        return {name: rows.get(uuid.UUID(said[name])) if said[name] else None for name, rows in known.items()}

    def chosen_course(self):
        """The course asked for, else the newest one; None without any."""
        newest = next(iter(self.courses.values()), None)
        return self.courses.get(self.cleaned_data.get("course", ""), newest)


YEARS = range(2000, 2200)  # no slot is shown beyond; the ends of the calendar can't be reckoned with


class SlotField(forms.CharField):
    """A slot as it stands in the page: start, chair, nurse, prescriber, parted by bars; ids may be blank."""

    default_error_messages = {"required": "Choose a time"}

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        start, *ids = [*text.split("|"), "", "", ""][:4]
        try:
            starts_at = datetime.datetime.fromisoformat(start)
            chosen = [uuid.UUID(one) if one else None for one in ids]
        except ValueError:
            raise ValidationError("Choose one of the times shown.") from None
        if starts_at.tzinfo is None or starts_at.year not in YEARS:
            raise ValidationError("Choose one of the times shown.")
        return starts_at.astimezone(datetime.UTC), *chosen


def slot_value(offer):
    """An Offer as the value of its radio."""
    parts = (offer.chair, offer.nurse, offer.prescriber)
    return "|".join([offer.starts_at.isoformat(), *(str(row.pk) if row else "" for row in parts)])


class SlotForm(PlainForm):
    """The slot chosen, and a word for the schedule."""

    slot = SlotField(label="Time")
    note = forms.CharField(label="Note for the schedule", required=False, max_length=200)

    def __init__(self, *args, desk, **kwargs):
        super().__init__(*args, **kwargs)
        self.desk = desk

    def chosen(self):
        """starts_at, chair, nurse and prescriber as keywords; a row that is not of this site counts as any."""
        starts_at, chair, nurse, prescriber = self.cleaned_data["slot"]
        return {"starts_at": starts_at, "chair": self.desk.chairs.get(chair), "nurse": self.desk.nurses.get(nurse),
                "prescriber": self.desk.prescribers.get(prescriber)}  # fmt: skip


class MoveForm(SlotForm):
    """The slot a visit moves to, and why where that leaves its protocol's spacing."""

    reason = forms.CharField(label="Why", required=False, max_length=200)
    note = None
    widths = {"reason": 20}


class FirstForm(PlainForm):
    """From when a series is proposed."""

    first = day_field(label="First day")
    time = clock_field()
    count = forms.IntegerField(label="How many", min_value=1, max_value=60)


class RowForm(PlainForm):
    """One infusion of a series; `alternative` beats what stands in the other fields."""

    day = day_field(label="Day")
    time = clock_field()
    chair = forms.ChoiceField(label="Chair", required=False)
    nurse = forms.ChoiceField(label="Nurse", required=False)
    alternative = SlotField(required=False)

    def __init__(self, *args, desk, **kwargs):
        super().__init__(*args, **kwargs)
        self.desk = desk
        self.fields["chair"].choices = _choices(desk.chairs, "Any chair", "Chair ")
        self.fields["nurse"].choices = _choices(desk.nurses, "Any nurse")

    def wish(self):
        """The row as a Wish of the action."""
        said = self.cleaned_data
        if said.get("alternative"):
            starts_at, chair, nurse, _ = said["alternative"]
            return Wish(starts_at, self.desk.chairs.get(chair), self.desk.nurses.get(nurse))
        chair = uuid.UUID(said["chair"]) if said["chair"] else None
        nurse = uuid.UUID(said["nurse"]) if said["nurse"] else None
        starts_at = wall(said["day"], said["time"], self.desk.site.zone)
        return Wish(starts_at, self.desk.chairs.get(chair), self.desk.nurses.get(nurse))


SeriesForms = forms.formset_factory(RowForm, extra=0, max_num=60, validate_max=True)


class SpacingForm(PlainForm):
    """Why a series leaves the protocol's spacing, if it does."""

    spacing_reason = forms.CharField(label="Why another spacing", required=False, max_length=200)


class RestForm(PlainForm):
    """Base of what is done with the visits of a series still to come, all of them or from one on."""

    since = forms.ChoiceField(label="From which visit on", required=False)

    def __init__(self, *args, rest=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.starts = {str(one.pk): one.starts_at for one in rest}
        named = [(str(one.pk), f"Visit {one.number}" if one.number else "This one") for one in rest]
        self.fields["since"].choices = [("", "All that are left"), *named[1:]]

    def wanted(self):
        """What was typed as keywords of the action."""
        said = dict(self.cleaned_data)
        return said | {"since": self.starts.get(said["since"])}


class ShiftForm(RestForm):
    """By how many days what remains is moved."""

    days = forms.IntegerField(label="Days", help_text="7 is a week later, -1 a day earlier.")
    flexible = forms.BooleanField(label="Another chair or nurse will do", required=False)
    reason = forms.CharField(label="Why", required=False, max_length=200)
    field_order = ["days", "since", "flexible", "reason"]
    widths = {"days": 4, "reason": 20}


class CancelRestForm(RestForm):
    """Which visits of a series are cancelled in one step, and why."""

    code = forms.ChoiceField(label="Reason", required=False, choices=[("", "Choose one, or write below"), *END_CODES])
    reason = forms.CharField(label="In words", required=False, max_length=200)
    widths = {"reason": 20}
