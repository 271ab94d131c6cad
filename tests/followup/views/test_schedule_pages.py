"""The schedule and what is done from it: doors, columns, gaps, moves taken back, seats, lateness, absences."""

import datetime as dt
from datetime import timedelta
from urllib.parse import urlencode

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clinic.actions import absences, appointments
from clinic.models import Appointment, ClosedDay, Hold, ResourceClaim, StaffAbsence
from followup.presenters.columns import stamp
from tests import factories
from tests.followup.approvals import approved
from tests.followup.views.test_planning_pages import series_data
from tests.people import searched, signed_in

pytestmark = pytest.mark.django_db
NINE = dt.datetime(2026, 5, 14, 13, tzinfo=dt.UTC)  # Thursday, 09:00 in New York
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture(autouse=True)
def wednesday():
    with time_machine.travel(NINE - DAY, tick=False):
        yield


@pytest.fixture
def course(wednesday, p):
    approved(p.patient, site=p.site, by=p.prescriber)
    p.version = factories.protocol_version(approved_by=p.prescriber)
    return factories.course(of=p.patient, at_site=p.site, prescriber=p.prescriber, version=p.version)


def booked(p, course, starts_at=NINE, **asked):
    return appointments.book(
        patient=course.patient, site=p.site, kind="infusion", course=course, starts_at=starts_at, by=p.front_desk,
        **asked,
    )  # fmt: skip


def another(p, n=0):
    patient = factories.patient(at_site=p.site, given_name=f"Other{n}", family_name=f"Other{n}-Test")
    return factories.course(of=patient, at_site=p.site, prescriber=p.prescriber, version=p.version)


def page(client, name, *args, **query):
    return client.get(reverse(f"followup:{name}", args=args), query)


def post(client, name, *args, data=None, **query):
    address = reverse(f"followup:{name}", args=args)
    return client.post(f"{address}?{urlencode(query)}" if query else address, data or {})


def text(response):
    return response.content.decode()


VIEWS = [("day", "chair"), ("day", "person"), ("week", "chair"), ("week", "person")]


@pytest.mark.parametrize(("view", "by"), VIEWS)
def test_every_way_to_look_asks_the_same_number_of_queries(p, course, view, by):
    client, asked = signed_in(p.front_desk), {"day": "2026-05-14", "view": view, "by": by}
    booked(p, course, chair=p.site.chairs.first(), nurse=p.nurse)
    page(client, "schedule", **asked)
    with CaptureQueriesContext(connection) as few:
        response = page(client, "schedule", **asked)
    assert "OKAFOR-TEST" in text(response)
    assert "Infusion" not in text(response), "the front desk reads no kinds"
    for n in range(2):
        booked(p, another(p, n), NINE + n * HOUR)
    with CaptureQueriesContext(connection) as more:
        page(client, "schedule", **asked)
    assert len(more) == len(few) <= 12


def test_a_stranger_sees_nothing_of_it(p, course):
    visit = booked(p, course)
    client = signed_in(p.away["front_desk"])
    assert "OKAFOR-TEST" not in text(page(client, "schedule", day="2026-05-14", moving=visit.pk))
    for name in ("visit-place", "visit-seat", "visit-late"):
        assert page(client, name, visit.pk).status_code == 404
    for name in ("series-show", "series-cancel"):
        assert page(client, name, course.pk).status_code == 404
    assert post(client, "visit-undo-move", visit.pk).status_code == 404
    assert post(client, "series-renumber", course.pk).status_code == 404


def test_the_fragment_answers_304_until_something_changes(p, course):
    client = signed_in(p.front_desk)
    first = page(client, "schedule-fragment", day="2026-05-14")
    tag = first.headers["ETag"]
    address = f"{reverse('followup:schedule-fragment')}?day=2026-05-14"
    assert client.get(address, headers={"if-none-match": tag}).status_code == 304
    booked(p, course)
    assert client.get(address, headers={"if-none-match": tag}).status_code == 200


def test_people_have_a_lane_more_than_they_use_and_absences_are_shown(p, course):
    booked(p, course, nurse=p.nurse)
    absences.note_absence(user=p.colleague, site=p.site, start=NINE, end=NINE + HOUR, by=p.front_desk)
    heads = page(signed_in(p.nurse), "schedule", day="2026-05-14", by="person").context["page"].heads
    assert {title: span for _, title, span in heads}["Nora Nurse"] == 2
    assert "away" in text(page(signed_in(p.nurse), "schedule", day="2026-05-14", by="person"))


