"""Vitals as a plain form: what is refused, what is asked back, what is kept, and that a set is recorded once."""

import re
from datetime import timedelta

import pytest

from clinic import clock
from sessions.models import AlarmRaised, Entry, VitalsReading
from tests.people import signed_in
from tests.sessions.screens import entry, url


@pytest.fixture
def path(running):
    return url("vitals-record", running.session)


@pytest.fixture
def nurse(everyone):
    return signed_in(everyone.nurse)


def newest():
    return VitalsReading.objects.order_by("-entry__seq").first()


def test_a_set_is_saved_with_what_was_typed_and_nothing_else(nurse, path):
    answer = nurse.post(path, entry(systolic="120", diastolic="80", heart_rate="72", spo2="98"))
    assert answer.status_code == 302
    saved = newest()
    assert (saved.systolic, saved.diastolic, saved.heart_rate, saved.spo2) == (120, 80, 72, 98)
    assert (saved.resp_rate, saved.sedation, saved.pain, saved.oxygen) == (None, None, None, "")


def test_sending_it_twice_records_it_once(nurse, path):
    form = entry(systolic="120", diastolic="80")
    before = Entry.objects.filter(kind="vitals").count()
    assert [nurse.post(path, form).status_code for _ in range(2)] == [302, 302]
    assert Entry.objects.filter(kind="vitals").count() == before + 1


def test_the_same_id_with_another_body_is_a_conflict(nurse, path):
    form = entry(systolic="120", diastolic="80")
    nurse.post(path, form)
    answer = nurse.post(path, form | {"systolic": "125"})
    assert answer.status_code == 409
    assert 'value="125"' in answer.content.decode()


def test_the_impossible_is_refused_beside_its_field_and_kept(nurse, path):
    answer = nurse.post(path, entry(systolic="980", diastolic="80", spo2="98"))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "cannot be: it must be between 20 and 350" in html
    assert 'value="980"' in html
    assert 'value="98"' in html
    assert html.startswith("<!doctype html>")
    assert "<title>Error: " in html


def test_the_unlikely_is_asked_back_and_then_saved_with_its_alarm(nurse, path, running):
    form = entry(systolic="120", diastolic="80", spo2="66")
    asked = nurse.post(path, form)
    html = asked.content.decode()
    assert asked.status_code == 422
    assert "SpO2 66 %: is that right?" in html
    assert "66 is right" in html
    assert not Entry.objects.filter(pk=form["entry_id"]).exists()
    token = re.search(r'name="confirmed" value="(spo2:66)"', html)[1]
    assert nurse.post(path, form | {"spo2": "67", "confirmed": token}).status_code == 422
    answer = nurse.post(path, form | {"confirmed": token})
    assert answer.status_code == 302
    assert "vitals/?at=" in answer.headers["Location"]
    assert AlarmRaised.objects.get(measure="spo2").level == "alarm"


def test_a_missed_measure_keeps_its_reason(nurse, path):
    nurse.post(path, entry(heart_rate="70", missing_systolic="cuff", missing_diastolic="cuff"))
    assert newest().missing == {"systolic": "cuff", "diastolic": "cuff"}


def test_an_empty_form_says_what_to_do(nurse, path):
    answer = nurse.post(path, entry())
    assert answer.status_code == 422
    assert "Type at least one value" in answer.content.decode()


def test_zero_is_a_value(nurse, path):
    nurse.post(path, entry(heart_rate="72", pain="0", sedation="0"))
    assert (newest().pain, newest().sedation) == (0, 0)


def test_asleep_and_breathing_seen_counts_as_a_set(nurse, path):
    assert nurse.post(path, entry(seen="asleep", heart_rate="60")).status_code == 302
    assert (newest().asleep, newest().breathing_seen) == (True, True)


def test_a_flow_is_oxygen_and_oxygen_needs_its_flow(nurse, path):
    assert nurse.post(path, entry(spo2="95", oxygen="flow")).status_code == 422
    nurse.post(path, entry(spo2="95", oxygen_flow="2", oxygen_device="nasal prongs"))
    assert (newest().oxygen, newest().oxygen_flow) == ("flow", 2)


def test_the_time_can_be_typed_and_a_late_entry_is_marked(nurse, path, running):
    at = (clock.now() - timedelta(minutes=12)).astimezone(running.site.zone)
    nurse.post(path, entry(heart_rate="72", observed=f"{at:%H%M}"))
    saved = newest().entry
    assert saved.late
    assert f"{saved.observed_at.astimezone(running.site.zone):%H:%M}" == f"{at:%H:%M}"
    assert "late entry" in nurse.get(url("session-show", running.session)).content.decode()


def test_a_future_time_and_words_for_numbers_are_refused(nurse, path, running):
    later = (clock.now() + timedelta(minutes=20)).astimezone(running.site.zone)
    assert nurse.post(path, entry(heart_rate="72", observed=f"{later:%H:%M}")).status_code == 422
    for typed in ("7x", "2575", "12:75"):
        assert nurse.post(path, entry(heart_rate="72", observed=typed)).status_code == 422
    assert nurse.post(path, entry(heart_rate="abc")).status_code == 422


def test_nothing_is_filled_in_and_the_last_values_stand_beside(nurse, path, running):
    running.vitals(30, systolic=142, sedation=-1)
    html = nurse.get(path).content.decode()
    assert "142/78" in html
    assert not re.search(r'name="(systolic|heart_rate|spo2)"[^>]*value="[^"]', html)
    assert "last time" in html
    assert not re.search(r'type="radio"[^>]* checked', html)


def test_it_records_into_an_ended_session_as_late(nurse, path, running):
    running.stop(30, volume_ml="17.5")
    said = {"reason": "x", "advice": "x", "risks": ["drowsy"], "capacity": "able", "line_out": "yes", "form": "signed",
            "printed_name": "x", "told": "x"}  # fmt: skip
    assert nurse.post(url("against-advice", running.session), said).status_code == 302
    assert nurse.post(path, entry(heart_rate="72")).status_code == 302
    assert newest().entry.late
