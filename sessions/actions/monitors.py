"""What monitors send: kept raw and once, values read out of it; devices confirmed by staff; a set put on the chart."""

import hashlib
from dataclasses import dataclass, field

from django.db import DataError, IntegrityError, transaction

from clinic import audit, clock
from clinic.interop import ack, hl7
from clinic.models import Role
from clinic.refusal import Conflict, Item, Refused
from sessions.actions.recording import When
from sessions.actions.sessions import holds
from sessions.actions.vitals import record_vitals
from sessions.models import AcceptedSample, Device, InfusionSession, MonitorLook, MonitorSample, RawMessage
from sessions.rules import monitors as rules

KEEPERS = (Role.NURSE, Role.PRESCRIBER, Role.CLINIC_ADMIN)


@dataclass
class Kept:
    """What became of one message: the answer for its sender, and the sessions (site id, session id) it has news of."""

    answer: bytes
    outcome: str
    created: bool = True
    news: set = field(default_factory=set)


def keep(data, *, address=None, at=None):
    """Keep the bytes of one message and read its values, in one transaction; the answer is for after its commit.

    The same message again (sender, control id and content) is acknowledged again and kept once. A waveform is
    acknowledged and not kept. What cannot be read is kept and refused, so that its sender doesn't send it for ever.
    """
    at = at or clock.now()
    try:
        message = hl7.parse(data)
    except hl7.Unreadable as problem:
        created = _raw(data, None, "unreadable", at, address=address, problem=str(problem))[1]
        return Kept(ack.acknowledge(None, ack.REJECTED, at=at, words=str(problem)), "unreadable", created)
    head = rules.head_of(message)
    if head.is_waveform:
        return Kept(ack.acknowledge(message, ack.TAKEN, at=at), "waveform", created=False)
    if not head.is_report:
        created = _raw(data, head, "other", at, address=address, problem="Only ORU^R01 is read.")[1]
        return Kept(ack.acknowledge(message, ack.REJECTED, at=at, words="Only ORU^R01 is read."), "other", created)
    return _keep_report(data, message, head, at, address)


def _keep_report(data, message, head, at, address):
    accepted = ack.acknowledge(message, ack.TAKEN, at=at)
    try:
        with transaction.atomic():
            return _read(data, message, head, at, address, accepted)
    except (DataError, IntegrityError, ValueError) as problem:
        words = f"Its values could not be kept: {type(problem).__name__}"
        created = _raw(data, head, "unreadable", at, address=address, problem=words)[1]
        return Kept(ack.acknowledge(message, ack.ERROR, at=at, words=words), "unreadable", created)


def _read(data, message, head, at, address, accepted):
    device = _device(head, at)
    said_at = hl7.moment(head.said, device.site.zone) if device.site else hl7.moment(head.said)
    offset = rules.clock_offset(said_at, at, known=device.clock_offset_s, right_at=device.clock_right_at)
    outcome = "taken" if device.is_bound else "held"
    raw, created = _raw(data, head, outcome, at, address=address, device=device, said_at=said_at, clock_offset_s=offset)
    if not created:
        return Kept(accepted, raw.outcome, created=False)
    session = _sitting(device)
    lines = rules.observations(message, device.site.zone) if device.site else rules.observations(message)
    MonitorSample.objects.bulk_create(_sample(raw, device, session, one, offset) for one in lines)
    _heard(device, at, said_at, offset)
    return Kept(accepted, outcome, news={(session.site_id, session.pk)} if session else set())


def _device(head, at):
    """The device of a message, locked; a new one is there to be looked at."""
    names = {"sender": head.sender, "unit": head.unit, "bed": head.bed}
    rows = Device.objects.select_for_update(of=("self",)).select_related("site", "chair")
    device = rows.filter(**names).first()
    if device is None:
        Device.objects.bulk_create([Device(**names, first_heard_at=at, last_heard_at=at)], ignore_conflicts=True)
        device = rows.get(**names)
    return device


def _raw(data, head, outcome, at, *, address, **facts):
    """(the kept message, whether this call kept it): once for each sender, control id and content."""
    once = {
        "sender": head.sender if head else "",
        "control_id": head.control_id if head else "",
        "body_hash": hashlib.sha256(data).hexdigest(),
    }
    row = RawMessage(**once, body=data, kind=head.kind if head else "", outcome=outcome, received_at=at,
                     address=address, **facts)  # fmt: skip
    RawMessage.objects.bulk_create([row], ignore_conflicts=True)
    kept = RawMessage.objects.defer("body").get(**once)
    return kept, kept.pk == row.pk


def _sitting(device):
    """The open session in the chair of a confirmed device, or None."""
    if not device.is_bound:
        return None
    return InfusionSession.objects.open().filter(chair=device.chair_id).order_by("-checked_in_at").first()


def _sample(raw, device, session, one, offset):
    return MonitorSample(
        message=raw,
        device=device,
        site_id=device.site_id,
        chair_id=device.chair_id if device.is_bound else None,
        session=session,
        received_at=raw.received_at,
        observed_at=rules.our_time(one.device_at, raw.received_at, offset),
        clock_offset_s=offset,
        **vars(one),
    )


