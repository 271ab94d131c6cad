"""Booking, moving, cancelling: claims, refusals, clashes with their alternatives, holds, the audit, the news."""

import datetime as dt
from datetime import timedelta
from unittest import mock

import pytest

from clinic import clock
from clinic.actions import appointments as actions
from clinic.events import appointment_booked, appointment_cancelled, appointment_moved
from clinic.models import Appointment, AuditEvent, ClosedDay, Hold, PatientSite, ResourceClaim, StaffAbsence
from clinic.presenters import booking
from clinic.refusal import Conflict, Refused
from clinic.rules.booking import Busy
from tests import factories
from tests.people import people
from tests.standing import standing

pytestmark = pytest.mark.django_db


def everyone_with_a_course(made):
    made.chairs = list(made.harbor.chairs.all())
    version = factories.protocol_version(approved_by=made.prescriber)
    made.course = factories.course(of=made.patient, at_site=made.harbor, prescriber=made.prescriber, version=version)
    return made


p = standing(everyone_with_a_course, on=standing(people))


def at_hour(p, hour, day=3, minute=0, site=None):
    zone = (site or p.harbor).zone
    day = clock.now().astimezone(zone).date() + timedelta(days=day)
    return dt.datetime.combine(day, dt.time(hour, minute), tzinfo=zone).astimezone(dt.UTC)


def book(p, hour=9, **changes):
    wanted = {"patient": p.patient, "site": p.harbor, "kind": "infusion", "course": p.course, "by": p.front_desk}
    return actions.book(starts_at=at_hour(p, hour), **wanted | changes)


def another_patient(p, name="Second"):
    patient = factories.patient(at_site=p.harbor, given_name=name, family_name=f"{name}-Test")
    version = p.course.protocol_version
    return patient, factories.course(of=patient, at_site=p.harbor, prescriber=p.prescriber, version=version)


def claims_of(appointment):
    return ResourceClaim.objects.filter(appointment=appointment, occupies=True)


def test_an_infusion_takes_its_patient_a_chair_and_a_lane_of_a_nurse(p):
    made = book(p, chair=p.chairs[1], nurse=p.nurse)
    assert made.number == 1
    assert made.ends_at - made.starts_at == timedelta(minutes=130)
    claims = claims_of(made)
    assert {claim.chair or claim.user or claim.patient for claim in claims} == {p.chairs[1], p.nurse, p.patient}
    assert {(claim.during.lower, claim.during.upper) for claim in claims} == {(made.starts_at, made.ends_at)}
    assert AuditEvent.objects.get(verb="appointment.booked").user == p.front_desk


def test_without_a_wish_any_free_chair_and_nurse_are_taken(p):
    first = book(p, chair=p.chairs[0], nurse=p.nurse)
    patient, course = another_patient(p)
    second = book(p, patient=patient, course=course)
    chair = claims_of(second).get(chair__isnull=False).chair
    assert chair == p.chairs[1]
    assert first.starts_at == second.starts_at


def test_a_prescriber_gives_the_first_quarter_of_an_infusion_and_all_of_a_consultation(p):
    infusion = book(p, prescriber=p.prescriber)
    short = claims_of(infusion).get(user=p.prescriber).during
    assert short.upper - short.lower == timedelta(minutes=15)
    talk = book(p, 14, kind="consultation", course=None, prescriber=p.prescriber)
    whole = claims_of(talk).get(user=p.prescriber).during
    assert whole.upper - whole.lower == timedelta(minutes=30)
    assert not claims_of(talk).filter(chair__isnull=False).exists()


REFUSED = [
    ("in the past", {"starts_at": -2}, "past"),
    ("before opening", {"starts_at": 6}, "outside-hours"),
    ("too near to closing", {"starts_at": 17}, "outside-hours"),
]


@pytest.mark.parametrize(("name", "when", "code"), REFUSED)
def test_times_that_are_refused(p, name, when, code):
    hour = when["starts_at"]
    starts_at = at_hour(p, 9, day=-1) if hour < 0 else at_hour(p, hour)
    with pytest.raises(Refused) as refused:
        actions.book(
            patient=p.patient, site=p.harbor, kind="infusion", course=p.course, starts_at=starts_at, by=p.nurse
        )
    assert code in [item.code for item in refused.value.items]
    assert not Appointment.objects.exists()


