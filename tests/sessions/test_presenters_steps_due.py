"""Ordered steps of a rate on the run sheet: which has come, which runs, and the page that sets it."""

import datetime as dt
from decimal import Decimal as D
from types import SimpleNamespace as Row
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from sessions.presenters.pump import step_due, steps_of
from sessions.rules.drugs import RUNNING, DrugState

NINE = dt.datetime(2026, 3, 3, 14, 0, tzinfo=dt.UTC)


def page_of(minutes, rate, steps=((0, 10), (30, 20), (60, 15))):
    drug = DrugState(
        UUID(int=2), "ketamine", phase=RUNNING, rate_ml_h=D(rate), running_seconds=D(minutes * 60), started_at=NINE,
        steps=tuple((D(m), D(r)) for m, r in steps),
    )  # fmt: skip
    site = Row(zone=ZoneInfo("America/New_York"))
    sheet = Row(session=Row(pk=UUID(int=1), site=site), at=NINE + dt.timedelta(minutes=minutes),
                state=Row(running=[drug]))  # fmt: skip
    return sheet, drug


@pytest.mark.parametrize(
    ("minutes", "rate", "expected"),
    [
        (10, 10, []),
        (29, 10, []),
        (30, 10, ["Ketamine 20 mL/h from minute 30"]),
        (35, 20, []),
        (70, 20, ["Ketamine 15 mL/h from minute 60"]),
        (70, 10, ["Ketamine 15 mL/h from minute 60"]),
        (70, 15, []),
    ],
)
def test_the_step_that_should_run_and_does_not_is_due(minutes, rate, expected):
    sheet, _ = page_of(minutes, rate)
    assert [step.words for step in step_due(sheet)] == expected


def test_a_coming_step_says_about_when():
    sheet, drug = page_of(20, 10)
    coming = steps_of(sheet, drug)[1]
    assert coming.words == "Ketamine 20 mL/h from minute 30, about 09:30"
    assert coming.url.endswith(f"?dose_order={UUID(int=2)}&rate_ml_h=20")
    assert [step.now for step in steps_of(sheet, drug)] == [True, False, False]


def test_one_rate_throughout_has_no_steps():
    sheet, drug = page_of(20, 10, steps=((0, 10),))
    assert steps_of(sheet, drug) == []
