"""Rows of what follows for the matrix: noun -> how one side makes it."""

from datetime import timedelta

from clinic import clock
from clinic.documents import digest
from followup.actions.contacts import make_contact
from followup.actions.feeds import make_feed
from followup.actions.rounds import open_round
from followup.actions.talks import write as write_message
from followup.models import (
    AdjunctReferral,
    AdjunctVisit,
    BoosterProposal,
    FreedSlot,
    ProgressLetter,
    RecordArchive,
    ReminderRule,
    WaitlistEntry,
    WaitlistOffer,
)
from tests import factories


def _reminder_rule(side):
    return ReminderRule.objects.create(site=side.site, slot="matrix", how="wall", days=2, message_kind="reminder_day")


def _proposal(side):
    return BoosterProposal.objects.create(
        course=side.get("course"), kind="reassess", headline="Stop and reassess", confidence="low", rests_on="-",
        fingerprint="matrix", made_at=clock.now(),
    )  # fmt: skip


def _ahead():
    at = clock.now()
    start = at + timedelta(days=2)
    return {"starts_at": start, "ends_at": start + timedelta(hours=2), "freed_at": at, "next_round_at": at}


def _own():
    return {"starts_at": clock.now() + timedelta(days=9)}


def _waitlist_entry(side):
    day = clock.now().date()
    return WaitlistEntry.objects.create(
        patient=side.patient, site=side.site, kind="follow_up", from_day=day, until_day=day + timedelta(days=30),
        added_at=clock.now(),
    )  # fmt: skip


def _waitlist_offer(side):
    at = clock.now()
    return WaitlistOffer.objects.create(
        slot=side.get("freed_slot"), entry=side.get("waitlist_entry"), round=1, offered_at=at,
        expires_at=at + timedelta(minutes=15),
    )  # fmt: skip


def _archive(side, by):
    at, content = clock.now(), b"PK matrix"
    return RecordArchive.objects.create(
        patient=side.patient, site=side.site, asked_by=by, asked_at=at, made_at=at, expires_at=at + timedelta(days=7),
        content=content, size=len(content), sha256=digest(content), state="ready",
    )  # fmt: skip


def _contact(side):
    nurse = side.people.nurse
    past = factories.infusion(course=side.get("course"), on=_last_week(), nurse=nurse, number=9)
    return make_contact(session=past)


def _last_week():
    return clock.now().date() - timedelta(days=7)


def _talk(side):
    return write_message(
        patient=side.patient, site=side.site, words="May I come later?", topic="visit", by=side.patient
    ).talk


def _referral(side):
    course, today = side.get("course"), clock.now().date()
    return AdjunctReferral.objects.create(
        course=course, kind="physical", to_whom="Matrix", asked_on=today, asked_at=clock.now(),
        asked_by=side.people.nurse,
    )  # fmt: skip


def _adjunct_visit(side):
    return AdjunctVisit.objects.create(
        referral=side.get("referral"), day=clock.now().date(), planned_at=clock.now(), planned_by=side.people.nurse
    )


def _progress_letter(side):
    return ProgressLetter.objects.create(
        course=side.get("course"), infusions=1, title="Matrix", body="Matrix", to_name="Dr. Matrix",
        made_at=clock.now(), made_by=side.people.prescriber,
    )  # fmt: skip


NOUNS = {
    "referral": _referral,
    "adjunct_visit": _adjunct_visit,
    "progress_letter": _progress_letter,
    "contact": _contact,
    "question_round": lambda side: open_round(course=side.get("course"), day=clock.now().date()),
    "talk": _talk,
    "reminder_rule": _reminder_rule,
    "proposal": _proposal,
    "diary_entry": lambda side: factories.diary(course=side.get("course"), day=clock.now().date(), pain=3),
    "waitlist_entry": _waitlist_entry,
    "freed_slot": lambda side: FreedSlot.objects.create(site=side.site, in_a_chair=True, **_ahead()),
    "waitlist_offer": _waitlist_offer,
    "archive": lambda side: _archive(side, side.people.nurse),
    "own_archive": lambda side: _archive(side, None),
    "own_visit": lambda side: factories.appointment(of=side.patient, at_site=side.site, kind="follow_up", **_own()),
    "feed_token": lambda side: make_feed(by=side.people.nurse)[1],
}
