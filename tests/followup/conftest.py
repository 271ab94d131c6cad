"""A pain course with a past: what most tests of this floor start from."""

import datetime as dt
from dataclasses import dataclass

import pytest

from clinic.models import Course
from followup.actions import relief
from sessions.models import InfusionSession
from tests import factories
from tests.people import People, people
from tests.standing import standing

TODAY = dt.date(2026, 5, 14)
NOW = dt.datetime(2026, 5, 14, 22, 30, tzinfo=dt.UTC)  # 18:30 in New York
FIRST = dt.datetime(2026, 1, 2, 15, tzinfo=dt.UTC)


@dataclass
class Story:
    """A course of infusions with a diary: relief lasted 19, 23 and 21 days, then fades."""

    people: People
    course: Course
    sessions: list[InfusionSession]
    today: dt.date = TODAY
    now: dt.datetime = NOW

    def __getattr__(self, name):
        if name == "people":  # a copy that is being made has nobody yet
            raise AttributeError(name)
        return getattr(self.people, name)


def make_course(p, patient=None, planned=3, version=None, **fields):
    """A signed pain course of `planned` infusions."""
    version = version or make_version(p, planned)
    fields = {"opened_at": FIRST, "signed_at": FIRST, "reason": "crps", "reason_words": "CRPS, left leg"} | fields
    return factories.course(of=patient or p.patient, at_site=p.site, prescriber=p.prescriber, version=version, **fields)


def make_version(p, planned=3):
    """An approved version of a pain protocol."""
    number = Course.objects.count()
    return factories.protocol_version(
        of=factories.protocol(name=f"Pain over 90 minutes {number}", purpose="pain"), approved_by=p.prescriber,
        planned_number=planned, booster_min_days=14, booster_max_days=84, yearly_ceiling=12, response_check_after=3,
    )  # fmt: skip


def make_story(p):
    """Ten days of baseline 8, relief to 3 for 19, 23 and 21 days after three infusions, and a fourth that fades."""
    course = make_course(p)
    day = factories.diaries(course=course, first=dt.date(2026, 1, 15), pains=[8] * 10, function=3)
    sessions = []
    for number, held in enumerate((19, 23, 21), start=1):
        dose = {"mg": str(30 + 10 * number), "minutes": 30 + 10 * number}
        sessions.append(factories.infusion(course=course, on=day, nurse=p.nurse, number=number, **dose))
        day = factories.diaries(course=course, first=day + dt.timedelta(days=1), pains=[3] * held + [8] * 4, function=6)
    factories.infusion(course=course, on=dt.date(2026, 4, 28), nurse=p.nurse, number=4, mg="72", minutes=90)
    factories.diaries(course=course, first=dt.date(2026, 4, 29), pains=[3] * 11 + [4, 4, 5, 5], function=6)
    return Story(p, course, sessions)


def make_similar(p, patients):
    """Courses of other patients with the same condition: relief for 10 days and more."""
    version = make_version(p)
    for number in range(patients):
        other = make_course(p, patient=factories.patient(at_site=p.site), version=version)
        day = factories.diaries(course=other, first=dt.date(2026, 1, 15), pains=[8] * 8)
        factories.infusion(course=other, on=day, nurse=p.nurse)
        factories.diaries(course=other, first=day + dt.timedelta(days=1), pains=[3] * (10 + 4 * number) + [8, 8])
        relief.rebuild(course=other)


p = standing(people)


@pytest.fixture
def pain_course(p):
    """A function that makes a pain course."""
    return lambda **fields: make_course(p, **fields)


story = standing(make_story, on=p)
