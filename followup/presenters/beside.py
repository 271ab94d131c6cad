"""What stands beside the curve of a course: function, opioids, other help, long-term safety, letters."""

from dataclasses import dataclass

from django.urls import reverse

from clinic.models import Course
from clinic.words import clinic_date, figure
from followup.models import DiaryEntry
from followup.presenters.safety import headline
from followup.presenters.scores import opioids_said
from followup.queries import courses
from followup.queries.adjuncts import Beside
from followup.queries.progress import letters_of
from followup.rules.booster import Facts
from sessions.queries.safety import Standing

GAINED = {True: "better by 2 points or more", False: "no gain of 2 points", None: "gain unknown: ask"}


@dataclass(frozen=True)
class Headline:
    """One headline: its name, what it says, where more of it stands."""

    name: str
    words: str
    url: str = ""
    link: str = ""


def beside_of(
    course: Course, entries: list[DiaryEntry], facts: Facts, standing: Standing, beside: Beside
) -> list[Headline]:
    """Headlines like pain. `beside`: other help during the course. Four queries at most."""
    kept = beside.kept
    return [
        Headline("What the patient can do, 0-10", _function(entries, facts)),
        Headline(
            "Opioids a day",
            opioids_said(course, _opioids(courses.opioids(course))),
            reverse("followup:scores", args=[course.pk]),
            "Questionnaires",
        ),
        Headline(
            "Counselling, physical therapy", kept.words, reverse("followup:adjuncts", args=[course.pk]), "Appointments"
        ),
        Headline(
            "Long-term safety",
            f"{headline(standing)} {_exposure(standing)}",
            reverse("followup:patient-safety", args=[course.patient_id]),
            "Checks and results",
        ),
        _letters(course),
    ]


def _function(entries, facts):
    latest = next((e.function for e in reversed(entries) if e.function is not None), None)
    gained = GAINED[facts.function_gained]
    return f"{latest} now, {gained}" if latest is not None else gained


def _opioids(found) -> str:
    if found.total is None:
        return f"unknown: {found.unknown[0].why}"
    return "none on record" if not found.parts else f"{figure(found.total)} mg morphine equivalents"


def _exposure(standing):
    told = standing.exposure
    if not told.given:
        return "Nothing given yet."
    missing = f", {told.unknown} not known" if told.unknown else ""
    return f"{told.infusions} infusions, {figure(told.mg)} mg in all{missing}."


def _letters(course):
    newest = next(iter(letters_of(course)), None)
    if newest is None:
        return Headline("Progress letter", "none yet")
    url = reverse("followup:progress-letter", args=[newest.pk])
    if not newest.is_signed:
        return Headline("Progress letter", "a draft waits for its signature", url, "Open the letter")
    sent = newest.sendings.all()[0] if newest.sendings.all() else None
    day = clinic_date(newest.signed_at.astimezone(course.site.zone).date())
    said = f"sent {clinic_date(sent.sent_at.astimezone(course.site.zone).date())}" if sent else "not sent yet"
    return Headline("Progress letter", f"signed {day}, {said}", url, "Open the letter")
