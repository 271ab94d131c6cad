"""Somebody's week of working hours, and other hours on one day."""

from clinic.forms import PlainForm
from clinic.models.places import WEEKDAYS
from followup.forms.away import time_field
from followup.forms.booking import clock_field, day_field


class WeekForm(PlainForm):
    """From and until for each weekday, both empty on a day they don't work; the day from which it holds."""

    first = day_field(label="From which day on")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for number, name in WEEKDAYS:
            self.fields[f"from_{number}"] = time_field(f"{name}, from")
            self.fields[f"until_{number}"] = time_field(f"{name}, until")

    def days(self):
        """(name of the weekday, field from, field until) for each row of the page."""
        return [(name, self[f"from_{number}"], self[f"until_{number}"]) for number, name in WEEKDAYS]

    def wanted(self):
        """What was typed as keywords of the action."""
        said = self.cleaned_data
        hours = {number: (said[f"from_{number}"], said[f"until_{number}"]) for number, _ in WEEKDAYS}
        return {"hours": hours, "first": said["first"]}


class ShiftDayForm(PlainForm):
    """Other hours on one day."""

    day = day_field(label="Day")
    starts = clock_field()
    ends = clock_field()
    widths = {"starts": 4, "ends": 4}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["starts"].label, self.fields["ends"].label = "From", "Until"
