"""J11: a patient's own page without a password: what to do, visits, diary, papers, messages, the whole record."""

import datetime as dt
import io
import json
import zipfile

import pytest

from clinic import clock
from clinic.actions.documents import keep_document
from clinic.models import Patient
from followup.actions import diary, own_record
from tests import factories
from tests.journeys.clinic import open_clinic

MAIL = "ngozi@tideline.example"


@pytest.fixture
def clinic(live_db, morning_zone):
    """A signed course with a week of diary, a visit in three days, a sheet to read."""
    everyone = open_clinic(morning_zone)
    Patient.objects.filter(pk=everyone.patient.pk).update(email=MAIL)
    everyone.patient.refresh_from_db()
    version = factories.protocol_version(approved_by=everyone.prescriber)
    course = factories.course(
        of=everyone.patient, at_site=everyone.harbor, prescriber=everyone.prescriber, version=version
    )
    today = clock.now().astimezone(everyone.harbor.zone).date()
    for days, pain in enumerate((4, 5, 3, 7, 8, 8), start=1):
        factories.diary(course=course, day=today - dt.timedelta(days=days), pain=pain, mood=10 - pain, sleep=4)
    diary.start_plan(course=course)
    factories.appointment(
        of=everyone.patient, at_site=everyone.harbor, course=course, starts_at=clock.now() + dt.timedelta(days=3)
    )
    keep_document(
        patient=everyone.patient, site=everyone.harbor, kind="education", title="After your visit",
        content=b"%PDF-1.4 a sheet\n", media_type="application/pdf", field_class="clinical", by=everyone.nurse,
    )  # fmt: skip
    return everyone


def test_a_patient_finds_their_own_page_and_everything_in_it(clinic, mailbox, somebody):
    phone = somebody("phone")
    they_ask_for_the_way(phone, mailbox)
    they_come_in(phone, mailbox)
    phone.keeps_picture("own-page-phone", whole=True)
    they_do_what_waits(phone)
    they_confirm_and_ask_to_come_sooner(phone)
    they_read_their_diary(phone)
    they_get_their_whole_record(phone)
    they_close_it(phone)


def they_ask_for_the_way(phone, mailbox):
    phone.opens("/my/ask/")
    phone.types("Your e-mail address", MAIL)
    phone.keeps_picture("own-page-ask-phone")
    phone.presses("Send me the link")
    phone.stands_at("Look into your mail")
    mailbox.delivers()


def they_come_in(phone, mailbox):
    """By link, date of birth, and the code, since this phone is new to us."""
    phone.opens(mailbox.link(MAIL, "your own page"))
    phone.presses("Continue")
    phone.types("Month", "May")
    phone.types("Day", "14", exact=True)
    phone.types("Year", "1980")
    phone.presses("Continue")
    mailbox.delivers()
    phone.types("The six digits", mailbox.code(MAIL))
    phone.presses("Continue")
    phone.stands_at("Hello Ngozi")
    phone.sees("This waits for you:", "Your diary", "A copy of your whole record")


def they_do_what_waits(phone):
    phone.presses("Your diary of today")
    phone.stands_at("How was")
    phone.page.get_by_role("group", name="Your pain").get_by_role("radio").first.check(force=True)
    phone.presses("Send")
    phone.stands_at("Thank you")
    phone.opens("/my/")
    phone.sees("Change your diary of today")


def they_confirm_and_ask_to_come_sooner(phone):
    phone.follows("Confirm, cancel or ask for another time")
    phone.stands_at("Your visits")
    phone.keeps_picture("own-visits-phone", whole=True)
    phone.presses("Yes, I come")
    phone.sees("You have said that you come.")
    phone.follows("Tell me when an earlier time becomes free")
    phone.stands_at("An earlier time")
    phone.keeps_picture("own-sooner-phone", whole=True)
    phone.presses("Tell me")
    phone.sees("We write to you when an earlier time becomes free.")


def they_read_their_diary(phone):
    phone.opens("/my/diary/")
    phone.stands_at("Your diary")
    phone.sees("7 days written so far")
    phone.keeps_picture("own-diary-phone", whole=True)


def they_get_their_whole_record(phone):
    phone.opens("/my/record/")
    phone.presses("Make my copy")
    phone.sees("It will be made in a moment.")
    own_record.make_due()
    phone.sees("Ready:", seconds=10)
    phone.keeps_picture("own-record-phone", whole=True)
    with phone.page.expect_download() as waiting:
        phone.page.get_by_role("link", name="Keep the file").click()
    box = zipfile.ZipFile(io.BytesIO(waiting.value.path().read_bytes()))
    said = {table["table"]: table["rows"] for table in json.loads(box.read("record.json"))["tables"]}
    assert len(said["followup.DiaryEntry"]) == 7
    assert any(name.startswith("papers/") for name in box.namelist())


def they_close_it(phone):
    phone.opens("/my/")
    phone.presses("Close my page on this device")
    phone.stands_at("Your page is closed")
    phone.opens("/my/")
    assert "Hello Ngozi" not in phone.reads()
