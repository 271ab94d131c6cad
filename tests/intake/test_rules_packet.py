"""The packet's table of states, who may be invited, and what is missing before it is sent."""

import pytest

from clinic.refusal import Refused
from intake.rules.packet import PACKET, can_fill, can_invite, can_submit, check_can_submit


@pytest.mark.parametrize(
    ("frm", "to", "ok"),
    [
        ("invited", "started", True),
        ("invited", "submitted", False),
        ("started", "submitted", True),
        ("submitted", "started", False),
        ("submitted", "in_review", True),
        ("in_review", "decided", True),
        ("decided", "in_review", False),
        ("withdrawn", "started", False),
        ("started", "withdrawn", True),
    ],
)
def test_the_table_of_states(frm, to, ok):
    assert PACKET.can(frm, to) == ok


def test_every_state_is_reachable_and_named():
    reached = {PACKET.start} | {to for moves in PACKET.moves.values() for to in moves}
    assert reached == set(PACKET.states) == set(PACKET.labels)


@pytest.mark.parametrize(
    ("age", "email", "is_open", "ok"),
    [
        (18, "a@b.test", False, True),
        (17, "a@b.test", False, False),
        (40, "", False, False),
        (40, "a@b.test", True, False),
    ],
)
def test_who_may_be_invited(age, email, is_open, ok):
    assert can_invite(age=age, email=email, has_open_packet=is_open) == ok


@pytest.mark.parametrize(
    ("state", "age", "ok"),
    [
        ("invited", 18, True),
        ("started", 50, True),
        ("submitted", 50, False),
        ("decided", 50, False),
        ("started", 17, False),
    ],
)
def test_when_it_may_be_filled(state, age, ok):
    assert can_fill(state=state, age=age) == ok


def test_submitting_lists_every_unfinished_page():
    with pytest.raises(Refused) as refused:
        check_can_submit(state="started", age=40, unfinished=[("pain", "Your pain"), ("goals", "Your goals")])
    assert [item.link for item in refused.value.items] == ["pain", "goals"]
    assert can_submit(state="started", age=40, unfinished=[])
    assert not can_submit(state="submitted", age=40, unfinished=[])