def test_a_kept_slot_is_seen_by_everybody_with_its_end(p, course):
    appointments.hold(patient=p.patient, site=p.site, kind="infusion", course=course, starts_at=NINE, by=p.front_desk)
    assert "kept for you" in text(page(signed_in(p.front_desk), "schedule", day="2026-05-14"))
    assert "kept by Fran Desk" in text(page(signed_in(p.nurse), "schedule", day="2026-05-14"))
    assert post(signed_in(p.front_desk), "slot-let-go", p.patient.pk).status_code == 302
    assert "kept" not in text(page(signed_in(p.nurse), "schedule", day="2026-05-14"))


def gap(chair, start=NINE, hours=4):
    return {"start": stamp(start), "end": stamp(start + hours * HOUR), "chair": chair.pk}


def test_a_free_stretch_leads_to_the_patient_and_to_that_very_slot(p, course):
    client, chair = signed_in(p.front_desk), p.site.chairs.last()
    day = text(page(client, "schedule", day="2026-05-14"))
    assert reverse("followup:gap-show") in day
    found = searched(client, reverse("followup:gap-show"), **gap(chair, NINE + HOUR), q="Ngozi")
    assert "OKAFOR-TEST" in text(found)
    booking = client.get(found.context["page"].found[0][1])
    assert booking.context["page"].chosen.startswith("2026-05-14T14:00")
    assert str(chair.pk) in booking.context["page"].chosen
    assert page(client, "gap-show", start="tomorrow").status_code == 422


def test_a_visit_is_moved_into_a_gap_and_taken_back(p, course):
    client, (first, *_, last) = signed_in(p.front_desk), list(p.site.chairs.all())
    visit = booked(p, course, chair=first, nurse=p.nurse)
    looking = text(page(client, "schedule", day="2026-05-14", moving=visit.pk))
    assert "Where to with the visit of" in looking
    assert "put here" in looking
    asked = gap(last, NINE + 2 * HOUR)
    assert "Move it to" in text(page(client, "visit-place", visit.pk, **asked))
    wanted = {"starts_at": stamp(NINE + 2 * HOUR + timedelta(minutes=15)), "version": "1"}
    moved = post(client, "visit-place", visit.pk, data=wanted, **asked)
    assert moved.status_code == 302
    visit.refresh_from_db()
    assert visit.starts_at == NINE + timedelta(hours=2, minutes=15)
    assert ResourceClaim.objects.get(appointment=visit, occupies=True, chair__isnull=False).chair == last
    assert post(client, "visit-place", visit.pk, data=wanted, **asked).status_code == 409
    assert "Take it back" in text(client.get(moved.url))
    assert "Take it back" not in text(signed_in(p.nurse).get(moved.url)), "only who moved it"
    assert post(client, "visit-undo-move", visit.pk).status_code == 302
    visit.refresh_from_db()
    assert visit.starts_at == NINE
    assert ResourceClaim.objects.get(appointment=visit, occupies=True, chair__isnull=False).chair == first
    history = text(page(client, "visit-show", visit.pk))
    assert history.count("Moved from 14-May-2026") == 2


def test_a_move_against_the_spacing_asks_for_a_reason_and_keeps_what_was_typed(p, course):
    client, chair = signed_in(p.front_desk), p.site.chairs.last()
    booked(p, course, NINE)
    second = booked(p, course, NINE + 4 * DAY)
    asked, wanted = gap(chair, NINE + DAY), {"starts_at": stamp(NINE + DAY), "version": "1"}
    refused = post(client, "visit-place", second.pk, data=wanted, **asked)
    assert refused.status_code == 422
    assert "1 day after the one before" in text(refused)
    assert post(client, "visit-place", second.pk, data=wanted | {"reason": "Holiday"}, **asked).status_code == 302


def test_another_chair_by_swapping(p, course):
    client, (one, two, *_) = signed_in(p.front_desk), list(p.site.chairs.all())
    visit, other = booked(p, course, chair=one), booked(p, another(p), chair=two)
    assert "swap with" in text(page(client, "visit-seat", visit.pk))
    assert post(client, "visit-seat", visit.pk).status_code == 422
    assert post(client, "visit-seat", visit.pk, data={"chair": f"visit:{other.pk}"}).status_code == 302
    assert ResourceClaim.objects.get(appointment=visit, occupies=True, chair__isnull=False).chair == two


