"""Who is away from when until when, and which day has hours of its own."""

import datetime

from django import forms

from clinic.forms import PlainForm
from clinic.models import StaffAbsence
from clinic.rules.booking import wall
from followup.forms.booking import clock_field, day_field

DAY = datetime.timedelta(days=1)


def time_field(label):
    """A time on the 24-hour clock that may stay empty."""
    field = clock_field()
    field.label, field.required = label, False
    return field


class AbsenceForm(PlainForm):
    """An absence in local days of the site; without times it is of whole days, the last one included."""

    user = forms.ChoiceField(label="Who")
    kind = forms.ChoiceField(label="What", choices=StaffAbsence.KINDS)
    first = day_field(label="First day")
    first_time = time_field("From")
    last = day_field(label="Last day")
    last_time = time_field("Until")
    why = forms.CharField(label="Note", required=False, max_length=80)
    widths = {"first_time": 4, "last_time": 4, "why": 20}

    def __init__(self, *args, people, site, **kwargs):
        super().__init__(*args, **kwargs)
        self.people, self.site = {str(pk): row for pk, row in people.items()}, site
        self.fields["user"].choices = [("", "Choose"), *((pk, str(row)) for pk, row in self.people.items())]

    def wanted(self):
        """The absence as keywords of the action."""
        said, zone = self.cleaned_data, self.site.zone
        start = wall(said["first"], said["first_time"] or datetime.time(0), zone)
        if said["last_time"]:
            end = wall(said["last"], said["last_time"], zone, later=True)
        else:
            end = wall(said["last"] + DAY, datetime.time(0), zone)
        return {"user": self.people[said["user"]], "start": start, "end": end, "kind": said["kind"],
                "why": said["why"]}  # fmt: skip


class ClosedDayForm(PlainForm):
    """A day on which the site is closed, or open at other hours."""

    day = day_field(label="Day")
    opens = time_field("Opens")
    closes = time_field("Closes")
    why = forms.CharField(label="Why", required=False, max_length=120)
    widths = {"opens": 4, "closes": 4, "why": 20}
