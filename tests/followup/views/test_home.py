"""The patient's own page: what waits for them, the ways on, how they get there, the copy of the whole record."""

import datetime as dt
import io
import json
import zipfile

import pytest

from clinic import clock, links
from clinic.models import AuditEvent, Message, PatientLink
from followup.actions import diary, own_record
from followup.models import DiaryEntry, RecordArchive
from intake.models import Packet
from tests import factories
from tests.people import by_link, signed_in


@pytest.fixture
def client(p):
    return by_link(p.patient, p.site, "home")[0]


@pytest.fixture(autouse=True)
def quick_paper(monkeypatch):
    """What a page looks like as PDF is the business of tests/followup/actions/test_own_record.py."""
    monkeypatch.setattr("followup.archive.pdf", lambda html, **limits: b"%PDF-" + html[:20].encode())


@pytest.fixture
def packet(p):
    at = clock.now()
    return Packet.objects.create(patient=p.patient, site=p.site, reason="pain", made_at=at, touched_at=at)


def test_with_nothing_to_do_it_says_so(client):
    page = client.get("/my/").content.decode()
    assert "There is nothing to do for you just now." in page
    assert "No visit is booked." in page


def test_what_waits_stands_first_and_one_press_leads_there(client, p, packet):
    assert "Fill in your forms" in client.get("/my/").content.decode()
    answer = client.post("/my/go/packet/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/packet/")
    made = PatientLink.objects.get(purpose="packet")
    assert (made.subject_id, made.patient) == (packet.pk, p.patient)
    assert made.expires_at - made.made_at == dt.timedelta(days=1)
    assert client.get(answer.headers["Location"]).status_code == 200


def test_the_diary_of_today_is_asked_for_and_then_may_be_changed(client, pain_course):
    course = pain_course()
    diary.start_plan(course=course)
    assert "Your diary of today" in client.get("/my/").content.decode()
    answer = client.post("/my/go/diary/")
    assert answer.headers["Location"] == "/diary/"
    assert client.get("/diary/").status_code == 200
    day = clock.now().astimezone(course.site.zone).date()
    factories.diary(course=course, day=day, pain=3)
    assert "Change your diary of today" in client.get("/my/").content.decode()


def test_questions_before_a_visit_until_they_are_answered(client, p):
    visit = factories.appointment(of=p.patient, at_site=p.site)
    assert "A few questions before your visit" in client.get("/my/").content.decode()
    client.post("/my/go/readiness/")
    client.post("/readiness/", {"coming": "yes", "well": "yes", "ride": "yes", "new_medicines": "no"})
    visit.refresh_from_db()
    assert visit.state == "confirmed"
    assert "A few questions before your visit" not in client.get("/my/").content.decode()


def test_a_door_that_is_not_there_is_not_found_and_makes_no_link(client):
    assert client.post("/my/go/packet/").status_code == 404
    assert client.post("/my/go/wall/").status_code == 404
    assert client.get("/my/go/stop/").status_code == 405
    assert not PatientLink.objects.exclude(purpose="home").exists()


def test_the_diary_is_a_curve_with_its_table(client, pain_course):
    course = pain_course()
    today = clock.now().astimezone(course.site.zone).date()
    for days, pain in ((3, 8), (2, 0), (1, 5)):
        factories.diary(course=course, day=today - dt.timedelta(days=days), pain=pain, mood=4)
    assert DiaryEntry.objects.count() == 3
    page = client.get("/my/diary/").content.decode()
    assert "tlc-days" in page
    assert "Pain, 0 to 10: first 8, last 5, from 0 to 8." in page
    assert page.count('<td class="nr">0</td>') == 1, "zero is a value"
    assert "3 days written so far" in page
    assert "tlc-days" in client.get("/my/").content.decode()


def test_before_the_second_day_there_is_no_curve(client, pain_course):
    factories.diary(course=pain_course(), day=clock.now().date() - dt.timedelta(days=2), pain=4)
    assert "tlc-days" not in client.get("/my/diary/").content.decode()


def test_papers_visits_and_messages_open_with_the_own_page(client):
    for path in ("/my-documents/", "/my-visits/", "/my-corrections/", "/my-messages/"):
        assert client.get(path).status_code == 200, path


def test_nobody_gets_there_without_its_own_link(p):
    for purpose in ("visits", "documents", "diary"):
        client, _ = by_link(p.patient, p.site, purpose)
        assert client.get("/my/").status_code == 302
        assert client.get("/my/record/").status_code == 302
    assert signed_in(p.prescriber).get("/my/").status_code == 302


def test_closing_it_leaves_nothing_in_the_browser(client):
    assert client.post("/my/leave/").status_code == 200
    assert client.get("/my/").status_code == 302
    assert not any(key.startswith("link") for key in list(client.session.keys()))


# ---- asking for the way
def ask(client, email):
    return client.post("/my/ask/", {"email": email})


