"""Adverse events: how one goes on, and its report."""

from django import forms

from clinic import clock
from clinic.forms import CheckCards, PlainForm
from sessions import actions
from sessions.forms.base import ClockField, DeedForm, choice, moment, words
from sessions.rules import adverse as rules


class FollowUpForm(DeedForm):
    """How the event is now."""

    status = choice(list(rules.STATUSES.items()), label="How it is now")
    how = choice(list(rules.HOWS.items()), label="How you know", initial="seen")
    seen = ClockField(label="When", help_text="24-hour clinic time. Empty: now.")
    words = words("In words", required=False, lines=2, limit=600)
    widths = {"seen": 4}
    at_field = {"time.resolved": "seen", "time.order": "seen"}

    def __init__(self, *args, event, **kwargs):
        super().__init__(*args, **kwargs)
        self.event = event

    def save(self, request):
        zone = self.event.entry.session.site.zone
        return actions.follow_up_event(
            entry=self.event.root, seen_at=moment(self.cleaned_data["seen"], zone, clock.now()), by=request.user,
            **self.picked("status", "how", "words"),
        )  # fmt: skip


def _long(label, **kwargs):
    return words(label, lines=3, limit=4000, required=False, **kwargs)


class ReportForm(DeedForm):
    """The report of a serious event: a draft may have gaps, a signed one none."""

    criteria = forms.MultipleChoiceField(
        label="What makes it serious", required=False, choices=list(rules.SERIOUS.items()), widget=CheckCards
    )
    narrative = words("What happened, in order", lines=6, limit=8000, required=False,
                      help_text="With times: what was seen first, what was done, how it went on.")  # fmt: skip
    action_taken = choice(list(rules.ACTIONS.items()), label="What was done with the infusion", required=False)
    outcome = choice(list(rules.OUTCOMES.items()), label="How it ended", required=False)
    relatedness = choice(list(rules.RELATEDNESS.items()), label="Did the infusion cause it", required=False)
    history = _long("History and other medicines that matter")
    tests = _long("Tests and their results")
    told = choice(list(rules.TOLD.items()), label="Who outside was told", required=False)
    told_reference = words("When, and their number for it", required=False, limit=120)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, report, **kwargs):
        names = ("criteria", "version", *actions.adverse.FIELDS)
        kwargs["initial"] = {name: getattr(report, name) for name in names}
        super().__init__(*args, **kwargs)
        self.report = report

    def save(self, request):
        report = actions.edit_report(
            report=self.report, by=request.user, **self.picked("criteria", "version", *actions.adverse.FIELDS)
        )
        if "sign" in self.data:
            actions.sign_report(report=report, version=report.version, by=request.user)
        return report


class BeginReportForm(PlainForm):
    """One press: the draft is made."""

    def __init__(self, *args, event, **kwargs):
        super().__init__(*args, **kwargs)
        self.event = event

    def take(self, refused):
        for item in refused.items:
            self.add_error(None, item.text)

    def save(self, request):
        return actions.begin_report(entry=self.event.root, by=request.user)
