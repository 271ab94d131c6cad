"""After the infusion: score, going home, the signature and what is added to it."""

from django import forms

from sessions import actions
from sessions.forms.base import DeedForm, EntryForm, choice, words
from sessions.rules.scores import SCALES

YES_NO = [("yes", "Yes"), ("no", "No")]


class SessionForm(DeedForm):
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


class DischargeForm(SessionForm):
    escort_arrived = forms.BooleanField(required=False, label="The escort is here")
    other_way = words("Or another way home, decided by the prescriber", required=False, limit=200)
    instructions_given = forms.BooleanField(
        required=False, label="Instructions handed over and talked through: no driving until tomorrow"
    )
    reason = words("If it was stopped early: why", required=False)
    override_reason = words("Prescriber: reason for going home without a criterion", lines=2, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, prescriber=False, charted=(), **kwargs):
        """`charted`: fields whose fact stands in the record already."""
        super().__init__(*args, **kwargs)
        for name in (*charted, *(() if prescriber else ("override_reason", "other_way"))):
            del self.fields[name]

    def save(self, request):
        data = self.cleaned_data
        return actions.discharge(
            session=self.session, override_reason=data.get("override_reason", ""), other_way=data.get("other_way", ""),
            escort_arrived=data.get("escort_arrived"), instructions_given=data.get("instructions_given"),
            by=request.user, **self.picked("reason", "version"),
        )  # fmt: skip


MEANINGS = ("Reviewed and approved", "Reviewed; my addendum follows", "Written and reviewed by me")


class SignForm(SessionForm):
    meaning = choice([(said, said) for said in MEANINGS], label="What your signature means", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)
    read = forms.BooleanField(label="I have reviewed this chart, and it is complete as far as I know",
                              error_messages={"required": "Review the chart first"})  # fmt: skip

    def save(self, request):
        meaning = self.cleaned_data["meaning"] or MEANINGS[0]
        version = self.cleaned_data["version"]
        return actions.sign_chart(session=self.session, meaning=meaning, version=version, by=request.user)


class AddendumForm(SessionForm):
    text = words("Addendum", lines=4, limit=4000)

    def save(self, request):
        return actions.addend(session=self.session, text=self.cleaned_data["text"], by=request.user)
