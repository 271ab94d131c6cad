"""A series booked in one step and shifted in one step: all or nothing, each clash named with its alternatives."""

import datetime as dt
from datetime import timedelta

import pytest

from clinic import clock
from clinic.actions import appointments, series
from clinic.actions.series import Wish
from clinic.models import Appointment, ClosedDay, ResourceClaim
from clinic.refusal import Conflict, Refused
from tests import factories
from tests.people import people
from tests.standing import standing

pytestmark = pytest.mark.django_db


def everyone_with_a_course(made):
    made.chairs = list(made.harbor.chairs.all())
    version = factories.protocol_version(approved_by=made.prescriber, spacing_min_days=2, spacing_max_days=4)
    made.course = factories.course(of=made.patient, at_site=made.harbor, prescriber=made.prescriber, version=version)
    return made


p = standing(everyone_with_a_course, on=standing(people))


def at_hour(p, day, hour=9):
    date = clock.now().astimezone(p.harbor.zone).date() + timedelta(days=day)
    return dt.datetime.combine(date, dt.time(hour), tzinfo=p.harbor.zone).astimezone(dt.UTC)


def wishes(p, *days, hour=9):
    return [Wish(at_hour(p, day, hour), p.chairs[0], p.nurse) for day in days]


def book_six(p, first=3, step=3):
    rows = wishes(p, *range(first, first + 6 * step, step))
    return series.book_series(course=p.course, wishes=rows, by=p.front_desk)


def someone_in(p, day, hour=9, chair=0):
    patient = factories.patient(at_site=p.harbor, given_name="Other", family_name="Other-Test")
    course = factories.course(
        of=patient, at_site=p.harbor, prescriber=p.prescriber, version=p.course.protocol_version
    )  # fmt: skip
    return appointments.book(
        patient=patient, site=p.harbor, kind="infusion", course=course, starts_at=at_hour(p, day, hour),
        chair=p.chairs[chair], nurse=p.colleague, by=p.front_desk,
    )  # fmt: skip


def local_starts(p, rows):
    return [row.starts_at.astimezone(p.harbor.zone).replace(tzinfo=None) for row in rows]


def test_six_infusions_are_booked_in_one_step(p):
    made = book_six(p)
    assert [one.number for one in made] == [1, 2, 3, 4, 5, 6]
    assert ResourceClaim.objects.filter(appointment__in=made, occupies=True).count() == 18


def test_one_clash_books_nothing_and_is_offered_another_time(p):
    someone_in(p, 6)
    before = Appointment.objects.count()
    with pytest.raises(Conflict) as conflict:
        book_six(p)
    assert [item.field for item in conflict.value.items] == ["row-1"]
    assert conflict.value.items[0].text.startswith("Chair 1 is taken")
    offers = conflict.value.current[1]
    assert len(offers) == 3
    assert Appointment.objects.count() == before
    rows = wishes(p, 3, 6, 9)
    rows[1] = Wish(offers[0].starts_at, offers[0].chair, offers[0].nurse)
    assert len(series.book_series(course=p.course, wishes=rows, by=p.front_desk)) == 3


def test_every_clash_is_named_at_once(p):
    someone_in(p, 3)
    someone_in(p, 9)
    with pytest.raises(Conflict) as conflict:
        book_six(p)
    assert [item.field for item in conflict.value.items] == ["row-0", "row-2"]


def test_two_rows_at_the_same_time_clash_with_each_other(p):
    rows = [Wish(at_hour(p, 3), p.chairs[0], p.nurse), Wish(at_hour(p, 3, 10), p.chairs[1], p.nurse)]
    with pytest.raises(Conflict, match="has another visit then"):
        series.book_series(course=p.course, wishes=rows, by=p.front_desk, spacing_reason="tried")


def test_spacing_is_kept_unless_somebody_says_why_not(p):
    with pytest.raises(Refused) as refused:
        series.book_series(course=p.course, wishes=wishes(p, 3, 4, 9), by=p.front_desk)
    assert [item.field for item in refused.value.items] == ["row-1", "row-2"]
    made = series.book_series(
        course=p.course, wishes=wishes(p, 3, 4, 9), by=p.front_desk, spacing_reason="travels far"
    )  # fmt: skip
    assert len(made) == 3


def test_spacing_counts_from_the_last_one_there(p):
    series.book_series(course=p.course, wishes=wishes(p, 3), by=p.front_desk)
    with pytest.raises(Refused, match="1 day after"):
        series.book_series(course=p.course, wishes=wishes(p, 4), by=p.front_desk)


def test_no_more_than_the_plan_has(p):
    book_six(p)
    with pytest.raises(Refused, match="1 more is too many"):
        series.book_series(course=p.course, wishes=wishes(p, 21), by=p.front_desk)


def test_an_empty_series_is_refused(p):
    with pytest.raises(Refused, match="at least one date"):
        series.book_series(course=p.course, wishes=[], by=p.front_desk)


def test_a_series_of_six_shifts_by_its_own_step_onto_its_own_slots(p):
    made = book_six(p)
    before = local_starts(p, made)
    shifted = series.shift_series(course=p.course, days=3, by=p.front_desk)
    assert local_starts(p, shifted) == [start + timedelta(days=3) for start in before]
    assert [one.pk for one in shifted] == [one.pk for one in made]
    assert {one.sequence for one in shifted} == {1}


def test_back_again(p):
    made = book_six(p, first=10, step=4)
    before = local_starts(p, made)
    series.shift_series(course=p.course, days=4, by=p.front_desk)
    back = series.shift_series(course=p.course, days=-4, by=p.front_desk)
    assert local_starts(p, back) == before


def test_only_what_is_still_to_come_is_shifted(p):
    made = book_six(p)
    appointments.cancel(appointment=made[2], reason="ill", by=p.front_desk)
    later = made[1].starts_at + timedelta(minutes=1)
    shifted = series.shift_series(course=p.course, days=7, by=p.front_desk, at=later)
    assert [one.number for one in shifted] == [4, 5, 6]


def test_a_shift_that_clashes_moves_nothing_and_names_the_date(p):
    made = book_six(p)
    someone_in(p, 10)
    with pytest.raises(Conflict) as conflict:
        series.shift_series(course=p.course, days=7, by=p.front_desk)
    assert [item.field for item in conflict.value.items] == ["row-0"]
    assert conflict.value.current[0]
    assert Appointment.objects.get(pk=made[0].pk).starts_at == made[0].starts_at
    shifted = series.shift_series(course=p.course, days=7, flexible=True, by=p.front_desk)
    chair = ResourceClaim.objects.get(appointment=shifted[0], chair__isnull=False).chair
    assert chair == p.chairs[1]


def test_a_shift_onto_a_closed_day_is_refused(p):
    made = book_six(p)
    day = (made[2].starts_at + timedelta(days=7)).astimezone(p.harbor.zone).date()
    ClosedDay.objects.create(site=p.harbor, day=day)
    with pytest.raises(Refused) as refused:
        series.shift_series(course=p.course, days=7, by=p.front_desk)
    assert [item.field for item in refused.value.items] == ["row-2"]


def test_a_shift_into_the_past_or_of_nothing_is_refused(p):
    with pytest.raises(Refused, match="still to come"):
        series.shift_series(course=p.course, days=7, by=p.front_desk)
    book_six(p)
    with pytest.raises(Refused, match="already passed"):
        series.shift_series(course=p.course, days=-4, by=p.front_desk)
    with pytest.raises(Refused, match="not 0"):
        series.shift_series(course=p.course, days=0, by=p.front_desk)
