"""Adverse events after they were charted: looked at again until over; a serious one's report, drafted and signed."""

from django.db import transaction

from clinic import audit, clock
from clinic.actions.alerts import raise_alert
from clinic.actions.fingerprints import keep_fingerprint
from clinic.actions.tasks import close_task, open_task
from clinic.models import Role, Task
from clinic.refusal import Conflict, Item, Refused, refuse_if
from sessions.actions.sessions import bump, lock, need_clinician, need_prescriber
from sessions.models import AdverseReport, EventFollowUp
from sessions.presenters.adverse import report_facts
from sessions.queries.adverse import event_of
from sessions.rules import adverse as rules

FIELDS = ("narrative", "outcome", "action_taken", "relatedness", "history", "tests", "told", "told_reference")


@transaction.atomic
def begin_report(*, entry, criteria=(), by, at=None):
    """The draft of a serious event's report; the one that is there already when it was begun before.

    `criteria` codes of `rules.SERIOUS`. Opens the prescribers' task to complete and sign it. Refused for an event that
    is not serious or was struck out.
    """
    session = lock(entry.session)
    at = at or clock.now()
    need_clinician(by, session.site, at=at)
    event = event_of(entry.pk)
    if event is None or not event.detail.serious:
        raise Refused(Item("report.serious", "Only a serious event has a report: correct the entry first."))
    refuse_if(rules.unknown_criteria(criteria))
    if event.report is not None:
        return event.report
    report = start_report(
        session, event.root, event.detail.term, criteria=criteria, due_at=event.report_due_at(), by=by, at=at
    )
    bump(session)
    return report


def due_at(entry):
    """When the report of an event is due that this entry charts."""
    return entry.received_at + rules.REPORT_WITHIN


def call_for_serious(session, entry, *, by, at):
    """Tell the prescriber at once of the serious event that this entry charts."""
    raise_alert(
        "side_effect",
        patient=session.patient,
        site=session.site,
        words=f"Serious side effect during infusion {session.number}: {entry.detail.term}",
        by=by,
        subject=entry,
        dedupe_key=f"side_effect:{entry.pk}",
        at=at,
    )


def found_serious(session, entry, *, by, at):
    """An event turns out to be serious later than it was charted: the prescriber is told now, its report begins."""
    call_for_serious(session, entry, by=by, at=at)
    event = event_of(entry.pk)
    if event.report is None:
        start_report(session, event.root, entry.detail.term, criteria=(), due_at=due_at(entry), by=by, at=at)


def start_report(session, root, term, *, criteria, due_at, by, at):
    """The draft and the prescribers' task, in a session that is locked already; the entry's own action goes on."""
    report = AdverseReport.objects.create(
        session=session, entry=root, criteria=[c for c in rules.SERIOUS if c in criteria], opened_at=at, opened_by=by,
        due_at=due_at,
    )  # fmt: skip
    audit.record("adverse.report_begun", report, by=by, patient=session.patient, site=session.site, at=at)
    open_task(
        "other",
        title=f"Complete and sign the report: {term}, infusion {session.number}.",
        neutral_title="A report is to be completed.",
        site=session.site,
        patient=session.patient,
        due_at=report.due_at,
        by=by,
        for_role=Role.PRESCRIBER,
        subject=root,
        dedupe_key=f"adverse_report:{report.pk}",
        at=at,
    )
    return report


@transaction.atomic
def edit_report(*, report, version, criteria, by, at=None, **said):
    """Change the draft; `said` names fields of `FIELDS`. `Conflict` when changed since it was shown, or signed."""
    at = at or clock.now()
    report = _draft(report, version)
    need_clinician(by, report.session.site, at=at)
    refuse_if(rules.unknown_criteria(criteria))
    for name in FIELDS:
        setattr(report, name, (said.get(name) or "").strip())
    report.criteria = [c for c in rules.SERIOUS if c in criteria]
    report.version += 1
    report.save(update_fields=[*FIELDS, "criteria", "version"])
    session = report.session
    audit.record("adverse.report_edited", report, by=by, patient=session.patient, site=session.site, at=at)
    return report


