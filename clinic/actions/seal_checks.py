"""Checking the record against its seals: noted each time, and the admins and auditors told when it does not hold."""

import logging
import time
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

from clinic import audit, clock
from clinic.actions import standstill
from clinic.actions.seal_heads import auditors, secret
from clinic.models import SealCheck
from clinic.queries import verifying
from clinic.rules import seal_keys

log = logging.getLogger(__name__)

MOST_KEPT = 200  # sentences kept and shown; how many there were stands in the last one
SUBJECT = "Tideline: the record does not match its seals"
LETTER = (
    "A check of the record of {address} against its seals found {count}.\n\n"
    "{address}/audit/seals/ names the rows. Do not restore or repair anything before a copy of the database, of the "
    "server's logs and of the files of heads is kept: they show what was done, when and by whom.\n"
)


def own_keys() -> list[str]:
    """The public keys that may have signed this installation's heads: the one of now and those of older secrets."""
    return [seal_keys.public_key(one) for one in (secret(), settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


def check_seals(*, recent=True, by=None, at=None, folder=None, keys=(), every_file=False):
    """Check, and note what was found; returns (SealCheck, Verdict). A new problem is mailed.

    `recent`: what was sealed and signed in the last day, else everything. `by`: who asked (None: the clock).
    """
    at = at or clock.now()
    begun = time.monotonic()
    verdict = verifying.verify(
        at=at, recent=recent, folder=folder or settings.SEAL_FOLDER, keys=keys or own_keys(), every_file=every_file
    )
    took = int((time.monotonic() - begun) * 1000)
    before = SealCheck.objects.order_by("-checked_at").first()
    row = _note(verdict, recent, by, at, took)
    if row.problems and (before is None or set(row.problems) - set(before.problems)):
        _tell(len(verdict.problems), at)
    return row, verdict


@transaction.atomic
def _note(verdict, recent, by, at, took):
    problems = verdict.problems[:MOST_KEPT]
    if len(verdict.problems) > MOST_KEPT:
        problems.append(f"and {len(verdict.problems) - MOST_KEPT} more")
    row = SealCheck.objects.create(
        checked_at=at,
        checked_by=by,
        scope="recent" if recent else "all",
        seals=verdict.seals,
        rows=verdict.rows,
        documents=verdict.documents,
        unsealed=verdict.unsealed,
        problems=problems,
        took_ms=took,
    )
    audit.record("seal.checked", row, by=by, at=at, detail={"problems": len(verdict.problems), "scope": row.scope})
    return row


def _tell(count, at):
    said = "1 problem" if count == 1 else f"{count} problems"
    text = LETTER.format(address=settings.BASE_URL.rstrip("/"), count=said)
    for address in dict.fromkeys([*auditors(at), *standstill.recipients(at)]):
        try:
            EmailMessage(SUBJECT, text, settings.DEFAULT_FROM_EMAIL, [address]).send()
        except (SMTPException, OSError) as problem:
            log.error("The record does not match its seals, and no mail went out: %s", type(problem).__name__)
