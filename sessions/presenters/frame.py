"""What every page of one session shows: identity, allergies, alerts, and the other sessions of the same nurse."""

from dataclasses import dataclass

from clinic import clock
from clinic.words import today_in
from sessions.presenters.people import alerts_of, allergies_of
from sessions.presenters.strip import pattern
from sessions.presenters.taps import tap_id


@dataclass(frozen=True)
class Banner:
    """The identity banner: the patient, the chair, allergies and alerts in words, the strip's pattern."""

    patient: object
    tag: str
    allergies: list
    alerts: list
    strip: int = 1
    tag_word: str = "Chair"


def frame(request, session, strip=None):
    """Context of every page of a session."""
    now = clock.now()
    patient = session.patient
    return {
        "session": session,
        "patient": patient,
        "now": now,
        "today": today_in(session.site.zone, now),
        "banner": banner(session, strip or pattern(request.user, session)),
        "name": f"{patient.family_name.upper()}, {patient.given_name}",
        "tap_id": tap_id(session, request.user, "emergency"),
    }


def banner(session, strip=1):
    """The banner of this session's patient."""
    return Banner(
        patient=session.patient,
        tag=session.chair.label if session.chair else "-",
        allergies=allergies_of(session.patient),
        alerts=alerts_of(session.patient),
        strip=strip,
    )
