"""The waiting list itself: joining, changing one's mind, leaving, ending by itself."""

import datetime as dt

import pytest

from clinic.actions import appointments
from clinic.models import AuditEvent
from clinic.refusal import Refused
from followup.actions.waitlist import end_idle_entries, leave_waitlist
from followup.models import WaitlistEntry
from tests import factories
from tests.followup.waiting import LATER, NOW, visit, waits


def test_joining_twice_changes_the_wishes_and_adds_no_row(p):
    waits(p, patient=p.patient)
    entry = waits(p, patient=p.patient, part="morning", weekdays=[4, 0])
    assert WaitlistEntry.objects.count() == 1
    assert (entry.part, entry.weekdays) == ("morning", [0, 4])
    assert AuditEvent.objects.filter(verb="waitlist.joined").count() == 2


def test_an_infusion_needs_a_course_and_the_dead_do_not_wait(p):
    with pytest.raises(Refused, match="needs a course"):
        waits(p, kind="infusion")
    gone = factories.patient(at_site=p.site, died_on=dt.date(2026, 1, 1))
    with pytest.raises(Refused, match="has died"):
        waits(p, patient=gone)


def test_only_ones_own_visit_still_ahead_can_be_moved(p):
    made = visit(p, starts_at=LATER)
    other = factories.patient(at_site=p.site)
    with pytest.raises(Refused):
        waits(p, patient=other, appointment=made)
    appointments.cancel(appointment=made, by=p.front_desk, reason="ill", at=NOW)
    made.refresh_from_db()
    with pytest.raises(Refused):
        waits(p, patient=p.patient, appointment=made)


def test_staff_says_why_somebody_leaves_and_a_patient_need_not(p):
    entry = waits(p)
    with pytest.raises(Refused, match="Write why"):
        leave_waitlist(entry=entry, by=p.front_desk, reason=" ", at=NOW)
    left = leave_waitlist(entry=entry, by=entry.patient, at=NOW)
    assert (left.state, left.ended_at) == ("withdrawn", NOW)
    assert leave_waitlist(entry=entry, by=p.front_desk, at=NOW).state == "withdrawn", "leaving twice is once"


@pytest.mark.parametrize("why", ["day", "visit", "cancelled"])
def test_what_no_longer_can_happen_ends_by_itself(p, why):
    made = visit(p, starts_at=LATER)
    entry = waits(p, patient=p.patient, appointment=made, until_day=dt.date(2026, 6, 1))
    assert end_idle_entries(at=NOW) == 0
    at = {"day": dt.datetime(2026, 6, 2, 14, tzinfo=dt.UTC), "visit": LATER, "cancelled": NOW}[why]
    if why == "cancelled":
        appointments.cancel(appointment=made, by=p.front_desk, reason="ill", at=NOW)
    assert end_idle_entries(at=at) == 1
    entry.refresh_from_db()
    assert entry.state == "expired"
    assert end_idle_entries(at=at) == 0


def test_the_last_day_counts_on_the_clock_of_the_site(p):
    waits(p, until_day=dt.date(2026, 5, 13))
    assert end_idle_entries(at=dt.datetime(2026, 5, 14, 3, tzinfo=dt.UTC)) == 0, "still the thirteenth in New York"
    assert end_idle_entries(at=dt.datetime(2026, 5, 14, 5, tzinfo=dt.UTC)) == 1
