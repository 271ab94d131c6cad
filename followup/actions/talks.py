"""Messages both ways: the patient writes, staff answers, hands over, closes. Crisis words bring an alert at once."""

import uuid
from datetime import datetime
from uuid import UUID

from django.db import transaction

from clinic import audit, clock, language, notify
from clinic.actions.alerts import raise_alert
from clinic.actions.tasks import close_task, open_task, withdraw_task
from clinic.models import Patient, Role, Site, Task
from clinic.queries.places import hours_of
from clinic.refusal import Conflict, Item
from clinic.rules.crisis_words import has_crisis_words
from clinic.states import transition
from followup.models import DESK_TOPICS, TALK, Talk, TalkMessage
from followup.queries import talks as queries
from followup.rules import talks as rules

ROLES = {"health": Role.NURSE, "visit": Role.FRONT_DESK, "papers": Role.FRONT_DESK}


@transaction.atomic
def write(
    *,
    patient: Patient,
    site: Site,
    words: str,
    by,
    topic: str = "health",
    talk: Talk | None = None,
    client_id: UUID | None = None,
    spoken: str = language.ENGLISH,
    at: datetime | None = None,
) -> TalkMessage:
    """The patient writes; the same `client_id` again is the same message.

    Without a `talk` it goes on in their open one about the same matter, or begins one. Somebody is asked to answer by
    a time that counts from the next opening. Words that may speak of suicide are for clinicians, whatever the matter
    was. Raises Refused for no or too many words, or too often.
    """
    at = at or clock.now()
    Patient.objects.select_for_update(of=("self",)).get(pk=patient.pk)
    known = TalkMessage.objects.filter(client_id=client_id).first() if client_id else None
    if known is not None:
        return known
    rules.check_write(words=words, sent_today=queries.sent_lately(patient, at))
    is_crisis = has_crisis_words(words)
    talk = _talk(patient, site, "health" if is_crisis and talk is None else topic, talk, by=None, at=at)
    if is_crisis and talk.topic in DESK_TOPICS:
        _move(talk, "health", by=by, at=at)
    message = _add(talk, words, spoken, client_id, by=by, at=at)
    _wait(talk, by=by, at=at)
    if is_crisis:
        raise_alert(
            "suicide", patient=patient, site=talk.site, by=by, subject=talk, dedupe_key=f"talk:crisis:{message.pk}",
            words="A message of the patient may speak of suicide or self-harm: read it now.", at=at,
        )  # fmt: skip
    return message


def _talk(patient, site, topic: str, talk: Talk | None, *, by, at: datetime) -> Talk:
    """The talk it belongs to, locked: as named, else the one about this matter that goes on, else a new one."""
    found = talk or queries.going_on(patient, topic)
    if found is not None and (talk is not None or rules.goes_on(found.last_at, at)):
        return Talk.objects.select_for_update(of=("self",)).select_related("patient", "site").get(pk=found.pk)
    made = Talk.objects.create(
        patient=patient, site=site, topic=topic, opened_at=at, opened_by=by, last_at=at,
        **({"state": "answered"} if by else {"waiting_since": at}),
    )  # fmt: skip
    audit.record("talk.opened", made, by=by or patient, patient=patient, site=site, at=at, detail={"topic": topic})
    return made


def _add(talk: Talk, words: str, spoken: str, client_id: UUID | None, *, by, at: datetime) -> TalkMessage:
    is_patients = isinstance(by, Patient)
    place = "desk_words" if talk.topic in DESK_TOPICS else "words"
    message = TalkMessage.objects.create(
        talk=talk, client_id=client_id or uuid.uuid4(), is_patients=is_patients, sent_by=None if is_patients else by,
        language=spoken, sent_at=at, **{place: words.strip()},
    )  # fmt: skip
    talk.last_at = at
    talk.save(update_fields=["last_at"])
    audit.record("talk.written", message, by=by, patient=talk.patient, site=talk.site, at=at)
    return message


