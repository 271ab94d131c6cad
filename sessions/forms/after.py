"""After the infusion: score, going home, every other ending, the signature and what is added to it."""

from django import forms

from clinic import clock
from sessions import actions
from sessions.forms.base import ClockField, DeedForm, EntryForm, choice, moment, words
from sessions.models import Ending
from sessions.rules.scores import SCALES

YES_NO = [("yes", "Yes"), ("no", "No")]


class _Session(DeedForm):
    def __init__(self, *args, session, **kwargs):
        super().__init__(*args, **kwargs)
        self.session = session


class ScoreForm(EntryForm):
    """The items of a discharge score, each 0-2; a blank one makes it "not scorable", never low."""

    widths = {"observed": 4}
    oriented = choice(YES_NO, label="Oriented, and steady on the feet", required=False)

    def __init__(self, *args, scale="aldrete", **kwargs):
        super().__init__(*args, **kwargs)
        self.scale = SCALES[scale]
        for item, said in self.scale.items.items():
            points = [(str(2 - n), f"{2 - n}: {w}") for n, w in enumerate(said)]
            self.fields[item] = choice(points, label=item.replace("_", " ").capitalize(), required=False)
        self.order_fields([*self.scale.items, "oriented", "observed"])

    def save(self, request):
        items = {name: _points(self.cleaned_data[name]) for name in self.scale.items}
        return actions.record_score(
            **self.entry(request.user),
            scale=self.scale.code,
            items=items,
            oriented=_said(self.cleaned_data["oriented"]),
        )


def _points(typed):
    return None if typed == "" else int(typed)


def _said(typed):
    return {"yes": True, "no": False}.get(typed)


class DischargeForm(_Session):
    escort_arrived = forms.BooleanField(required=False, label="The escort is here")
    other_way = words("Or another way home, decided by the prescriber", required=False, limit=200)
    instructions_given = forms.BooleanField(
        required=False, label="Instructions handed over and talked through: no driving until tomorrow"
    )
    reason = words("If it was stopped early: why", required=False)
    override_reason = words("Prescriber: reason for going home without a criterion", lines=2, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, prescriber=False, **kwargs):
        super().__init__(*args, **kwargs)
        if not prescriber:
            del self.fields["override_reason"], self.fields["other_way"]

    def save(self, request):
        data = self.cleaned_data
        return actions.discharge(
            session=self.session, override_reason=data.get("override_reason", ""), other_way=data.get("other_way", ""),
            by=request.user, **self.picked("escort_arrived", "instructions_given", "reason", "version"),
        )  # fmt: skip


class NotStartedForm(_Session):
    reason = words("Why it was not started", lines=3)

    def save(self, request):
        return actions.not_started(session=self.session, reason=self.cleaned_data["reason"], by=request.user)


class AgainstAdviceForm(_Session):
    """Leaving is never blocked: only what happened is written down."""

    reason = words("Why the patient leaves, in their words", lines=2)
    advice = words("What was advised", lines=2)
    capacity = choice(Ending._meta.get_field("capacity").choices, label="Able to decide")
    line_out = choice(YES_NO, label="Is the IV line out")
    form = choice(Ending._meta.get_field("form").choices, label="The form")
    told = words("Who was told", limit=200)

    def save(self, request):
        names = ("reason", "advice", "capacity", "form", "told")
        return actions.leave_against_advice(
            session=self.session, **self.picked(*names), line_out=_said(self.cleaned_data["line_out"]), by=request.user
        )


class TransferForm(_Session):
    reason = words("Why", lines=2)
    to_where = words("Taken to", limit=200)
    taken_by = words("Taken by", limit=120)
    handed_to = words("Handed over to", limit=120)

    def save(self, request):
        names = ("reason", "to_where", "taken_by", "handed_to")
        return actions.transfer(session=self.session, **self.picked(*names), by=request.user)


class DeathForm(_Session):
    died = ClockField(label="Time of death", help_text="24-hour clinic time. Empty: now.")
    pronounced_by = words("Pronounced by", limit=120)
    told = words("Who was told", limit=200)
    widths = {"died": 4}

    def save(self, request):
        now = clock.now()
        at = moment(self.cleaned_data["died"], self.session.site.zone, now) or now
        return actions.record_death(session=self.session, died_at=at, **self.picked("pronounced_by", "told"),
                                    by=request.user)  # fmt: skip


class SignForm(_Session):
    version = forms.IntegerField(widget=forms.HiddenInput)
    read = forms.BooleanField(label="I have reviewed this chart, and it is complete as far as I know",
                              error_messages={"required": "Review the chart first"})  # fmt: skip

    def save(self, request):
        return actions.sign_chart(session=self.session, version=self.cleaned_data["version"], by=request.user)


class AddendumForm(_Session):
    text = words("Addendum", lines=4, limit=4000)

    def save(self, request):
        return actions.addend(session=self.session, text=self.cleaned_data["text"], by=request.user)
