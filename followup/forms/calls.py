"""Note a call: what came of it, what was said, when it is tried again."""

import uuid
from datetime import datetime, time, timedelta

from django import forms

from clinic.forms import CheckCards, PlainForm, RadioCards, TenField
from clinic.rules.quiet import from_wall
from followup.actions import calls
from followup.models import CallNote
from followup.rules.diary import SERIOUS_EFFECTS, USUAL_EFFECTS

EFFECTS = [(code, words.capitalize()) for code, words in (USUAL_EFFECTS | SERIOUS_EFFECTS).items()]
AGAIN = [("", "In three hours"), ("evening", "Today at 17:00"), ("morning", "Tomorrow at 10:00")]
HOURS = {"evening": (0, time(17)), "morning": (1, time(10))}


class CallForm(PlainForm):
    """One call or one try. The time may be left out: then it was just now."""

    client_id = forms.UUIDField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(label="What came of it", choices=CallNote.OUTCOMES, widget=RadioCards)
    direction = forms.ChoiceField(label="Who called", choices=CallNote.DIRECTIONS, widget=RadioCards, initial="out")
    words = forms.CharField(
        label="What was said", required=False, max_length=2000, widget=forms.Textarea({"rows": 3}),
        help_text="How the night was, what was asked, what you advised.",
    )  # fmt: skip
    pain = TenField(label="Pain now, as told", low="none", high="worst", required=False)
    side_effects = forms.MultipleChoiceField(
        label="What they report", choices=EFFECTS, required=False, widget=CheckCards
    )
    called_at = forms.TimeField(
        label="When, if not just now", required=False, input_formats=["%H:%M", "%H%M"],
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "placeholder": "14:05"}),
        help_text="Today, on the clinic's clock.",
        error_messages={"invalid": "Type the time like 14:05"},
    )  # fmt: skip
    next_try = forms.ChoiceField(label="If not reached: try again", choices=AGAIN, required=False)
    widths = {"called_at": 4}

    def __init__(self, *args, site, is_contact=True, **kwargs):
        super().__init__(*args, **kwargs)
        self.site = site
        self.initial.setdefault("client_id", uuid.uuid4())
        if not is_contact:
            del self.fields["next_try"]
            self.fields["outcome"].choices = [row for row in CallNote.OUTCOMES if row[0] != "gave_up"]

    def save(self, *, patient, by, at, contact=None):
        """Note it."""
        data = self.cleaned_data
        return calls.note_call(
            patient=patient, site=self.site, outcome=data["outcome"], client_id=data["client_id"], by=by,
            contact=contact, words=data["words"], direction=data["direction"], pain=data["pain"], at=at,
            side_effects=tuple(data["side_effects"]), called_at=self._called_at(at), next_try_at=self._next_try(at),
        )  # fmt: skip

    def _called_at(self, at: datetime) -> datetime | None:
        typed = self.cleaned_data["called_at"]
        return from_wall(at.astimezone(self.site.zone).date(), typed, self.site.zone) if typed else None

    def _next_try(self, at: datetime) -> datetime | None:
        chosen = HOURS.get(self.cleaned_data.get("next_try", ""))
        if chosen is None:
            return None
        days, clock = chosen
        return from_wall(at.astimezone(self.site.zone).date() + timedelta(days=days), clock, self.site.zone)
