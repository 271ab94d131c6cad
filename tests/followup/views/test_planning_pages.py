"""The pages of planning: who may open them, what each role reads, stale pages, clashes, query counts."""

import datetime as dt
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clinic import clock
from clinic.actions import appointments
from clinic.models import Appointment, Course, Hold
from tests import factories
from tests.followup.approvals import approved
from tests.people import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(p):
    return factories.protocol_version(approved_by=p.prescriber)


@pytest.fixture
def course(p, version):
    approved(p.patient, site=p.site, by=p.prescriber)
    return factories.course(
        of=p.patient, at_site=p.site, prescriber=p.prescriber, version=version, reason_words="Secret"
    )


def at_hour(p, day=3, hour=9):
    date = clock.now().astimezone(p.site.zone).date() + timedelta(days=day)
    return dt.datetime.combine(date, dt.time(hour), tzinfo=p.site.zone).astimezone(dt.UTC)


def booked(p, course, day=3, hour=9, **asked):
    return appointments.book(
        patient=course.patient, site=p.site, kind="infusion", course=course, starts_at=at_hour(p, day, hour),
        by=p.front_desk, **asked,
    )  # fmt: skip


def someone_else(p, version, n=0):
    patient = factories.patient(at_site=p.site, given_name=f"Other{n}", family_name="Other-Test")
    return factories.course(of=patient, at_site=p.site, prescriber=p.prescriber, version=version)


def page(client, name, *args, **query):
    return client.get(reverse(f"followup:{name}", args=args), query)


def text(response):
    return response.content.decode()


def test_the_patient_page_opens_for_owner_and_colleague_and_not_for_a_stranger(p, course):
    for user in (p.nurse, p.colleague, p.front_desk, p.prescriber, p.clinic_admin, p.auditor):
        assert page(signed_in(user), "patient-show", p.patient.pk).status_code == 200
    assert page(signed_in(p.stranger), "patient-show", p.patient.pk).status_code == 404


def test_the_front_desk_reads_nothing_clinical(p, course):
    booked(p, course)
    clinical = text(page(signed_in(p.nurse), "patient-show", p.patient.pk))
    desk = text(page(signed_in(p.front_desk), "patient-show", p.patient.pk))
    assert "Infusion 1 of 6" in clinical
    assert "mg/kg" in clinical
    for word in ("Infusion", "mg/kg", "Mood", "Allergies", "Secret", "Last sessions"):
        assert word not in desk
    assert "Chair visit" in desk


STEPS = [
    ("front_desk", "Send the packet."),
    ("nurse", "Send the packet."),
]


@pytest.mark.parametrize(("role", "words"), STEPS)
def test_the_one_thing_to_do_for_a_new_patient(p, role, words):
    assert words in text(page(signed_in(p.by_role(role)), "patient-show", p.patient.pk))


def test_the_one_thing_to_do_grows_with_the_record(p, version):
    client = signed_in(p.prescriber)
    approved(p.patient, site=p.site, by=p.prescriber)
    assert "Approved: plan the course." in text(page(client, "patient-show", p.patient.pk))
    fields = {"signed_at": None, "state": "planned"}
    course = factories.course(of=p.patient, at_site=p.site, prescriber=p.prescriber, version=version, **fields)
    assert "The plan waits for its signature." in text(page(client, "patient-show", p.patient.pk))
    Course.objects.filter(pk=course.pk).update(signed_at=clock.now(), state="active")
    assert "Book the series." in text(page(client, "patient-show", p.patient.pk))


def test_the_patient_page_asks_the_same_number_of_queries(p, course):
    client = signed_in(p.nurse)
    url = reverse("followup:patient-show", args=[p.patient.pk])
    booked(p, course)
    before = queries(client, url)
    for day in (6, 9, 12):
        booked(p, course, day=day)
    assert queries(client, url) == before <= 26


def queries(client, url, **query):
    """How many queries the second visit of a page takes (the first writes down, once, who signed in here)."""
    assert client.get(url, query).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url, query).status_code == 200
    return len(captured)


