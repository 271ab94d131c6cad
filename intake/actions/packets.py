"""Invite, open, save page by page, submit, withdraw."""

from datetime import timedelta

from django.db import transaction

from clinic import audit, clock, notify
from clinic.actions.links import end_links
from clinic.actions.tasks import open_task, raise_alert
from clinic.models import Patient, Role
from clinic.refusal import Conflict, Item
from clinic.states import transition
from intake import questions
from intake.actions.statements import derive_statements
from intake.models import Invitation, Packet, PageAnswers
from intake.queries import answers_of, unfinished_pages
from intake.rules import packet as rules
from intake.rules.packet import PACKET

ALERT_ITEM = "phq9_9"
ITEM_WORDS = {1: "several days", 2: "more than half the days", 3: "nearly every day"}
ASSESS_WITHIN = timedelta(days=2)  # Source: clinic default (unverified default, the clinic approves)


def age_at(patient, site, at):
    """Whole years on the site's day."""
    return patient.age_on(at.astimezone(site.zone).date())


@transaction.atomic
def invite(*, patient, site, by, at=None):
    """Make a packet and send its link by e-mail. Raises Refused: under 18, no address, a packet is already open."""
    at = at or clock.now()
    patient = Patient.objects.select_for_update().get(pk=patient.pk)
    has_open = Packet.objects.open().filter(patient=patient).exists()
    rules.check_can_invite(age=age_at(patient, site, at), email=patient.email, has_open_packet=has_open)
    packet = Packet.objects.create(
        patient=patient, site=site, reason=patient.reason, made_at=at, made_by=by, touched_at=at
    )
    _send_link(packet, by, at)
    audit.record("packet.invited", packet, by=by, patient=patient, site=site, at=at)
    return packet


@transaction.atomic
def resend(*, packet, by, at=None):
    """Send a fresh link; earlier ones end. Raises Refused when the packet is no longer open."""
    at = at or clock.now()
    packet = _locked(packet)
    rules.check_can_fill(state=packet.state, age=age_at(packet.patient, packet.site, at))
    end_links(patient=packet.patient, purpose="packet", subject=packet, by=by, at=at)
    _send_link(packet, by, at)
    _touch(packet, at)
    audit.record("packet.link-resent", packet, by=by, patient=packet.patient, site=packet.site, at=at)
    return packet


@transaction.atomic
def withdraw(*, packet, by, reason, at=None):
    """Close a packet that is no longer needed."""
    at = at or clock.now()
    packet = _locked(packet)
    transition(packet, "withdrawn", by=by, at=at, machine=PACKET, reason=reason)
    end_links(patient=packet.patient, purpose="packet", subject=packet, by=by, at=at)
    _touch(packet, at)
    audit.record("packet.withdrawn", packet, by=by, patient=packet.patient, site=packet.site, at=at, reason=reason)
    return packet


@transaction.atomic
def open_packet(*, packet, by, at=None):
    """The patient starts. Doing it again changes nothing; under 18 and a sent packet are Refused in words."""
    at = at or clock.now()
    packet = _locked(packet)
    rules.check_can_fill(state=packet.state, age=age_at(packet.patient, packet.site, at))
    if packet.state == "invited":
        _start(packet, by, at)
        audit.record("packet.started", packet, by=by, patient=packet.patient, site=packet.site, at=at)
    return packet


@transaction.atomic
def save_page(*, packet, slug, answers, version, by, at=None):
    """Keep a complete page. ``version`` is the one the patient saw (0: none yet).

    The same answers again change nothing; other answers on an old version raise Conflict with ``current``.
    Thoughts of suicide or self-harm raise an alert at once. Refused once the packet was sent.
    """
    page = questions.BY_SLUG[slug]
    fields = {"answers": answers, "draft": {}, "state": PageAnswers.DONE}
    versions = page.form.question_versions()
    return _save(packet, page, fields | {"question_versions": versions}, version, by, at, answers)


