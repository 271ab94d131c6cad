"""What the demo's patients tell between visits besides the diary: questionnaires, opioids, messages; and the calls."""

import random
import uuid
from dataclasses import replace
from datetime import timedelta

from clinic.instruments import library
from followup.actions import calls, rounds, talks
from followup.models import FollowUpContact
from followup.rules import opioids
from followup.rules.rounds import INSTRUMENTS, OPIOIDS, instruments_on

AFTER_DAYS = (7, 28)  # days after the last infusion of a series
ANSWERED = 0.85
SAID = (
    ("health", "Since yesterday I feel a bit dizzy when I get up. Is that normal?",
     "It can happen for a day. Please get up slowly and drink enough. If you faint, call us at once."),
    ("visit", "My sister can only take me home after four. Can I come an hour later?", ""),
    ("papers", "I have lost the sheet you gave me. Can I get it again?",
     "It is on its way by mail. You find it among your papers too."),
    ("health", "The good effect is less since Sunday. What shall I do until the next visit?", ""),
)  # fmt: skip


def round_days(days, start, end):
    """The local days of one course on which questionnaires are asked in the demo: before, and after the series."""
    asked = [start] + [days[-1] + timedelta(days=n) for n in AFTER_DAYS]
    return [day for day in asked if day < end]


def ask(course, body, person, at, *, days):
    """One round, answered at once by most."""
    day = at.astimezone(course.site.zone).date()
    asked = rounds.open_round(course=course, day=day, at=at)
    dice = random.Random(f"round:{person.number}:{day}")
    if asked is None or dice.random() > ANSWERED:
        return
    still = replace(body, dice=dice)
    past = [d for d in days if d <= day]
    since = (day - past[-1]).days if past else 0
    for n, page in enumerate(asked.pages):
        _answer(asked, page, still, since, len(past), at + timedelta(minutes=2 + n))


def _answer(asked, page, body, since, count, at):
    if page == OPIOIDS:
        takes = asked.patient.record_number[-1] in "13579"
        told = [opioids.medicine("oxycodone", 5, 4 if not count else 2)] if takes else []
        rounds.tell_opioids(asked=asked, medicines=told, is_none=not takes, by=asked.patient, at=at)
        return
    answers = {}
    for code in instruments_on(page, asked.occasion):
        answers |= _answers(library.load(code), body, since, count)
    rounds.answer_page(asked=asked, page=page, answers=answers, by=asked.patient, at=at)


def _answers(instrument, body, since, count):
    """Plausible answers: burden as a share of ten, spread over the items."""
    if instrument.code in INSTRUMENTS["pain"]:
        return {item.code: body.pain_after(since, count) for item in instrument.items}
    burden = 10 - body.mood_after(since, count)
    if instrument.maximum == 10:
        return {item.code: 10 - burden for item in instrument.items}
    if instrument.code == "change-7":
        return {item.code: min(5, max(1, burden // 2 + 1)) for item in instrument.items}
    worst = max(option.value for option in instrument.items[0].options)
    return {
        item.code: 0 if item.code == instrument.alert_item else min(worst, round(burden * worst / 11))
        for item in instrument.items
    }


def call(session, nurse, at):
    """The nurse calls on the next day and notes it; the task ends with it."""
    contact = FollowUpContact.objects.select_related("session__course", "task").get(session=session)
    calls.note_call(
        patient=session.patient, site=session.site, outcome="reached", client_id=uuid.uuid4(), by=nurse,
        words="Slept well, no nausea since.", contact=contact, at=at,
    )  # fmt: skip


def write(person, course, crew, at):
    """A message of some patients; some are answered."""
    topic, words, answer = SAID[person.number % len(SAID)]
    sent = talks.write(patient=course.patient, site=course.site, words=words, by=course.patient, topic=topic, at=at)
    if answer:
        by = crew["nurse"] if topic == "health" else crew["desk"]
        talks.answer(talk=sent.talk, words=answer, by=by, seen=1, at=at + timedelta(hours=2))
