"""Weigh and put forward the next infusion; the prescriber accepts, changes or declines. Nothing is booked here."""

import hashlib
from dataclasses import asdict
from datetime import date, datetime, timedelta

from django.db import transaction

from clinic import audit, clock
from clinic.actions.tasks import close_task, open_task, withdraw_task
from clinic.models import Course, Role, User
from clinic.refusal import Item, Refused, refuse_if
from clinic.states import transition
from clinic.words import clinic_date
from followup.actions.wanted import ask_booking
from followup.models import PROPOSAL, BoosterProposal
from followup.queries.booster import facts_of, next_infusion
from followup.queries.relief import local_today
from followup.queries.wanted import reassessment_open
from followup.rules import booster
from followup.rules.booster import Facts, Proposal

RULE_VERSION = 1
QUIET_AFTER_DECLINE = timedelta(days=7)
LONGEST_WINDOW = 60  # days; clinic default
GONE = ("cancelled", "no_show")
DECIDE_WITHIN = timedelta(days=3)


@transaction.atomic
def review(*, course: Course, by=None, at: datetime | None = None) -> BoosterProposal | None:
    """Weigh a course now. Returns the proposal that stands, if any; the same one is never made twice."""
    at = at or clock.now()
    course = Course.objects.select_for_update(of=("self",)).select_related("patient", "site").get(pk=course.pk)
    standing = BoosterProposal.objects.filter(course=course, state="proposed").first()
    facts = facts_of(course, at)
    found = booster.propose(facts)
    if found.kind == booster.NOTHING or next_infusion(course, at) or _settled(course, facts, found, at):
        _supersede(standing, by=by, at=at)
        return None
    if reassessment_open(course) is not None:
        return None
    fingerprint = _fingerprint(facts, found)
    if standing is not None and standing.fingerprint == fingerprint and _still_ahead(standing, facts.today):
        return standing
    _supersede(standing, by=by, at=at)
    return _put_forward(course, found, fingerprint, by=by, at=at)


def _settled(course: Course, facts: Facts, found: Proposal, at: datetime) -> bool:
    """Whether the prescriber has already decided about this since the last infusion."""
    decided = course.booster_proposals.filter(decided_at__gt=facts.episodes[-1].infusion.ended_at)
    last = decided.order_by("-decided_at").first()
    if last is None or last.kind != found.kind or last.state == "withdrawn":
        return False
    if last.state == "declined":
        return at - last.decided_at < QUIET_AFTER_DECLINE
    return last.kind == booster.REASSESS or not _has_lapsed(last, facts.today)


def _has_lapsed(proposal: BoosterProposal, today: date) -> bool:
    """Whether the accepted window is over and no visit came of it: then the course is weighed anew."""
    never_came = proposal.visit is None or proposal.visit.state in GONE
    return proposal.kind == booster.WINDOW and proposal.chosen_end < today and never_came


def _fingerprint(facts: Facts, found: Proposal) -> str:
    codes = sorted(note.code for note in (*found.reasons, *found.against))
    said = f"{found.kind}|{facts.episodes[-1].infusion.key}|{found.confidence}|{','.join(codes)}"
    return hashlib.sha256(said.encode()).hexdigest()


def _still_ahead(proposal: BoosterProposal, today: date) -> bool:
    return proposal.starts_on is None or proposal.starts_on >= today


def _supersede(proposal: BoosterProposal | None, *, by, at: datetime) -> None:
    if proposal is None:
        return
    transition(proposal, "superseded", by=by, at=at, machine=PROPOSAL)
    if proposal.task and proposal.task.state == "open":
        withdraw_task(task=proposal.task, by=by, at=at, reason="the proposal was replaced")
    course = proposal.course
    audit.record("booster.superseded", proposal, by=by, patient=course.patient, site=course.site, at=at)


def _put_forward(course: Course, found: Proposal, fingerprint: str, *, by, at: datetime) -> BoosterProposal:
    proposal = BoosterProposal.objects.create(
        course=course,
        kind=found.kind,
        headline=found.headline,
        starts_on=found.start,
        ends_on=found.end,
        reasons=[asdict(note) for note in found.reasons],
        against=[asdict(note) for note in found.against],
        confidence=found.confidence,
        rests_on=found.rests_on,
        fingerprint=fingerprint,
        rule_version=RULE_VERSION,
        made_at=at,
    )
    proposal.task = open_task(
        "review",
        title=found.headline,
        neutral_title="A course waits for the prescriber.",
        patient=course.patient,
        site=course.site,
        due_at=at + DECIDE_WITHIN,
        for_role=Role.PRESCRIBER,
        by=by,
        subject=course,
        dedupe_key=f"booster:{proposal.pk}",
        at=at,
    )
    proposal.save(update_fields=["task"])
    audit.record("booster.proposed", proposal, by=by, patient=course.patient, site=course.site, at=at)
    return proposal


