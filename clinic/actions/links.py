"""Make, prove and end the links by which patients come in. Only a hash of a token is ever kept."""

import secrets
from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from clinic import audit, clock, links, notify
from clinic.actions import sending
from clinic.actions.tasks import open_task
from clinic.models import LinkCode, PatientLink, Role
from clinic.refusal import Item, Refused


def find(token):
    """The link of a token, with patient and site, or None."""
    return _links().filter(token_hash=links.digest(token)).first()


def get(pk):
    """The link of an id, with patient and site, or None."""
    return by_id(pk).first() if pk else None


def by_id(pk):
    """The link of an id as a queryset, for the access door."""
    return _links().filter(pk=pk)


def _links():
    return PatientLink.objects.select_related("patient", "site")


@transaction.atomic
def make_link(
    *, patient, site, purpose, by, subject=None, days=7, local_day=None, representative=None, at=None
):  # fmt: skip
    """Make a link good for `days` days; returns (link, token). The token is 256 bits and is not kept.

    With `representative` it is theirs: whoever comes through it speaks for the patient, and codes go to their address.
    """
    link, told, token = new_link(
        patient=patient,
        site=site,
        purpose=purpose,
        by=by,
        subject=subject,
        days=days,
        local_day=local_day,
        representative=representative,
        at=at or clock.now(),
    )
    link.save(force_insert=True)
    told.save(force_insert=True)
    return link, token


def new_link(*, patient, site, purpose, by, at, subject=None, days=7, local_day=None, representative=None):
    """A link and its audit row, not saved yet, and the token: for a deed that sends all its rows together."""
    token = secrets.token_urlsafe(32)
    link = PatientLink(
        patient=patient,
        representative=representative,
        site=site,
        purpose=purpose,
        token_hash=links.digest(token),
        local_day=local_day,
        made_at=at,
        made_by=by if getattr(by, "is_staff_user", False) else None,
        expires_at=at + timedelta(days=days),
        **_subject(subject),
    )
    told = audit.event("link.made", link, by=by, patient=patient, site=site, at=at, detail={"purpose": purpose})
    return link, told, token


def _subject(subject):
    return {"subject_kind": subject._meta.label_lower, "subject_id": subject.pk} if subject is not None else {}


def url_of(token):
    """The address to mail: always under BASE_URL, never under a name a request came with."""
    return links.absolute(reverse("clinic:link-open", args=[token]))


def digits_of(code):
    """The six digits of a LinkCode, for the message that carries it."""
    return links.digits(code.pk)


@transaction.atomic
def end_links(*, patient, purpose, by, why="revoked", subject=None, at=None):
    """End a patient's open links of one purpose ("submitted" or "revoked"); returns how many."""
    at = at or clock.now()
    found = PatientLink.objects.select_for_update().filter(patient=patient, purpose=purpose, ended_at__isnull=True)
    if subject is not None:
        found = found.filter(subject_id=subject.pk)
    for link in found:
        end_link(link, why, by=by, at=at)
    return len(found)


def end_link(link, why, *, by, at):
    """End one link, locked by the caller: "tries", "submitted" or "revoked"."""
    link.ended_at, link.ended_why = at, why
    link.save(update_fields=["ended_at", "ended_why"])
    audit.record("link.ended", link, by=by, patient=link.patient, site=link.site, at=at, reason=why)


@transaction.atomic
def open_link(*, link, device, at=None):
    """Somebody pressed Continue. Raises Refused when the link is no longer open."""
    at = at or clock.now()
    link = _open_or_refused(link, at)
    audit.record("link.opened", link, by=audit.ANYONE, patient=link.patient, site=link.site, at=at)
    if not links.PROOFS[link.purpose]:
        _note_first(link, device, at)


def _open_or_refused(link, at):
    link = PatientLink.objects.select_for_update(of=("self",)).select_related("patient", "site").get(pk=link.pk)
    if not link.is_open(at):
        raise Refused(Item("link-ended", _("This link has ended.")))
    return link


def _note_first(link, device, at):
    if link.first_opened_at is None:
        link.first_opened_at, link.trusted_device = at, links.digest(device)
        link.save(update_fields=["first_opened_at", "trusted_device"])


def needs_code(link, device):
    """Whether this browser is another one than those in which this patient's links of this purpose were opened.

    A link sent again counts with the one it replaces: what was answered before shows only after the code. Where a
    purpose shows what was kept earlier, every browser in which this patient never proved anything is another one.
    """
    theirs = PatientLink.objects.filter(patient_id=link.patient_id).exclude(trusted_device="")
    shows_earlier = link.purpose in links.SHOWS_EARLIER
    proved = [purpose for purpose, asked in links.PROOFS.items() if asked] if shows_earlier else [link.purpose]
    opened = theirs.filter(purpose__in=proved)
    known = set(opened.values_list("trusted_device", flat=True))
    return (bool(known) or shows_earlier) and links.digest(device) not in known