def test_a_closed_day_is_refused(p):
    ClosedDay.objects.create(site=p.harbor, day=at_hour(p, 9).astimezone(p.harbor.zone).date())
    with pytest.raises(Refused, match="closed"):
        book(p)


def test_told_to_act_in_the_past_a_past_visit_can_be_booked(p):
    starts_at = at_hour(p, 9, day=-10)
    earlier = starts_at - timedelta(days=7)
    visit = {"patient": p.patient, "site": p.harbor, "kind": "infusion", "course": p.course, "by": p.nurse}
    assert actions.book(starts_at=starts_at, at=earlier, **visit).booked_at == earlier


WRONG = [
    ("no course", {"course": None}, "no-course"),
    ("a visit of no minutes", {"minutes": 0}, "minutes"),
]


@pytest.mark.parametrize(("name", "changes", "code"), WRONG)
def test_visits_that_can_not_be_planned(p, name, changes, code):
    with pytest.raises(Refused) as refused:
        book(p, **changes)
    assert [item.code for item in refused.value.items] == [code]


def test_a_chair_of_another_site_a_nurse_who_is_none_and_a_stranger_s_course_are_refused_together(p):
    other = another_patient(p)[1]
    with pytest.raises(Refused) as refused:
        book(p, course=other, chair=p.prairie.chairs.first(), nurse=p.prescriber)
    assert [item.code for item in refused.value.items] == ["other-course", "not-here", "not-here"]


def test_a_stopped_course_takes_no_infusion(p):
    p.course = factories.course(
        of=p.patient, at_site=p.harbor, prescriber=p.prescriber, version=p.course.protocol_version, state="stopped"
    )
    with pytest.raises(Refused, match="stopped"):
        book(p)


def test_a_taken_chair_is_named_and_free_alternatives_are_offered(p):
    first = book(p, chair=p.chairs[0], nurse=p.nurse)
    patient, course = another_patient(p)
    with pytest.raises(Conflict) as conflict:
        book(p, patient=patient, course=course, chair=p.chairs[0], nurse=p.nurse)
    [item] = conflict.value.items
    assert item.text.startswith("Chair 1 is taken ")
    assert p.patient.family_name not in item.text
    offers = conflict.value.current
    assert len(offers) == 3
    assert offers[0].starts_at <= first.starts_at <= offers[-1].ends_at
    taken = [offer for offer in offers if offer.chair == p.chairs[0]]
    assert not any(offer.starts_at < first.ends_at and first.starts_at < offer.ends_at for offer in taken)
    assert Appointment.objects.count() == 1


def test_a_patient_can_not_be_in_two_chairs(p):
    book(p, chair=p.chairs[0])
    with pytest.raises(Conflict, match="has another visit then"):
        book(p, 10, chair=p.chairs[1])


def test_a_nurse_has_three_lanes_and_no_fourth(p):
    factories.chair(at_site=p.harbor, label="4")
    chairs = list(p.harbor.chairs.all())
    for number in range(3):
        patient, course = another_patient(p, f"Lane{number}")
        made = book(p, patient=patient, course=course, chair=chairs[number], nurse=p.nurse)
        assert claims_of(made).get(user=p.nurse).lane == number
    with pytest.raises(Conflict, match="Nora Nurse already has 3 infusions"):
        book(p, chair=chairs[3], nurse=p.nurse)
    assert book(p, chair=chairs[3], nurse=p.colleague)


def test_a_first_infusion_takes_all_lanes_where_the_policy_says_so(p):
    factories.policy(at_site=p.harbor, at=clock.now() + timedelta(seconds=1), first_infusion_takes_all=True)
    first = book(p, nurse=p.nurse)
    assert sorted(claims_of(first).filter(user=p.nurse).values_list("lane", flat=True)) == [0, 1, 2]
    patient, course = another_patient(p)
    with pytest.raises(Conflict, match="a first infusion needs the nurse alone"):
        book(p, patient=patient, course=course, nurse=p.nurse)


