"""The desk's waiting list and the patient's answer to an offered time."""

import datetime as dt

import pytest

from clinic import clock
from followup.actions import offering
from followup.models import FreedSlot, WaitlistEntry, WaitlistOffer
from tests import factories
from tests.people import by_link, signed_in

ADD = {"what": "follow_up", "part": "morning", "notice_hours": "4", "note": "after school"}


@pytest.fixture
def desk(p):
    return signed_in(p.front_desk)


@pytest.fixture
def days(p):
    today = clock.now().astimezone(p.site.zone).date()
    return {"from_day": today.isoformat(), "until_day": (today + dt.timedelta(days=30)).isoformat()}


@pytest.fixture
def offer(p, desk, days):
    """A time in three days that was offered to the patient just now."""
    desk.post(f"/patients/{p.patient.pk}/wait/", ADD | days | {"part": "any"})
    day = clock.now().astimezone(p.site.zone).date() + dt.timedelta(days=3)
    start = dt.datetime.combine(day, dt.time(10), tzinfo=p.site.zone).astimezone(dt.UTC)
    slot = offering.note_freed(
        site=p.site, starts_at=start, ends_at=start + dt.timedelta(minutes=30), in_a_chair=False, by=p.front_desk
    )
    noon = dt.datetime.combine(day - dt.timedelta(days=2), dt.time(12), tzinfo=p.site.zone).astimezone(dt.UTC)
    slot.next_round_at = noon
    slot.save()
    offering.offer_due(at=noon)
    made = WaitlistOffer.objects.get()
    made.expires_at = clock.now() + dt.timedelta(minutes=15)
    made.save()
    return made


def patient_of(p, offer):
    return by_link(p.patient, p.site, "offer", subject_kind="followup.waitlistoffer", subject_id=offer.pk)[0]


def main_of(answer):
    return answer.content.decode().partition("<main")[2]


def test_the_desk_puts_somebody_on_the_list_and_takes_them_off(p, desk, days):
    assert desk.post(f"/patients/{p.patient.pk}/wait/", ADD | days | {"weekdays": ["1"]}).status_code == 302
    page = desk.get("/waitlist/").content.decode()
    assert "1 waits at Harbor clinic" in page
    assert "Tuesday, mornings" in page
    assert "after school" in page
    entry = WaitlistEntry.objects.get()
    assert desk.post(f"/waitlist/{entry.pk}/leave/", {"reason": ""}).status_code == 422
    assert desk.post(f"/waitlist/{entry.pk}/leave/", {"reason": "came"}).status_code == 302
    assert "Nobody waits at Harbor clinic" in desk.get("/waitlist/").content.decode()


def test_what_can_not_be_kept_is_told_in_place_and_the_rest_is_kept(p, desk, days):
    wrong = ADD | days | {"until_day": "2026-01-01", "from_day": "2026-01-01"}
    answer = desk.post(f"/patients/{p.patient.pk}/wait/", wrong)
    assert answer.status_code == 422
    assert "after school" in answer.content.decode()
    assert "The last day has already passed." in answer.content.decode()
    assert not WaitlistEntry.objects.exists()


def test_the_desk_reads_no_clinical_word(p, desk, pain_course, days):
    pain_course()
    page = main_of(desk.get(f"/patients/{p.patient.pk}/wait/"))
    assert "chair visit" in page
    assert "nfusion" not in page
    assert "infusion" in main_of(signed_in(p.nurse).get(f"/patients/{p.patient.pk}/wait/"))


def test_a_chair_visit_of_the_desk_is_an_infusion_while_the_series_has_any_left(p, desk, pain_course, days):
    course = pain_course(planned_number=1)
    path = f"/patients/{p.patient.pk}/wait/"
    assert desk.post(path, ADD | days | {"what": "chair"}).status_code == 302
    assert WaitlistEntry.objects.get().kind == "infusion"
    factories.appointment(of=p.patient, at_site=p.site, course=course, number=1)
    desk.post(path, ADD | days | {"what": "chair"})
    assert set(WaitlistEntry.objects.values_list("kind", flat=True)) == {"infusion", "booster"}


