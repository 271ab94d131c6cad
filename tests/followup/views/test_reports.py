"""The clinic's reports: who has which, what they count, small groups, files, pictures, days typed wrong."""

import csv
import datetime as dt
import io
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clinic.models import AuditEvent, MedicationStatement, StateChange
from followup.presenters.reports import REPORTS
from intake.models import Packet
from sessions.models import Entry, SideEffect
from tests import factories
from tests.followup.conftest import NOW, make_course, make_version
from tests.people import people, signed_in
from tests.standing import standing

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


p = standing(people)


def url(name, *args):
    return reverse(f"followup:{name}", args=args)


def patients(p, count):
    return [factories.patient(at_site=p.site, given_name=f"N{n}", family_name="Report-Test") for n in range(count)]


def visit(p, patient, days_ago, state="done", **fields):
    starts = NOW.replace(hour=15, minute=0) - days_ago * DAY
    return factories.appointment(
        of=patient, at_site=p.site, starts_at=starts, kind="consultation", state=state, booked_at=starts - 10 * DAY,
        **fields,
    )  # fmt: skip


def lines(response):
    return list(csv.DictReader(io.StringIO(response.content.decode())))


def test_the_index_says_what_each_report_answers_and_hides_what_one_may_not_read(p):
    for user, sees_clinical in ((p.nurse, True), (p.prescriber, True), (p.clinic_admin, False)):
        page = signed_in(user).get(url("reports")).content.decode()
        assert "No-shows and visits called off" in page
        assert ("Opioid dose before and after" in page) is sees_clinical
        assert ("Side effects" in page) is sees_clinical


@pytest.mark.parametrize("slug", ["side-effects", "opioids", "unknown"])
def test_what_one_may_not_read_is_not_there(p, slug):
    client = signed_in(p.clinic_admin)
    for address in (url("report-show", slug), url("report-csv", slug, "grades"), url("report-picture", slug, "grades")):
        assert client.get(address).status_code == 404


def test_the_front_desk_has_no_reports(p):
    for address in (url("reports"), url("report-show", "visits"), url("report-csv", "visits", "over-time")):
        assert signed_in(p.front_desk).get(address).status_code == 403


@pytest.mark.parametrize("slug", REPORTS)
def test_an_empty_clinic_says_so_and_looks_are_recorded(p, slug):
    page = signed_in(p.nurse).get(url("report-show", slug))
    assert page.status_code == 200
    assert AuditEvent.objects.filter(verb=f"look report {slug}", is_look=True).count() == 1


def test_days_in_the_wrong_order_are_answered_with_what_was_typed(p):
    page = signed_in(p.nurse).get(url("report-show", "visits"), {"first": "2026-05-10", "last": "2026-05-01"})
    assert page.status_code == 422
    body = page.content.decode()
    assert "The first day is after the last" in body
    assert 'value="2026-05-10"' in body
    for wrong in ({"first": "yesterday"}, {"first": "2010-01-01"}, {"last": "9999-12-31"}):
        assert signed_in(p.nurse).get(url("report-show", "visits"), wrong).status_code == 422
        assert signed_in(p.nurse).get(url("report-csv", "visits", "over-time"), wrong).status_code == 404


def test_no_shows_are_counted_of_visits_that_were_to_take_place(p):
    for n, patient in enumerate(patients(p, 10)):
        visit(p, patient, n + 1, state="no_show" if n < 2 else "done")
    off = visit(p, p.patient, 3, state="cancelled", end_code="ill")
    StateChange.objects.create(
        machine="appointment", subject_id=off.pk, from_state="booked", to_state="cancelled",
        at=off.starts_at - dt.timedelta(hours=3),
    )  # fmt: skip
    visit(p, p.patient, 2, state="booked")
    page = signed_in(p.nurse).get(url("report-show", "visits")).content.decode()
    assert "Missed: 2 of 10 visits (20 %" in page
    assert "1 visit is over and still stand" in page
    rows = lines(signed_in(p.nurse).get(url("report-csv", "visits", "by-kind")))
    assert (rows[0]["kind"], rows[0]["hits"], rows[0]["of"], rows[0]["share"]) == ("Consultation", "2", "10", "0.2")
    reasons = lines(signed_in(p.nurse).get(url("report-csv", "visits", "why-cancelled")))
    assert reasons == [{"reason": "Ill", "visits": "1"}]


def test_a_visit_of_another_site_or_another_time_is_not_in_it(p):
    for n, patient in enumerate(patients(p, 6)):
        visit(p, patient, n + 1)
    factories.appointment(of=p.away_patient, at_site=p.prairie, starts_at=NOW - DAY, state="no_show")
    visit(p, p.patient, 200, state="no_show")
    assert "0 of 6 visits" in signed_in(p.nurse).get(url("report-show", "visits")).content.decode()


def test_the_kind_of_visit_is_not_for_administrators(p):
    for patient in patients(p, 5):
        visit(p, patient, 4)
    page = signed_in(p.clinic_admin).get(url("report-show", "visits")).content.decode()
    assert "by kind of visit" not in page
    assert signed_in(p.clinic_admin).get(url("report-csv", "visits", "by-kind")).status_code == 404


def test_groups_of_fewer_than_five_people_are_nowhere_told(p):
    for n in range(12):
        visit(p, p.patient, n + 1, state="no_show")
    client = signed_in(p.nurse)
    assert "fewer than 5 people: not shown" in client.get(url("report-show", "visits")).content.decode()
    row = lines(client.get(url("report-csv", "visits", "by-lead")))[0]
    assert {value for name, value in row.items() if name != "booked_before"} == {""}
    assert client.get(url("report-picture", "visits", "by-lead")).status_code == 404


