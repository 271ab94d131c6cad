"""The downtime pack is made each morning and on demand. One that can't be made is kept too, and somebody is told."""

import logging

from django.db import transaction
from django.utils import timezone

from clinic import audit, clock
from clinic.actions.tasks import open_task, withdraw_task
from clinic.documents import digest
from clinic.models import Task
from clinic.pdf import pdf_of
from sessions.actions.sessions import need_clinician
from sessions.models import DowntimePack
from sessions.presenters.packs import context
from sessions.queries import packs as rows

log = logging.getLogger(__name__)


def make_pack(*, site, day, by=None, at=None):
    """Make the pack of a site's day and keep it; returns the `DowntimePack`.

    When the server cannot make it (a library is missing, the page fails) the row says why, and a task tells the nurses
    to print today's list by hand; the next try comes by itself.
    """
    at = at or clock.now()
    if by is not None:
        need_clinician(by, site, at=at)
    try:
        with transaction.atomic(), timezone.override(site.zone):
            made = context(site, day, at)
            content = pdf_of("sessions/pack_paper.html", made)
    except Exception as problem:
        log.exception("The downtime pack of %s could not be made.", site.pk)
        return _failed(site, day, f"{type(problem).__name__}: {problem}", by=by, at=at)
    return _kept(site, day, content, rows.marks(made["page"].visits), by=by, at=at)


@transaction.atomic
def _kept(site, day, content, visits, *, by, at):
    pack = DowntimePack.objects.create(
        site=site, day=day, made_at=at, made_by=by, content=content, size=len(content), sha256=digest(content),
        visits=visits,
    )  # fmt: skip
    audit.record("pack.made", pack, by=by, site=site, at=at, detail={"visits": len(visits)})
    for task in Task.objects.filter(dedupe_key=_key(site, day), state="open"):
        withdraw_task(task=task, by=by, reason="Made since.", at=at)
    return pack


@transaction.atomic
def _failed(site, day, problem, *, by, at):
    pack = DowntimePack.objects.create(
        site=site, day=day, made_at=at, made_by=by, content=b"", size=0, visits={}, problem=problem[:300]
    )
    audit.record("pack.failed", pack, by=by, site=site, at=at)
    open_task(
        "other",
        title="The downtime pack of today could not be made: print it from the page Downtime.",
        neutral_title="The downtime pack of today could not be made: tell a nurse.",
        details=problem[:300],
        site=site,
        due_at=at,
        by=by,
        for_role="nurse",
        subject=pack,
        at=at,
        dedupe_key=_key(site, day),
    )
    return pack


def _key(site, day):
    return f"pack:{site.pk}:{day.isoformat()}"


def make_due_packs(*, at=None):
    """Make the packs whose time has come, each site for itself; returns them."""
    at = at or clock.now()
    return [make_pack(site=site, day=day, at=at) for site, day in rows.due_sites(at)]
