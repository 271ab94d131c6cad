"""A copy of somebody's whole record: asked for, made by the worker part by part, kept a week, then taken away."""

import logging
from datetime import datetime, timedelta

from celery import current_app
from django.db import DatabaseError, transaction
from kombu.exceptions import KombuError
from redis.exceptions import RedisError

from clinic import audit, clock, notify
from clinic.access import CLINICIANS, roles_of
from clinic.actions.disclosures import note_disclosure
from clinic.actions.tasks import announce, open_task
from clinic.documents import Spoiled, digest
from clinic.models import Patient, Role, Site
from clinic.states import transition
from followup.archive import build
from followup.models import ARCHIVE, RecordArchive
from followup.queries import own_record as queries

log = logging.getLogger(__name__)

TASK = "followup.make_archives"
KEPT_DAYS = 7
STALE = timedelta(minutes=10)
FRESH = timedelta(hours=1)
MOST_TRIES = 3
SPOILED = (Spoiled, OSError, ImportError, LookupError, ValueError, TypeError, AttributeError, DatabaseError)


@transaction.atomic
def ask_archive(*, patient: Patient, site: Site, by, at: datetime | None = None) -> RecordArchive:
    """Ask for a copy. One under way, or one of the last hour that the same side asked for, is that one."""
    at = at or clock.now()
    patient = Patient.objects.select_for_update(of=("self",)).get(pk=patient.pk)
    staff = by if getattr(by, "is_staff_user", False) else None
    found = _there_already(patient, staff, at)
    if found is not None:
        return found
    archive = RecordArchive.objects.create(patient=patient, site=site, asked_at=at, asked_by=staff)
    audit.record("archive.asked", archive, by=by, patient=patient, site=site, at=at)
    transaction.on_commit(wake)
    return archive


def _there_already(patient, staff, at) -> RecordArchive | None:
    mine = RecordArchive.objects.filter(patient=patient).order_by("-asked_at")
    under_way = mine.filter(state__in=("asked", "making")).first()
    return under_way or mine.filter(state="ready", asked_by=staff, made_at__gt=at - FRESH).first()


def wake() -> None:
    """Ask the worker to make what was asked for. It never raises: the beat looks every minute anyway."""
    try:
        current_app.send_task(TASK, ignore_result=True, expires=55)
    except (KombuError, RedisError, OSError) as problem:
        log.warning("The worker could not be woken, the next beat will: %s", type(problem).__name__)


def make_due(*, at: datetime | None = None) -> int:
    """Make every copy that waits, one after the other; returns how many were worked on. Called by the worker."""
    at = at or clock.now()
    count = 0
    while archive := _claim(clock.now() if count else at):
        make(archive)
        count += 1
    return count


@transaction.atomic
def _claim(at) -> RecordArchive | None:
    """Take one over: committed before the work begins, so that a worker that dies leaves a trace of it."""
    rows = queries.to_claim(at, at - STALE).select_for_update(skip_locked=True, of=("self",))
    archive = rows.select_related("patient", "site", "asked_by").first()
    if archive is None:
        return None
    if archive.state == "making":
        transition(archive, "asked", by=None, at=at, machine=ARCHIVE, reason="the worker was gone")
    problem = _against(archive, at)
    if problem:
        _give_up(archive, problem, at)
        return _claim(at)
    archive.attempts, archive.claimed_at, archive.parts_done = archive.attempts + 1, at, 0
    transition(archive, "making", by=None, at=at, machine=ARCHIVE, also=("attempts", "claimed_at", "parts_done"))
    return archive


def _against(archive, at) -> str:
    """Why this one is not made any more, or "": too many tries failed, or who asked for it no longer works here."""
    if archive.attempts >= MOST_TRIES:
        return "three tries failed"
    asked_by = archive.asked_by
    works = asked_by is None or asked_by.is_active and roles_of(asked_by, archive.site, at) & set(CLINICIANS)
    return "" if works else "who asked for it no longer works here"