def prove_born(*, link, born_on, at=None):
    """Check the date of birth; returns None when it is right, else how many tries are left. Five wrong ones end it.

    Raises Refused when the link is no longer open.
    """
    at = at or clock.now()
    with transaction.atomic():
        link = _open_or_refused(link, at)
        if born_on == link.patient.born_on:
            audit.record("link.born_proved", link, by=link.patient, patient=link.patient, site=link.site, at=at)
            return None
        return _wrong(link, at)


def _wrong(link, at):
    link.wrong_tries += 1
    link.save(update_fields=["wrong_tries"])
    tries = {"tries": link.wrong_tries}
    audit.record("link.wrong_try", link, by=audit.ANYONE, patient=link.patient, site=link.site, at=at, detail=tries)
    if link.wrong_tries >= links.TRIES:
        end_link(link, "tries", by=None, at=at)
        _tell_staff(link, at)
    return links.TRIES - link.wrong_tries


def _tell_staff(link, at):
    open_task(
        "call_back",
        title="A link was closed after five wrong answers. Call the patient; send it again if it was them.",
        site=link.site,
        patient=link.patient,
        due_at=at,
        by=None,
        for_role=Role.FRONT_DESK,
        subject=link,
        dedupe_key=f"link-tries:{link.pk}",
        at=at,
    )


@transaction.atomic
def let_device_in(*, link, device, at=None):
    """All proofs are given: the first browser becomes the one that is known. Raises Refused when the link has ended."""
    at = at or clock.now()
    link = _open_or_refused(link, at)
    _note_first(link, device, at)
    audit.record("link.let_in", link, by=link.patient, patient=link.patient, site=link.site, at=at)
    return link


def send_code(*, link, address="", at=None):
    """Mail a six-digit code to the contact on file, good for ten minutes; the earlier ones end.

    `address` is the network's. Raises Refused without an e-mail address on file, after too many codes for this person,
    from this address or in all, or when the link has ended.
    """
    at = at or clock.now()
    sending.count_code(link, address=address, at=at)
    return _sent_code(link, at)


@transaction.atomic
def _sent_code(link, at):
    link = _open_or_refused(link, at)
    if not (link.representative or link.patient).email:
        raise Refused(Item("no-contact", _("We have no e-mail address for you. Please call us.")))
    sending.check_code(link, at=at)
    link.codes.filter(used_at__isnull=True, expires_at__gt=at).update(expires_at=at)
    code = LinkCode(link=link, made_at=at, expires_at=at + timedelta(minutes=links.CODE_MINUTES))
    code.code_hash = links.digest(f"{code.pk}:{links.digits(code.pk)}")
    code.save()
    audit.record("link.code_sent", code, by=audit.ANYONE, patient=link.patient, site=link.site, at=at)
    _mail(code, link, at)
    return code


def _mail(code, link, at):
    notify.enqueue(
        "link_code",
        recipient=link.representative or link.patient,
        site=link.site,
        dedupe_key=f"link_code:{code.pk}",
        due_at=at,
        subject_kind=code._meta.label_lower,
        subject_id=code.pk,
    )


def prove_code(*, link, typed, at=None):
    """Check the six digits; returns None when right, else how many tries are left (0: ask for a new code).

    Raises Refused when the link is no longer open or no code is in force.
    """
    at = at or clock.now()
    with transaction.atomic():
        link = _open_or_refused(link, at)
        code = link.codes.select_for_update().filter(used_at__isnull=True, expires_at__gt=at).first()
        if code is None or code.wrong_tries >= links.TRIES:
            raise Refused(Item("code-ended", _("This code no longer works. Ask for a new one."), field="code"))
        typed = "".join(c for c in typed if c.isdigit())
        if links.same(links.digest(f"{code.pk}:{typed}"), code.code_hash):
            code.used_at = at
            code.save(update_fields=["used_at"])
            audit.record("link.code_proved", code, by=link.patient, patient=link.patient, site=link.site, at=at)
            return None
        code.wrong_tries += 1
        code.save(update_fields=["wrong_tries"])
        audit.record("link.wrong_code", code, by=audit.ANYONE, patient=link.patient, site=link.site, at=at)
        return links.TRIES - code.wrong_tries
