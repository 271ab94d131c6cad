"""The diary page's words: which day it asks about and what to say afterwards."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from clinic import words
from clinic.models import Course, PatientLink
from followup.queries.diary import course_of, has_had_one
from followup.rules.diary import Answers, concerns


@dataclass(frozen=True)
class Page:
    """One diary page: the course, the local day it asks about, that day in words."""

    course: Course
    link: PatientLink
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
        }

    @staticmethod
    def initial() -> dict:
        """A fresh id, so that sending the page twice records it once."""
        return {"client_id": uuid.uuid4()}


def page_of(link: PatientLink, at: datetime) -> Page | None:
    """The page behind a diary link, or None when the course is gone."""
    course = course_of(link)
    if course is None:
        return None
    today = words.today_in(ZoneInfo(course.patient.zone_name), at)
    day = link.local_day or today
    return Page(course, link, day, _day_words(day, today))


def _day_words(day: date, today: date) -> str:
    near = {today: "today", today - timedelta(days=1): "yesterday"}
    said = words.patient_date(day)
    return f"{near[day]}, {said}" if day in near else said


def needs_help(answers: Answers) -> dict:
    """What the page after it must offer at once: help in a crisis, or the advice to call now."""
    codes = {c.code for c in concerns(answers, None)}
    return {
        "crisis": bool(codes & {"self_harm", "crisis_words"}),
        "unwell": "serious_effect" in codes,
        "call": answers.call_me,
    }