@pytest.mark.parametrize("view", ["day", "week"])
def test_the_schedule_asks_the_same_number_of_queries_for_any_number_of_visits(p, course, version, view):
    client, url = signed_in(p.front_desk), reverse("followup:schedule")
    day = at_hour(p).astimezone(p.site.zone).date()
    booked(p, course)
    before = queries(client, url, day=f"{day}", view=view)
    for n in range(5):
        booked(p, someone_else(p, version, n), hour=9 + 3 * (n // 2))
    assert queries(client, url, day=f"{day}", view=view) == before <= 12


def test_the_schedule_shows_the_day_in_the_site_s_zone(p, course):
    booked(p, course, hour=9, chair=p.site.chairs.first())
    day = at_hour(p).astimezone(p.site.zone).date()
    said = text(page(signed_in(p.front_desk), "schedule", day=f"{day}"))
    assert "OKAFOR-TEST, Ngozi" in said
    assert "09:00" in said
    assert "New York time" in said
    assert "OKAFOR-TEST" not in text(page(signed_in(p.away["front_desk"]), "schedule", day=f"{day}"))


@pytest.mark.parametrize(
    ("day", "status"), [("2126-05-14", 422), ("nonsense", 422), ("2026-05-14", 200), ("0001-01-01", 422)]
)
def test_a_day_that_can_not_be_is_answered_with_words(p, day, status):
    assert page(signed_in(p.front_desk), "schedule", day=day).status_code == status


def slots(client, p, **query):
    response = page(client, "visit-book", p.patient.pk, **query)
    return response.context["page"].slots


def test_a_visit_is_booked_from_a_slot_of_the_page(p, course):
    client = signed_in(p.front_desk)
    day = at_hour(p).astimezone(p.site.zone).date()
    choice = slots(client, p, kind="infusion", day=f"{day}")[0]
    url = reverse("followup:visit-book", args=[p.patient.pk]) + f"?kind=infusion&day={day}"
    response = client.post(url, {"slot": choice.value, "note": "by the window"})
    made = Appointment.objects.get()
    assert response.status_code == 302
    assert (made.starts_at, made.note, made.booked_by) == (choice.offer.starts_at, "by the window", p.front_desk)


def test_a_slot_taken_meanwhile_answers_409_with_alternatives_that_work(p, course, version):
    client = signed_in(p.front_desk)
    day = at_hour(p).astimezone(p.site.zone).date()
    choice = slots(client, p, kind="infusion", day=f"{day}")[0]
    booked(p, someone_else(p, version), hour=8, chair=choice.offer.chair, nurse=p.colleague)
    url = reverse("followup:visit-book", args=[p.patient.pk]) + f"?kind=infusion&day={day}"
    response = client.post(url, {"slot": choice.value, "note": "keep this"})
    assert response.status_code == 409
    assert "is taken" in text(response)
    assert "keep this" in text(response)
    other = response.context["alternatives"][0]
    assert client.post(url, {"slot": other.value}).status_code == 302


@pytest.mark.parametrize(
    "slot", ["", "nonsense", "2026-05-14T09:00:00", "2026-05-14T09:00:00+00:00|x", "9999-12-31T23:59:59+00:00"]
)
def test_a_slot_that_is_none_answers_422(p, course, slot):
    url = reverse("followup:visit-book", args=[p.patient.pk])
    assert signed_in(p.front_desk).post(url, {"slot": slot}).status_code == 422
    assert not Appointment.objects.exists()


def test_choosing_a_slot_keeps_it(p, course):
    client = signed_in(p.front_desk)
    day = at_hour(p).astimezone(p.site.zone).date()
    choice = slots(client, p, kind="infusion", day=f"{day}")[0]
    response = client.post(
        reverse("followup:slot-hold", args=[p.patient.pk]) + f"?kind=infusion&day={day}", {"slot": choice.value}
    )
    assert "Kept for you until" in text(response)
    assert Hold.objects.count() == 1


def test_without_a_signed_course_only_talks_are_offered(p):
    response = page(signed_in(p.front_desk), "visit-book", p.patient.pk)
    assert [kind for kind, _ in response.context["page"].ask.fields["kind"].choices] == [
        "consultation",
        "follow_up",
        "adjunct",
    ]


def test_a_course_whose_approval_is_gone_says_what_is_missing(p, version):
    factories.course(of=p.patient, at_site=p.site, prescriber=p.prescriber, version=version)
    said = text(page(signed_in(p.front_desk), "visit-book", p.patient.pk))
    assert "Not approved yet: ask the prescriber." in said


def series_data(response, **changes):
    forms = response.context["page"].forms
    data = {"row-TOTAL_FORMS": len(forms), "row-INITIAL_FORMS": len(forms)}
    for i, form in enumerate(forms):
        time = form.initial["time"]
        data |= {
            f"row-{i}-day": f"{form.initial['day']}",
            f"row-{i}-time": f"{time:%H:%M}",
            f"row-{i}-chair": "",
            f"row-{i}-nurse": "",
        }
    return data | changes


def test_a_series_is_proposed_and_booked_in_one_step(p, course):
    client = signed_in(p.front_desk)
    response = page(client, "series-book", course.pk)
    assert len(response.context["page"].forms) == 6
    assert "6 dates fit" in text(response)
    booked_now = client.post(reverse("followup:series-book", args=[course.pk]), series_data(response))
    assert booked_now.status_code == 302
    assert Appointment.objects.filter(course=course).count() == 6
    assert "Every visit of this course is booked" in text(page(client, "series-book", course.pk))


def test_the_rest_of_a_series_goes_on_after_what_is_booked(p, course):
    client = signed_in(p.front_desk)
    first = page(client, "series-book", course.pk)
    days = [form.initial["day"] for form in first.context["page"].forms]
    two = series_data(first) | {"row-TOTAL_FORMS": 2, "row-INITIAL_FORMS": 2}
    assert client.post(reverse("followup:series-book", args=[course.pk]), two).status_code == 302
    rest = page(client, "series-book", course.pk)
    assert "4 dates fit" in text(rest)
    assert [form.initial["day"] for form in rest.context["page"].forms] == days[2:]


def test_a_clash_in_a_series_books_nothing_and_its_alternative_books_all(p, course, version):
    client, url = signed_in(p.front_desk), reverse("followup:series-book", args=[course.pk])
    data = series_data(page(client, "series-book", course.pk))
    chair = p.site.chairs.first()
    data["row-1-chair"] = str(chair.pk)
    day = dt.date.fromisoformat(data["row-1-day"])
    start = dt.datetime.combine(day, dt.time.fromisoformat(data["row-1-time"]), tzinfo=p.site.zone)
    appointments.book(
        patient=(other := someone_else(p, version)).patient, site=p.site, kind="infusion", course=other,
        starts_at=start.astimezone(dt.UTC), chair=chair, by=p.front_desk,
    )  # fmt: skip
    response = client.post(url, data)
    assert response.status_code == 409
    assert "Chair 1 is taken" in text(response)
    assert not Appointment.objects.filter(course=course).exists()
    choice = response.context["page"].rows[1][2][0]
    assert client.post(url, data | {"row-1-alternative": choice.value}).status_code == 302
    assert Appointment.objects.filter(course=course).count() == 6


def test_rows_typed_wrong_answer_422_and_keep_what_was_typed(p, course):
    client, url = signed_in(p.front_desk), reverse("followup:series-book", args=[course.pk])
    data = series_data(page(client, "series-book", course.pk))
    response = client.post(url, data | {"row-2-day": "2126-01-01", "row-3-time": "25:99"})
    assert response.status_code == 422
    assert "Check the year: 2126" in text(response)
    assert "25:99" in text(response)


def test_a_series_too_near_asks_for_a_reason(p, course):
    client, url = signed_in(p.front_desk), reverse("followup:series-book", args=[course.pk])
    data = series_data(page(client, "series-book", course.pk))
    data["row-1-day"] = f"{dt.date.fromisoformat(data['row-0-day']) + timedelta(days=1)}"
    response = client.post(url, data)
    assert response.status_code == 422
    assert "Why another spacing" in text(response)


def test_the_rest_of_a_series_shifts_in_one_step(p, course):
    client, url = signed_in(p.front_desk), reverse("followup:series-shift", args=[course.pk])
    for day in (3, 6, 9):
        booked(p, course, day=day)
    before = list(Appointment.objects.filter(course=course).order_by("number").values_list("starts_at", flat=True))
    assert client.post(url, {"days": "0"}).status_code == 422
    assert client.post(url, {"days": "3", "reason": "holiday"}).status_code == 302
    after = list(Appointment.objects.filter(course=course).order_by("number").values_list("starts_at", flat=True))
    assert [
        b.astimezone(p.site.zone).date() - a.astimezone(p.site.zone).date() for a, b in zip(before, after, strict=True)
    ] == [timedelta(days=3)] * 3


def test_one_visit_is_confirmed_moved_and_cancelled(p, course):
    client, visit = signed_in(p.front_desk), booked(p, course)
    assert client.post(reverse("followup:visit-confirm", args=[visit.pk])).status_code == 302
    move = reverse("followup:visit-move", args=[visit.pk])
    choice = client.get(move).context["page"].slots[-1]
    assert client.post(move, {"slot": choice.value, "version": "1"}).status_code == 302
    stale = client.post(move, {"slot": choice.value, "version": "1"})
    assert stale.status_code == 409
    assert "Somebody else changed this visit" in text(stale)
    cancel = reverse("followup:visit-cancel", args=[visit.pk])
    assert client.post(cancel, {"reason": "", "version": "2"}).status_code == 422
    assert client.post(cancel, {"reason": "ill", "version": "2"}).status_code == 302
    assert Appointment.objects.get(pk=visit.pk).state == "cancelled"


def test_deeds_before_their_time_are_refused_in_words(p, course):
    client, visit = signed_in(p.front_desk), booked(p, course)
    for name in ("visit-arrive", "visit-no-show"):
        assert client.post(reverse(f"followup:{name}", args=[visit.pk])).status_code == 422
    assert page(client, "visit-show", visit.pk).status_code == 200


def test_another_clinic_s_ids_are_404(p, course):
    visit, client = booked(p, course), signed_in(p.away["front_desk"])
    for name, pk in [
        ("visit-show", visit.pk),
        ("visit-move", visit.pk),
        ("series-book", course.pk),
        ("series-shift", course.pk),
    ]:
        assert page(client, name, pk).status_code == 404
    for name in ("visit-confirm", "visit-arrive", "visit-no-show", "visit-cancel"):
        assert client.post(reverse(f"followup:{name}", args=[visit.pk])).status_code == 404


PLAN = {"reason": "depression", "goals": "Get up", "dose": "0.5", "planned_number": "6", "spacing_days": "3"}


def test_a_prescriber_plans_and_signs(p, version):
    approved(p.patient, site=p.site, by=p.prescriber)
    client = signed_in(p.prescriber)
    assert "Mood 0.5 mg/kg" in text(page(client, "course-plan", p.patient.pk))
    url = reverse("followup:course-plan", args=[p.patient.pk]) + f"?protocol={version.pk}"
    assert client.get(url).status_code == 200
    wrong = client.post(url, PLAN | {"dose": "5", "goals": "Typed goals"})
    assert wrong.status_code == 422
    assert "outside the protocol" in text(wrong)
    assert "Typed goals" in text(wrong)
    assert client.post(url, PLAN).status_code == 302
    course = Course.objects.get()
    sign = reverse("followup:course-sign", args=[course.pk])
    assert "0.5 mg/kg" in text(client.get(sign)).replace("\u00a0", " ")
    assert client.post(sign, {"version": "9"}).status_code == 409
    assert client.post(sign, {"version": "1"}).status_code == 302
    assert Course.objects.get().signed_at is not None


def test_a_signed_plan_is_changed_with_a_reason_and_signed_anew(p, version):
    approved(p.patient, site=p.site, by=p.prescriber)
    client = signed_in(p.prescriber)
    client.post(reverse("followup:course-plan", args=[p.patient.pk]) + f"?protocol={version.pk}", PLAN)
    course = Course.objects.get()
    client.post(reverse("followup:course-sign", args=[course.pk]), {"version": "1"})
    url = reverse("followup:course-change", args=[course.pk])
    signed = Course.objects.get()
    typed = PLAN | {"version": str(signed.version)}
    assert "Nothing is changed yet" in text(client.post(url, typed | {"why": "Too strong"}))
    without = client.post(url, typed | {"dose": "0.4"})
    assert (without.status_code, 'value="0.4"' in without.content.decode()) == (422, True)
    assert "outside the protocol" in text(client.post(url, typed | {"dose": "5", "why": "x"}))
    assert client.post(url, typed | {"dose": "0.4", "why": "Too strong", "version": "1"}).status_code == 409
    assert client.post(url, typed | {"dose": "0.4", "why": "Too strong"}).status_code == 302
    course.refresh_from_db()
    assert (course.dose, course.version) == (Decimal("0.4"), signed.version + 1)
    assert course.signed_at > signed.signed_at


def test_without_an_approval_the_page_says_so(p, version):
    said = text(page(signed_in(p.prescriber), "course-plan", p.patient.pk))
    assert "No course can be planned yet" in said
    assert "No prescriber has approved treatment yet." in said
