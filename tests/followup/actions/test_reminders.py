"""A visit's reminders: replanned when it moves, withdrawn when it is cancelled, never doubled."""

import datetime as dt

import pytest

from clinic.models import Message
from clinic.notify import sender
from followup.actions import reminders, sweeps
from followup.models import ReminderPlan, ReminderRule
from tests import factories

NOW = dt.datetime(2026, 5, 1, 15, tzinfo=dt.UTC)
VISIT = dt.datetime(2026, 5, 14, 15, tzinfo=dt.UTC)  # 11:00 in New York


@pytest.fixture
def visit(p):
    return factories.appointment(of=p.patient, at_site=p.site, starts_at=VISIT)


def slots(state="due"):
    rows = Message.objects.filter(dedupe_key__startswith="reminder:", state=state).order_by("due_at")
    return [(m.kind, m.due_at) for m in rows]


def move(visit, to):
    visit.starts_at, visit.ends_at = to, to + dt.timedelta(hours=2)
    visit.version += 1
    visit.save()


def test_a_week_a_day_and_two_hours_before(visit):
    reminders.plan_visit(appointment=visit, at=NOW)
    assert slots() == [
        ("reminder_week", VISIT - dt.timedelta(days=7)), ("reminder_day", VISIT - dt.timedelta(days=1)),
        ("reminder_hours", VISIT - dt.timedelta(hours=2))]  # fmt: skip


def test_planning_twice_changes_nothing(visit):
    reminders.plan_visit(appointment=visit, at=NOW)
    before = set(Message.objects.values_list("pk", "state"))
    reminders.plan_visit(appointment=visit, at=NOW)
    assert set(Message.objects.values_list("pk", "state")) == before


def test_rescheduling_replans(visit):
    reminders.plan_visit(appointment=visit, at=NOW)
    move(visit, VISIT + dt.timedelta(days=2))
    reminders.plan_visit(appointment=visit, at=NOW)
    assert [due for _, due in slots()] == [VISIT - dt.timedelta(days=5), VISIT + dt.timedelta(days=1),
                                           VISIT + dt.timedelta(days=2, hours=-2)]  # fmt: skip
    assert len(slots("withdrawn")) == 3


def test_and_back_again_brings_the_old_ones_back(visit):
    reminders.plan_visit(appointment=visit, at=NOW)
    move(visit, VISIT + dt.timedelta(days=2))
    reminders.plan_visit(appointment=visit, at=NOW)
    move(visit, VISIT)
    reminders.plan_visit(appointment=visit, at=NOW)
    assert [due for _, due in slots()] == [VISIT - dt.timedelta(days=7), VISIT - dt.timedelta(days=1),
                                           VISIT - dt.timedelta(hours=2)]  # fmt: skip


def test_what_was_sent_for_the_old_time_stays_sent_and_the_new_time_gets_its_own(visit):
    reminders.plan_visit(appointment=visit, at=NOW)
    sender.sweep(at=VISIT - dt.timedelta(days=7))
    move(visit, VISIT + dt.timedelta(days=10))
    reminders.plan_visit(appointment=visit, at=VISIT - dt.timedelta(days=6))
    assert len(slots("sent")) == 1
    assert len(slots()) == 3


def test_cancelling_withdraws(visit):
    reminders.plan_visit(appointment=visit, at=NOW)
    visit.state, visit.version = "cancelled", 2
    visit.save()
    reminders.plan_visit(appointment=visit, at=NOW)
    assert (slots(), len(slots("withdrawn"))) == ([], 3)
    assert set(Message.objects.values_list("last_error", flat=True)) == {"the visit is cancelled"}


def test_confirming_between_the_wish_and_the_sending_loses_nothing(p):
    """Wanted at 07:15 and held by quiet hours until 08:00; the patient confirms at 07:30."""
    start = dt.datetime(2026, 5, 14, 13, 15, tzinfo=dt.UTC)
    visit = factories.appointment(of=p.patient, at_site=p.site, starts_at=start)
    reminders.plan_visit(appointment=visit, at=NOW)
    visit.state, visit.version = "confirmed", 2
    visit.save()
    reminders.plan_visit(appointment=visit, at=start - dt.timedelta(hours=1, minutes=45))
    assert ("reminder_hours", dt.datetime(2026, 5, 14, 12, tzinfo=dt.UTC)) in slots()


def test_the_sweep_finds_what_a_lost_signal_missed(visit):
    assert sweeps.plan_due(at=NOW)["reminders"] == 1
    assert sweeps.plan_due(at=NOW)["reminders"] == 0
    move(visit, VISIT + dt.timedelta(days=1))
    assert sweeps.plan_due(at=NOW)["reminders"] == 1


def test_what_is_left_out_says_why(p):
    visit = factories.appointment(of=p.patient, at_site=p.site, starts_at=NOW + dt.timedelta(hours=22))
    plan = reminders.plan_visit(appointment=visit, at=NOW)
    assert set(plan.left_out) == {"week", "day"}
    assert ReminderPlan.objects.get().left_out["day"] == "already past when the visit was booked"


def test_a_sites_own_rule_wins_and_may_be_switched_off(p, visit):
    ReminderRule.objects.create(site=p.site, slot="week", how="wall", days=7, message_kind="reminder_week", is_on=False)
    ReminderRule.objects.create(site=p.prairie, slot="day", how="wall", days=2, message_kind="reminder_day")
    reminders.plan_visit(appointment=visit, at=NOW)
    assert [kind for kind, _ in slots()] == ["reminder_day", "reminder_hours"]
    assert slots()[0][1] == VISIT - dt.timedelta(days=1)


def test_the_visits_kind_wins_over_every_kind(p, visit):
    ReminderRule.objects.create(
        slot="day", kind="infusion", how="local_time", days=1, at=dt.time(9), message_kind="reminder_day"
    )
    reminders.plan_visit(appointment=visit, at=NOW)
    assert ("reminder_day", dt.datetime(2026, 5, 13, 13, tzinfo=dt.UTC)) in slots()


def test_rel_10_every_reminder_goes_out_once_over_the_autumn_night(p):
    start = dt.datetime(2026, 11, 1, 16, tzinfo=dt.UTC)  # 11:00 after the clocks went back
    visit = factories.appointment(of=p.patient, at_site=p.site, starts_at=start)
    reminders.plan_visit(appointment=visit, at=dt.datetime(2026, 10, 1, tzinfo=dt.UTC))
    at = dt.datetime(2026, 10, 24, tzinfo=dt.UTC)
    while at < start:
        sender.sweep(at=at)
        at += dt.timedelta(hours=1)
    assert [m.sent_at for m in Message.objects.order_by("sent_at")] == [
        dt.datetime(2026, 10, 25, 15, tzinfo=dt.UTC), dt.datetime(2026, 10, 31, 15, tzinfo=dt.UTC),
        dt.datetime(2026, 11, 1, 14, tzinfo=dt.UTC)]  # fmt: skip
