"""What a tablet kept while it had no network, as it arrives: the envelope, and the deed's own form inside it.

The inner form is the one of the page, so that no rule is written twice; it is told who wrote it and when.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.http import QueryDict

from clinic import clock
from clinic.forms import PlainForm
from clinic.models import User
from clinic.refusal import Item, Refused, refuse_if
from clinic.words import clinic_time
from sessions import actions, queries, tickets
from sessions.actions import offline as keeping
from sessions.forms import after, events, pump, vitals
from sessions.forms.base import moment, words
from sessions.models import HeldEntry
from sessions.rules import offline as rules

NOT_KEPT = {"csrfmiddlewaretoken"}


@dataclass(frozen=True)
class Written:
    """Who wrote something without network, on which tablet and when; what `EntryForm.entry` asks."""

    author: object
    sender: object
    tablet: object
    ticket: object
    tablet_at: datetime
    written_at: datetime
    offset_s: int
    note: str = ""
    source: str = "offline"
    entry_id: object = None

    def entry(self, form):
        """The arguments of a recording action; raises `Refused` for a time typed in the future."""
        typed = moment(
            form.cleaned_data["observed"], form.session.site.zone, self.written_at, form.session.checked_in_at
        )
        refuse_if(rules.typed_items(typed, self.written_at))
        when = actions.When(
            observed_at=typed or self.written_at, source=self.source, sent_by=self.sender,
            clock_offset_s=self.offset_s, tablet=self.tablet, tablet_at=self.tablet_at, ticket=self.ticket,
            note=self.note, is_stamp=typed is None,
        )  # fmt: skip
        return {
            "session": form.session,
            "entry_id": self.entry_id or form.cleaned_data["entry_id"],
            "by": self.author,
            "when": when,
        }


def _pump(make, **more):
    return lambda data, session, orders, auto_id: make(
        data, session=session, dose_orders=orders, auto_id=auto_id, **more
    )


def _plain(make):
    return lambda data, session, orders, auto_id: make(data, session=session, auto_id=auto_id)


# Page -> its form. What stands here and in `rules.DOORS` is the same list.
FORMS = {
    "vitals": _plain(vitals.VitalsForm),
    "score": _plain(after.ScoreForm),
    "side-effect": _plain(events.SideEffectForm),
    "line": _plain(events.LineForm),
    "note": _plain(events.NoteForm),
    "emergency": _plain(events.EmergencyForm),
    "rate": _pump(pump.RateForm),
    "pause": _pump(pump.PauseForm),
    "stop": _pump(pump.StopForm),
}


def deed_form(door, data, session):
    """The form of this page, bound to what was typed; None for a page that is not on the list."""
    if door not in FORMS:
        return None
    return FORMS[door](data, session, queries.dose_orders_of(session), "id_%s")


def blank_form(door):
    """The same form with no session behind it, for the page that a tablet keeps for an hour without network."""
    form = FORMS[door](None, None, (), f"pad-{door}-%s")
    form.initial["entry_id"] = ""  # the tablet makes one for each entry
    return form


def typed_data(pairs):
    """Pairs of name and value as a form's data."""
    data = QueryDict(mutable=True)
    for name, value in pairs:
        data.appendlist(str(name), str(value))
    return data


@dataclass(frozen=True)
class Answer:
    """What became of it: recorded, known (it was recorded before) or held, with the reasons in words."""

    state: str
    words: str = ""