@transaction.atomic
def sign_report(*, report, version, by, at=None):
    """A prescriber signs the report: locked, with the facts of the record as they stand at this moment.

    Refused with everything that is missing; `Conflict` when it was changed since it was shown, or signed.
    """
    at = at or clock.now()
    report = _draft(report, version)
    session = report.session
    need_prescriber(by, session.site, at=at, words="Only a prescriber at this site can sign the report.")
    rules.check_report({name: getattr(report, name) for name in rules.REPORT_WORDS})
    report.facts = [list(pair) for pair in report_facts(event_of(report.entry_id), at)]
    report.signed_at, report.signed_by, report.printed_name = at, by, by.display_name[:160]
    report.save(update_fields=["facts", "signed_at", "signed_by", "printed_name"])
    keep_fingerprint(report, by=by, patient=session.patient, site=session.site, at=at)
    audit.record("adverse.report_signed", report, by=by, patient=session.patient, site=session.site, at=at)
    for task in Task.objects.filter(dedupe_key=f"adverse_report:{report.pk}", state="open"):
        close_task(task=task, by=by, at=at, outcome="Signed.")
    bump(lock(session))
    return report


def _draft(report, version):
    rows = AdverseReport.objects.select_for_update(of=("self",)).select_related("session__site", "session__patient")
    report = rows.get(pk=report.pk)
    if report.is_signed:
        raise Conflict(Item("report.signed", "The report is signed: nothing can be changed any more."))
    if int(version) != report.version:
        raise Conflict(Item("report.stale", "Somebody has changed this report since: look again."))
    return report


@transaction.atomic
def follow_up_event(*, entry, status, words="", how="seen", seen_at=None, by, at=None):
    """How an event is now; returns the `EventFollowUp`. Over closes the task that asks again, else the task stays.

    Refused for a time in the future or before the event began, and for worse or lasting effects without words.
    """
    session = lock(entry.session)
    at = at or clock.now()
    need_clinician(by, session.site, at=at)
    event = event_of(entry.pk)
    if event is None:
        raise Refused(Item("event.struck", "This entry was struck out."))
    refuse_if(_follow_up_items(event, status, words, how))
    seen_at = seen_at or at
    rules.check_times(event.detail.onset_at, seen_at, now=at)
    row = EventFollowUp.objects.create(
        entry=event.root, status=status, how=how, words=words.strip()[:600], seen_at=seen_at, recorded_at=at,
        recorded_by=by,
    )  # fmt: skip
    audit.record("adverse.followed_up", row, by=by, patient=session.patient, site=session.site, at=at)
    if status in rules.OVER:
        for task in Task.objects.filter(dedupe_key=f"event:{event.root.pk}", state="open"):
            close_task(task=task, by=by, at=at, outcome=rules.STATUSES[status])
    bump(session)
    return row


def _follow_up_items(event, status, words, how):
    if status not in rules.STATUSES or how not in rules.HOWS:
        return [Item("status", "Choose one of the answers.", field="status")]
    if status in ("worse", "after_effects", "died") and not words.strip():
        return [Item("words", "Say how, in words.", field="words")]
    return []


def ask_again(session, events, *, by, at):
    """A task for each event that was not over when the patient left: somebody asks again."""
    for event in events:
        if event.needs_asking:
            open_task(
                "call_back",
                title=f"Ask how it is: {event.detail.term} had not ended when the patient left.",
                neutral_title="Call the patient.",
                site=session.site,
                patient=session.patient,
                due_at=at + rules.ASK_AGAIN_AFTER,
                by=by,
                for_role=Role.NURSE,
                subject=event.root,
                dedupe_key=f"event:{event.root.pk}",
                at=at,
            )