def _wait(talk: Talk, *, by, at: datetime) -> None:
    """The patient waits for us from the first message we have not answered; a task says until when."""
    if talk.state != "waiting":
        talk.waiting_since = at
        transition(talk, "waiting", by=by, at=at, machine=TALK, also=("waiting_since",))
    _open(talk, by=by, at=at)


def task_key(talk: Talk) -> str:
    """What names the task of a talk that waits: one for each time it begins to wait, and for whom."""
    return f"talk:{talk.pk}:{talk.topic}:{talk.waiting_since:%Y%m%dT%H%M%S%f}"


def _open(talk: Talk, *, by, at: datetime) -> None:
    is_health = talk.topic not in DESK_TOPICS
    said = f"Has written: {talk.get_topic_display().lower()}."
    open_task(
        "review" if is_health else "talk",
        title=said,
        neutral_title="Needs a clinician: ask the nurse." if is_health else said,
        patient=talk.patient,
        site=talk.site,
        due_at=rules.due_at(talk.topic, hours_of(talk.site), at),
        for_role=ROLES[talk.topic],
        by=by,
        subject=talk,
        dedupe_key=task_key(talk),
        at=at,
    )


@transaction.atomic
def answer(
    *, talk: Talk, words: str, by, seen: int, client_id: UUID | None = None, at: datetime | None = None
) -> TalkMessage:
    """Staff answers; a mail tells the patient that something is there. `seen`: messages on the page it was written on.

    Raises Conflict when somebody has written meanwhile, Refused without words.
    """
    at = at or clock.now()
    talk = Talk.objects.select_for_update(of=("self",)).select_related("patient", "site").get(pk=talk.pk)
    known = TalkMessage.objects.filter(client_id=client_id).first() if client_id else None
    if known is not None:
        return known
    if talk.messages.count() != seen:
        raise Conflict(Item("talk-moved", "Somebody has written here meanwhile: read it, then send", field="words"))
    rules.check_write(words=words)
    _settle_task(talk, by=by, at=at)
    message = _add(talk, words, language.of_person(talk.patient), client_id, by=by, at=at)
    if talk.state == "closed":
        talk.waiting_since = at
        transition(talk, "waiting", by=by, at=at, machine=TALK, reason="written again", also=("waiting_since",))
    if talk.state == "waiting":
        talk.waiting_since = None
        transition(talk, "answered", by=by, at=at, machine=TALK, also=("waiting_since",))
    _mail(talk, message, by=by, at=at)
    return message


@transaction.atomic
def begin(
    *, patient: Patient, site: Site, topic: str, words: str, by, client_id: UUID | None = None, at=None
) -> TalkMessage:
    """Staff writes first. It goes on in the open talk about this matter, where there is one."""
    at = at or clock.now()
    Patient.objects.select_for_update(of=("self",)).get(pk=patient.pk)
    found = queries.going_on(patient, topic)
    if found is not None and rules.goes_on(found.last_at, at):
        return answer(talk=found, words=words, by=by, seen=found.messages.count(), client_id=client_id, at=at)
    rules.check_write(words=words)
    known = TalkMessage.objects.filter(client_id=client_id).first() if client_id else None
    if known is not None:
        return known
    talk = _talk(patient, site, topic, None, by=by, at=at)
    message = _add(talk, words, language.of_person(patient), client_id, by=by, at=at)
    _mail(talk, message, by=by, at=at)
    return message


def _mail(talk: Talk, message: TalkMessage, *, by, at: datetime) -> None:
    """Tell that there is something to read; nothing of it leaves the building."""
    notify.enqueue(
        "talk_answer",
        recipient=talk.patient,
        site=talk.site,
        dedupe_key=f"talk:{message.pk}",
        due_at=at,
        subject_kind=talk._meta.label_lower,
        subject_id=talk.pk,
        by=by,
        at=at,
    )


