"""A freed time is offered to the first three; the first to say yes has it; then the next three."""

import datetime as dt
import threading

import pytest
from django.db import connections

from clinic.actions import appointments
from clinic.models import AuditEvent, Message, Task
from clinic.refusal import Refused
from followup.actions import offering, sweeps
from followup.actions.waitlist import leave_waitlist
from followup.models import FreedSlot, WaitlistEntry, WaitlistOffer
from tests import factories
from tests.followup.waiting import FREED, LATER, NOW, all_taken, cancelled, visit, visits_of, waits
from tests.people import people

QUARTER = dt.timedelta(minutes=15)


def rounds(at=NOW):
    """What the beat asks for every minute."""
    offering.note_all_freed(at=at)
    return offering.offer_due(at=at)


def offers(state="open"):
    return list(WaitlistOffer.objects.filter(state=state).order_by("offered_at", "entry__added_at"))


def test_a_cancelled_time_is_offered_to_the_first_three_by_mail(p):
    entries = [waits(p, n) for n in range(4)]
    cancelled(p)
    rounds()
    assert [offer.entry_id for offer in offers()] == [entry.pk for entry in entries[:3]]
    mails = Message.objects.filter(kind="waitlist_offer")
    assert {mail.expires_at for mail in mails} == {NOW + QUARTER}
    assert {mail.patient_id for mail in mails} == {entry.patient_id for entry in entries[:3]}
    assert AuditEvent.objects.filter(verb="offer.made").count() == 3
    rounds()
    assert len(offers()) == 3, "the beat again: nothing more"


def test_nobody_is_offered_the_time_they_gave_up(p):
    waits(p, patient=p.patient)
    cancelled(p)
    rounds()
    assert offers() == []


def test_without_anybody_waiting_nothing_is_noted_and_who_joins_later_is_asked(p):
    cancelled(p)
    rounds()
    assert not FreedSlot.objects.exists()
    waits(p)
    rounds(NOW + QUARTER)
    assert len(offers()) == 1


def test_a_time_moved_away_from_is_free_too(p):
    waits(p)
    made = visit(p)
    appointments.move(appointment=made, starts_at=LATER, by=p.front_desk, prescriber=p.prescriber, at=NOW)
    rounds()
    slot = FreedSlot.objects.get()
    assert (slot.starts_at, slot.source_id, slot.in_a_chair) == (FREED, made.pk, False)
    assert len(offers()) == 1


def test_the_first_yes_has_it_and_the_others_are_told_so(p):
    entries = [waits(p, n) for n in range(3)]
    cancelled(p)
    rounds()
    first, second, third = offers()
    answer = offering.accept(offer=second, by=second.entry.patient, at=NOW + dt.timedelta(minutes=2))
    assert (answer.outcome, answer.appointment.starts_at) == ("booked", FREED)
    assert visits_of(entries[1].patient).get().state == "confirmed"
    entries[1].refresh_from_db()
    assert (entries[1].state, FreedSlot.objects.get().state) == ("booked", "taken")
    first.refresh_from_db()
    assert (first.state, len(offers("beaten"))) == ("beaten", 2)
    assert set(Message.objects.filter(kind="waitlist_offer", state="withdrawn").values_list("patient", flat=True)) == {
        entries[0].patient_id, entries[2].patient_id,
    }  # fmt: skip
    with pytest.raises(Refused, match="taken"):
        offering.accept(offer=third, by=third.entry.patient, at=NOW + dt.timedelta(minutes=3))
    again = offering.accept(offer=second, by=second.entry.patient, at=NOW + dt.timedelta(minutes=3))
    assert (again.outcome, again.appointment) == ("booked", answer.appointment)
    assert visits_of(entries[1].patient).count() == 1


def test_a_named_visit_moves_and_its_own_time_is_offered_in_turn(p):
    mover = factories.patient(at_site=p.site)
    late = visit(p, patient=mover, starts_at=LATER)
    waits(p, patient=mover, appointment=late)
    cancelled(p)
    rounds()
    offering.accept(offer=offers()[0], by=mover, at=NOW)
    late.refresh_from_db()
    assert (late.starts_at, late.state, late.sequence) == (FREED, "confirmed", 1)
    waits(p, 9)
    rounds(NOW + QUARTER)
    assert FreedSlot.objects.get(state="open").starts_at == LATER


def test_after_a_quarter_of_an_hour_the_next_three_are_asked(p):
    entries = [waits(p, n) for n in range(5)]
    cancelled(p)
    rounds()
    rounds(NOW + QUARTER)
    assert len(offers("lapsed")) == 3
    assert [offer.entry_id for offer in offers()] == [entry.pk for entry in entries[3:]]
    assert FreedSlot.objects.get().rounds == 2
    with pytest.raises(Refused, match="over"):
        offering.accept(offer=offers("lapsed")[0], by=entries[0].patient, at=NOW + QUARTER)


def test_when_all_have_said_no_the_next_are_asked_at_once(p):
    entries = [waits(p, n) for n in range(4)]
    cancelled(p)
    rounds()
    for offer in offers():
        offering.decline(offer=offer, by=offer.entry.patient, at=NOW + dt.timedelta(minutes=1))
    offering.offer_due(at=NOW + dt.timedelta(minutes=1))
    assert [offer.entry_id for offer in offers()] == [entries[3].pk]
    assert WaitlistEntry.objects.filter(state="waiting").count() == 4, "who says no once is asked again another time"


