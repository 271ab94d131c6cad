"""Noting what was done to keep the record safe, and telling the admins when too little was."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from clinic import audit, clock
from clinic.actions.alarms import Letter, tell_once
from clinic.models import BackupRun
from clinic.queries import backups as queries
from clinic.rules import backups as rules


@transaction.atomic
def note_run(
    *, kind: str, name: str, started_at: datetime, outcome: str, size: int | None = None, words: str = "",
    detail: dict | None = None, by=None, at: datetime | None = None,
) -> BackupRun:  # fmt: skip
    """Keep one row about a run of a backup command, with its line in the audit."""
    at = at or clock.now()
    run = BackupRun.objects.create(
        kind=kind, name=name, started_at=started_at, ended_at=max(at, started_at), outcome=outcome, size=size,
        words=words[:400], detail=detail or {},
    )  # fmt: skip
    audit.record(f"backup.{kind}", run, by=by, at=at, detail={"name": name, "outcome": outcome})
    return run


def troubles_of(part: str, at: datetime) -> rules.Trouble | None:
    """What is wrong with one part ("copies", "log", "carried", "trial"); None where all is well."""
    hours = settings.BACKUP_MAX_HOURS
    if part == "copies":
        run = queries.last_run(*queries.COPIES)
        return rules.copy_trouble(run.started_at if run else None, at, hours)
    if part == "carried":
        run = queries.last_run("copy")
        return rules.carried_trouble(run.ended_at if run else None, at, hours)
    if part == "trial":
        run = queries.last_run("restore", good=False)
        return rules.trial_trouble(run.ended_at if run else None, bool(run and run.is_good), at)
    return rules.log_trouble(queries.log_kept(), at)


def troubles(at: datetime) -> dict[str, rules.Trouble]:
    """Everything that is wrong, by part."""
    found = {part: troubles_of(part, at) for part in ("copies", "log", "carried", "trial")}
    return {part: trouble for part, trouble in found.items() if trouble}


def look(*, at: datetime | None = None) -> bool:
    """Tell the admins once when copies, the log or the trials are not as they must be; returns whether it was told."""
    at = at or clock.now()
    found = troubles(at)
    mark = ",".join(f"{part}:{trouble.code}" for part, trouble in found.items())
    words = [trouble.words for trouble in found.values()]
    subject = "Tideline: backups need a look" if found else "Tideline: backups are well again"
    said = words or ["Copies, the log and the trial restores are as they must be again."]
    return tell_once(part="backups", mark=mark, letter=Letter(subject, said), at=at)
