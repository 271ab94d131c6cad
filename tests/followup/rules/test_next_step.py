"""The one thing to do now: what wins over what, and who may do it."""

from datetime import UTC, datetime, timedelta

import pytest

from followup.rules.next_step import Facts, next_step

NOW = datetime(2026, 5, 14, 12, tzinfo=UTC)
PRESCRIBER = frozenset({"prescriber"})
SIGNED = {"course_id": "c", "course_state": "active", "course_signed": True, "planned": 6}

STEPS = [
    ("nothing at all yet", {}, "invite"),
    ("no address", {"has_email": False}, "no-email"),
    ("an alert wins over all", {"has_alert": True, "session_id": "s", "packet_state": "submitted"}, "alert"),
    ("in the chair", {"session_id": "s", "packet_state": "submitted"}, "in-chair"),
    ("comes today", {"next_visit_id": "v", "next_is_today": True, "next_state": "booked"}, "today"),
    ("has arrived", {"next_visit_id": "v", "next_is_today": True, "next_state": "arrived"}, "arrived"),
    ("packet not opened", {"packet_state": "invited"}, "packet-open"),
    ("packet begun", {"packet_state": "started"}, "packet-open"),
    ("packet sent", {"packet_state": "submitted"}, "assess"),
    ("being assessed", {"packet_state": "in_review"}, "assess"),
    ("decided against", {"packet_state": "decided"}, "decided"),
    ("approved", {"packet_state": "decided", "is_approved": True}, "plan"),
    ("planned, not signed", {"is_approved": True, "course_id": "c", "course_state": "planned"}, "sign"),
    ("signed, nothing booked", SIGNED, "book"),
    ("half booked", SIGNED | {"booked": 3}, "book"),
    ("all booked", SIGNED | {"booked": 6, "next_visit_id": "v"}, "coming"),
    ("a booster is proposed", SIGNED | {"booked": 6, "has_proposal": True}, "booster"),
    ("a booster is accepted", SIGNED | {"booked": 6, "window": "18-May-2026 to 25-May-2026"}, "book-booster"),
    ("all done", SIGNED | {"booked": 6}, "nothing"),
]


@pytest.mark.parametrize(("name", "facts", "code"), STEPS)
def test_what_comes_first(name, facts, code):
    assert next_step(Facts(NOW, roles=PRESCRIBER, **facts)).code == code


@pytest.mark.parametrize(("minutes", "word"), [(-60, "Comes"), (0, "Comes"), (15, "Comes"), (16, "not here yet")])
def test_who_is_late_is_not_said_to_come(minutes, word):
    facts = {"next_visit_id": "v", "next_at": NOW - timedelta(minutes=minutes), "next_is_today": True}
    assert word in next_step(Facts(NOW, roles=PRESCRIBER, next_state="booked", **facts)).say


PLACES = [
    ("plan", {"is_approved": True}, {"front_desk": False, "nurse": False, "prescriber": True}),
    ("assess", {"packet_state": "submitted"}, {"front_desk": False, "nurse": True, "prescriber": True}),
    ("book", SIGNED, {"front_desk": True, "nurse": True, "prescriber": True}),
    ("invite", {}, {"front_desk": True, "auditor": False, "clinic_admin": False}),
]


@pytest.mark.parametrize(("code", "facts", "may"), PLACES)
def test_only_those_who_may_are_led_there(code, facts, may):
    for role, allowed in may.items():
        step = next_step(Facts(NOW, roles=frozenset({role}), **facts))
        assert step.code == code
        assert bool(step.url) is allowed
        assert bool(step.button) is allowed