@transaction.atomic
def hand_over(*, talk: Talk, topic: str, by, at: datetime | None = None) -> Talk:
    """The matter concerns others: from the desk to the clinicians, or back. The task goes along.

    What is about health stays with clinicians: words they wrote or received there are never shown to the desk.
    """
    at = at or clock.now()
    talk = Talk.objects.select_for_update(of=("self",)).select_related("patient", "site").get(pk=talk.pk)
    rules.check_hand_over(frm=talk.topic, to=topic, has_clinical=talk.messages.exclude(words="").exists())
    if talk.topic == topic:
        return talk
    if _move(talk, topic, by=by, at=at):
        _open(talk, by=by, at=at)
    return talk


def _move(talk: Talk, topic: str, *, by, at: datetime) -> bool:
    """Make it another matter; True when a task for those before was withdrawn, so that one for the others is due."""
    before, task = talk.topic, _task_of(talk)
    talk.topic = topic
    talk.save(update_fields=["topic"])
    moved = {"from": before}
    audit.record("talk.handed_over", talk, by=by, patient=talk.patient, site=talk.site, at=at, detail=moved)
    if task is not None:
        withdraw_task(task=task, by=by, reason="handed over", at=at)
    return task is not None


@transaction.atomic
def close(*, talk: Talk, by, at: datetime | None = None) -> Talk:
    """Nothing more is to be said. The patient may write again, which opens it anew."""
    at = at or clock.now()
    talk = Talk.objects.select_for_update(of=("self",)).select_related("patient", "site").get(pk=talk.pk)
    TALK.check(talk.state, "closed")
    _settle_task(talk, by=by, at=at)
    talk.waiting_since = None
    transition(talk, "closed", by=by, at=at, machine=TALK, also=("waiting_since",))
    audit.record("talk.closed", talk, by=by, patient=talk.patient, site=talk.site, at=at)
    return talk


@transaction.atomic
def tell_late(*, talk: Talk, at: datetime) -> None:
    """Nobody has answered in time: about health the prescriber is asked too, else the nurse; once a wait."""
    is_health = talk.topic not in DESK_TOPICS
    said = "A patient still waits for an answer: read it, or ask who does."
    open_task(
        "review" if is_health else "talk",
        title=said,
        neutral_title="Needs a clinician: ask the prescriber." if is_health else said,
        patient=talk.patient,
        site=talk.site,
        due_at=at,
        for_role=Role.PRESCRIBER if is_health else Role.NURSE,
        by=None,
        subject=talk,
        dedupe_key=late_key(talk),
        at=at,
    )


def late_key(talk: Talk) -> str:
    """What names the second task of a talk that waits: one a wait."""
    return f"talk-late:{talk.pk}:{talk.waiting_since:%Y%m%dT%H%M%S%f}"


def late_talks(at: datetime) -> list[Talk]:
    """Talks that have waited too long and of which nobody else has heard yet."""
    rows = Talk.objects.filter(state="waiting", waiting_since__lte=at - rules.HEALTH_WITHIN - rules.LATE_AFTER)
    waiting = list(rows.select_related("patient", "site").order_by("waiting_since"))
    told = set(Task.objects.filter(dedupe_key__in=[late_key(t) for t in waiting]).values_list("dedupe_key", flat=True))
    open_ones = [talk for talk in waiting if late_key(talk) not in told]
    return [t for t in open_ones if rules.is_late(t.topic, hours_of(t.site), t.waiting_since, at)]


def _task_of(talk: Talk) -> Task | None:
    if talk.waiting_since is None:
        return None
    return Task.objects.filter(dedupe_key=task_key(talk), state="open").first()


def _settle_task(talk: Talk, *, by, at: datetime) -> None:
    if talk.waiting_since is None:
        return
    keys = (task_key(talk), late_key(talk))
    for task in Task.objects.filter(dedupe_key__in=keys, state="open"):
        close_task(task=task, by=by, outcome="Answered or closed in the messages.", at=at)
