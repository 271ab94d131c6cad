"""The close of a day: what is still open, who closed it, what changed since; the list of days."""

from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse

from clinic.words import clinic_date, figure, today_in
from sessions.presenters.words import one_of
from sessions.queries import days as rows
from sessions.rules import days as rules

STATES = {rules.CLOSED: "Closed", rules.REOPENED: "Opened again", "": "Open"}


@dataclass(frozen=True)
class DayPage:
    """One day of a site."""

    day: object
    title: str
    facts: object
    missing: list
    sessions: list
    history: list
    changed: int
    before: str
    after: str
    counted: list

    @property
    def due(self):
        """Visits whose time has come and of which nobody has said what became; none of a closed day."""
        return [] if self.is_closed else [visit for visit in self.facts.visits if visit.has_begun]

    @property
    def is_closed(self):
        return self.facts.state == rules.CLOSED


def day_page(site, day, now):
    """The page of one day; the number of queries does not depend on how busy it was."""
    sessions = rows.sessions_of(site, day)
    facts = rows.day_facts(site, day, now, rows=sessions)
    history = rows.history(site, day)
    closed = next((row for row in reversed(history) if row.kind == rules.CLOSED), None)
    missing = [] if facts.state == rules.CLOSED else rules.missing_to_close(facts)
    return DayPage(
        day=day,
        title=_title(facts, missing),
        facts=facts,
        missing=missing,
        sessions=[(s, _said(s, facts)) for s in sessions],
        history=history,
        changed=rows.changed_since(site, day, closed.at) if closed and facts.state == rules.CLOSED else 0,
        before=(day - timedelta(days=1)).isoformat(),
        after=(day + timedelta(days=1)).isoformat() if day < facts.today else "",
        counted=[(v.name, figure(v.in_stock), _counted(v)) for v in facts.vials],
    )


def _title(facts, missing):
    if facts.state == rules.CLOSED:
        return f"{clinic_date(facts.day)} is closed"
    if not missing:
        return f"{clinic_date(facts.day)} can be closed"
    return f"{clinic_date(facts.day)}: {one_of(len(missing), 'thing keeps', 'things keep')} the day open"


def _said(session, facts):
    fact = next(s for s in facts.sessions if s.key == str(session.pk))
    if not fact.ended:
        return "still open"
    return "signed" if fact.signed else "not signed"


def _counted(vial):
    if vial.counted is None:
        return "not counted"
    return f"counted {figure(vial.counted)} mg"


@dataclass(frozen=True)
class DayRow:
    """One day in the list."""

    day: object
    words: str
    state: str
    open: bool
    url: str


def days_page(site, now):
    """The days on which something happened, newest first; those that are open stand out."""
    today = today_in(site.zone, now)
    return [
        DayRow(
            day,
            one_of(count, "session") if count else "no sessions",
            STATES[state],
            state != rules.CLOSED and day < today,
            reverse("sessions:day-show", args=[day.isoformat()]),
        )
        for day, count, state in rows.recent_days(site, now)
    ]
