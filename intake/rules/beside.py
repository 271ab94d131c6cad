"""What the record knows beside the patient's own answers: medicines staff recorded, scores, results of tests. Pure."""

from dataclasses import dataclass, field
from decimal import Decimal

FACTS = {
    "tests_abnormal": ("record.tests",),
    "tests_overdue": ("record.tests",),
    "tests_waiting": ("record.tests",),
    "safety_overdue": ("record.safety",),
    "safety_due": ("record.safety",),
}
# Days a pregnancy test of the laboratory counts. Source: clinic default (unverified default, the clinic approves).
PREGNANCY_TEST_DAYS = 7


@dataclass(frozen=True, slots=True)
class Given:
    """The newest score of an instrument: its value, its band's code, and whether it could be scored."""

    value: Decimal | None
    band: str
    scorable: bool = True


@dataclass(frozen=True, slots=True)
class Record:
    """``medicines`` are entries as in the answers, ``scores`` instrument code -> Given, ``tests`` Tests.

    ``safety`` are the SafetyChecks whose clock runs; without a signed plan there are none.
    ``day`` is the local date on which it is read.
    """

    medicines: tuple = ()
    scores: dict = field(default_factory=dict)
    tests: tuple = ()
    safety: tuple = ()
    day: object = None


@dataclass(frozen=True, slots=True)
class SafetyCheck:
    """One check of long-term safety: from when it is due and overdue (None: it isn't)."""

    title: str
    due_on: object = None
    overdue_from: object = None


@dataclass(frozen=True, slots=True)
class Test:
    """One required test: when its sample was taken (None: never), until when it is waited for, what came out.

    ``is_abnormal`` is None when nobody can tell; ``is_read`` once a prescriber has read the result. ``choice`` is the
    result of a test that has no figure ("negative", "positive", "unclear").
    """

    __test__ = False  # the name makes pytest look for test methods in it

    code: str
    title: str
    taken_on: object = None
    due_on: object = None
    is_abnormal: bool | None = None
    is_read: bool = False
    choice: str = ""


def record_facts(record):
    """The facts of FACTS as lists of titles, and what a pregnancy test says; None without a record."""
    if record is None:
        return dict.fromkeys(FACTS)
    asked = [test for test in record.tests if test.due_on is not None]
    overdue = [test.title for test in asked if test.due_on < record.day]
    waiting = [test.title for test in asked if test.due_on >= record.day]
    tests = {"tests_abnormal": _abnormal(record), "tests_overdue": overdue, "tests_waiting": waiting}
    return tests | _safety(record) | _pregnant(record)


def _safety(record):
    """What is overdue on the day, and what is due and not overdue yet."""
    due = [check for check in record.safety if check.due_on is not None and check.due_on <= record.day]
    overdue = [check for check in due if check.overdue_from is not None and check.overdue_from <= record.day]
    return {
        "safety_overdue": [check.title for check in overdue],
        "safety_due": [check.title for check in due if check not in overdue],
    }


def _abnormal(record):
    """Titles of abnormal results that no prescriber has read; None when one of the unread can't be told."""
    unread = [test for test in record.tests if test.taken_on is not None and not test.is_read]
    found = [test.title for test in unread if test.is_abnormal]
    return found or (None if any(test.is_abnormal is None for test in unread) else [])


def _pregnant(record):
    test = next((test for test in record.tests if test.code == "pregnancy" and test.taken_on is not None), None)
    if test is None or (record.day - test.taken_on).days > PREGNANCY_TEST_DAYS:
        return {}
    return {"pregnant": {"positive": True, "negative": False}.get(test.choice)}
