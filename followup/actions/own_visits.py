"""What a patient does about a visit of theirs by link: yes I come, please cancel, I need another time."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from clinic import audit, clock
from clinic.actions import appointments
from clinic.actions.tasks import open_task
from clinic.models import Appointment, Role, Task
from clinic.refusal import Conflict, Item, Refused
from followup.rules.own_visits import Wanted, may_answer, title_of

CALL_WITHIN = timedelta(hours=4)


def _locked(visit: Appointment, version: int, at: datetime) -> Appointment:
    """The visit, locked. Raises Refused when it is over or under way, Conflict when it has changed meanwhile."""
    rows = Appointment.objects.select_for_update(of=("self",)).select_related("patient", "site")
    found = rows.get(pk=visit.pk)
    if not may_answer(found.state, found.starts_at, at):
        raise Refused(Item("over", _("This visit can’t be changed here any more. Please call us.")))
    if found.version != version:
        words = _("This visit has changed while the page was open. Please look at it again.")
        raise Conflict(Item("stale", words), current=found)
    return found


@transaction.atomic
def say_yes(*, visit: Appointment, version: int, by, at: datetime | None = None) -> Appointment:
    """The patient comes. Saying it twice is once."""
    at = at or clock.now()
    return appointments.confirm(appointment=_locked(visit, version, at), by=by, at=at)


@transaction.atomic
def call_off(
    *, visit: Appointment, version: int, code: str = "not_said", wants_other=True, by, at: datetime | None = None
) -> Appointment:  # fmt: skip
    """The patient can't come: chair and nurse are free at once, and somebody calls if another time is wanted."""
    at = at or clock.now()
    found = _locked(visit, version, at)
    done = appointments.cancel(appointment=found, by=by, reason="cancelled by the patient", code=code, at=at)
    if wants_other:
        _ask_desk(done, "Has cancelled by link and wants another time: call and offer one.", "own-cancel", by=by, at=at)
    return done


@transaction.atomic
def ask_other_time(*, visit: Appointment, version: int, wanted: Wanted, by, at: datetime | None = None) -> Task:
    """The patient needs another time; until somebody has called, the visit stays as it is. Asking again adds nothing.

    What the desk reads is made of the choices ticked; free words, which may tell of health, only clinicians read.
    """
    at = at or clock.now()
    found = _locked(visit, version, at)
    title = title_of(wanted)
    return _ask_desk(found, title, f"own-other:{version}", details=wanted.words.strip(), by=by, at=at)


def _ask_desk(visit, title, key, *, details="", by, at) -> Task:
    task = open_task(
        "booking",
        title=title,
        neutral_title=title + (" There is a note with it: ask the nurse." if details else ""),
        details=details,
        patient=visit.patient,
        site=visit.site,
        due_at=max(min(at + CALL_WITHIN, visit.starts_at), at),
        for_role=Role.FRONT_DESK,
        by=by,
        subject=visit,
        dedupe_key=f"{key}:{visit.pk}",
        at=at,
    )
    audit.record("visit.other_time_asked", visit, by=by, patient=visit.patient, site=visit.site, at=at)
    return task
