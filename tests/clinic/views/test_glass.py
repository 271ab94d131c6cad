"""The pages of emergency looks: what opens through one, what does not, and the banner that says so."""

from datetime import timedelta

import pytest
from django.urls import reverse

from clinic import clock
from clinic.models import AccessReview, AuditEvent, BreakGlass
from tests import factories
from tests.people import people, searched, signed_in
from tests.standing import standing

pytestmark = pytest.mark.django_db
OPEN = "/break-glass/"


everyone = standing(people)


def typed(patient, **but):
    born = patient.born_on
    return {
        "family_name": patient.family_name, "given_name": patient.given_name, "born_on_month": born.month,
        "born_on_day": born.day, "born_on_year": born.year, "why": "emergency",
        "words": "Collapsed in our waiting room.",
    } | but  # fmt: skip


def through(everyone, user=None):
    client = signed_in(user or everyone.nurse)
    answer = client.post(OPEN, typed(everyone.away_patient))
    assert answer.status_code == 302, answer.content.decode()
    return client, answer.headers["Location"]


def text_of(client, address):
    return client.get(address).content.decode()


def test_the_record_opens_to_read_and_every_page_says_so(everyone):
    client, page = through(everyone)
    for address in (page, reverse("clinic:task-list"), "/"):
        answer = client.get(address, follow=True)
        assert answer.status_code == 200
        assert "Emergency look: ELSEWHERE-TEST, Away" in answer.content.decode()
    looks = AuditEvent.objects.filter(verb="look followup:patient-show", user=everyone.nurse)
    glass = BreakGlass.objects.get()
    assert [row.detail for row in looks] == [{"break_glass": str(glass.pk)}]
    assert "Emergency look:" not in text_of(signed_in(everyone.nurse), reverse("clinic:task-list")), "this sign-in only"
    assert signed_in(everyone.nurse).get(page).status_code == 404


def test_it_never_writes_and_never_lists(everyone):
    client, page = through(everyone)
    away = everyone.away_patient
    for name in ("clinic:patient-alerts", "clinic:patient-edit", "followup:visit-book", "followup:waitlist-add"):
        assert client.post(reverse(name, args=[away.pk]), {"words": "x"}).status_code == 404, name
    assert client.get(reverse("clinic:patient-edit", args=[away.pk])).status_code == 404
    found = searched(client, reverse("clinic:patient-find"), q="Elsewhere").content.decode()
    for page in (text_of(client, reverse("clinic:patient-list")), found.replace("&ldquo;Elsewhere", "")):
        said = page.replace("Emergency look: ELSEWHERE-TEST, Away", "")
        assert "Elsewhere-Test" not in said
        assert "ELSEWHERE-TEST" not in said
    other = factories.patient(at_site=everyone.prairie, given_name="Not", family_name="This-Test")
    assert client.get(reverse("followup:patient-show", args=[other.pk])).status_code == 404


def test_the_page_offers_nothing_that_would_be_refused(everyone):
    client, page = through(everyone)
    said = text_of(client, page)
    for words in ("Send the invitation", "Book a visit", "Change details"):
        assert words not in said
    assert "Book a visit" in text_of(client, reverse("followup:patient-show", args=[everyone.patient.pk]))
    found = searched(client, reverse("clinic:patient-find"), q="Nobody-At-All").content.decode()
    assert "Open it as an emergency look" in found


def test_rows_of_the_other_site_open_through_it_and_close_with_it(everyone):
    doctor = everyone.away["prescriber"]
    version = factories.protocol_version(approved_by=doctor)
    course = factories.course(of=everyone.away_patient, at_site=everyone.prairie, prescriber=doctor, version=version)
    page = reverse("followup:course-show", args=[course.pk])
    assert signed_in(everyone.nurse).get(page).status_code == 404
    client, _ = through(everyone)
    assert client.get(page).status_code == 200
    client.post(reverse("clinic:glass-end"))
    assert client.get(page).status_code == 404
    assert "Emergency look:" not in text_of(client, reverse("clinic:task-list"))


