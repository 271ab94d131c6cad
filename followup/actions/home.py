"""The way to the patient's own page, and from there on to every page behind a link of its own."""

from datetime import datetime, timedelta

from django.db import transaction

from clinic import audit, clock, links, notify
from clinic.actions import links as link_actions
from clinic.actions.links import make_link
from clinic.actions.sending import check_staff_link, count_asked_page
from clinic.models import Message, Patient, PatientLink
from clinic.refusal import Item, Refused
from clinic.rules import caps
from followup.queries import home as queries

GO_DAYS = 1
MAILED = "own-page"


def ask_page(*, email: str, address: str = "", at: datetime | None = None) -> int:
    """Somebody asks for the way to their own page: it is mailed to everyone with this address, and only there.

    Whoever asks learns nothing: an address nobody has is answered alike. Raises Refused when it is asked for too often
    from one address of the network, or in all. Returns how many mails there will be (for tests and the audit).
    """
    at = at or clock.now()
    count_asked_page(address=address)
    return sum(_mail_page(patient, at) for patient in queries.patients_by_email(email.strip()))


@transaction.atomic
def _mail_page(patient: Patient, at) -> int:
    patient = Patient.objects.select_for_update(of=("self",)).get(pk=patient.pk)
    site = queries.site_of(patient)
    since = at - timedelta(seconds=caps.LINKS_PER_PERSON.seconds)
    asked = Message.objects.filter(patient=patient, dedupe_key__startswith=f"{MAILED}:", queued_at__gt=since).count()
    if site is None or caps.LINKS_PER_PERSON.is_reached(asked):
        return 0
    message = notify.enqueue(
        "own_page", recipient=patient, site=site, dedupe_key=f"{MAILED}:{patient.pk}:{at:%Y%m%d%H%M}", due_at=at, at=at
    )
    audit.record("own_page.asked", message, by=audit.ANYONE, patient=patient, site=site, at=at)
    return 1


@transaction.atomic
def send_page(*, patient: Patient, site, by, at: datetime | None = None) -> Message:
    """Staff mails the way to the own page. Raises Refused without an address on file, or after ten links in a day."""
    at = at or clock.now()
    if not patient.email:
        raise Refused(Item("no-contact", "There is no e-mail address on file. Write one down first."))
    check_staff_link(patient, by=by, at=at)
    return notify.enqueue(
        "own_page", recipient=patient, site=site, dedupe_key=f"{MAILED}:staff:{patient.pk}:{at:%Y%m%d%H%M}", due_at=at,
        by=by, at=at,
    )  # fmt: skip


@transaction.atomic
def go_on(*, link: PatientLink, name: str, device: str, by: Patient, at: datetime | None = None) -> PatientLink:
    """From the own page through one of its doors: a link of that purpose, good for a day, let in at once.

    The own page asks at least what the other page asks. Raises Refused when there is no such door (any more).
    """
    at = at or clock.now()
    door = queries.door_of(link.patient, name, at)
    if door is None or not set(links.PROOFS[door.purpose]) <= set(links.PROOFS[link.purpose]):
        raise Refused(Item("no-door", name))
    subject = door.subject
    patient = getattr(getattr(subject, "packet", subject), "patient", None) or link.patient
    made, _token = make_link(
        patient=patient, site=getattr(subject, "site", None) or link.site, purpose=door.purpose, by=by, subject=subject,
        days=GO_DAYS, local_day=door.day, at=at,
    )  # fmt: skip
    return link_actions.let_device_in(link=made, device=device, at=at)
