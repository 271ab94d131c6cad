"""The emergency page: since when, which steps have their time, what was running."""

from dataclasses import dataclass

from clinic.words import clinic_time, figure
from sessions import queries
from sessions.forms.events import STEPS
from sessions.presenters.figures import latest
from sessions.presenters.log import log
from sessions.presenters.sheet import rate_words
from sessions.rules.dose import shown


@dataclass(frozen=True)
class StepRow:
    """One step: its code, words, and the times it was tapped."""

    code: str
    words: str
    times: str
    entry_id: object = None


@dataclass
class EmergencyPage:
    """The page's parts; `since` empty: not called."""

    since: str
    since_at: str
    steps: list
    drugs: list
    latest: list
    log: list


def emergency_page(session, at, tap):
    """The page of this session at `at`; `tap(word)` gives the id of the entry that one tap makes."""
    sheet = queries.sheet(session, at)
    state, zone = sheet.state, session.site.zone
    times = {}
    for entry in state.effective:
        if entry.kind == "emergency":
            times.setdefault(entry.detail.step, []).append(clinic_time(entry.observed_at, zone))
    since = state.emergency_since
    return EmergencyPage(
        since=clinic_time(since, zone) if since else "",
        since_at=since.isoformat() if since else "",
        steps=[StepRow(code, words, ", ".join(times.get(code, ())), tap(code)) for code, words in STEPS],
        drugs=[f"{rate_words(d)}: {figure(shown(d.mg))} mg" for d in state.drugs if d.started_at],
        latest=latest(state, zone),
        log=log(sheet),
    )