def test_a_picture_stands_alone_and_says_what_it_shows(p):
    for patient in patients(p, 5):
        visit(p, patient, 4)
    answer = signed_in(p.nurse).get(url("report-picture", "visits", "over-time"))
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert "attachment" in answer.headers["Content-Disposition"]
    body = answer.content.decode()
    assert body.startswith("<svg xmlns=")
    assert "<title" in body
    assert "<desc" in body
    assert signed_in(p.nurse).get(url("report-picture", "visits", "why-cancelled")).status_code == 404


def test_who_still_waits_is_in_the_wait(p):
    for n, patient in enumerate(patients(p, 6)):
        sent = {"submitted_at": NOW - (20 - n) * DAY, "state": "submitted"} if n < 4 else {"state": "invited"}
        Packet.objects.create(
            patient=patient, site=p.site, reason="pain", made_at=NOW - 30 * DAY, touched_at=NOW, **sent
        )  # fmt: skip
    rows = {row["step"]: row for row in lines(signed_in(p.nurse).get(url("report-csv", "waiting", "steps")))}
    first = rows["Invited to packet sent in"]
    assert (first["n"], first["reached"], first["waiting"], first["median"]) == ("6", "4", "2", "12.0")
    assert "Decision" not in first


def effect(session, nurse, term="nausea", severity="moderate", **fields):
    at = session.started_at
    entry = Entry.objects.create(
        session=session, seq=Entry.objects.filter(session=session).count() + 1, kind="side_effect", observed_at=at,
        received_at=at, recorded_by=nurse, body_hash="x", **fields,
    )  # fmt: skip
    SideEffect.objects.create(entry=entry, term=term, severity=severity)
    return entry


@pytest.fixture
def infused(p):
    version = make_version(p)
    courses = [make_course(p, patient, version=version) for patient in patients(p, 6)]
    return [
        factories.infusion(course=course, on=dt.date(2026, 4, 7 + n), nurse=p.nurse) for n, course in enumerate(courses)
    ]


def test_side_effects_count_once_an_infusion_at_their_worst(p, infused):
    effect(infused[0], p.nurse, severity="mild")
    effect(infused[0], p.nurse, severity="severe")
    wrong = effect(infused[1], p.nurse)
    Entry.objects.create(
        session=infused[1], seq=9, kind="side_effect", role="strike", supersedes=wrong, reason="Wrong chair",
        observed_at=NOW, received_at=NOW, recorded_by=p.nurse, body_hash="x",
    )  # fmt: skip
    factories.diary(
        course=infused[2].course, day=dt.date(2026, 4, 10), at=infused[2].ended_at + DAY, side_effects=["tired"]
    )
    client = signed_in(p.nurse)
    assert (
        "Moderate or severe side effects: 1 of 6 infusions"
        in client.get(url("report-show", "side-effects")).content.decode()
    )
    grades = {row["worst_grade"]: row for row in lines(client.get(url("report-csv", "side-effects", "grades")))}
    assert (grades["Any side effect"]["hits"], grades["Severe"]["hits"], grades["Serious"]["hits"]) == ("1", "1", "0")


def test_the_opioid_dose_after_is_unknown_until_it_was_asked_again(p, infused):
    for n, session in enumerate(infused):
        said = {"patient": session.patient, "source": "patient", "name": "Oxycodone", "ingredient": "oxycodone"}
        old = MedicationStatement.objects.create(said_at=NOW - 60 * DAY, daily_mg=Decimal(40), **said)
        if n < 5:
            old.ended_at = NOW - DAY
            old.save()
            MedicationStatement.objects.create(said_at=NOW - DAY, daily_mg=Decimal(20), **said)
    client = signed_in(p.prescriber)
    page = client.get(url("report-show", "opioids")).content.decode()
    assert "half took 60 mg a day or less then and 30 mg or less after" in page
    doses = lines(client.get(url("report-csv", "opioids", "doses")))
    assert [(row["n"], row["median"]) for row in doses] == [("5", "60.0"), ("5", "30.0"), ("5", "-30.0")]


def test_each_day_has_its_line_and_closed_empty_days_none(p, infused):
    client = signed_in(p.clinic_admin)
    rows = {row["day"]: row for row in lines(client.get(url("report-csv", "days", "days")))}
    assert rows["2026-04-07"]["infusions"] == "1"
    assert rows["2026-04-07"]["day_close"] == ""
    assert "alarms" not in rows["2026-04-07"]
    assert "alarms" in lines(signed_in(p.nurse).get(url("report-csv", "days", "days")))[0]


@pytest.mark.parametrize("slug", REPORTS)
def test_a_report_takes_as_many_queries_for_many_as_for_few(p, infused, slug):
    client, address = signed_in(p.nurse), url("report-show", slug)

    def queries():
        client.get(address)
        with CaptureQueriesContext(connection) as caught:
            client.get(address)
        return len(caught)

    few = queries()
    version = make_version(p)
    for n, patient in enumerate(patients(p, 12)):
        session = factories.infusion(
            course=make_course(p, patient, version=version), on=dt.date(2026, 3, 3 + n), nurse=p.nurse
        )
        effect(session, p.nurse)
        visit(p, patient, n + 1, state="no_show")
    assert queries() == few <= 20
