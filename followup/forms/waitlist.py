"""Who waits for what, as the desk types it; and a free time that is offered by hand."""

from datetime import timedelta

from django import forms

from clinic import clock
from clinic.forms import CheckCards, PlainForm
from clinic.presenters.booking import IN_A_CHAIR, MINUTES
from clinic.rules.booking import wall
from followup.actions.booking import planned_infusions
from followup.actions.offering import note_freed
from followup.actions.waitlist import join_waitlist
from followup.forms.booking import clock_field, day_field
from followup.models import WaitlistEntry
from followup.rules.own_visits import DAYS
from followup.rules.waitlist import MOST_NOTICE_HOURS, NOTICE_HOURS

USUAL_DAYS = 30
OTHERS = ("consultation", "follow_up")
CHAIR = "chair"  # what a reader chooses who may not know which of the two it is


def kind_of(what, course):
    """The kind of visit chosen; for a chair visit an infusion while the series has any left, then a booster."""
    if what != CHAIR:
        return what
    return "infusion" if len(planned_infusions(course)) < course.planned_number else "booster"


class JoinForm(PlainForm):
    """What would suit. `visits`: those that could be moved; `kinds`: words of each kind of visit for this reader."""

    what = forms.ChoiceField(label="What for")
    from_day = day_field(label="From")
    until_day = day_field(label="Until")
    weekdays = forms.MultipleChoiceField(
        label="Days", help_text="None ticked: any day.", choices=[(str(n), day) for n, day in enumerate(DAYS)],
        required=False, widget=CheckCards,
    )  # fmt: skip
    part = forms.ChoiceField(label="Part of the day", choices=WaitlistEntry.PARTS)
    notice_hours = forms.IntegerField(
        label="Must know before", min_value=0, max_value=MOST_NOTICE_HOURS, initial=NOTICE_HOURS
    )  # fmt: skip
    note = forms.CharField(label="Note for the schedule", required=False, max_length=200)
    units = {"notice_hours": "hours"}
    widths = {"notice_hours": 4, "note": 20}

    def __init__(self, *args, patient, site, visits, courses, kinds, **kwargs):
        today = clock.now().astimezone(site.zone).date()
        kwargs.setdefault("initial", {"from_day": today, "until_day": today + timedelta(days=USUAL_DAYS)})
        super().__init__(*args, **kwargs)
        self.patient, self.site = patient, site
        self.visits = {str(visit.pk): visit for visit in visits}
        self.courses = courses
        moved = [(pk, f"Earlier than {words}") for pk, words in _said(visits, kinds)]
        may = [code for code in (*IN_A_CHAIR, *OTHERS) if code in OTHERS or courses]
        said = {kinds[code]: CHAIR if kinds["infusion"] == kinds[code] == kinds["booster"] else code for code in may}
        new = [(code, f"New: {words.lower()}") for words, code in said.items()]
        self.fields["what"].choices = moved + new

    def save(self, *, by):
        """Put them on the list."""
        said = dict(self.cleaned_data)
        what = said.pop("what")
        visit = self.visits.get(what)
        newest = self.courses[0] if self.courses else None
        kind = visit.kind if visit else kind_of(what, newest)
        course = visit.course if visit else (newest if kind in IN_A_CHAIR else None)
        return join_waitlist(
            patient=self.patient, site=self.site, kind=kind, course=course, appointment=visit, by=by,
            **said | {"weekdays": [int(day) for day in said["weekdays"]]},
        )  # fmt: skip


def _said(visits, kinds):
    for visit in visits:
        local = visit.starts_at.astimezone(visit.site.zone)
        yield str(visit.pk), f"{kinds[visit.kind].lower()} on {local:%d-%b-%Y %H:%M}"


class LeaveForm(PlainForm):
    """Why somebody no longer waits."""

    reason = forms.CharField(label="Why", max_length=200, error_messages={"required": "Write why."})
    widths = {"reason": 20}


class OfferTimeForm(PlainForm):
    """A free time for those who wait, offered by hand."""

    day = day_field(label="Day")
    time = clock_field()
    place = forms.ChoiceField(label="What is free", choices=[("chair", "A chair"), ("prescriber", "A prescriber")])

    def save(self, *, site, by):
        """Offer it in the next round."""
        said = self.cleaned_data
        in_a_chair = said["place"] == "chair"
        starts_at = wall(said["day"], said["time"], site.zone)
        minutes = MINUTES["infusion" if in_a_chair else "consultation"]
        return note_freed(
            site=site, starts_at=starts_at, ends_at=starts_at + timedelta(minutes=minutes), in_a_chair=in_a_chair, by=by
        )  # fmt: skip