class ReplayForm(forms.Form):
    """One entry as the tablet kept it. `save` records it, finds it known, or holds it: it is never dropped."""

    entry_id = forms.UUIDField()
    door = forms.CharField(max_length=40)
    fields_typed = forms.JSONField()
    tablet_at = forms.DateTimeField()
    offset_s = forms.IntegerField()
    offset_now_s = forms.IntegerField()
    ticket = forms.CharField(max_length=1000, required=False)
    tablet = forms.CharField(max_length=300, required=False)
    format = forms.IntegerField()

    def __init__(self, *args, session, **kwargs):
        super().__init__(*args, **kwargs)
        self.session = session

    def clean_fields_typed(self):
        """A list of pairs of words, without the token that let the page in."""
        pairs = self.cleaned_data["fields_typed"]
        is_pairs = isinstance(pairs, list) and all(isinstance(p, list) and len(p) == 2 for p in pairs)
        if not is_pairs:
            raise forms.ValidationError("Pairs of name and value are needed.")
        return [[str(name), str(value)] for name, value in pairs if name not in NOT_KEPT]

    def save(self, request):
        """An `Answer`. Whoever sends it is `sent_by`; the ticket says who wrote it."""
        data, at = self.cleaned_data, clock.now()
        ticket = tickets.read(data["ticket"])
        tablet = tickets.proven(data["tablet"]) or tickets.tablet_of(request)
        written = rules.written_at(data["tablet_at"], data["offset_s"], at)
        author = User.objects.filter(pk=ticket.user).first() if ticket else None
        items = rules.ticket_items(ticket, session=self.session.pk, tablet=tablet, written=written)
        items += rules.door_items(
            data["door"], format_number=data["format"], started=self.session.started_at is not None, written=written,
            received=at,
        )  # fmt: skip
        said = Written(
            author, request.user, tablet, ticket.id if ticket else None, data["tablet_at"], written, data["offset_s"],
            rules.clock_note(data["offset_s"], data["offset_now_s"]), entry_id=data["entry_id"],
        )  # fmt: skip
        if not items:
            recorded, items = self._record(request, said)
            if recorded is not None:
                return Answer("recorded" if recorded.created else "known")
        return self._hold(items, said, request.user, at)

    def _record(self, request, said):
        """(Recorded, []), or (None, why not)."""
        form = deed_form(self.cleaned_data["door"], typed_data(self.cleaned_data["fields_typed"]), self.session)
        form.written = said
        if not form.is_valid():
            return None, form_items(form)
        try:
            if self.cleaned_data["door"] == "rate":
                refuse_if(rules.rate_items(form.cleaned_data["rate_ml_h"], running_rate(self.session, form)))
            return form.save(request), []
        except Refused as refused:
            return None, list(refused.items)

    def _hold(self, items, said, sender, at):
        """Kept for a human; of what is recorded already (the answer to it was lost) nothing is left to decide."""
        known = keeping.is_known(self.session, said.entry_id)
        if known and not any(item.code == "entry.id_taken" for item in items):
            return Answer("known")
        held = HeldEntry(
            id=uuid.uuid5(said.entry_id, "another body") if known else said.entry_id, door=self.cleaned_data["door"],
            fields=self.cleaned_data["fields_typed"], author=said.author, tablet=said.tablet, ticket=said.ticket,
            tablet_at=said.tablet_at, clock_offset_s=said.offset_s, written_at=said.written_at,
        )  # fmt: skip
        kept, _ = keeping.hold_entry(session=self.session, held=held, reasons=items, by=sender, at=at)
        return Answer("held", " ".join(text for _, text in kept.reasons))


def running_rate(session, form):
    """mL/h of the pump meant as charted now, None when it does not run."""
    state = queries.state_of(session)
    drug = next((d for d in state.running if d.dose_order_id == form.dose_order().pk), None)
    return drug.rate_ml_h if drug else None


def form_items(form):
    """The errors of a form as Items, each with the label of its field."""
    items = []
    for name, errors in form.errors.items():
        label = form.fields[name].label or name.replace("_", " ").capitalize() if name in form.fields else ""
        items += [Item(f"form.{name}", f"{label}: {error}".lstrip(": "), field=name) for error in errors]
    return items


class SetAsideForm(PlainForm):
    """It does not belong in the record: why."""

    words = words("Why it is not recorded", lines=2)

    def __init__(self, *args, held, **kwargs):
        super().__init__(*args, **kwargs)
        self.held = held

    def take(self, refused):
        """Beside the field where it belongs, else on top."""
        for item in refused.items:
            self.add_error("words" if item.field == "words" else None, item.text)

    def save(self, request):
        return keeping.set_aside(held=self.held, words=self.cleaned_data["words"], by=request.user)


def settling_form(held, data, sender):
    """The deed's form for what was held: as typed, or as put right by who decides. None where it has none."""
    form = deed_form(held.door, data if data is not None else typed_data(held.fields), held.session)
    if form is None:
        return None
    has_ticket = held.ticket is not None and held.tablet is not None and held.author is not None
    form.written = Written(
        held.author or sender, sender, held.tablet, held.ticket, held.tablet_at, held.written_at, held.clock_offset_s,
        source="offline" if has_ticket else "back_entered", entry_id=held.pk,
    )  # fmt: skip
    at = clinic_time(held.written_at, held.session.site.zone)
    form.fields["observed"].help_text = f"24-hour clinic time. Empty: as it was written, {at}."
    form.fields["observed"].widget.attrs.pop("data-clock", None)
    inner = form.save
    form.save = lambda request: keeping.take_in(held=held, record=lambda: inner(request), by=sender)
    return form
