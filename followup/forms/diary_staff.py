"""Staff at the diary: enter what a patient tells on the phone, stop asking with a reason."""

from datetime import timedelta

from django import forms

from clinic.forms import PlainForm
from clinic.words import clinic_date
from followup.forms.diary import DiaryForm

DAYS_BACK = 14


class ToldForm(DiaryForm):
    """A diary entry told to staff, about today or one of the last fourteen days."""

    day = forms.TypedChoiceField(label="About which day", coerce=str)

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        days = [today - timedelta(days=n) for n in range(DAYS_BACK + 1)]
        self.days = {day.isoformat(): day for day in days}
        self.fields["day"].choices = [(code, self._said(day, today)) for code, day in self.days.items()]

    @staticmethod
    def _said(day, today):
        near = {0: "today, ", 1: "yesterday, "}.get((today - day).days, "")
        return f"{near}{clinic_date(day)}"

    def save_told(self, *, course, by, at=None):
        """Record it, with who was told."""
        day = self.days[self.cleaned_data["day"]]
        return self.save(course=course, link=None, day=day, by=by, at=at)


class StopForm(PlainForm):
    """Why the diary is asked no more."""

    why = forms.CharField(label="Why", max_length=60, help_text="For example: the patient does not want it.")
