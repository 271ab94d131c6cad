"""Endings that no criteria lead to: not started, against advice, transferred, died."""

from django import forms

from clinic import clock
from clinic.forms import CheckCards
from intake.forms.consent import StrokesField
from sessions import actions
from sessions.forms.base import ClockField, DeedForm, SecondPerson, choice, moment, words
from sessions.models import Ending

YES_NO = [("yes", "Yes"), ("no", "No")]
NOT_STARTED = [("patient", "The patient does not want it today"), ("ill", "Not well today"),
               ("vitals", "Vitals beyond a hold limit"), ("fasting", "Not fasting"),
               ("escort", "Nobody to go home with"), ("line", "No IV line"),
               ("drug", "Drug or equipment not available"), ("other", "Other")]  # fmt: skip
# What is told of leaving early. Source: clinic default (unverified default, the clinic approves).
RISKS = [("drowsy", "Drowsy and slow for hours: no driving, no machines, not alone"),
         ("fall", "Unsteady: may fall"),
         ("pressure", "Blood pressure may rise or fall unseen"),
         ("breathing", "Breathing may become slow or shallow"),
         ("mind", "Strange perceptions, fear or low mood may come back"),
         ("line", "Bleeding or infection where the line was, more so if it stays in"),
         ("relief", "The treatment may not work as hoped")]  # fmt: skip


class _Session(DeedForm):
    def __init__(self, *args, session, **kwargs):
        super().__init__(*args, **kwargs)
        self.session = session


class NotStartedForm(_Session):
    """The infusion is not given: why, in a word and in words."""

    why = choice(NOT_STARTED, label="Why it was not started", required=False)
    reason = words("In words", lines=2, required=False)

    def clean(self):
        data = super().clean()
        if data.get("why") in (None, "", "other") and not data.get("reason"):
            self.add_error("reason", "Say why")
        return data

    def save(self, request):
        data = self.cleaned_data
        said = dict(NOT_STARTED).get(data["why"], "") if data["why"] != "other" else ""
        reason = ". ".join(filter(None, [said, data["reason"].strip()]))
        return actions.not_started(session=self.session, reason=reason, by=request.user)


class AgainstAdviceForm(SecondPerson, _Session):
    """Leaving is never blocked: only what happened is written down."""

    reason = words("Why the patient leaves, in their words", lines=2)
    advice = words("What was advised", lines=2)
    risks = forms.MultipleChoiceField(
        label="Risks that were told", choices=RISKS, widget=CheckCards, required=False,
    )  # fmt: skip
    other_risks = words("Other risks, in words", lines=2, required=False)
    capacity = choice(Ending._meta.get_field("capacity").choices, label="Able to decide")
    line_out = choice(YES_NO, label="Is the IV line out")
    told = words("Who was called or told: escort, prescriber, person to call", limit=200)
    form = choice(Ending._meta.get_field("form").choices, label="The form")
    printed_name = words("Name of who signs", required=False, limit=160)
    drawing = StrokesField(required=False)
    field_order = ("reason", "advice", "risks", "other_risks", "capacity", "line_out", "told", "form", "printed_name",
                   "drawing")  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.order_fields(self.field_order)
        for name in [n for n in self.fields if n.startswith("second_")]:
            self.fields[name].required = False
            self.fields[name].label = str(self.fields[name].label).replace("Second person", "Witness")

    @property
    def has_witness(self):
        """Whether somebody is there to witness a refusal: nobody has to be."""
        names = ("second_person", "second_badge", "second_email")
        return self.data.get("form") == "refused" and any(self.data.get(name) for name in names)

    def clean(self):
        data = super().clean() if self.has_witness else forms.Form.clean(self) or self.cleaned_data
        if not data.get("risks") and not data.get("other_risks"):
            self.add_error("risks", "Choose the risks that were told, or write them")
        return data

    def risk_words(self):
        """All that was told, one sentence each."""
        told = [dict(RISKS)[code] for code in self.cleaned_data["risks"]]
        return ". ".join([*told, *filter(None, [self.cleaned_data["other_risks"].strip()])])

    def save(self, request):
        names = ("reason", "advice", "capacity", "form", "told", "printed_name", "drawing")
        return actions.leave_against_advice(
            session=self.session, **self.picked(*names), risks=self.risk_words(),
            line_out=self.cleaned_data["line_out"] == "yes",
            witness=self.second(request, self.session.site, self.session) if self.has_witness else None,
            by=request.user,
        )  # fmt: skip


class TransferForm(_Session):
    """The patient is taken elsewhere: by whom, where to, who took the handover."""

    reason = words("Why", lines=2)
    to_where = words("Taken to", limit=200)
    taken_by = words("Taken by", limit=120)
    handed_to = words("Handed over to", limit=120)

    def save(self, request):
        names = ("reason", "to_where", "taken_by", "handed_to")
        return actions.transfer(session=self.session, **self.picked(*names), by=request.user)


class DeathForm(_Session):
    """The patient died: when, who pronounced it, who was told."""

    died = ClockField(label="Time of death", help_text="24-hour clinic time. Empty: now.")
    pronounced_by = words("Pronounced by", limit=120)
    told = words("Who was told", limit=200)
    widths = {"died": 4}

    def save(self, request):
        now = clock.now()
        at = moment(self.cleaned_data["died"], self.session.site.zone, now) or now
        return actions.record_death(session=self.session, died_at=at, **self.picked("pronounced_by", "told"),
                                    by=request.user)  # fmt: skip
