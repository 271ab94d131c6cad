"""Send a link again: in one tap by staff, or because the patient asks for it."""

from django.db import transaction

from clinic import audit, clock, notify
from clinic.actions.links import end_link
from clinic.actions.sending import ASKED, CARRIED_BY, check_asked_link, check_staff_link, count_asked_link
from clinic.actions.tasks import open_task
from clinic.models import PatientLink, Role
from clinic.refusal import Item, Refused

# Why a link ended -> a patient who asks gets a fresh one at once; else the clinic is told that they asked.
SENT_AT_ONCE = ("", "expired")


@transaction.atomic
def resend(*, link, by, at=None):
    """End this link and mail a fresh one for the same purpose.

    Raises Refused where no message carries the purpose, without an address on file, or after ten in a day.
    """
    at = at or clock.now()
    link = _locked(link)
    recipient = link.representative or link.patient
    if link.purpose not in CARRIED_BY:
        raise Refused(Item("no-message", "This kind of link comes with each message. It can't be sent alone."))
    if not recipient.email:
        raise Refused(Item("no-contact", "There is no e-mail address on file. Write one down first."))
    check_staff_link(link.patient, by=by, at=at)
    if link.ended_at is None:
        end_link(link, "revoked", by=by, at=at)
    audit.record("link.resent", link, by=by, patient=link.patient, site=link.site, at=at)
    return _mail(link, recipient, f"resend:{link.pk}:{at:%Y%m%d%H%M}", by=by, at=at)


def ask_again(*, link, address="", at=None):
    """Somebody with an old link asks for a new one. Raises Refused, in words for patients, when it is too often.

    A link that was only too old is sent again to the address on file. One that was closed or replaced brings a task:
    a person decides. Whoever asks learns neither the address nor whether there is one.
    """
    at = at or clock.now()
    count_asked_link(link, address=address, at=at)
    _answer(link, at)


@transaction.atomic
def _answer(link, at):
    link = _locked(link)
    recipient = link.representative or link.patient
    audit.record("link.asked_again", link, by=audit.ANYONE, patient=link.patient, site=link.site, at=at)
    if link.ended_why == "submitted":
        return
    if link.ended_why in SENT_AT_ONCE and link.purpose in CARRIED_BY and recipient.email:
        check_asked_link(link, at=at)
        _mail(link, recipient, f"{ASKED}:{link.patient_id}:{link.pk}:{at:%Y%m%d%H%M}", by=None, at=at)
    else:
        _tell_staff(link, at)


def _locked(link):
    rows = PatientLink.objects.select_for_update(of=("self",))
    return rows.select_related("patient", "representative", "site").get(pk=link.pk)


def _mail(link, recipient, dedupe_key, *, by, at):
    return notify.enqueue(
        CARRIED_BY[link.purpose],
        recipient=recipient,
        site=link.site,
        dedupe_key=dedupe_key,
        due_at=at,
        subject_kind=link.subject_kind,
        subject_id=link.subject_id,
        context={"local_day": link.local_day.isoformat()} if link.local_day else None,
        by=by,
        at=at,
    )


def _tell_staff(link, at):
    open_task(
        "call_back",
        title="Asks for a new link. Send it again, or call the patient.",
        site=link.site,
        patient=link.patient,
        due_at=at,
        by=None,
        for_role=Role.FRONT_DESK,
        subject=link,
        dedupe_key=f"link-asked:{link.pk}:{at:%Y%m%d}",
        at=at,
    )