@transaction.atomic
def accept(*, proposal: BoosterProposal, by: User, reason: str = "", at: datetime | None = None) -> BoosterProposal:
    """The prescriber agrees. A window becomes a booking task; "stop and reassess" a task to book a consultation."""
    return _decide(proposal, "accepted", by=by, reason=reason, at=at or clock.now())


@transaction.atomic
def change(
    *, proposal: BoosterProposal, start: date, end: date, reason: str, by: User, at: datetime | None = None
) -> BoosterProposal:
    """The prescriber sets other dates, with a reason. Raises Refused for dates past, upside down or too early."""
    at = at or clock.now()
    course = proposal.course
    refuse_if(_wrong_dates(proposal, start, end, local_today(course, at), reason, _earliest(course, at)))
    return _decide(proposal, "changed", by=by, reason=reason, at=at, start=start, end=end)


@transaction.atomic
def decline(*, proposal: BoosterProposal, reason: str, by: User, at: datetime | None = None) -> BoosterProposal:
    """The prescriber says no, and why."""
    if not reason.strip():
        raise Refused(_no_reason())
    return _decide(proposal, "declined", by=by, reason=reason, at=at or clock.now())


@transaction.atomic
def withdraw(*, proposal: BoosterProposal, reason: str, by: User, at: datetime | None = None) -> BoosterProposal:
    """The prescriber takes a decision back, with a reason: the booking task goes, and the course is weighed anew.

    Raises Refused without a reason, and once a visit was booked or the reassessment was written: then that is changed.
    """
    at = at or clock.now()
    if not reason.strip():
        raise Refused(_no_reason())
    proposal = _locked(proposal)
    PROPOSAL.check(proposal.state, "withdrawn")
    refuse_if(_too_late(proposal))
    transition(proposal, "withdrawn", by=by, at=at, machine=PROPOSAL, reason=reason)
    course = proposal.course
    audit.record("booster.withdrawn", proposal, by=by, patient=course.patient, site=course.site, at=at, reason=reason)
    if proposal.booking and proposal.booking.state == "open":
        withdraw_task(task=proposal.booking, by=by, at=at, reason="the decision was taken back")
    review(course=course, by=by, at=at)
    return proposal


def _too_late(proposal: BoosterProposal):
    if proposal.visit is not None and proposal.visit.state not in GONE:
        yield Item("booked", "The visit is booked: cancel or move the visit instead.")
    if hasattr(proposal, "reassessment"):
        yield Item("reassessed", "The reassessment is written: it stays.")


def _no_reason() -> Item:
    return Item("reason", "Write why: the next reader needs it.", field="reason")


def _earliest(course: Course, at: datetime) -> date | None:
    """The first day that the protocol's spacing allows after the last infusion; None before any."""
    given = facts_of(course, at).episodes
    days = course.protocol_version.booster_min_days
    return given[-1].infusion.day + timedelta(days=days) if given else None


def _wrong_dates(proposal, start: date, end: date, today: date, reason: str, earliest: date | None):
    if proposal.kind != booster.WINDOW:
        yield Item("kind", "“Stop and reassess” has no dates to change: accept or decline it.")
        return
    if start < today:
        yield Item("past", "The first day is in the past.", field="start")
    elif earliest is not None and start < earliest:
        yield Item("early", f"The protocol's spacing allows {clinic_date(earliest)} at the earliest.", field="start")
    if (end - start).days > LONGEST_WINDOW:
        yield Item("long", f"A window is at most {LONGEST_WINDOW} days long.", field="end")
    if end < start:
        yield Item("order", "The last day comes before the first.", field="end")
    if not reason.strip():
        yield _no_reason()


def _locked(proposal: BoosterProposal) -> BoosterProposal:
    related = ("course__patient", "course__site", "course__protocol_version", "task", "booking", "visit")
    rows = BoosterProposal.objects.select_for_update(of=("self",)).select_related(*related)
    return rows.get(pk=proposal.pk)


def _decide(proposal, state, *, by, reason, at, start=None, end=None) -> BoosterProposal:
    proposal = _locked(proposal)
    PROPOSAL.check(proposal.state, state)
    course = proposal.course
    proposal.decided_at, proposal.decided_by, proposal.decision_reason = at, by, reason
    if proposal.kind == booster.WINDOW and state != "declined":
        proposal.chosen_start, proposal.chosen_end = start or proposal.starts_on, end or proposal.ends_on
    proposal.save(update_fields=["decided_at", "decided_by", "decision_reason", "chosen_start", "chosen_end"])
    transition(proposal, state, by=by, at=at, machine=PROPOSAL, reason=reason)
    audit.record(f"booster.{state}", proposal, by=by, patient=course.patient, site=course.site, at=at, reason=reason)
    if proposal.task and proposal.task.state == "open":
        close_task(task=proposal.task, by=by, outcome=f"Proposal {state}.", at=at)
    if state != "declined":
        ask_booking(proposal, by=by, at=at)
    return proposal