def test_somebody_away_is_not_booked(p):
    start = at_hour(p, 0)
    StaffAbsence.objects.create(user=p.nurse, during=(start, start + timedelta(days=1)))
    with pytest.raises(Conflict, match="Nora Nurse is away"):
        book(p, nurse=p.nurse)
    assert claims_of(book(p)).get(user__isnull=False).user == p.colleague


def test_the_database_has_the_last_word(p):
    """What was read before is blank, as if somebody had been faster in between: the constraint refuses it."""
    book(p, chair=p.chairs[0], nurse=p.nurse)
    patient, course = another_patient(p)
    real, blind = booking.busy_between, [Busy()]

    def read(*args, **kwargs):
        return blind.pop() if blind else real(*args, **kwargs)

    with (
        mock.patch.object(booking, "busy_between", read),
        pytest.raises(Conflict, match="Chair 1 is taken") as conflict,
    ):
        book(p, patient=patient, course=course, chair=p.chairs[0], nurse=p.colleague)
    assert conflict.value.current
    assert Appointment.objects.count() == 1


def test_a_booking_elsewhere_lets_that_site_see_the_patient(p):
    starts_at = at_hour(p, 9, site=p.prairie)
    made = actions.book(
        patient=p.patient, site=p.prairie, kind="infusion", course=p.course, starts_at=starts_at, by=p.front_desk
    )
    assert made.zone_name == "America/Chicago"
    assert PatientSite.objects.filter(patient=p.patient, site=p.prairie, until__isnull=True).count() == 1


def test_a_hold_keeps_the_slot_from_others_for_ten_minutes_and_gives_it_to_its_maker(p):
    patient, course = another_patient(p)
    now = clock.now()
    actions.hold(patient=p.patient, site=p.harbor, kind="infusion", course=p.course, starts_at=at_hour(p, 9),
                 chair=p.chairs[0], by=p.front_desk, at=now)  # fmt: skip
    with pytest.raises(Conflict, match="Chair 1 is taken"):
        book(p, patient=patient, course=course, chair=p.chairs[0], by=p.nurse, at=now + timedelta(minutes=9))
    made = book(p, chair=p.chairs[0], at=now + timedelta(minutes=9))
    assert claims_of(made).filter(chair=p.chairs[0]).exists()
    assert Hold.objects.get().ended_at is not None


def test_an_expired_hold_keeps_nothing(p):
    patient, course = another_patient(p)
    now = clock.now()
    actions.hold(patient=p.patient, site=p.harbor, kind="infusion", course=p.course, starts_at=at_hour(p, 9),
                 chair=p.chairs[0], by=p.front_desk, at=now)  # fmt: skip
    later = now + timedelta(minutes=10)
    assert book(p, patient=patient, course=course, chair=p.chairs[0], by=p.nurse, at=later)
    assert Hold.objects.get().ended_at == later


def test_a_new_hold_of_the_same_user_and_patient_ends_the_old_one(p):
    for hour in (9, 12):
        actions.hold(patient=p.patient, site=p.harbor, kind="infusion", course=p.course, starts_at=at_hour(p, hour),
                     by=p.front_desk)  # fmt: skip
    assert Hold.objects.filter(ended_at__isnull=True).count() == 1


def test_moving_keeps_chair_and_nurse_frees_the_old_time_and_raises_the_sequence(p):
    made = book(p, chair=p.chairs[0], nurse=p.nurse)
    actions.confirm(appointment=made, by=p.patient)
    moved = actions.move(appointment=made, starts_at=at_hour(p, 13), by=p.front_desk, reason="asked to")
    assert (moved.state, moved.version, moved.sequence, moved.confirmed_at) == ("booked", 2, 1, None)
    assert {claim.chair or claim.user or claim.patient for claim in claims_of(made)} == {
        p.chairs[0],
        p.nurse,
        p.patient,
    }
    patient, course = another_patient(p)
    assert book(p, patient=patient, course=course, chair=p.chairs[0], nurse=p.nurse)


def test_moving_a_little_is_not_stopped_by_its_own_claims(p):
    made = book(p, chair=p.chairs[0], nurse=p.nurse)
    assert actions.move(appointment=made, starts_at=at_hour(p, 9, minute=15), by=p.front_desk)


