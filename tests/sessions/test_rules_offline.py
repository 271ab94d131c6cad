"""What may be written without network, by whom, and when it counts as written: truth tables."""

import datetime as dt
import re
from pathlib import Path

import pytest

from clinic.refusal import Refused
from sessions.rules import offline as rules

SCRIPTS = Path(__file__).parents[2] / "static/js"
NOON = dt.datetime(2026, 3, 3, 12, 0, tzinfo=dt.UTC)
TICKET = rules.Ticket("t1", "nurse", "s1", "tablet", NOON, NOON + dt.timedelta(hours=2))


def after(**span):
    return NOON + dt.timedelta(**span)


def codes(items):
    return [item.code for item in items]


def test_the_list_is_the_decided_one():
    assert {"vitals", "score", "side-effect", "line", "note", "rate", "pause", "stop", "emergency"} == rules.DOORS


@pytest.mark.parametrize(
    "door",
    ["start", "dose", "bolus", "resume", "second-check", "discharge", "sign", "syringe", "prepare", "orders", "give",
     "gates", "hand-over", "against-advice", "weight", "addendum", "checklist"],
)  # fmt: skip
def test_what_needs_the_network_is_not_taken(door):
    facts = {"format_number": 1, "started": True, "written": NOON, "received": NOON}
    assert not rules.can_queue(door, **facts)
    with pytest.raises(Refused) as refused:
        rules.check_door(door, **facts)
    assert codes(refused.value.items) == ["offline.door"]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, []),
        ({"started": False}, ["offline.not_started"]),
        ({"format_number": 0}, ["offline.format"]),
        ({"format_number": 2}, ["offline.format"]),
        ({"received": after(days=30)}, []),
        ({"received": after(days=30, seconds=1)}, ["offline.old"]),
        ({"format_number": 9, "started": False, "received": after(days=31)},
         ["offline.format", "offline.not_started", "offline.old"]),
    ],
)  # fmt: skip
def test_an_entry_is_taken_by_itself_or_says_everything_against_it(changed, expected):
    facts = {"format_number": 1, "started": True, "written": NOON, "received": after(minutes=5)} | changed
    assert codes(rules.door_items("vitals", **facts)) == expected
    assert rules.can_queue("vitals", **facts) is not bool(expected)


@pytest.mark.parametrize(
    ("ticket", "session", "tablet", "written", "expected"),
    [
        (TICKET, "s1", "tablet", after(minutes=30), []),
        (TICKET, "s1", "tablet", NOON, []),
        (TICKET, "s1", "tablet", after(seconds=-60), []),
        (TICKET, "s1", "tablet", after(seconds=-61), ["ticket.early"]),
        (TICKET, "s1", "tablet", after(hours=2), []),
        (TICKET, "s1", "tablet", after(hours=2, seconds=1), ["ticket.expired"]),
        (TICKET, "s2", "tablet", NOON, ["ticket.session"]),
        (TICKET, "s1", "other", NOON, ["ticket.tablet"]),
        (TICKET, "s1", None, NOON, ["ticket.tablet"]),
        (TICKET, "s2", "other", after(hours=3), ["ticket.session", "ticket.tablet", "ticket.expired"]),
        (None, "s1", "tablet", NOON, ["ticket.unreadable"]),
    ],
)
def test_a_ticket_names_the_author_for_its_session_tablet_and_time(ticket, session, tablet, written, expected):
    assert codes(rules.ticket_items(ticket, session=session, tablet=tablet, written=written)) == expected


@pytest.mark.parametrize(
    ("offset", "expected"),
    [(0, 0), (60, 0), (-60, 0), (61, -61), (-61, 61), (420, -420), (-3600, 3600)],
)
def test_a_clock_that_is_off_is_corrected_beyond_a_minute(offset, expected):
    assert rules.corrected(NOON, offset) == after(seconds=expected)


def test_nothing_is_written_after_it_was_received():
    assert rules.written_at(after(minutes=10), 30, NOON) == NOON


@pytest.mark.parametrize(("then", "now", "is_said"), [(0, 0, False), (0, 60, False), (0, 61, True), (400, 5, True)])
def test_a_clock_moved_while_entries_waited_is_said(then, now, is_said):
    assert bool(rules.clock_note(then, now)) is is_said


@pytest.mark.parametrize(
    ("asked", "running", "is_up"), [(20, 30, False), (30, 30, False), (31, 30, True), (31, None, False), (0, 30, False)]
)
def test_a_rate_only_goes_down(asked, running, is_up):
    assert bool(rules.rate_items(asked, running)) is is_up


@pytest.mark.parametrize(("seconds", "is_refused"), [(-600, False), (60, False), (61, True)])
def test_a_typed_time_lies_before_its_writing(seconds, is_refused):
    assert bool(rules.typed_items(after(seconds=seconds), NOON)) is is_refused
    assert rules.typed_items(None, NOON) == []


def test_off_09_what_any_tablet_ever_wrote_is_taken_for_thirty_days():
    """The form that tablets write now is one of those taken, and none that was ever written is dropped from them."""
    script = (SCRIPTS / "offline-store.js").read_text()
    now = int(re.search(r"FORMAT = (\d+)", script)[1])
    assert set(range(1, now + 1)) == rules.FORMATS
    for format_number in rules.FORMATS:
        facts = {"format_number": format_number, "started": True, "written": NOON, "received": after(days=30)}
        assert codes(rules.door_items("vitals", **facts)) == []


def test_off_05_the_tablet_is_asked_to_keep_what_waits():
    scripts = [file.read_text() for file in SCRIPTS.glob("offline*.js")]
    assert sum("await navigator.storage.persist()" in text for text in scripts) == 1