def test_it_is_over_with_its_hour_and_with_the_role(everyone, monkeypatch):
    client, page = through(everyone)
    assert client.get(page).status_code == 200
    later = clock.now() + timedelta(minutes=60, seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert client.get(page).status_code in (302, 404)
    monkeypatch.undo()

    client, page = through(everyone, everyone.prescriber)
    everyone.prescriber.memberships.update(role="front_desk")
    assert client.get(page).status_code == 404


def test_a_miss_keeps_what_was_typed_and_says_the_same_for_everyone(everyone):
    client = signed_in(everyone.nurse)
    answers = [
        client.post(OPEN, typed(everyone.away_patient, given_name="Nobody")),
        client.post(OPEN, typed(everyone.away_patient, born_on_year=1950)),
    ]
    for answer in answers:
        assert answer.status_code == 422
        assert "No single record has exactly this name" in answer.content.decode()
        assert "Collapsed in our waiting room." in answer.content.decode()
    assert client.post(OPEN, {}).status_code == 422
    assert not BreakGlass.objects.exists()


@pytest.mark.parametrize(("role", "status"), [("front_desk", 403), ("clinic_admin", 403), ("auditor", 403)])
def test_onc_d6_the_page_is_for_who_treats(everyone, role, status):
    assert signed_in(everyone.by_role(role)).get(OPEN).status_code == status
    assert signed_in(everyone.by_role(role)).post(OPEN, typed(everyone.away_patient)).status_code == status


def test_the_review_shows_what_was_opened_and_can_end_the_look(everyone):
    client, page = through(everyone)
    client.get(page)
    review = AccessReview.objects.get()
    admin = signed_in(everyone.clinic_admin)
    listed = text_of(admin, reverse("clinic:access-review-list"))
    assert "Nora Nurse" in listed
    assert "open now" in listed
    shown = text_of(admin, reverse("clinic:access-review-show", args=[review.pk]))
    assert "patient show" in shown
    assert "Collapsed in our waiting room." in shown
    assert admin.post(reverse("clinic:access-review-end-look", args=[review.pk])).status_code == 302
    assert client.get(page).status_code == 404
    short = {"outcome": "justified", "outcome_words": "ok"}
    assert admin.post(reverse("clinic:access-review-settle", args=[review.pk]), short).status_code == 422
    settled = {"outcome": "justified", "outcome_words": "Spoke with her and with the ward."}
    assert admin.post(reverse("clinic:access-review-settle", args=[review.pk]), settled).status_code == 302
    assert admin.post(reverse("clinic:access-review-settle", args=[review.pk]), settled).status_code == 409


def test_who_has_access_is_listed_checked_and_ended(everyone):
    admin, auditor = signed_in(everyone.clinic_admin), signed_in(everyone.auditor)
    page = text_of(admin, reverse("clinic:access-list"))
    assert "7 people have access" in page
    assert "It is time to go through it" in page
    assert "Dee Parted" not in page
    assert "End the access of" not in text_of(auditor, reverse("clinic:access-list"))
    assert admin.post(reverse("clinic:access-check"), {"words": ""}).status_code == 302
    assert "It is time" not in text_of(admin, reverse("clinic:access-list"))
    there = reverse("clinic:access-end", args=[everyone.colleague.pk])
    assert auditor.get(there).status_code == 403
    assert admin.post(there, {"reason": "Left"}).status_code == 422
    assert admin.post(there, {"reason": "Left", "sure": "on"}).status_code == 302
    assert admin.get(there).status_code == 404
    own = admin.post(reverse("clinic:access-end", args=[everyone.clinic_admin.pk]), {"reason": "x", "sure": "on"})
    assert own.status_code == 422
    assert admin.get(reverse("clinic:access-end", args=[everyone.stranger.pk])).status_code == 404
    rows = auditor.get(reverse("clinic:access-csv"))
    assert rows.headers["Content-Type"].startswith("text/csv")
    assert "Nora Nurse" in rows.content.decode()


def test_lists_ask_the_same_however_many_there_are(everyone, django_assert_max_num_queries):
    for number in range(12):
        factories.member("nurse", at_site=everyone.harbor, name=f"N {number}")
    admin = signed_in(everyone.clinic_admin)
    with django_assert_max_num_queries(18):
        admin.get(reverse("clinic:access-list"))
    with django_assert_max_num_queries(14):
        admin.get(reverse("clinic:access-review-list"))