def test_moving_onto_another_visit_is_refused_with_alternatives(p):
    made = book(p, chair=p.chairs[0], nurse=p.nurse)
    patient, course = another_patient(p)
    book(p, 13, patient=patient, course=course, chair=p.chairs[0], nurse=p.nurse)
    with pytest.raises(Conflict) as conflict:
        actions.move(appointment=made, starts_at=at_hour(p, 13), by=p.front_desk)
    assert conflict.value.current
    assert Appointment.objects.get(pk=made.pk).starts_at == made.starts_at
    assert actions.move(appointment=made, starts_at=at_hour(p, 13), flexible=True, by=p.front_desk)


def test_a_consultation_moves_with_its_prescriber(p):
    talk = book(p, 14, kind="consultation", course=None, prescriber=p.prescriber)
    moved = actions.move(appointment=talk, starts_at=at_hour(p, 15), by=p.front_desk)
    assert claims_of(moved).get(user__isnull=False).user == p.prescriber


def test_a_stale_page_moves_and_cancels_nothing(p):
    made = book(p)
    actions.move(appointment=made, starts_at=at_hour(p, 13), by=p.nurse, version=1)
    with pytest.raises(Conflict, match="Somebody else changed this visit"):
        actions.move(appointment=made, starts_at=at_hour(p, 11), by=p.front_desk, version=1)
    with pytest.raises(Conflict):
        actions.cancel(appointment=made, reason="ill", by=p.front_desk, version=1)


def test_cancelling_frees_everything_at_once_and_its_number(p):
    made = book(p, chair=p.chairs[0], nurse=p.nurse)
    cancelled = actions.cancel(appointment=made, reason="has a cold", by=p.front_desk)
    assert (cancelled.state, cancelled.cancel_reason, cancelled.sequence) == ("cancelled", "has a cold", 1)
    assert not claims_of(made).exists()
    assert book(p, chair=p.chairs[0], nurse=p.nurse).number == 1
    assert AuditEvent.objects.get(verb="appointment.cancelled").reason == "has a cold"


def test_staff_say_why_they_cancel_a_patient_need_not(p):
    made = book(p)
    with pytest.raises(Refused, match="why"):
        actions.cancel(appointment=made, reason=" ", by=p.front_desk)
    assert actions.cancel(appointment=made, by=p.patient).state == "cancelled"


def test_confirming_twice_is_once(p):
    made = book(p)
    first = actions.confirm(appointment=made, by=p.patient)
    again = actions.confirm(appointment=made, by=p.patient)
    assert first.confirmed_at == again.confirmed_at
    assert AuditEvent.objects.filter(verb="appointment.confirmed").count() == 1


def test_one_arrives_on_the_day_and_stays_away_only_once_it_has_begun(p):
    made = book(p)
    with pytest.raises(Refused, match="Move it to today"):
        actions.arrive(appointment=made, by=p.front_desk)
    with pytest.raises(Refused, match="not begun"):
        actions.mark_no_show(appointment=made, by=p.front_desk)
    late = made.starts_at + timedelta(minutes=20)
    assert actions.mark_no_show(appointment=made, by=p.front_desk, at=late).state == "no_show"
    assert not claims_of(made).exists()
    second = book(p)
    assert actions.arrive(appointment=second, by=p.front_desk, at=second.starts_at).state == "arrived"
    with pytest.raises(Refused):
        actions.move(appointment=second, starts_at=at_hour(p, 15), by=p.front_desk)


def listening(heard, word):
    def receiver(**news):
        heard.append((word, news["appointments"]))

    return receiver


def test_the_news_is_told_after_the_commit(p, django_capture_on_commit_callbacks):
    heard = []
    signals = {"booked": appointment_booked, "moved": appointment_moved, "cancelled": appointment_cancelled}
    receivers = [(signal, listening(heard, word)) for word, signal in signals.items()]
    for signal, receiver in receivers:
        signal.connect(receiver)
    with django_capture_on_commit_callbacks(execute=True):
        made = book(p)
        actions.move(appointment=made, starts_at=at_hour(p, 13), by=p.front_desk)
        actions.cancel(appointment=made, reason="ill", by=p.front_desk)
        assert heard == []
    for signal, receiver in receivers:
        signal.disconnect(receiver)
    assert heard == [("booked", [made]), ("moved", [made]), ("cancelled", [made])]
