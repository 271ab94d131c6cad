"""Once a day the heads of all chains leave the database: a signed file, and a mail to the auditors."""

import hashlib
import json
import logging
from datetime import UTC, timedelta
from pathlib import Path
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

from clinic import audit, clock, words
from clinic.models import Membership, Role, SealHead
from clinic.queries import seals as queries
from clinic.rules import seal_keys
from clinic.rules import seals as rules

log = logging.getLogger(__name__)

SUBJECT = "Tideline: seals of the record, {day}"
LETTER = (
    "These are the heads of the chains that seal the record of {address}, written on {day} at {time} UTC.\n\n"
    "Keep this mail and its file where nobody of the clinic's technical staff can change them. Whoever doubts the "
    "record compares: manage.py verify_audit --heads FOLDER, with the folder that holds these files.\n\n{heads}\n"
)


def write_heads(*, at=None) -> SealHead:
    """At the first run of a day (UTC): write the heads of all chains to a signed file and mail them to the auditors.

    Written once a day; returns that day's. A mail server that is away leaves the mail for the next run.
    """
    at = at or clock.now()
    day = at.astimezone(UTC).date() - timedelta(days=1)
    head = SealHead.objects.filter(day=day).first() or _write(day, at)
    if head.mailed_at is None:
        _mail(head, at)
    return head


@transaction.atomic
def _write(day, at):
    before = SealHead.objects.order_by("-day").first()
    chains = [
        (str(seal.site_id or "none"), seal.site.name if seal.site else "No site", seal.number, seal.head)
        for seal in queries.last_seals()
    ]
    body = rules.body_of(day, chains, before.sha256 if before else "", at)
    text = rules.file_text(body, seal_keys.sign(secret(), rules.to_sign(body)), seal_keys.public_key(secret()))
    name, digest = f"heads-{day.isoformat()}.json", hashlib.sha256(text.encode()).hexdigest()
    head, made = SealHead.objects.get_or_create(
        day=day, defaults={"text": text, "sha256": digest, "written_at": at, "file": name}
    )
    if made:
        audit.record("seal.heads_written", head, by=None, at=at, detail={"day": day.isoformat(), "sha256": digest})
        _keep_file(name, text)
    return head


def _keep_file(name, text):
    """On the disk beside the database, whole or not at all."""
    folder = Path(settings.SEAL_FOLDER)
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f".{name}.new"
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(folder / name)


@transaction.atomic
def _mail(head, at):
    head = SealHead.objects.select_for_update().get(pk=head.pk)
    to = auditors(at)
    if head.mailed_at is not None or not to:
        return
    try:
        _send(head, to)
    except (SMTPException, OSError) as problem:
        log.warning("The heads of %s could not be mailed: %s", head.day, type(problem).__name__)
        return
    head.mailed_at, head.mailed_to = at, to
    head.save(update_fields=["mailed_at", "mailed_to"])
    audit.record("seal.heads_mailed", head, by=None, at=at, detail={"day": head.day.isoformat(), "to": len(to)})


def _send(head, to):
    day, time = words.clinic_date(head.day), f"{head.written_at.astimezone(UTC):%H:%M}"
    heads = rules.mail_words(json.loads(head.text)["heads"])
    text = LETTER.format(address=settings.BASE_URL.rstrip("/"), day=day, time=time, heads=heads)
    for address in to:
        mail = EmailMessage(SUBJECT.format(day=day), text, settings.DEFAULT_FROM_EMAIL, [address])
        mail.attach(head.file, head.text, "application/json")
        mail.send()


def auditors(at) -> list[str]:
    """The auditors of every site, and the addresses of SEAL_ADDRESSES, each once."""
    held = Membership.objects.active(at).filter(role=Role.AUDITOR, user__is_active=True).exclude(user__email="")
    people = held.order_by("user__email").values_list("user__email", flat=True)
    return list(dict.fromkeys([*people, *settings.SEAL_ADDRESSES]))


def secret() -> str:
    """What signs the heads: SEAL_KEY, else what all signing of this installation rests on."""
    return settings.SEAL_KEY or settings.SECRET_KEY