def make(archive: RecordArchive) -> None:
    """Make one that was claimed. What spoils it is written down without a name; it is tried again, three times."""
    try:
        content = build(archive.patient, archive.site, progress=lambda done, of: _progress(archive, done, of))
    except _Lost:
        return
    except SPOILED as problem:
        log.exception("The copy %s could not be made.", archive.pk)
        _spoiled(archive, type(problem).__name__)
        return
    _finish(archive, content)


class _Lost(Exception):
    """Another worker has taken this one over."""


def _progress(archive, done, of) -> None:
    mine = RecordArchive.objects.filter(pk=archive.pk, state="making", attempts=archive.attempts)
    if not mine.update(parts=of, parts_done=done, claimed_at=clock.now()):
        raise _Lost


@transaction.atomic
def _finish(archive, content) -> None:
    at = clock.now()
    archive = _mine(archive)
    if archive is None:
        return
    archive.content, archive.size, archive.sha256 = content, len(content), digest(content)
    archive.made_at, archive.expires_at, archive.parts_done = at, at + timedelta(days=KEPT_DAYS), archive.parts
    archive.error = ""
    names = ("content", "size", "sha256", "made_at", "expires_at", "parts_done", "error")
    transition(archive, "ready", by=None, at=at, machine=ARCHIVE, also=names)
    audit.record("archive.made", archive, by=None, patient=archive.patient, site=archive.site, at=at)
    if archive.asked_by_id is None:
        _disclose(archive, at)
    if archive.asked_by_id is None and archive.patient.email:
        _tell(archive, at)


def _disclose(archive, at) -> None:
    """The patient asked for it: from now on they can take it from their own page."""
    note_disclosure(
        patient=archive.patient, site=archive.site, kind="record", way="file", purpose="own",
        what="Copy of the whole record", to_whom="the patient, on their own page", by=None, subject=archive,
        sha256=archive.sha256, at=at,
    )  # fmt: skip


def _mine(archive) -> RecordArchive | None:
    rows = RecordArchive.objects.select_for_update(of=("self",)).select_related("patient", "site")
    return rows.filter(pk=archive.pk, state="making", attempts=archive.attempts).first()


def _tell(archive, at) -> None:
    notify.enqueue(
        "record_ready", recipient=archive.patient, site=archive.site, dedupe_key=f"record_ready:{archive.pk}",
        due_at=at, expires_at=archive.expires_at, subject_kind="followup.recordarchive", subject_id=archive.pk, at=at,
    )  # fmt: skip


@transaction.atomic
def _spoiled(archive, problem) -> None:
    at = clock.now()
    archive = _mine(archive)
    if archive is None:
        return
    if archive.attempts >= MOST_TRIES:
        _give_up(archive, problem, at)
        return
    archive.error = problem
    transition(archive, "asked", by=None, at=at, machine=ARCHIVE, reason=problem, also=("error",))


def _give_up(archive, problem, at) -> None:
    archive.error = problem[:200]
    transition(archive, "failed", by=None, at=at, machine=ARCHIVE, reason=problem, also=("error",))
    audit.record("archive.failed", archive, by=None, patient=archive.patient, site=archive.site, at=at)
    task = open_task(
        "other",
        title="The copy of the whole record that was asked for could not be made. Ask for it again, or tell support.",
        patient=archive.patient,
        site=archive.site,
        due_at=at + timedelta(days=1),
        by=None,
        for_role=Role.NURSE,
        subject=archive,
        dedupe_key=f"archive:{archive.pk}",
        at=at,
    )
    announce(archive.site_id, task)


def empty_old(*, at: datetime | None = None) -> int:
    """Take the bytes of copies away whose week is over; that there was one stays written. Returns how many."""
    at = at or clock.now()
    return sum(_empty(row.pk, at) for row in queries.over(at))


@transaction.atomic
def _empty(pk, at) -> int:
    archive = RecordArchive.objects.select_for_update(of=("self",)).select_related("patient", "site").get(pk=pk)
    if archive.state != "ready":
        return 0
    archive.content = b""
    transition(archive, "emptied", by=None, at=at, machine=ARCHIVE, also=("content",))
    audit.record("archive.emptied", archive, by=None, patient=archive.patient, site=archive.site, at=at)
    return 1