def test_coming_late_begins_now_or_says_what_is_in_the_way(p, course):
    client, chair = signed_in(p.front_desk), p.site.chairs.first()
    visit = booked(p, course, chair=chair)
    booked(p, another(p), NINE + timedelta(minutes=135), chair=chair)
    with time_machine.travel(NINE + timedelta(minutes=20), tick=False):
        client = signed_in(p.front_desk)
        assert "Has come late" in text(page(client, "schedule"))
        shown = page(client, "visit-late", visit.pk)
        assert "Chair 1 is needed at 11:15" in text(shown)
        free = shown.context["page"].chairs[0][0]
        assert post(client, "visit-late", visit.pk, data={"chair": free, "version": "1"}).status_code == 302
    with time_machine.travel(NINE + 8 * HOUR, tick=False):
        other, client = Appointment.objects.exclude(pk=visit.pk).get(), signed_in(p.front_desk)
        assert "does not fit today" in text(page(client, "visit-late", other.pk))
    assert Appointment.objects.get(pk=visit.pk).state == "arrived"


def test_why_a_visit_ended_is_a_code_for_the_reports(p, course):
    client, visit = signed_in(p.front_desk), booked(p, course)
    wrong = post(client, "visit-cancel", visit.pk, data={"code": "other", "version": "1"})
    assert wrong.status_code == 422
    cancelled = post(client, "visit-cancel", visit.pk, data={"code": "no_ride", "version": "1"})
    assert cancelled.status_code == 302
    visit.refresh_from_db()
    assert (visit.state, visit.end_code) == ("cancelled", "no_ride")
    assert "nobody to take them home" in text(page(client, "visit-show", visit.pk))


def test_nobody_came_and_why(p, course):
    visit = booked(p, course)
    with time_machine.travel(NINE + HOUR, tick=False):
        said = post(signed_in(p.nurse), "visit-no-show", visit.pk, data={"code": "forgot"})
    assert said.status_code == 302
    assert Appointment.objects.get(pk=visit.pk).end_code == "forgot"


def test_a_series_is_one_page_and_its_rest_is_cancelled(p, course):
    client = signed_in(p.front_desk)
    visits = [booked(p, course, NINE + n * DAY) for n in (0, 1, 8)]
    said = text(page(client, "series-show", course.pk))
    assert "0 of 6 visits done, 3 booked, 3 to book" in said
    assert "outside" in said
    assert post(client, "series-cancel", course.pk).status_code == 422
    data = {"code": "life", "since": str(visits[1].pk)}
    assert post(client, "series-cancel", course.pk, data=data).status_code == 302
    assert "Did not take place" in text(page(client, "series-show", course.pk))
    assert Appointment.objects.filter(state="booked").count() == 1


def test_the_dates_of_a_series_are_kept_before_they_are_booked(p, course):
    client, url = signed_in(p.front_desk), reverse("followup:series-book", args=[course.pk])
    data = series_data(client.get(url))
    kept = client.post(url, data | {"keep": "1"})
    assert (kept.status_code, "All these dates are kept for you until" in text(kept)) == (200, True)
    assert Hold.objects.get().claims.filter(occupies=True, chair__isnull=False).count() == 6
    assert client.post(url, data).status_code == 302
    assert Appointment.objects.filter(course=course).count() == 6


ABSENT = {"user": "", "kind": "leave", "first": "2026-05-14", "last": "2026-05-15"}


def test_an_absence_is_noted_with_its_visits_covered_and_called_off(p, course):
    client, visit = signed_in(p.front_desk), booked(p, course, nurse=p.nurse)
    wrong = post(client, "away", data=ABSENT | {"why": "Wedding"})
    assert (wrong.status_code, "Wedding" in text(wrong)) == (422, True)
    assert post(client, "away", data=ABSENT | {"user": str(p.nurse.pk)}).status_code == 302
    absence = StaffAbsence.objects.get()
    assert "1 visit of theirs" in text(page(client, "away"))
    assert post(client, "away", data=ABSENT | {"user": str(p.nurse.pk)}).status_code == 409
    assert post(client, "absence-cover", absence.pk, visit.pk).status_code == 302
    assert "of theirs" not in text(page(client, "away"))
    assert post(signed_in(p.away["front_desk"]), "absence-call-off", absence.pk).status_code == 404
    assert post(client, "absence-call-off", absence.pk).status_code == 302
    assert "Nobody is noted as away" in text(page(client, "away"))


def test_only_the_admin_closes_days(p):
    admin, data = signed_in(p.clinic_admin), {"day": "2026-05-21", "opens": "09:00", "closes": "12:00", "why": "Half"}
    assert post(signed_in(p.front_desk), "day-close", data=data).status_code == 403
    assert post(admin, "day-close", data=data | {"closes": ""}).status_code == 422
    assert post(admin, "day-close", data=data).status_code == 302
    assert "open 09:00 to 12:00" in text(page(admin, "away"))
    assert post(admin, "day-close", data=data).status_code == 409
    assert post(admin, "day-open", ClosedDay.objects.get().pk).status_code == 302
    assert not ClosedDay.objects.exists()