def test_the_way_is_mailed_to_everyone_with_this_address_and_nothing_is_told(p, client):
    twin = factories.patient(at_site=p.site, email=p.patient.email.upper())
    guest = signed_in()
    known, unknown = ask(guest, p.patient.email), ask(guest, "nobody@tideline.example")
    assert known.headers["Location"] == unknown.headers["Location"] == "/my/ask/asked/"
    mails = Message.objects.filter(kind="own_page")
    assert {mail.patient_id for mail in mails} == {p.patient.pk, twin.pk}
    assert "a link is on its way" in guest.get("/my/ask/asked/").content.decode()


def test_three_in_a_day_are_enough_and_ten_from_one_place(p):
    guest = signed_in()
    for minute in range(5):
        own_page_asked(p, minute)
    assert Message.objects.filter(kind="own_page").count() == 3
    answers = [ask(guest, f"n{n}@tideline.example").status_code for n in range(12)]
    assert answers.count(429) >= 1


def own_page_asked(p, minute):
    from followup.actions.home import ask_page

    ask_page(email=p.patient.email, at=clock.now() + dt.timedelta(minutes=minute))


def test_staff_mails_the_way_and_says_when_there_is_no_address(p):
    desk = signed_in(p.front_desk)
    path = f"/patients/{p.patient.pk}/own-page/"
    assert desk.post(path).status_code == 302
    assert Message.objects.get(kind="own_page").queued_by == p.front_desk
    type(p.patient).objects.filter(pk=p.patient.pk).update(email="")
    assert "no e-mail address on file" in desk.post(path, follow=True).content.decode()
    assert signed_in(p.stranger).post(path).status_code == 404
    assert signed_in(p.auditor).post(path).status_code == 403


@pytest.mark.parametrize("email", ["", "not an address"])
def test_an_address_that_is_none_is_told_in_place(p, email):
    answer = ask(signed_in(), email)
    assert answer.status_code == 422
    assert email in answer.content.decode()


def test_the_own_page_asks_for_the_code_on_a_device_nobody_knows():
    assert links.PROOFS["home"] == ("born",)
    assert "home" in links.SHOWS_EARLIER


# ---- the copy of everything
def test_a_copy_is_asked_for_made_and_kept_by_its_owner_alone(client, p, pain_course):
    course = pain_course()
    factories.diary(course=course, day=dt.date(2026, 5, 14), pain=0, words="a bad night")
    assert client.post("/my/record/").status_code == 302
    client.post("/my/record/")
    archive = RecordArchive.objects.get()
    assert (archive.state, archive.asked_by) == ("asked", None)
    assert "It will be made in a moment." in client.get("/my/record/").content.decode()
    assert own_record.make_due() == 1
    archive.refresh_from_db()
    assert (archive.state, archive.parts_done, archive.parts) == ("ready", 2, 2)
    assert "Keep the file" in client.get("/my/record/", headers={"HX-Request": "true"}).content.decode()
    answer = client.get(f"/my/record/{archive.pk}/")
    assert answer.headers["Content-Type"] == "application/zip"
    box = zipfile.ZipFile(io.BytesIO(answer.content))
    data = json.loads(box.read("record.json"))
    tables = {table["table"]: table["rows"] for table in data["tables"]}
    assert tables["followup.DiaryEntry"][0]["words"] == "a bad night"
    assert tables["followup.DiaryEntry"][0]["pain"] == 0
    assert tables["clinic.Patient"][0]["family_name"] == "Okafor-Test"
    assert {"READ-ME.txt", "SHA256SUMS.txt", "record.json"} <= set(box.namelist())
    assert Message.objects.filter(kind="record_ready", patient=p.patient).exists()
    stranger, _ = by_link(p.away_patient, p.prairie, "home")
    assert stranger.get(f"/my/record/{archive.pk}/").status_code == 404
    assert AuditEvent.objects.filter(verb="look own record", is_look=True).count() == 1


def test_what_staff_asked_for_is_theirs_and_the_desk_has_none(client, p):
    nurse = signed_in(p.nurse)
    assert nurse.post(f"/patients/{p.patient.pk}/record/").status_code == 302
    own_record.make_due()
    archive = RecordArchive.objects.get()
    page = nurse.get(f"/patients/{p.patient.pk}/record/").content.decode()
    assert "Keep the file" in page
    assert nurse.get(f"/records/{archive.pk}/").status_code == 200
    assert client.get(f"/my/record/{archive.pk}/").status_code == 404
    for somebody, status in ((p.front_desk, 403), (p.clinic_admin, 403), (p.auditor, 403), (p.stranger, 404)):
        assert signed_in(somebody).get(f"/records/{archive.pk}/").status_code == status
        assert signed_in(somebody).get(f"/patients/{p.patient.pk}/record/").status_code == status
    assert not Message.objects.filter(kind="record_ready").exists()


def test_the_page_needs_few_queries(client, p, pain_course, django_assert_max_num_queries):
    course = pain_course()
    factories.diaries(course=course, first=dt.date(2026, 10, 1), pains=[5] * 20)
    for days in range(1, 6):
        factories.appointment(of=p.patient, at_site=p.site, starts_at=clock.now() + dt.timedelta(days=days))
    with django_assert_max_num_queries(40):
        client.get("/my/")
