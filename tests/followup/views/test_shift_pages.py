"""The pages of working hours: who reads and who sets, typed things kept, shown on the schedule."""

import datetime as dt
from datetime import time, timedelta
from urllib.parse import urlencode

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clinic.actions import appointments, shifts
from clinic.models import Shift, ShiftDay
from tests import factories
from tests.people import signed_in

pytestmark = pytest.mark.django_db
NINE = dt.datetime(2026, 5, 14, 13, tzinfo=dt.UTC)  # Thursday, 09:00 in New York
DAY = timedelta(days=1)
WEEK = {f"{end}_{n}": said for n in (0, 1, 3) for end, said in (("from", "08:00"), ("until", "12:30"))}
TYPED = WEEK | {"first": "2026-05-13"}


@pytest.fixture(autouse=True)
def wednesday():
    with time_machine.travel(NINE - DAY, tick=False):
        yield


def page(client, name, *args, **query):
    return client.get(reverse(f"followup:{name}", args=args), query)


def post(client, name, *args, data=None):
    return client.post(reverse(f"followup:{name}", args=args), data or {})


def text(response):
    return response.content.decode()


def set_hours(p, user=None, hours=None, **more):
    hours = hours or {0: (time(8), time(12, 30))}
    told = {"user": user or p.nurse, "site": p.harbor, "first": dt.date(2026, 5, 13), "by": p.clinic_admin} | more
    return shifts.set_week(hours=hours, **told)


def test_a_week_is_set_read_by_colleagues_and_shown(p):
    desk = signed_in(p.front_desk)
    assert ">open</span>" in text(page(desk, "shift-list"))
    assert "none set: there whenever it is open" in text(page(desk, "shift-show", p.nurse.pk))
    assert post(desk, "shift-set", p.nurse.pk, data=TYPED).status_code == 302
    assert Shift.objects.count() == 3
    shown = text(page(signed_in(p.nurse), "shift-list"))
    assert shown.count("08:00 to 12:30") == 3
    again = page(desk, "shift-show", p.nurse.pk)
    assert 'value="12:30"' in text(again)
    assert "Keep this week" in text(again)
    assert "Keep this week" not in text(page(signed_in(p.nurse), "shift-show", p.nurse.pk))


def test_what_is_wrong_is_said_and_everything_typed_stays(p):
    answer = post(
        signed_in(p.clinic_admin), "shift-set", p.nurse.pk, data=TYPED | {"until_3": "", "from_1": "8 o'clock"}
    )
    assert (answer.status_code, "8 o&#x27;clock" in text(answer)) == (422, True)
    answer = post(signed_in(p.clinic_admin), "shift-set", p.nurse.pk, data=TYPED | {"until_3": ""})
    assert (answer.status_code, "Type both times" in text(answer), text(answer).count("12:30")) == (422, True, 2)
    answer = post(signed_in(p.clinic_admin), "shift-set", p.nurse.pk, data=TYPED | {"first": "2026-05-01"})
    assert (answer.status_code, "in the past" in text(answer)) == (422, True)
    assert not Shift.objects.exists()


@pytest.mark.parametrize(("role", "status"), [("nurse", 403), ("prescriber", 403), ("auditor", 403)])
def test_only_the_front_desk_and_the_admin_set_hours(p, role, status):
    client = signed_in(getattr(p, role))
    assert post(client, "shift-set", p.nurse.pk, data=TYPED).status_code == status
    assert post(client, "shift-day", p.nurse.pk).status_code == status
    assert not Shift.objects.exists()


def test_a_stranger_and_another_clinics_person_are_not_found(p):
    stranger = signed_in(p.away["front_desk"])
    assert page(stranger, "shift-show", p.nurse.pk).status_code == 404
    assert post(stranger, "shift-set", p.nurse.pk, data=TYPED).status_code == 404
    assert page(signed_in(p.front_desk), "shift-show", p.clinic_admin.pk).status_code == 404
    assert str(p.nurse.pk) not in text(page(stranger, "shift-list"))


def test_other_hours_on_one_day_are_noted_once_and_called_off(p):
    desk, data = signed_in(p.front_desk), {"day": "2026-05-14", "starts": "13:00", "ends": "17:00"}
    wrong = post(desk, "shift-day", p.nurse.pk, data=data | {"ends": "12:00"})
    assert (wrong.status_code, 'value="13:00"' in text(wrong)) == (422, True)
    assert post(desk, "shift-day", p.nurse.pk, data=data).status_code == 302
    assert post(desk, "shift-day", p.nurse.pk, data=data).status_code == 409
    made = ShiftDay.objects.get()
    assert "13:00 to 17:00" in text(page(desk, "shift-show", p.nurse.pk))
    assert post(signed_in(p.away["front_desk"]), "shift-call-off", made.pk).status_code == 404
    assert post(desk, "shift-call-off", made.pk).status_code == 302
    assert "None ahead" in text(page(desk, "shift-show", p.nurse.pk))
    assert post(desk, "shift-call-off", made.pk, data={}).status_code == 302, "said to be called off already"


def test_visits_outside_are_listed_and_given_to_somebody_else(p):
    version = factories.protocol_version(approved_by=p.prescriber)
    course = factories.course(of=p.patient, at_site=p.site, prescriber=p.prescriber, version=version)
    visit = appointments.book(
        patient=p.patient, site=p.site, kind="infusion", course=course, starts_at=NINE, by=p.front_desk, nurse=p.nurse
    )
    set_hours(p)
    desk = signed_in(p.front_desk)
    assert "1 visit outside these hours" in text(page(desk, "shift-show", p.nurse.pk))
    assert post(desk, "shift-cover", p.nurse.pk, visit.pk).status_code == 302
    assert "outside these hours" not in text(page(desk, "shift-show", p.nurse.pk))


def test_the_schedule_shows_who_does_not_work_when(p):
    set_hours(p, hours={3: (time(13), time(17))})
    desk = signed_in(p.front_desk)
    day = text(page(desk, "schedule", day="2026-05-14", by="person"))
    assert ">off</td>" in day
    week = text(page(desk, "schedule", day="2026-05-14", view="week", by="person"))
    assert "13:00 to 17:00" in week
    assert ">off</span>" in week
    assert ">off</td>" not in text(page(desk, "schedule", day="2026-05-14", by="chair"))


def test_a_week_that_begins_later_says_from_when(p):
    set_hours(p, first=dt.date(2026, 5, 20))
    desk = signed_in(p.front_desk)
    assert "This week from 20-May-2026 on" in text(page(desk, "shift-list"))
    set_hours(p)
    set_hours(p, first=dt.date(2026, 5, 27), hours={2: (time(8), time(12))})
    assert "another week from 27-May-2026 on" in text(page(desk, "shift-show", p.nurse.pk))


def test_a_list_of_hours_asks_the_same_number_of_queries(p):
    client = signed_in(p.front_desk)

    def count():
        with CaptureQueriesContext(connection) as taken:
            assert page(client, "shift-list").status_code == 200
        return len(taken)

    count()
    before = count()
    for person in (p.nurse, p.colleague, p.prescriber):
        set_hours(p, user=person)
    assert count() == before
    asked = urlencode({"day": "2026-05-14", "view": "day", "by": "person"})
    assert client.get(f"{reverse('followup:schedule')}?{asked}").status_code == 200
