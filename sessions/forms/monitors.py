"""Monitors: which values go on the chart, and at which chair a device stands."""

import uuid

from django import forms

from clinic.forms import CheckCards, RadioCards
from clinic.models import Chair
from sessions.actions import monitors as actions
from sessions.forms.base import DeedForm, words
from sessions.presenters.monitors import reading
from sessions.queries.monitors import samples_of
from sessions.rules.monitors import ORDER, STANDS_FOR


class AcceptForm(DeedForm):
    """The values shown when the page was made; those that are ticked become one set, exactly as they were shown."""

    entry_id = forms.UUIDField(widget=forms.HiddenInput)
    shown = forms.MultipleChoiceField(required=False, widget=forms.MultipleHiddenInput)
    samples = forms.MultipleChoiceField(
        label="Values that go on the chart", widget=CheckCards,
        error_messages={"required": "Choose at least one value, or go back"},
    )  # fmt: skip

    def __init__(self, *args, session, panel, **kwargs):
        now = {r.word: r for r in panel.readings}
        fresh = {
            "entry_id": uuid.uuid4(),
            "shown": list(now),
            "samples": [w for w, r in now.items() if not r.is_charted],
        }
        super().__init__(*args, initial=fresh, **kwargs)
        self.session = session
        self.readings = self._sent() if self.is_bound else now
        choices = [(word, r.choice) for word, r in self.readings.items()]
        self.fields["shown"].choices = self.fields["samples"].choices = choices

    def _sent(self):
        """What the page showed, by its word, in the order of the chart; only this session's samples."""
        pairs = [word.partition(":")[::2] for word in self.data.getlist("shown")]
        rows = {str(s.pk): s for s in samples_of(self.session, [pk for _, pk in pairs if _is_id(pk)])}
        fits = [(m, rows[pk]) for m, pk in pairs if m in ORDER and pk in rows and _can_be(m, rows[pk])]
        zone = self.session.site.zone
        return {r.word: r for r in (reading(m, s, zone) for m, s in sorted(fits, key=lambda f: ORDER.index(f[0])))}

    def save(self, request):
        chosen = {self.readings[w].measure: self.readings[w].sample for w in self.cleaned_data["samples"]}
        return actions.accept_set(
            session=self.session, entry_id=self.cleaned_data["entry_id"], samples=chosen, by=request.user
        )

    def _field_of(self, item):
        return super()._field_of(item) or "samples"


def _is_id(text):
    try:
        return bool(uuid.UUID(text))
    except ValueError:
        return False


def _can_be(measure, sample):
    return measure in (sample.measure, STANDS_FOR.get(sample.measure))


class ConfirmDeviceForm(DeedForm):
    """At which chair a monitor stands."""

    chair = forms.ModelChoiceField(
        Chair.objects.none(), label="It stands at", widget=RadioCards, empty_label=None,
        error_messages={"required": "Choose the chair at which you see it", "invalid_choice": "Choose one of them"},
    )  # fmt: skip
    label = words("A name for it, if you like", limit=40, required=False)
    known = forms.CharField(required=False, widget=forms.HiddenInput)
    widths = {"label": 20}

    def __init__(self, *args, device, site, **kwargs):
        said = {"chair": device.chair_id, "label": device.label, "known": actions.confirmed_stamp(device)}
        super().__init__(*args, initial=said, **kwargs)
        self.device = device
        self.fields["chair"].queryset = site.chairs.filter(in_use=True)
        self.fields["chair"].label_from_instance = lambda chair: f"Chair {chair.label}"

    def save(self, request):
        return actions.confirm_device(device=self.device, **self.picked("chair", "label", "known"), by=request.user)


class RetireDeviceForm(DeedForm):
    """A monitor's values belong to no chair any more."""

    def __init__(self, *args, device, **kwargs):
        super().__init__(*args, **kwargs)
        self.device = device

    def save(self, request):
        return actions.retire_device(device=self.device, by=request.user)


class LookForm(DeedForm):
    """Somebody has looked at what nobody could read."""

    about = forms.CharField(widget=forms.HiddenInput)
    subject = forms.CharField(max_length=320, widget=forms.HiddenInput)
    words = words("What it is", limit=200, required=False)

    def __init__(self, *args, site, **kwargs):
        super().__init__(*args, **kwargs)
        self.site = site

    def save(self, request):
        return actions.look_at(site=self.site, by=request.user, **self.picked("about", "subject", "words"))
