"""A site's day is closed when everything is explained, and opened again with a reason. Both stay in its history."""

from datetime import timedelta

from django.db import IntegrityError, transaction

from clinic import audit, clock
from clinic.actions.tasks import close_task, open_task
from clinic.models import Site, Task
from clinic.refusal import Conflict, Item
from clinic.words import clinic_date, today_in
from sessions.actions.sessions import need_clinician
from sessions.models import DayClose
from sessions.queries.days import day_facts, history, sessions_of
from sessions.rules import days


@transaction.atomic
def close_day(*, site, day, explained=None, note="", by, at=None):
    """Close the day (a local date) of a site; `explained`: session id as text -> why it is not signed.

    Refused with everything that is still open; Conflict when somebody closed it meanwhile.
    """
    at = at or clock.now()
    need_clinician(by, site, at=at)
    facts = day_facts(site, day, at, explained=explained)
    days.check_close(facts)
    row = _append(site, day, days.CLOSED, by=by, at=at, reason=note.strip(), facts=_summary(facts))
    for task in Task.objects.filter(dedupe_key=_key(site, day), state="open"):
        close_task(task=task, by=by, outcome="Closed.", at=at)
    audit.record("day.closed", row, by=by, site=site, at=at, reason=note, detail={"day": day.isoformat()})
    return row


def _summary(facts):
    """What was true, kept with the closing."""
    unsigned = {s.key: facts.explained[s.key].strip() for s in days.to_explain(facts)}
    return {
        "sessions": len(facts.sessions),
        "signed": sum(s.signed for s in facts.sessions),
        "explained": unsigned,
        "names": {s.key: s.name for s in days.to_explain(facts)},
        "containers": len(facts.vials),
        "in_stock_mg": {v.name: str(v.in_stock) for v in facts.vials},
    }


@transaction.atomic
def reopen_day(*, site, day, reason, by, at=None):
    """Open a closed day again, with a reason."""
    at = at or clock.now()
    need_clinician(by, site, at=at)
    standing = history(site, day)
    days.check_reopen(standing[-1].kind if standing else "", reason)
    row = _append(site, day, days.REOPENED, by=by, at=at, reason=reason.strip())
    audit.record("day.reopened", row, by=by, site=site, at=at, reason=reason, detail={"day": day.isoformat()})
    return row


def remind_of_open_days(*, at=None):
    """Ask the nurses of each site to close yesterday where there were sessions and nobody did; asked once a day."""
    at = at or clock.now()
    for site in Site.objects.all():
        day = today_in(site.zone, at) - timedelta(days=1)
        standing = history(site, day)
        if sessions_of(site, day) and (not standing or standing[-1].kind != days.CLOSED):
            open_task(
                "other",
                title=f"Close the day {clinic_date(day)}: sessions, counts and differences.",
                neutral_title=f"A clinician has to close the day {clinic_date(day)}.",
                site=site,
                due_at=at,
                by=None,
                for_role="nurse",
                at=at,
                dedupe_key=_key(site, day),
            )


def _key(site, day):
    return f"day:{site.pk}:{day.isoformat()}"


def _append(site, day, kind, **fields):
    number = DayClose.objects.filter(site=site, day=day).count() + 1
    try:
        with transaction.atomic():
            return DayClose.objects.create(site=site, day=day, number=number, kind=kind, **fields)
    except IntegrityError as problem:
        raise Conflict(Item("day.meanwhile", "Somebody has just done this: look again.")) from problem
