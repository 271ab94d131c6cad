"""How long copies stay, and when their age is trouble."""

from datetime import UTC, datetime, timedelta

import pytest

from clinic.rules import backups as rules

NOON = datetime(2026, 5, 13, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def test_the_newest_of_each_day_week_and_month_stays():
    times = [NOON - n * DAY for n in range(500)] + [NOON - 6 * HOUR]
    kept = rules.kept(times, rules.Keep(days=3, weeks=2, months=2))
    assert kept == {
        NOON, NOON - DAY, NOON - 2 * DAY,  # three days
        NOON - 3 * DAY,  # Sunday, the newest of the week before
        NOON - 13 * DAY,  # 30 April
    }  # fmt: skip


def test_the_newest_stays_whatever_is_asked():
    assert rules.kept([NOON, NOON - DAY], rules.Keep(0, 0, 0)) == {NOON}
    assert rules.kept([], rules.Keep()) == set()


def test_days_without_a_copy_do_not_use_up_the_days():
    times = [NOON - 40 * DAY, NOON - 41 * DAY, NOON - 80 * DAY]
    assert rules.kept(times, rules.Keep(days=2, weeks=0, months=0)) == set(times[:2])


@pytest.mark.parametrize(
    ("age", "code"), [(None, "never"), (25 * HOUR, None), (26 * HOUR, None), (27 * HOUR, "old"), (9 * DAY, "old")]
)
def test_the_age_of_the_last_copy(age, code):
    newest = None if age is None else NOON - age
    for rule in (rules.copy_trouble, rules.carried_trouble):
        found = rule(newest, NOON, 26)
        assert (found.code if found else None) == code


@pytest.mark.parametrize(
    ("age", "good", "code"),
    [(None, False, "never"), (DAY, True, None), (DAY, False, "failed"), (8 * DAY, True, None), (9 * DAY, True, "old")],
)
def test_a_trial_once_a_week(age, good, code):
    found = rules.trial_trouble(None if age is None else NOON - age, good, NOON)
    assert (found.code if found else None) == code


MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("is_on", "kept", "failed", "started", "code"),
    [
        (False, None, None, DAY, "off"),
        (True, MINUTE, None, DAY, None),
        (True, MINUTE, 2 * MINUTE, DAY, None),
        (True, 2 * MINUTE, MINUTE, DAY, "failed"),
        (True, None, MINUTE, 2 * MINUTE, "failed"),
        (True, None, None, 9 * MINUTE, None),
        (True, None, None, 11 * MINUTE, "late"),
        (True, 11 * MINUTE, None, DAY, "late"),
        (True, DAY, None, MINUTE, None),
    ],
)
def test_the_log_is_kept_all_the_time(is_on, kept, failed, started, code):
    at = {name: NOON - age if age else None for name, age in (("kept", kept), ("failed", failed))}
    found = rules.log_trouble(rules.Log(is_on, at["kept"], at["failed"], NOON - started), NOON)
    assert (found.code if found else None) == code


@pytest.mark.parametrize(
    ("age", "words"), [(50 * MINUTE, "50 minutes"), (30 * HOUR, "30 hours"), (9 * DAY + HOUR, "9 days")]
)
def test_ages_in_words(age, words):
    assert rules.hours_words(age) == words
