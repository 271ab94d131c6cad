"""Invite, open, save page by page, submit, withdraw."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from clinic import audit, clock, language, notify
from clinic.actions.links import end_links
from clinic.actions.patient_alerts import said_alerts
from clinic.actions.sending import check_staff_link
from clinic.actions.tasks import open_task
from clinic.models import Patient, Role
from clinic.queries.alerts import alerts_about
from clinic.refusal import Conflict, Item
from clinic.states import transition
from intake import questions
from intake.actions.findings import note_submission
from intake.actions.hearing import hear
from intake.actions.statements import derive_statements
from intake.models import Invitation, Packet, PageAnswers
from intake.queries import answers_of, unfinished_pages
from intake.rules import packet as rules
from intake.rules.banner import alerts_said
from intake.rules.packet import PACKET

ASSESS_WITHIN = timedelta(days=2)  # Source: clinic default (unverified default, the clinic approves)


def age_at(patient, site, at):
    """Whole years on the site's day."""
    return patient.age_on(at.astimezone(site.zone).date())


@transaction.atomic
def invite(*, patient, site, by, at=None):
    """Make a packet and send its link by e-mail. Raises Refused: under 18, no address, a packet is already open."""
    at = at or clock.now()
    patient = Patient.objects.select_for_update().get(pk=patient.pk)
    has_open = Packet.objects.open().filter(patient__person=patient.person_id).exists()
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
    check_staff_link(packet.patient, by=by, at=at)
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


def save_page(*, packet, slug, answers, version, by, at=None, help=None, tab=""):
    """Keep a complete page. ``version`` is the one the patient saw (0: none yet).

    The same answers again change nothing; other answers on an old version raise Conflict with ``current``, unless that
    version came out of the very same ``tab`` ("<page of a device>.<number of the save>"), whose answer was lost on the
    way. ``help`` is the PacketHelp that was going on. Thoughts of suicide or self-harm raise an alert at once, whatever
    becomes of the page. Refused once it was sent.
    """
    page = questions.BY_SLUG[slug]
    fields = {"answers": answers, "draft": {}, "state": PageAnswers.DONE}
    versions = page.form.question_versions()
    return _save(packet, page, fields | {"question_versions": versions}, answers, Saving(version, by, at, help, tab))


def save_draft(*, packet, slug, draft, version, by, at=None, help=None, tab=""):
    """Keep a page as typed so far (field name -> text or list). Same promises as save_page."""
    page = questions.BY_SLUG[slug]
    return _save(packet, page, {"draft": draft, "state": PageAnswers.DRAFT}, draft, Saving(version, by, at, help, tab))


@dataclass
class Saving:
    """How a page is saved: from which version, by whom, when, with whose help, out of which tab."""

    version: int
    by: object
    at: datetime | None
    help: object
    tab: str


def _save(packet, page, fields, said, how):
    how.at = how.at or clock.now()
    hear(packet, said, by=how.by, at=how.at)
    return _kept(packet, page, fields, how)


@transaction.atomic
def _kept(packet, page, fields, how):
    packet = _locked(packet)
    rules.check_can_fill(state=packet.state, age=age_at(packet.patient, packet.site, how.at))
    row = PageAnswers.objects.filter(packet=packet, slug=page.slug).first()
    if row is not None and (rules.is_same_page(vars(row), fields) or rules.is_late(row.draft, how.tab)):
        return row
    if (row.version if row else 0) != how.version and not (row and rules.is_own_tab(row.draft, how.tab)):
        raise Conflict(Item("page-changed", "This page was changed on another device."), current=row)
    row = row or PageAnswers(packet=packet, slug=page.slug, field_class=page.field_class, version=0)
    _fill(row, fields, how)
    _start(packet, how.by, how.at)
    _touch(packet, how.at)
    _note_saved(packet, page, how)
    return row


def _fill(row, fields, how):
    for name, value in fields.items():
        setattr(row, name, value)
    if row.draft and how.tab:
        row.draft = row.draft | {rules.TAB: how.tab}
    row.version, row.saved_at, row.help = row.version + 1, how.at, how.help
    row.language = language.current()
    row.save()


def _note_saved(packet, page, how):
    detail = {"page": page.slug} | ({"with": how.help.helper} if how.help else {})
    audit.record(
        "packet.page-saved", packet, by=how.by, patient=packet.patient, site=packet.site, at=how.at, detail=detail
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
    hear(packet, answers_of(packet), by=by, at=at)
    with language.in_english():  # the record is read by staff, whatever the patient read
        derive_statements(packet=packet, by=by, at=at)
    _put_in_banner(packet, by, at)
    packet.submitted_at = at
    packet.save(update_fields=["submitted_at"])
    transition(packet, "submitted", by=by, at=at, machine=PACKET)
    _touch(packet, at)
    _ask_for_assessment(packet, by, at)
    note_submission(packet=packet, by=by, at=at)
    end_links(patient=packet.patient, purpose="packet", subject=packet, why="submitted", by=by, at=at)
    audit.record("packet.submitted", packet, by=by, patient=packet.patient, site=packet.site, at=at)
    return packet


def _put_in_banner(packet, by, at):
    """What everybody must know before touching the patient, marked as said by them."""
    said = alerts_said(answers_of(packet))
    said_alerts(patient=packet.patient, said=said, occasion=packet, by=by, site=packet.site, at=at)


def _ask_for_assessment(packet, by, at):
    open_task(
        "assessment",
        title=f"Assess the packet of {packet.patient}",
        neutral_title="A packet waits for the prescriber",
        details=_told_of_alerts(packet),
        site=packet.site,
        patient=packet.patient,
        for_role=Role.PRESCRIBER,
        due_at=at + ASSESS_WITHIN,
        by=by,
        subject=packet,
        dedupe_key=f"assess:{packet.pk}",
        at=at,
    )


def _told_of_alerts(packet):
    """That alerts were raised while it was filled in: they stand on the packet's page with what was done."""
    count = len(alerts_about(packet.pk))
    return f"{count} alert{'s' if count > 1 else ''} came with its answers: see the packet." if count else ""


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