def test_no_and_never_again_leaves_the_list(p):
    entry = waits(p)
    cancelled(p)
    rounds()
    offering.decline(offer=offers()[0], by=entry.patient, stop_waiting=True, at=NOW)
    entry.refresh_from_db()
    assert (entry.state, entry.ended_why) == ("withdrawn", "no longer wants to be asked")


def test_what_the_desk_has_booked_meanwhile_is_gone(p):
    entry = waits(p)
    cancelled(p)
    rounds()
    all_taken(p, FREED)
    answer = offering.accept(offer=offers()[0], by=entry.patient, at=NOW + dt.timedelta(minutes=1))
    assert (answer.outcome, FreedSlot.objects.get().state) == ("taken", "filled")
    assert not visits_of(entry.patient).exists()
    entry.refresh_from_db()
    assert entry.state == "waiting"


def test_a_time_that_is_booked_again_is_not_offered_at_all(p):
    waits(p)
    cancelled(p)
    all_taken(p, FREED)
    rounds()
    assert (offers(), FreedSlot.objects.get().state) == ([], "filled")


def test_ones_own_other_visit_then_is_a_matter_for_a_call_and_the_time_goes_on(p):
    entry, other = waits(p, 0), waits(p, 1)
    cancelled(p)
    rounds()
    visit(p, patient=entry.patient, starts_at=FREED - dt.timedelta(minutes=5))
    first = next(offer for offer in offers() if offer.entry_id == entry.pk)
    answer = offering.accept(offer=first, by=entry.patient, at=NOW + dt.timedelta(minutes=1))
    assert answer.outcome in ("call", "taken")
    assert FreedSlot.objects.get().state in ("open", "filled")
    assert other.state == "waiting"


def test_an_infusion_that_may_not_be_booked_opens_a_task_and_books_nothing(p, pain_course):
    course = pain_course(state="active")
    entry = waits(p, patient=p.patient, kind="infusion", course=course)
    offering.note_freed(
        site=p.site, starts_at=FREED, ends_at=FREED + dt.timedelta(hours=4), in_a_chair=True, by=p.front_desk, at=NOW
    )
    offering.offer_due(at=NOW)
    answer = offering.accept(offer=offers()[0], by=p.patient, at=NOW + dt.timedelta(minutes=1))
    assert answer.outcome == "call"
    task = Task.objects.get(kind="booking")
    assert (task.for_role, task.patient) == ("nurse", p.patient)
    assert "approval" not in task.neutral_title
    entry.refresh_from_db()
    assert (entry.state, FreedSlot.objects.get().state) == ("waiting", "open")


def test_two_hours_before_it_is_given_up(p):
    waits(p, notice_hours=0)
    cancelled(p)
    rounds(FREED - dt.timedelta(minutes=119))
    assert (offers(), FreedSlot.objects.get().state) == ([], "lapsed")


def test_leaving_the_list_ends_the_question(p):
    entry = waits(p)
    cancelled(p)
    rounds()
    leave_waitlist(entry=entry, by=p.front_desk, reason="Came another day", at=NOW)
    assert [offer.state for offer in WaitlistOffer.objects.all()] == ["withdrawn"]
    assert Message.objects.get(kind="waitlist_offer").state == "withdrawn"


def test_staff_keeps_a_time_back(p):
    waits(p)
    cancelled(p)
    rounds()
    slot = offering.stop_offering(slot=FreedSlot.objects.get(), by=p.front_desk, at=NOW)
    assert (slot.state, len(offers("withdrawn"))) == ("closed", 1)
    offering.stop_offering(slot=slot, by=p.front_desk, at=NOW)
    rounds(NOW + QUARTER)
    assert offers() == []


def test_a_time_offered_by_hand_must_lie_ahead(p):
    facts = {"site": p.site, "ends_at": NOW + dt.timedelta(hours=1), "in_a_chair": True, "by": p.front_desk, "at": NOW}
    with pytest.raises(Refused, match="already passed"):
        offering.note_freed(starts_at=NOW, **facts)


def test_one_spoiled_time_does_not_hold_up_the_others(p, monkeypatch, caplog):
    waits(p)
    cancelled(p)
    offering.note_all_freed(at=NOW)
    monkeypatch.setattr(offering, "hold_round", lambda slot, at: {}["spoiled"])
    assert offering.offer_due(at=NOW) == 1
    assert FreedSlot.objects.get().next_round_at == NOW + dt.timedelta(hours=1)
    assert "was put off: KeyError" in caplog.text


def test_the_sweep_does_all_of_it(p):
    waits(p)
    cancelled(p)
    found = sweeps.plan_due(at=NOW)
    assert (found["freed"], found["offers"]) == (1, 1)


def test_three_say_yes_at_once_and_one_has_it(live_db):
    p = people()
    for n in range(3):
        waits(p, n)
    cancelled(p)
    rounds()
    ready, outcomes = threading.Barrier(3), []

    def run(offer):
        ready.wait()
        try:
            outcomes.append(offering.accept(offer=offer, by=offer.entry.patient, at=NOW).outcome)
        except Refused as refused:
            outcomes.append(refused.items[0].code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(offer,)) for offer in offers()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["booked", "taken", "taken"]
    assert visits_of(WaitlistEntry.objects.get(state="booked").patient).count() == 1
    assert WaitlistOffer.objects.filter(state="accepted").count() == 1
