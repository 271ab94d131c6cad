"""Noting how full the disks are, and telling the admins before anything is refused."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from clinic import clock
from clinic.actions.alarms import Letter, tell_once
from clinic.models import Heartbeat
from clinic.queries import backups as queries
from clinic.rules import space as rules

MEGABYTE = 1 << 20


@transaction.atomic
def note_space(*, readings: Iterable[rules.Reading], at: datetime | None = None) -> str:
    """Keep what was measured, and the stage of the whole installation: its fullest disk counts. Returns the stage.

    The admins are told when the stage changes; a mail server that is away does not undo the measurement.
    """
    at = at or clock.now()
    for reading in readings:
        _keep(f"{queries.DISK}{reading.name}"[:30], f"{reading.used} {reading.total}", at)
    fullest = max((reading for reading, _ in queries.disks()), key=lambda one: one.percent, default=None)
    stage = rules.stage_of(fullest.percent, queries.stage()) if fullest else rules.OK
    _keep(queries.SPACE, stage, at)
    return stage


def _keep(part: str, detail: str, at: datetime) -> None:
    Heartbeat.objects.update_or_create(part=part, defaults={"at": at, "detail": detail})


def tell_space(*, at: datetime | None = None) -> bool:
    """Tell the admins once at each stage, and when there is space again; returns whether it was told."""
    stage = queries.stage()
    disks = [
        f"{one.name}: {one.percent} % used, {(one.total - one.used) // MEGABYTE} MB free." for one, _ in queries.disks()
    ]
    if stage == rules.OK:
        letter = Letter("Tideline: there is space again", ["The server's disks have space again.", *disks])
        return tell_once(part="space", mark="", letter=letter, at=at)
    letter = Letter("Tideline: the server's disk fills up", [rules.WORDS[stage], *disks])
    return tell_once(part="space", mark=stage, letter=letter, at=at)
