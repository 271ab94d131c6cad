"""The diary page's words: which day it asks about and what to say afterwards."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext

from clinic import language, words
from clinic.models import Course, PatientLink
from followup.models import DiaryEntry
from followup.queries.diary import course_of, has_had_one
from followup.rules.diary import SERIOUS_EFFECTS, USUAL_EFFECTS, Answers, concerns


@dataclass(frozen=True)
class Page:
    """One diary page: the course, the local day it asks about, that day in words."""

    course: Course
    link: PatientLink | None
    day: date
    day_words: str

    @property
    def form_options(self) -> dict:
        """What the form must know of the course."""
        purpose = self.course.protocol_version.protocol.purpose
        return {
            "asks_self_harm": purpose != "pain",
            "has_had_one": has_had_one(self.course),
            "mood_first": purpose == "mood",
            "whose": self.whose,
        }

    @property
    def whose(self) -> str:
        """What tells one person's page from another's on the same phone; it says nothing about whom."""
        return salted_hmac("followup.diary", str(self.course.pk), algorithm="sha256").hexdigest()[:20]

    def initial(self) -> dict:
        """A fresh id, so that sending the page twice records it once, and the day it is about."""
        return {"client_id": uuid.uuid4(), "about": self.day, "whose": self.whose}


def page_of(link: PatientLink, at: datetime) -> Page | None:
    """The page behind a diary link, or None when the course is gone."""
    course = course_of(link)
    if course is None:
        return None
    today = words.today_in(ZoneInfo(course.patient.zone_name), at)
    day = link.local_day or today
    return Page(course, link, day, _day_words(day, today))


def told_page(course: Course, today: date) -> Page:
    """The page on which staff enters what a patient tells."""
    return Page(course, None, today, words.clinic_date(today))


def _day_words(day: date, today: date) -> str:
    said = words.patient_date(day)
    if day == today:
        return gettext("today, %(date)s") % {"date": said}
    return gettext("yesterday, %(date)s") % {"date": said} if day == today - timedelta(days=1) else said


def needs_help(answers: Answers) -> dict:
    """What the page after it must offer at once: help in a crisis, or the advice to call now."""
    codes = {c.code for c in concerns(answers, None)}
    return {
        "crisis": bool(codes & {"self_harm", "crisis_words"}),
        "unwell": "serious_effect" in codes,
        "call": answers.call_me,
    }


def answers_of(entry: DiaryEntry) -> list[tuple[str, str, str]]:
    """An entry in words for staff, only what was answered; with the patient's own words their language, if another."""
    spoken = "" if entry.language == language.ENGLISH else entry.language
    own = f"Free words, in {language.english_name(spoken)}" if spoken else "Free words"
    yes_no = {True: "yes", False: "no"}
    effects = SERIOUS_EFFECTS | USUAL_EFFECTS
    rows = [
        (own, entry.words),
        ("Thoughts of death or self-harm", yes_no.get(entry.self_harm, "")),
        ("Pain, 0-10", entry.pain),
        ("Mood, 0 worst to 10 best", entry.mood),
        ("Sleep, 0 worst to 10 best", entry.sleep),
        ("Function, 0 nothing to 10 all", entry.function),
        ("Side effects", ", ".join(effects[code] for code in entry.side_effects)),
        ("Medicines as usual", yes_no.get(entry.medicines_as_usual, "")),
        ("The effect is gone", "yes" if entry.relief_gone else ""),
        ("Asks for the next infusion", "yes" if entry.asks_next else ""),
        ("Asks to be called", "yes" if entry.call_me else ""),
    ]
    said = [(name, str(value)) for name, value in rows if value not in (None, "")]
    return [(name, value, spoken if name == own else "") for name, value in said]
