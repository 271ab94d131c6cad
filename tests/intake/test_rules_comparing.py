"""New since the approval: same rule, same answer, settled is known; a day's finding is never carried to another."""

from types import SimpleNamespace as Row

import pytest

from intake.rules.comparing import Before, compare
from intake.rules.engine import CHECK_IN
from intake.rules.findings import RULES, find
from intake.rules.today import day_facts

HERE, THERE = "this visit", "another"
ALL = {rule.code for rule in RULES}


def verdict(rule="seizures", **known):
    known = known or {"seizures": "yes"}
    return next(v for v in find(known, age=40) if v.rule == rule)


def row(found, *, resolution="", would_be=None, of_day=False, ended_at=None, occasion_id=HERE, value=None):
    return Row(
        rule=found.rule,
        level=found.level,
        would_be=would_be or found.would_be,
        value=found.value if value is None else value,
        resolution=resolution,
        of_day=of_day,
        ended_at=ended_at,
        occasion_id=occasion_id,
    )


CAUTION, STOP, ASK = verdict(), verdict("glaucoma", glaucoma="yes"), verdict("glaucoma", seizures="no")


@pytest.mark.parametrize(
    ("found", "approved", "is_new"),
    [
        (CAUTION, [], True),
        (CAUTION, [row(CAUTION)], False),
        (CAUTION, [row(CAUTION, value="no")], True),
        (STOP, [], True),
        (STOP, [row(STOP)], True),
        (STOP, [row(STOP, resolution="stands")], True),
        (STOP, [row(STOP, resolution="overridden")], False),
        (STOP, [row(ASK, resolution="not_so")], True),
        (ASK, [row(ASK, resolution="not_so")], False),
        (ASK, [row(STOP, resolution="overridden")], True),
    ],
)
def test_what_the_approval_knew(found, approved, is_new):
    change = run([found], approved=approved)
    assert (change.new == (found,)) == is_new


def run(verdicts, *, approved=(), since=(), day_facts=(), stage=CHECK_IN, considered=ALL):
    before = Before(tuple(approved), tuple(since))
    return compare(
        verdicts, before, day_facts=day_facts, stage=stage, occasion=HERE, considered=considered
    )  # fmt: skip


def test_what_was_found_and_is_open_is_kept_once():
    kept = row(STOP)
    assert run([STOP], since=[kept]) == run([], since=[]) != run([STOP])


def test_what_was_settled_since_is_known_also_when_it_went_and_came_back():
    assert run([STOP], since=[row(STOP, resolution="handled", ended_at="then")]).new == ()
    assert run([STOP], since=[row(STOP, ended_at="then")]).new == (STOP,)


def test_what_is_known_after_all_is_ended_unless_it_was_settled_itself():
    settled, open_one = row(STOP, resolution="overridden"), row(STOP)
    assert run([STOP], approved=[settled], since=[open_one]).ended == (open_one,)
    assert run([STOP], approved=[settled], since=[settled]).ended == ()


def test_what_is_no_longer_found_is_ended_but_only_by_a_run_that_could_find_it():
    gone = row(STOP)
    assert run([], since=[gone]).ended == (gone,)
    assert run([], since=[gone], considered={"seizures"}).ended == ()


def test_another_weight_is_another_finding():
    light = row(STOP, would_be="warn", resolution="")
    change = run([STOP], since=[light])
    assert (change.new, change.ended) == ((STOP,), (light,))


def test_a_day_is_judged_anew_whatever_was_settled_before():
    day = {"glaucoma"}
    settled = row(STOP, resolution="overridden")
    assert run([STOP], approved=[settled], day_facts=day).new == (STOP,)
    yesterday = row(STOP, resolution="overridden", of_day=True, occasion_id=THERE)
    change = run([STOP], since=[yesterday], day_facts=day)
    assert (change.new, change.ended) == ((STOP,), (yesterday,))
    today = row(STOP, resolution="overridden", of_day=True)
    assert run([STOP], since=[today], day_facts=day) == run([])


def test_a_booking_leaves_the_day_of_a_visit_alone():
    day = row(STOP, of_day=True, occasion_id=THERE)
    assert run([], since=[day], stage="booking").ended == ()
    assert run([], since=[day]).ended == (day,)


def test_a_days_finding_does_not_speak_for_a_lasting_one():
    yesterday = row(STOP, resolution="overridden", of_day=True, occasion_id=THERE, ended_at="then")
    assert run([STOP], since=[yesterday]).new == (STOP,)


def test_what_nobody_knows_about_medicines_is_of_the_day():
    unsure = day_facts({"medicines": "unknown", "pregnancy": "negative"})
    assert unsure == {"pregnant", "medicines", "unrecognised", "opioid_dose", "opioid_dose_unknown"}
    assert day_facts({"medicines": "yes", "medicines_words": "Ativan"}) == set()
    assert day_facts(None) == set()
