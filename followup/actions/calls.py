"""Note a call or a try; the task ends with it or goes on later; what worries is told the same minute."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from clinic import audit, clock
from clinic.actions.alerts import raise_alert
from clinic.actions.tasks import announce, close_task, open_task
from clinic.models import Patient, Role, Site, Task
from clinic.words import clinic_date, local
from followup.actions.diary import ALERT_KINDS, CALL_WITHIN
from followup.models import CallNote, FollowUpContact
from followup.queries.calls import outcomes_of
from followup.queries.relief import follow
from followup.rules import calls as rules
from followup.rules.diary import Answers, Concern, concerns

OUTCOMES = dict(CallNote.OUTCOMES)


@transaction.atomic
def note_call(
    *,
    patient: Patient,
    site: Site,
    outcome: str,
    client_id: UUID,
    by,
    words: str = "",
    direction: str = "out",
    called_at: datetime | None = None,
    pain: int | None = None,
    side_effects: tuple[str, ...] = (),
    next_try_at: datetime | None = None,
    contact: FollowUpContact | None = None,
    task: Task | None = None,
    at: datetime | None = None,
) -> CallNote:
    """Note one call; the same `client_id` again is the same call.

    For a next-day contact: reached or given up finishes its task, a try in vain moves it to the next try. The third
    one in vain, and giving up, tell the prescriber. Raises Refused with every reason.
    """
    at = at or clock.now()
    Patient.objects.select_for_update(of=("self",)).get(pk=patient.pk)
    known = CallNote.objects.filter(client_id=client_id).first()
    if known is not None:
        return known
    called_at = called_at or at
    earlier = outcomes_of(contact) if contact else []
    tries = rules.tries_in_vain(earlier) if contact else rules.TRIES
    rules.check_call(
        outcome=outcome, words=words, called_at=called_at, next_try_at=next_try_at, now=at, tries=tries
    )  # fmt: skip
    again = rules.next_try(outcome, called_at, next_try_at) if contact or next_try_at else None
    note = CallNote.objects.create(
        patient=patient, site=site, contact=contact, task=task or (contact.task if contact else None),
        client_id=client_id, direction=direction, outcome=outcome, called_at=called_at, words=words.strip(), pain=pain,
        side_effects=sorted(side_effects), next_try_at=again, noted_at=at, noted_by=by,
    )  # fmt: skip
    audit.record("call.noted", note, by=by, patient=patient, site=site, at=at, detail={"outcome": outcome})
    _tell(note, by=by, at=at)
    if contact is not None:
        _go_on(note, [*earlier, outcome], by=by, at=at)
    return note


def _tell(note: CallNote, *, by, at: datetime) -> None:
    """The rules of the diary hold on the phone too: an alert the same minute, whoever types it."""
    course = note.contact.session.course if note.contact else None
    base = follow(course, "pain").baseline.value if course else None
    said = Answers(pain=note.pain, side_effects=tuple(note.side_effects), words=note.words)
    for concern in concerns(said, base):
        if concern.gravity == "alert":
            raise_alert(
                "bladder" if "bladder" in note.side_effects and concern.code == "serious_effect"
                else ALERT_KINDS[concern.code],
                patient=note.patient, site=note.site, words=f"On the phone: {concern.text}", by=by, subject=note,
                dedupe_key=f"call:{concern.code}:{note.pk}", at=at,
            )  # fmt: skip


def _go_on(note: CallNote, outcomes: list[str], *, by, at: datetime) -> None:
    """The task of the contact ends, or is due again at the next try; the prescriber hears of a contact in vain."""
    task = Task.objects.select_for_update().filter(pk=note.contact.task_id, state="open").first()
    if rules.is_made(outcomes):
        if task is not None:
            close_task(task=task, by=by, outcome=_outcome_words(note), at=at)
    elif task is not None and note.next_try_at:
        task.due_at = note.next_try_at
        task.save(update_fields=["due_at"])
        audit.record("task.put_off", task, by=by, patient=task.patient, site=task.site, at=at, reason=note.outcome)
        announce(task.site_id, task)
    if rules.must_tell_prescriber(outcomes):
        _ask_prescriber(note, rules.tries_in_vain(outcomes), by=by, at=at)


def _outcome_words(note: CallNote) -> str:
    return ": ".join(filter(None, [OUTCOMES[note.outcome], note.words]))


def _ask_prescriber(note: CallNote, tries: int, *, by, at: datetime) -> None:
    session = note.contact.session
    day = clinic_date(local(session.ended_at, session.site.zone).date())
    concern = Concern("not_reached", "task", f"Not reached after the infusion of {day}, {tries} tries: decide.")
    open_task(
        "review",
        title=concern.text,
        neutral_title="Needs a clinician: ask the prescriber.",
        patient=note.patient,
        site=note.site,
        due_at=at + CALL_WITHIN,
        for_role=Role.PRESCRIBER,
        by=by,
        subject=note.contact,
        dedupe_key=f"call:not_reached:{note.contact.pk}",
        at=at,
    )