def _heard(device, at, said_at, offset):
    """Remember when it was heard and how its clock stood; a delayed message says nothing of the clock."""
    device.last_heard_at = max(device.last_heard_at, at)
    is_right = said_at is not None and abs((said_at - at).total_seconds()) <= rules.CLOCK_OFFSET_SECONDS
    if is_right:
        device.clock_offset_s, device.clock_right_at = 0, said_at
    elif offset:
        device.clock_offset_s = offset
    device.save(update_fields=["last_heard_at", "clock_offset_s", "clock_right_at"])


@transaction.atomic
def confirm_device(*, device, chair, by, label="", known=None, at=None):
    """Say at which chair a device stands (again, when it was moved or had been retired).

    `known`: how it was confirmed when the page was shown ("" never); another one meanwhile is a `Conflict`.
    """
    at = at or clock.now()
    device = Device.objects.select_for_update().get(pk=device.pk)
    _check_keeper(by, chair.site, at)
    if device.site_id not in (None, chair.site_id):
        raise Refused(Item("device.site", "This monitor belongs to another site."))
    if known is not None and known != confirmed_stamp(device):
        raise Conflict(Item("device.changed", "Somebody else has confirmed this monitor meanwhile: look again."))
    if not chair.in_use:
        raise Refused(Item("device.chair", "This chair is not in use.", field="chair"))
    device.site, device.chair, device.label = chair.site, chair, label.strip()
    device.confirmed_at, device.confirmed_by, device.retired_at, device.retired_by = at, by, None, None
    device.save()
    audit.record("device.confirmed", device, by=by, site=chair.site, at=at, detail={"chair": chair.label})
    return device


def confirmed_stamp(device):
    """How a device was confirmed, as a page remembers it."""
    return device.confirmed_at.isoformat() if device.confirmed_at else ""


@transaction.atomic
def retire_device(*, device, by, at=None):
    """Its values belong to no chair from now on; what it sent stays. Twice is once."""
    at = at or clock.now()
    device = Device.objects.select_for_update(of=("self",)).select_related("site").get(pk=device.pk)
    if device.confirmed_at is None:
        raise Refused(Item("device.not_confirmed", "This monitor is not confirmed, so there is nothing to retire."))
    _check_keeper(by, device.site, at)
    if device.retired_at is None:
        device.retired_at, device.retired_by = at, by
        device.save(update_fields=["retired_at", "retired_by"])
        audit.record("device.retired", device, by=by, site=device.site, at=at)
    return device


@transaction.atomic
def look_at(*, site, about, subject, words="", by, at=None):
    """Mark a code, a message or a monitor of the list as looked at, with what it turned out to be. Twice is once.

    What came stays kept; a monitor that is confirmed later shows its values as any other.
    """
    at = at or clock.now()
    _check_keeper(by, site, at)
    if about not in dict(MonitorLook.ABOUT) or not subject.strip():
        raise Refused(Item("look.subject", "Choose what was looked at."))
    mine = MonitorLook.objects.filter(site=site, about=about, subject=subject[:320])
    if (known := mine.first()) is not None:
        return known
    row = MonitorLook.objects.create(
        site=site, about=about, subject=subject[:320], words=words.strip(), looked_at=at, looked_by=by
    )
    audit.record("monitor.looked_at", row, by=by, site=site, at=at, reason=row.words)
    return row


def _check_keeper(by, site, at):
    if not holds(by, site, *KEEPERS, at=at):
        raise Refused(Item("role.device", "Only a nurse, a prescriber or an admin of the site can do this."))


@transaction.atomic
def accept_set(*, session, entry_id, samples, by, at=None):
    """Put values of a monitor on the chart as one set, recorded by whoever accepts them; returns the `Recorded`.

    `samples`: measure of the chart -> `MonitorSample` of this session. The set has the time of its newest value; a
    pressure keeps its own older time as the time of the cuff. Unlikely values are not asked back, impossible ones are
    refused by name (`hard.<measure>`) and can be left out; the sample itself stays.
    """
    at = at or clock.now()
    _check_set(session, samples, by, at)
    newest = max(samples.values(), key=lambda s: s.observed_at)
    values = {measure: rules.charted(measure, s.value) for measure, s in samples.items()}
    cuffs = [samples[m] for m in rules.CUFF if m in samples]
    if cuffs and cuffs[0].observed_at != newest.observed_at:
        values["cuff_at"] = cuffs[0].observed_at
    when = When(
        observed_at=newest.device_at or newest.observed_at, source="monitor", clock_offset_s=newest.clock_offset_s
    )
    recorded = record_vitals(session=session, entry_id=entry_id, values=values, by=by, at=at, when=when)
    if recorded.created:
        rows = {s.pk: AcceptedSample(entry=recorded.entry, sample=s) for s in samples.values()}
        AcceptedSample.objects.bulk_create(rows.values())
    return recorded


def _check_set(session, samples, by, at):
    items = []
    if not holds(by, session.site, Role.NURSE, Role.PRESCRIBER, at=at):
        items.append(Item("role.clinician", "Only a nurse or a prescriber at this site can do this."))
    if not samples:
        items.append(Item("hard.empty", "No value was chosen. Choose at least one.", field="samples"))
    if any(s.session_id != session.pk for s in samples.values()):
        items.append(Item("monitor.session", "These values belong to another session."))
    if any(s.odd or rules.STANDS_FOR.get(s.measure, s.measure) != m for m, s in samples.items()):
        items.append(Item("monitor.value", "One of these is not a value of its measure."))
    if items:
        raise Refused(*items)
