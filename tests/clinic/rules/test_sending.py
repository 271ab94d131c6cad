"""What follows when a message did not go out, by which way it goes, and how many a person gets in a day."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.rules import quiet, sending
from clinic.rules.sending import AGAIN, AWAY, NEVER, NO_SUCH, REFUSES_US, UNSURE, Caps, Choice

NOON = datetime(2026, 5, 13, 16, tzinfo=UTC)
NEW_YORK = ZoneInfo("America/New_York")

SMTP = [
    (421, "4.3.2 closing", AWAY), (450, "4.2.0 busy", AGAIN), (451, "", AGAIN), (452, "4.3.1", AGAIN),
    (535, "5.7.8 bad credentials", AWAY), (454, "4.7.0", AWAY), (550, "5.1.1 no such user", NO_SUCH),
    (550, "5.7.1 looks like spam", NEVER), (550, "no such user", NEVER), (551, "", NO_SUCH), (553, "", NO_SUCH),
    (552, "5.2.2 mailbox full", AGAIN), (554, "5.7.1 refused", NEVER), (550, "5.2.1 disabled", NO_SUCH),
    (554, "", NEVER), (530, "5.7.0 sign in first", AWAY), (550, "5.4.1 unreachable", AGAIN),
]  # fmt: skip


@pytest.mark.parametrize(("code", "words", "failure"), SMTP)
def test_what_a_mail_server_means(code, words, failure):
    assert sending.after_smtp(code, words) == failure


@pytest.mark.parametrize(
    ("status", "failure"), [("4.4.1", AGAIN), ("5.1.1", NO_SUCH), ("5.2.2", AGAIN), ("5.0.0", NEVER)]
)
def test_what_a_returned_mail_means(status, failure):
    assert sending.after_enhanced(status) == failure


SMS = [
    (400, 21610, REFUSES_US), (400, 21211, NO_SUCH), (400, 21614, NO_SUCH), (400, 21408, NEVER), (400, None, NEVER),
    (401, 20003, AWAY), (403, None, AWAY), (404, None, AWAY), (429, None, AWAY), (429, 20429, AWAY),
    (500, None, UNSURE),
    (502, None, UNSURE), (503, None, AWAY), (504, None, UNSURE), (400, 99999, NEVER),
]  # fmt: skip


@pytest.mark.parametrize(("status", "code", "failure"), SMS)
def test_what_the_sms_provider_means(status, code, failure):
    assert sending.after_sms(status, code) == failure


@pytest.mark.parametrize(
    ("code", "failure"), [(30003, AGAIN), (30005, NO_SUCH), (30006, NO_SUCH), (30007, NEVER), (None, NEVER)]
)
def test_what_a_report_of_the_provider_means(code, failure):
    assert sending.after_report(code) == failure


STATES = [(AGAIN, 1, "due"), (AGAIN, 4, "due"), (AGAIN, 5, "failed"), (NEVER, 1, "failed"), (UNSURE, 1, "unknown"),
          (AWAY, 1, "due"), (AWAY, 99, "due"), (NO_SUCH, 1, "failed")]  # fmt: skip


@pytest.mark.parametrize(("failure", "attempts", "state"), STATES)
def test_where_a_message_goes(failure, attempts, state):
    assert sending.next_state(failure, attempts) == state


def test_the_ladder_of_a_message_and_the_rest_of_a_channel():
    waits = [(sending.next_try(AGAIN, tries, NOON, None) - NOON).total_seconds() / 60 for tries in (1, 2, 3, 4, 9)]
    assert waits == [1, 5, 15, 60, 60]
    rests = [(sending.rest(failures, NOON) - NOON).total_seconds() for failures in (1, 2, 3, 4, 5, 50)]
    assert rests == [15, 60, 120, 300, 600, 600]
    assert sending.rest(1, NOON, asked=90) == NOON + timedelta(seconds=90)
    assert sending.rest(1, NOON, asked=10**9) == NOON + timedelta(hours=1), "an hour at most"
    assert sending.next_try(AWAY, 1, NOON, NOON + timedelta(minutes=2)) == NOON + timedelta(minutes=2)


def local(*when):
    return datetime(*when, tzinfo=NEW_YORK)


DAYS = [
    ("nothing yet", [], (2026, 5, 13, 12), (2026, 5, 13, 12)),
    ("one of two", [(2026, 5, 13, 9)], (2026, 5, 13, 12), (2026, 5, 13, 12)),
    ("two today: tomorrow morning", [(2026, 5, 13, 9), (2026, 5, 13, 10)], (2026, 5, 13, 12), (2026, 5, 14, 8)),
    ("yesterday's do not count", [(2026, 5, 12, 9), (2026, 5, 12, 23)], (2026, 5, 13, 12), (2026, 5, 13, 12)),
    ("across the spring night", [(2026, 3, 7, 9), (2026, 3, 7, 10)], (2026, 3, 7, 12), (2026, 3, 8, 8)),
    ("across the autumn night", [(2026, 10, 31, 9), (2026, 10, 31, 10)], (2026, 10, 31, 12), (2026, 11, 1, 8)),
]


@pytest.mark.parametrize(("sent", "asked", "goes"), [row[1:] for row in DAYS], ids=[row[0] for row in DAYS])
def test_so_many_in_a_local_day(sent, asked, goes):
    found = sending.cap_until([local(*one) for one in sent], local(*asked), NEW_YORK, Caps(2))
    assert found == local(*goes)


def test_so_many_in_a_week():
    sent = [NOON - timedelta(days=days) for days in (6, 5, 4)]
    assert sending.cap_until(sent, NOON, NEW_YORK, Caps(3, 3)) == local(2026, 5, 15, 8), (
        "the oldest is a week old at noon"
    )
    assert sending.cap_until(sent, NOON, NEW_YORK, Caps(3, 4)) == NOON


moments = st.integers(0, 7 * 24 * 60).map(lambda minutes: NOON - timedelta(minutes=minutes))
zones = st.sampled_from([NEW_YORK, ZoneInfo("Europe/London"), ZoneInfo("Australia/Sydney"), ZoneInfo("Asia/Kolkata")])


@given(st.lists(moments, max_size=30), zones, st.integers(1, 4), st.integers(1, 10))
@settings(max_examples=200, deadline=None)
def test_whatever_went_out_the_next_one_keeps_both_limits_and_the_night(sent, zone, a_day, a_week):
    found = sending.cap_until(sent, NOON, zone, Caps(a_day, a_week))
    assert found >= NOON
    today = found.astimezone(zone).date()
    assert sum(one.astimezone(zone).date() == today for one in sent) < a_day
    assert sum(found - one < sending.WEEK for one in sent) < a_week
    assert found == NOON or not quiet.is_quiet(found, zone)


def agreed(channel, kind="all", *, stopped=False):
    return Choice(channel, kind, agreed=True, stopped=stopped)


STOPS = [
    ("nothing said", [], "email", "reminder", False),
    ("this kind", [agreed("email", "reminder", stopped=True)], "email", "reminder", True),
    ("another kind", [agreed("email", "diary", stopped=True)], "email", "reminder", False),
    ("another channel", [agreed("sms", "all", stopped=True)], "email", "reminder", False),
    ("everything by mail, but not what can't be stopped", [agreed("email", stopped=True)], "email", "", False),
    ("STOP by text: nothing more by text, whatever it is", [agreed("sms", stopped=True)], "sms", "", True),
    ("a kind by text, what can't be stopped goes on", [agreed("sms", "diary", stopped=True)], "sms", "", False),
]


@pytest.mark.parametrize(
    ("choices", "channel", "kind", "stopped"), [row[1:] for row in STOPS], ids=[row[0] for row in STOPS]
)
def test_what_is_stopped(choices, channel, kind, stopped):
    assert sending.is_stopped(choices, channel, kind) is stopped


WAYS = [
    ("agreed to texts", [agreed("sms")], "reminder", True, True, True, "sms"),
    ("agreed to texts of another kind", [agreed("sms", "diary")], "reminder", True, True, True, "email"),
    ("never asked", [], "reminder", True, True, True, "email"),
    ("no provider", [agreed("sms")], "reminder", True, True, False, "email"),
    ("no address", [], "reminder", False, True, True, "sms"),
    ("what can't be stopped goes by mail", [agreed("sms")], "", True, True, True, "email"),
    ("no phone", [agreed("sms")], "reminder", False, False, True, "email"),
]


@pytest.mark.parametrize(
    ("choices", "kind", "mail", "phone", "can", "way"), [row[1:] for row in WAYS], ids=[row[0] for row in WAYS]
)
def test_by_which_way(choices, kind, mail, phone, can, way):
    assert sending.way_of(choices, kind, has_mail=mail, has_phone=phone, can_text=can) == way