@transaction.atomic
def save_draft(*, packet, slug, draft, version, by, at=None):
    """Keep a page as typed so far (field name -> text or list). Same promises as save_page."""
    page = questions.BY_SLUG[slug]
    return _save(packet, page, {"draft": draft, "state": PageAnswers.DRAFT}, version, by, at, draft)


def _save(packet, page, fields, version, by, at, said):
    at = at or clock.now()
    packet = _locked(packet)
    rules.check_can_fill(state=packet.state, age=age_at(packet.patient, packet.site, at))
    _raise_if_suicidal(packet, said, by, at)
    row = PageAnswers.objects.filter(packet=packet, slug=page.slug).first()
    if row is not None and all(getattr(row, name) == value for name, value in fields.items()):
        return row
    if (row.version if row else 0) != version:
        raise Conflict(Item("page-changed", "This page was changed on another device."), current=row)
    row = row or PageAnswers(packet=packet, slug=page.slug, field_class=page.field_class, version=0)
    for name, value in fields.items():
        setattr(row, name, value)
    row.version, row.saved_at = version + 1, at
    row.save()
    _start(packet, by, at)
    _touch(packet, at)
    audit.record(
        "packet.page-saved", packet, by=by, patient=packet.patient, site=packet.site, at=at, detail={"page": page.slug}
    )
    return row


def _raise_if_suicidal(packet, said, by, at):
    value = str(said.get(ALERT_ITEM) or "0")
    if value not in ("1", "2", "3"):
        return
    words = f"PHQ-9 item 9, thoughts of being better off dead or of self-harm: {ITEM_WORDS[int(value)]} ({value} of 3)."
    raise_alert(
        "suicide",
        patient=packet.patient,
        site=packet.site,
        words=words,
        by=by,
        subject=packet,
        at=at,
        dedupe_key=f"suicide:packet:{packet.pk}:{value}",
    )


@transaction.atomic
def submit(*, packet, by, at=None):
    """Send the packet to the clinic: statements and scores are derived, a task is opened. Twice is once.

    Raises Refused with every page and consent still missing.
    """
    at = at or clock.now()
    packet = _locked(packet)
    if packet.submitted_at is not None:
        return packet
    age = age_at(packet.patient, packet.site, at)
    rules.check_can_submit(state=packet.state, age=age, unfinished=unfinished_pages(packet))
    derive_statements(packet=packet, answers=answers_of(packet), by=by, at=at)
    packet.submitted_at = at
    packet.save(update_fields=["submitted_at"])
    transition(packet, "submitted", by=by, at=at, machine=PACKET)
    _touch(packet, at)
    _ask_for_assessment(packet, by, at)
    end_links(patient=packet.patient, purpose="packet", subject=packet, why="submitted", by=by, at=at)
    audit.record("packet.submitted", packet, by=by, patient=packet.patient, site=packet.site, at=at)
    return packet


def _ask_for_assessment(packet, by, at):
    open_task(
        "assessment",
        title=f"Assess the packet of {packet.patient}",
        neutral_title="A packet waits for the prescriber",
        site=packet.site,
        patient=packet.patient,
        for_role=Role.PRESCRIBER,
        due_at=at + ASSESS_WITHIN,
        by=by,
        subject=packet,
        dedupe_key=f"assess:{packet.pk}",
        at=at,
    )


def _locked(packet):
    return Packet.objects.select_for_update(of=("self",)).select_related("patient", "site").get(pk=packet.pk)


def _start(packet, by, at):
    if packet.state == "invited":
        packet.started_at = at
        packet.save(update_fields=["started_at"])
        transition(packet, "started", by=by, at=at, machine=PACKET)


def _touch(packet, at):
    packet.touched_at = at
    packet.version += 1
    packet.save(update_fields=["touched_at", "version"])


def _send_link(packet, by, at):
    count = packet.invitations.count() + 1
    message = notify.enqueue(
        "invitation",
        recipient=packet.patient,
        dedupe_key=f"invitation:{packet.pk}:{count}",
        due_at=at,
        subject_kind="intake.packet",
        subject_id=packet.pk,
        site=packet.site,
        by=by,
    )
    Invitation.objects.create(packet=packet, message=message, made_at=at, made_by=by)