def test_a_free_time_is_offered_by_hand_and_kept_back(p, desk, days):
    tomorrow = (clock.now().astimezone(p.site.zone).date() + dt.timedelta(days=1)).isoformat()
    assert desk.post("/waitlist/offer/", {"day": tomorrow, "time": "", "place": "chair"}).status_code == 422
    assert desk.post("/waitlist/offer/", {"day": "2026-01-05", "time": "10:00", "place": "chair"}).status_code == 422
    assert desk.post("/waitlist/offer/", {"day": tomorrow, "time": "10:00", "place": "chair"}).status_code == 302
    slot = FreedSlot.objects.get()
    assert "nobody yet" in desk.get("/waitlist/").content.decode()
    assert signed_in(p.stranger).post(f"/waitlist/times/{slot.pk}/stop/").status_code == 404
    assert desk.post(f"/waitlist/times/{slot.pk}/stop/").status_code == 302
    assert "no longer offered" in desk.get("/waitlist/").content.decode()


def test_roles_and_strangers(p, desk, days):
    desk.post(f"/patients/{p.patient.pk}/wait/", ADD | days)
    entry = WaitlistEntry.objects.get()
    for path in (f"/waitlist/{entry.pk}/leave/", f"/patients/{p.patient.pk}/wait/"):
        assert signed_in(p.stranger).post(path, {"reason": "x"}).status_code == 404
        assert signed_in(p.auditor).post(path).status_code == 403
    assert signed_in(p.auditor).get("/waitlist/").status_code == 403
    assert "OKAFOR" not in signed_in(p.stranger).get("/waitlist/").content.decode()


def test_the_list_needs_few_queries(p, desk, days, django_assert_max_num_queries):
    for n in range(12):
        other = factories.patient(at_site=p.site, given_name=f"N{n}")
        desk.post(f"/patients/{other.pk}/wait/", ADD | days)
    with django_assert_max_num_queries(24):
        assert "12 wait at Harbor clinic" in desk.get("/waitlist/").content.decode()


def test_yes_books_it_and_the_page_says_so_ever_after(p, offer):
    client = patient_of(p, offer)
    page = client.get("/offer/").content.decode()
    assert "Would you like it?" in page
    offer.refresh_from_db()
    assert offer.state == "open", "looking takes nothing"
    assert client.post("/offer/accept/").status_code == 302
    assert "It is yours" in client.get("/offer/").content.decode()
    assert client.post("/offer/accept/").status_code == 302
    assert p.patient.appointments.get().state == "confirmed"


def test_no_changes_nothing_and_never_again_leaves_the_list(p, offer):
    client = patient_of(p, offer)
    assert client.post("/offer/decline/", {"stop": "1"}).status_code == 302
    assert "Nothing has changed for you." in client.get("/offer/").content.decode()
    assert WaitlistEntry.objects.get().state == "withdrawn"
    assert not p.patient.appointments.exists()


def test_too_late_is_told(p, offer):
    WaitlistOffer.objects.update(expires_at=clock.now())
    client = patient_of(p, offer)
    answer = client.post("/offer/accept/")
    assert answer.status_code == 409
    assert "This question is over" in answer.content.decode()


def test_somebody_faster_is_told(p, offer):
    FreedSlot.objects.update(state="taken", ended_at=clock.now())
    answer = patient_of(p, offer).post("/offer/accept/")
    assert answer.status_code == 409
    assert "This time is taken" in answer.content.decode()


def test_another_patients_offer_is_not_found(p, offer):
    client, _ = by_link(p.away_patient, p.prairie, "offer", subject_kind="followup.waitlistoffer", subject_id=offer.pk)
    assert client.get("/offer/").status_code == 404
    assert client.post("/offer/accept/").status_code == 404
