"""The patient's visits as they read them: when, where, what they have said, what they may still do."""

from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from clinic import notify
from clinic.models import Appointment, Task
from followup.models import WaitlistEntry
from followup.queries.visits import upcoming
from followup.rules.own_visits import may_answer


@dataclass
class Visit:
    """One visit ahead."""

    row: Appointment
    when: str
    may_answer: bool
    is_confirmed: bool
    has_asked: bool = False
    waits: WaitlistEntry | None = None


@dataclass
class Page:
    """All visits ahead."""

    visits: list = field(default_factory=list)

    @property
    def next(self):
        """The soonest."""
        return self.visits[0] if self.visits else None


def own_visits(patient, at) -> Page:
    """The visits ahead with what was asked about each. Three queries."""
    rows = upcoming(patient, at)
    ids = [row.pk for row in rows]
    asked = set(
        Task.objects.filter(
            kind__in=("booking", "not_ready"), state="open", subject_kind="clinic.appointment", subject_id__in=ids,
            dedupe_key__startswith="own-other:",
        ).values_list("subject_id", flat=True)
    )  # fmt: skip
    waits = {one.appointment_id: one for one in WaitlistEntry.objects.filter(appointment__in=ids, state="waiting")}
    return Page([_visit(row, patient, at, asked, waits) for row in rows])


def _visit(row, patient, at, asked, waits) -> Visit:
    return Visit(
        row,
        when_of(row, patient),
        may_answer(row.state, row.starts_at, at),
        row.state == "confirmed",
        row.pk in asked,
        waits.get(row.pk),
    )


def when_of(visit, patient) -> str:
    """Thursday 14 May at 2:05 pm, in the clinic's time; it says whose when the patient's differs."""
    return notify.when_words(visit.starts_at, ZoneInfo(visit.zone_name), ZoneInfo(patient.zone_name))
