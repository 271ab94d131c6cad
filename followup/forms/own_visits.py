"""What a patient ticks about a visit of theirs: why not, when else, when sooner."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from clinic import clock
from clinic.forms import CheckCards, PlainForm, RadioCards
from followup.actions import own_visits as actions
from followup.actions.waitlist import join_waitlist
from followup.rules.own_visits import EITHER, LATER, SOONER, Wanted

WEEKDAYS = [
    ("0", _("Monday")),
    ("1", _("Tuesday")),
    ("2", _("Wednesday")),
    ("3", _("Thursday")),
    ("4", _("Friday")),
    ("5", _("Saturday")),
]
PARTS = [("any", _("Any time")), ("morning", _("Morning")), ("afternoon", _("Afternoon"))]
# Why a patient says no, on the codes of why visits do not take place.
WHY = [
    ("ill", _("I am ill")),
    ("no_ride", _("I have nobody to take me home")),
    ("life", _("Work or family")),
    ("travel", _("I can’t get there")),
    ("not_wanted", _("I do not want it any more")),
    ("not_said", _("I would rather not say")),
]
WAYS = [(SOONER, _("Sooner")), (LATER, _("Later")), (EITHER, _("Both are fine"))]
NOTICE = [("4", _("A few hours before is enough")), ("24", _("A day before")), ("48", _("Two days before"))]
WAIT_DAYS = 60


class _OfVisit(PlainForm):
    """`version` is the visit as the page showed it."""

    version = forms.IntegerField(
        widget=forms.HiddenInput, error_messages={"required": _("Open the page again, please")}
    )


class YesForm(_OfVisit):
    """I come."""

    def save(self, *, visit, by):
        """Confirm as the patient."""
        return actions.say_yes(visit=visit, version=self.cleaned_data["version"], by=by)


class CallOffForm(_OfVisit):
    """Please cancel it."""

    code = forms.ChoiceField(label=_("Why can’t you come?"), choices=WHY, widget=RadioCards)
    wants_other = forms.BooleanField(label=_("Please call me about another time"), required=False, initial=True)

    def save(self, *, visit, by):
        """Cancel as the patient."""
        said = self.cleaned_data
        return actions.call_off(
            visit=visit, version=said["version"], code=said["code"], wants_other=said["wants_other"], by=by
        )  # fmt: skip


class _Times(_OfVisit):
    weekdays = forms.MultipleChoiceField(
        label=_("Which days suit you?"), help_text=_("Tick none if any day is fine."), choices=WEEKDAYS,
        required=False, widget=CheckCards,
    )  # fmt: skip
    part = forms.ChoiceField(label=_("Which part of the day?"), choices=PARTS, initial="any", widget=RadioCards)

    def days(self):
        """The days ticked, 0 Monday."""
        return [int(day) for day in self.cleaned_data["weekdays"]]


class OtherTimeForm(_Times):
    """I need another time."""

    way = forms.ChoiceField(label=_("Sooner or later?"), choices=WAYS, initial=EITHER, widget=RadioCards)
    words = forms.CharField(
        label=_("Anything we should know?"), required=False, max_length=1000, widget=forms.Textarea({"rows": 3})
    )
    field_order = ["version", "way", "weekdays", "part", "words"]

    def save(self, *, visit, by):
        """Ask the desk."""
        said = self.cleaned_data
        wanted = Wanted(said["way"], tuple(self.days()), said["part"], said["words"])
        return actions.ask_other_time(visit=visit, version=said["version"], wanted=wanted, by=by)


class SoonerForm(_Times):
    """Tell me when an earlier time becomes free."""

    notice = forms.ChoiceField(
        label=_("How long before must you know?"), choices=NOTICE, initial="24", widget=RadioCards
    )  # fmt: skip

    def save(self, *, visit, by):
        """Wait for an earlier time than that of this visit, until the day before it."""
        at = clock.now()
        zone = visit.site.zone
        today, last = at.astimezone(zone).date(), visit.starts_at.astimezone(zone).date()
        return join_waitlist(
            patient=visit.patient, site=visit.site, kind=visit.kind, course=visit.course, appointment=visit,
            from_day=today, until_day=min(last, today + timedelta(days=WAIT_DAYS)), part=self.cleaned_data["part"],
            weekdays=self.days(), notice_hours=int(self.cleaned_data["notice"]), by=by, at=at,
        )  # fmt: skip
