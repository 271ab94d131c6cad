"""Say that two records are one person, make them one, and take that back. Nothing is repointed."""

from datetime import timedelta

from django.db import transaction

from clinic import audit, clock
from clinic.actions.tasks import close_task, open_task
from clinic.models import DuplicateNote, Membership, Patient, PatientMerge, Role, Task
from clinic.queries.duplicates import pair_of
from followup.queries.records import standing_of
from followup.rules import merging as rules

LOOK_WITHIN = timedelta(days=3)  # clinic default (unverified default)


def _roles(by, records, at):
    """The roles this user holds where one of these records is seen."""
    sites = [row.site_id for record in records for row in record.sites.all() if row.until is None]
    return set(Membership.objects.active(at).filter(user=by, site__in=sites).values_list("role", flat=True))


@transaction.atomic
def note_pair(*, one, two, verb, words, by, site, at=None):
    """Say of a pair that it is one person ("proposed"), two people ("dismissed") or worth another look ("reopened").

    A proposal opens a task for the administrator, anything else closes it. Raises Refused for the role or no reason.
    """
    at = at or clock.now()
    one, two = pair_of(one, two)
    rules.check_can_note(verb=verb, words=words, roles=_roles(by, (one, two), at))
    note = DuplicateNote.objects.create(
        one=one, two=two, verb=verb, words=words.strip()[:300], noted_at=at, noted_by=by
    )
    if verb == "proposed":
        _propose(one, two, words, by, site, at)
    else:
        _end_proposals(one, two, by, at, f"{note.get_verb_display()}: {note.words}")
    audit.record(f"duplicate.{verb}", note, by=by, patient=one, site=site, at=at, reason=note.words)
    return note


def _propose(one, two, words, by, site, at):
    open_task(
        "duplicate",
        title=f"One person? {one}, {one.record_number}, and {two}, {two.record_number}",
        details=words.strip(),
        site=site,
        patient=one,
        for_role=Role.CLINIC_ADMIN,
        due_at=at + LOOK_WITHIN,
        by=by,
        subject=one,
        dedupe_key=_key(one, two, at),
        at=at,
    )


def _key(one, two, at=None):
    stem = f"duplicate:{one.pk.hex}:{two.pk.hex}:"
    return f"{stem}{at:%Y%m%d%H%M%S}" if at else stem


def _end_proposals(one, two, by, at, outcome):
    one, two = pair_of(one, two)
    for task in Task.objects.filter(kind="duplicate", dedupe_key__startswith=_key(one, two), state="open"):
        close_task(task=task, by=by, outcome=outcome, at=at)


@transaction.atomic
def merge_records(*, kept, merged, reason, by, at=None):
    """Make two records one person from now on; returns the PatientMerge. No row moves: lists ask for the person.

    Raises Refused with everything in the way: the role, no reason, an earlier merge, visits that overlap, two open
    sessions or packets; each item with where it is settled.
    """
    at = at or clock.now()
    same = kept.pk == merged.pk
    kept, merged = _locked(kept, merged)
    rules.check_can_merge(
        kept=standing_of(kept, at), merged=standing_of(merged, at), same=same, reason=reason,
        roles=_roles(by, (kept, merged), at),
    )  # fmt: skip
    made = PatientMerge.objects.create(kept=kept, merged=merged, reason=reason.strip(), merged_at=at, merged_by=by)
    _end_proposals(kept, merged, by, at, "Merged.")
    for record in (kept, merged):
        audit.record("patient.merged", made, by=by, patient=record, at=at, reason=made.reason)
    return made


def _locked(*records):
    """The records as they stand now, locked in one order whichever way round they are named."""
    pks = [record.pk for record in records]
    rows = Patient.objects.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk")
    found = {row.pk: row for row in rows.prefetch_related("sites")}
    return [found[pk] for pk in pks]


@transaction.atomic
def undo_merge(*, merge, reason, by, at=None):
    """Make two records two people again, in one step. Each shows again what was recorded under it.

    What was recorded since the merge stays with the record it was recorded under. Raises Refused for the role, no
    reason, or a merge that is undone already.
    """
    at = at or clock.now()
    merge = PatientMerge.objects.select_for_update(of=("self",)).select_related("kept", "merged").get(pk=merge.pk)
    records = _locked(merge.kept, merge.merged)
    rules.check_can_undo(is_undone=merge.undone_at is not None, reason=reason, roles=_roles(by, records, at))
    merge.undone_at, merge.undone_by, merge.undo_reason = at, by, reason.strip()
    merge.save(update_fields=["undone_at", "undone_by", "undo_reason"])
    for record in records:
        audit.record("patient.merge_undone", merge, by=by, patient=record, at=at, reason=merge.undo_reason)
    return merge
