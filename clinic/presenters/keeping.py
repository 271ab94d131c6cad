"""Copies of the record, as the admins see them: how things stand, every run, and the lines of the health page."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from clinic import health
from clinic.actions import backups
from clinic.models import BackupRun
from clinic.queries import backups as queries
from clinic.rules import space as rules
from clinic.words import age_words

SHOWN = 60
MEGABYTE = 1 << 20
LABELS = {
    "copies": "Copies of the record",
    "log": "Log of changes between copies",
    "carried": "Copies at another place",
    "trial": "Trial restore",
}
LEVELS = {rules.OK: health.OK, rules.TIGHT: health.CAUTION, rules.NO_FILES: health.ALARM, rules.READ_ONLY: health.ALARM}


@dataclass(frozen=True)
class Line:
    """One run: its row, how long it took and how large it was, in words."""

    run: BackupRun
    took: str
    size: str


@dataclass(frozen=True)
class Page:
    """Everything on the page."""

    cares: list[tuple[str, health.Care]]
    lines: list[Line]
    max_hours: int
    keep: list[str]
    at: datetime


def backups_page(at: datetime) -> Page:
    """How copies stand now, and the newest runs."""
    cares = [(label, care_of(part, at)) for part, label in LABELS.items()] + [("Space", care_of_space(at))]
    return Page(cares, [_line(run) for run in queries.runs(SHOWN)], settings.BACKUP_MAX_HOURS, settings.BACKUP_KEEP, at)


def _line(run: BackupRun) -> Line:
    return Line(run, seconds_words(run.seconds), size_words(run.size) if run.size is not None else "")


def seconds_words(seconds: float) -> str:
    """ "0.4 s", "52 s", "3 min 5 s", "2 h 10 min"."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < 120:
        return f"{whole} s"
    return f"{whole // 60} min {whole % 60} s" if whole < 7200 else f"{whole // 3600} h {whole % 3600 // 60} min"


def size_words(size: int) -> str:
    """ "820 kB", "41 MB", "3.2 GB"."""
    if size < MEGABYTE:
        return f"{-(-size // 1024)} kB"
    return f"{size / MEGABYTE:.0f} MB" if size < 1024 * MEGABYTE else f"{size / MEGABYTE / 1024:.1f} GB"


def care_of(part: str, at: datetime) -> health.Care:
    """One line of the health page: what ails copies, the log, the other place or the trials."""
    trouble = backups.troubles_of(part, at)
    if trouble is None:
        return health.Care(health.OK, _well(part, at))
    return health.Care(health.CAUTION if trouble.code == "never" else health.ALARM, trouble.words)


def _well(part: str, at: datetime) -> str:
    if part == "log":
        return (
            f"The last piece was kept {age_words(kept, at)}." if (kept := queries.log_kept().kept_at) else "Just begun."
        )
    kinds = {"copies": queries.COPIES, "carried": ("copy",), "trial": ("restore",)}[part]
    run = queries.last_run(*kinds)
    took = f", took {seconds_words(run.seconds)}" if part == "trial" else ""
    return f"The last one {age_words(run.ended_at, at)}{took}."


def care_of_space(at: datetime) -> health.Care:
    """How full the disks are."""
    disks = queries.disks()
    if not disks:
        return health.Care(health.CAUTION, "No disk is measured: name them in DISK_FOLDERS.")
    said = "; ".join(
        f"{one.name} {one.percent} % used, {size_words(one.total - one.used)} free, measured {age_words(when, at)}"
        for one, when in disks
    )
    return health.Care(LEVELS[queries.stage()], f"{said}.")


def register() -> None:
    """Put the lines on the health page."""
    for part, label in LABELS.items():
        health.care(f"backups.{part}", label, lambda at, part=part: care_of(part, at))
    health.care("space", "Space on the disks", care_of_space)
