"""How often links and codes may be sent, and what is said when it is too often. Counts are kept where they can't be
crowded out: those of a person in the record, those of an address and of all in the cache table.
"""

from datetime import timedelta

from django.utils.translation import gettext as _

from clinic.actions.tasks import open_task
from clinic.links import count_one, too_many
from clinic.models import LinkCode, Message, Role
from clinic.refusal import Item, Refused
from clinic.rules import caps

# Which message carries a link of this purpose when it is sent again.
CARRIED_BY = {
    "packet": "invitation",
    "questions": "questions",
    "diary": "diary",
    "readiness": "reminder_day",
    "visits": "visit_booked",
    "documents": "document_ready",
    "consent": "consent_asked",
    "education": "education",
    "checkup": "checkup",
    "messages": "talk_answer",
    "home": "own_page",
}
ASKED, ASKED_PAGE, CODES = "links-asked", "own-pages-asked", "codes"
IN_ALL = "all"


def check_code(link, *, at):
    """Raise Refused when one more code would be too many for this person."""
    made = LinkCode.objects.filter(link__patient_id=link.patient_id, made_at__gt=_since(caps.CODES_PER_PERSON, at))
    if caps.CODES_PER_PERSON.is_reached(made.count()):
        raise Refused(Item("codes", _("We have sent five codes in an hour. Please wait an hour, or call us.")))


def count_code(link, *, address, at):
    """Count one more code; raise Refused when it is too many from this address, or in all.

    Before the transaction that sends: what it counts and whom it tells must outlast the refusal.
    """
    _count(CODES, address, caps.CODES_PER_ADDRESS, caps.CODES_IN_ALL, link=link, at=at)


def check_asked_link(link, *, at):
    """Raise Refused when this patient asks for one more link than may be sent."""
    asked = Message.objects.filter(
        patient_id=link.patient_id,
        dedupe_key__startswith=f"{ASKED}:{link.patient_id}:",
        queued_at__gt=_since(caps.LINKS_PER_PERSON, at),
    )
    if caps.LINKS_PER_PERSON.is_reached(asked.count()):
        words = _("We have sent you three links today. Please look in your mail, also among the spam. Or call us.")
        raise Refused(Item("links", words))


def count_asked_link(link, *, address, at):
    """Count one more link asked for; raise Refused when it is too many from this address, or in all."""
    _count(ASKED, address, caps.LINKS_PER_ADDRESS, caps.LINKS_IN_ALL, link=link, at=at)


def count_asked_page(*, address):
    """Count one more way to an own page asked for by somebody who gave an e-mail address; Refused when too many."""
    cap = caps.LINKS_PER_ADDRESS
    if address and too_many(ASKED_PAGE, address, amount=cap.amount, seconds=cap.seconds):
        words = _("This was asked for too often from where you are. Please wait an hour, or call us.")
        raise Refused(Item("address", words))
    if too_many(ASKED_PAGE, IN_ALL, amount=caps.LINKS_IN_ALL.amount, seconds=caps.LINKS_IN_ALL.seconds):
        raise Refused(Item("all", _("We can’t send it just now. Please try again in an hour, or call us.")))


def check_staff_link(patient, *, by, at):
    """Raise Refused when staff has sent this patient as many links as a day may bring; what they asked is not in it."""
    if by is None:
        return
    sent = Message.objects.filter(
        patient=patient,
        kind__in=CARRIED_BY.values(),
        queued_by__isnull=False,
        queued_at__gt=_since(caps.STAFF_LINKS_PER_PERSON, at),
    )
    if caps.STAFF_LINKS_PER_PERSON.is_reached(sent.count()):
        raise Refused(
            Item("links", f"{patient.short_name} was sent ten links within a day. Call them, and find out what fails.")
        )


def _since(cap, at):
    return at - timedelta(seconds=cap.seconds)


def _count(what, address, per_address, in_all, *, link, at):
    """The address first, so that one address alone can't use up what all may have."""
    if address and too_many(what, address, amount=per_address.amount, seconds=per_address.seconds):
        words = _("This was asked for too often from where you are. Please wait an hour, or call us.")
        raise Refused(Item("address", words))
    if too_many(what, IN_ALL, amount=in_all.amount, seconds=in_all.seconds):
        _tell_staff(what, link, at)
        raise Refused(Item("all", _("We can’t send it just now. Please try again in an hour, or call us.")))


def _tell_staff(what, link, at):
    """Once an hour and site: somebody may be playing with the patients' doors. Staff can send links all the same."""
    if count_one(f"{what}-told", str(link.site_id), seconds=caps.HOUR) > 1:
        return
    open_task(
        "other",
        title="Very many links or codes were asked for within an hour. Patients who call: send the link from here.",
        site=link.site,
        due_at=at,
        by=None,
        for_role=Role.FRONT_DESK,
        dedupe_key=f"{what}:{link.site_id}:{at:%Y%m%d%H}",
        at=at,
    )
