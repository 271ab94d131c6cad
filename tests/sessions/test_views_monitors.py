"""The monitor beside the chart, accepting a set, and the pages of devices: through the pages, by role."""

import re
import uuid
from html import unescape

import pytest

from clinic import clock
from sessions.actions import monitors as actions
from sessions.models import Device, Entry, MonitorLook, MonitorSample
from tests import factories
from tests.bedside import by_hand, written
from tests.people import signed_in
from tests.sessions.screens import url

NAMES = {"sender": "MONITORGW|KCLINIC", "unit": "MON-1", "bed": "INF^^CHAIR1^KCLINIC"}
VALUES = {"heart_rate": "84", "spo2": "97", "systolic": "142", "diastolic": "88"}


@pytest.fixture
def device(running, everyone):
    fresh = Device.objects.create(**NAMES, first_heard_at=clock.now(), last_heard_at=clock.now())
    return actions.confirm_device(device=fresh, chair=running.session.chair, by=everyone.nurse)


@pytest.fixture
def sent(device):
    actions.keep(written(VALUES, clock.now()), address="127.0.0.1")
    return device


@pytest.fixture
def nurse(everyone):
    return signed_in(everyone.nurse)


def form_of(html):
    """What the page of acceptance would send back as it stands."""
    return {
        "entry_id": re.search(r'name="entry_id" value="([^"]+)"', html)[1],
        "shown": re.findall(r'name="shown" value="([^"]+)"', html),
        "samples": re.findall(r'name="samples" value="([^"]+)"[^>]*checked', html),
    }


def test_the_run_sheet_shows_what_the_monitor_reads_as_not_confirmed(sent, nurse, running):
    html = nurse.get(url("session-show", running.session)).content.decode()
    assert "Monitor reads, not confirmed" in html
    assert "142/88" in html


def test_without_a_monitor_the_run_sheet_says_nothing_of_one(nurse, running):
    html = nurse.get(url("session-show", running.session)).content.decode()
    assert "Monitor reads" not in html
    assert f'data-live="monitor:{running.session.pk}"' in html


def test_the_fragment_is_304_until_something_comes(sent, nurse, running):
    path = url("monitor-fragment", running.session)
    first = nurse.get(path)
    assert "142/88" in first.content.decode()
    assert nurse.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 304
    actions.keep(written({"heart_rate": "91"}, clock.now(), number=2))
    assert "91" in nurse.get(path, headers={"If-None-Match": first["ETag"]}).content.decode()


def test_accepting_what_is_shown_puts_it_on_the_chart(sent, nurse, running):
    path = url("monitor-accept", running.session)
    form = form_of(nurse.get(path).content.decode())
    assert len(form["samples"]) == len(form["shown"]) == 4
    actions.keep(written({"heart_rate": "199"}, clock.now(), number=2))
    assert nurse.post(path, form).status_code == 302
    entry = Entry.objects.filter(kind="vitals").order_by("-seq").first()
    assert (entry.source, entry.vitalsreading.heart_rate) == ("monitor", 84)
    again = nurse.get(path).content.decode()
    assert "on the chart already" in again


def test_one_value_can_be_left_out(sent, nurse, running):
    path = url("monitor-accept", running.session)
    form = form_of(nurse.get(path).content.decode())
    form["samples"] = [word for word in form["samples"] if not word.startswith("heart_rate")]
    nurse.post(path, form)
    reading = Entry.objects.filter(kind="vitals").order_by("-seq").first().vitalsreading
    assert (reading.heart_rate, reading.spo2) == (None, 97)


def test_nothing_ticked_or_a_forged_value_is_422(sent, nurse, running):
    path = url("monitor-accept", running.session)
    form = form_of(nurse.get(path).content.decode())
    empty = nurse.post(path, form | {"samples": []})
    assert empty.status_code == 422
    assert "Choose at least one value" in empty.content.decode()
    assert nurse.post(path, form | {"samples": ["spo2:nonsense"]}).status_code == 422
    pulse = str(MonitorSample.objects.get(measure="heart_rate").pk)
    forged = form | {"shown": [f"spo2:{pulse}"], "samples": [f"spo2:{pulse}"]}
    assert nurse.post(path, forged).status_code == 422


def test_an_impossible_pair_is_refused_and_the_ticks_are_kept(device, nurse, running):
    actions.keep(written({"systolic": "40", "diastolic": "90", "spo2": "97"}, clock.now()))
    path = url("monitor-accept", running.session)
    form = form_of(nurse.get(path).content.decode())
    answer = nurse.post(path, form)
    assert answer.status_code == 422
    assert form_of(answer.content.decode()) == form


def test_nobody_but_the_sites_clinicians_sees_or_accepts(sent, running, everyone):
    for name in ("monitor-accept", "monitor-fragment"):
        path = url(name, running.session)
        assert signed_in(everyone.prescriber).get(path).status_code == 200
        assert signed_in(everyone.stranger).get(path).status_code == 404
        for user in (everyone.front_desk, everyone.clinic_admin, everyone.auditor):
            assert signed_in(user).get(path).status_code == 403


def test_a_new_monitor_is_confirmed_moved_and_retired(running, nurse, everyone):
    actions.keep(written(VALUES, clock.now()))
    assert "1 new monitor to confirm" in nurse.get("/monitors/").content.decode()
    device = Device.objects.get()
    path = f"/monitors/{device.pk}/confirm/"
    assert nurse.post(path, {"known": ""}).status_code == 422
    said = {"chair": str(running.session.chair_id), "label": "Window", "known": ""}
    assert nurse.post(path, said).status_code == 302
    assert nurse.post(path, said).status_code == 409
    html = nurse.get("/monitors/").content.decode()
    assert "Window" in html
    assert "Every monitor has its chair" in html
    assert nurse.post(f"/monitors/{device.pk}/retire/").status_code == 302
    assert "Confirm again" in nurse.get("/monitors/").content.decode()


def test_unknown_codes_and_unread_messages_wait_without_their_values(device, everyone):
    lines = "OBX|1|NM|190000^MDC_NEW^MDC||7531|/min|||||R", "OBX|2|NM|150021^^MDC||8642|kPa|||||R"
    actions.keep(by_hand(*lines, at=clock.now()))
    actions.keep(b"nonsense 7531")
    html = signed_in(everyone.clinic_admin).get("/monitors/").content.decode()
    assert "190000^MDC_NEW^MDC" in html
    assert "unknown unit" in html
    assert "There is no header" in html
    assert "7531" not in html
    assert "8642" not in html


def test_the_devices_are_the_sites_own(device, everyone):
    away = signed_in(everyone.stranger)
    assert "MON-1" not in away.get("/monitors/").content.decode()
    for deed in ("confirm", "retire"):
        assert away.get(f"/monitors/{device.pk}/{deed}/").status_code == 404
        assert signed_in(everyone.front_desk).get(f"/monitors/{device.pk}/{deed}/").status_code == 403


def test_the_list_asks_the_same_number_of_questions_however_long(device, nurse, django_assert_max_num_queries):
    for n in range(12):
        chair = factories.chair(at_site=device.site, label=f"M{n}", position=20 + n)
        one = Device.objects.create(sender="GW", unit=f"U{n}", first_heard_at=clock.now(), last_heard_at=clock.now())
        if n % 2:
            actions.confirm_device(device=one, chair=chair, by=device.confirmed_by)
    nurse.get("/monitors/")
    with django_assert_max_num_queries(16):
        nurse.get("/monitors/")


def test_the_board_shows_what_is_not_confirmed_to_clinicians_only(sent, nurse, running, everyone):
    assert "Monitor reads BP 142/88, HR 84, SpO\u2082 97, not confirmed" in nurse.get("/board/").content.decode()
    assert "Monitor reads" not in signed_in(everyone.front_desk).get("/board/").content.decode()
    actions.accept_set(
        session=running.session, entry_id=uuid.uuid4(), by=everyone.nurse,
        samples={s.measure: s for s in MonitorSample.objects.filter(session=running.session)},
    )  # fmt: skip
    assert "Monitor reads" not in nurse.get("/board/").content.decode()


def test_a_look_at_an_unknown_code_takes_it_off_the_list_with_its_words(device, nurse, everyone):
    odd = re.sub(rb"147842\^[^|]*", b"999999^MDC_ODD^MDC", written({"heart_rate": "84"}, clock.now()))
    actions.keep(odd, address="127.0.0.1")
    html = nurse.get("/monitors/").content.decode()
    assert "Values nobody could name" in html
    subject = re.search(r'name="subject" value="([^"]*999999[^"]*)"', html)[1]
    typed = {"about": "code", "subject": unescape(subject), "words": "ST segment, not charted"}
    assert [nurse.post("/monitors/looked-at/", typed).status_code for _ in range(2)] == [302, 302]
    look = MonitorLook.objects.get()
    assert (look.looked_by, look.words) == (everyone.nurse, "ST segment, not charted")
    html = nurse.get("/monitors/").content.decode()
    assert "Values nobody could name" not in html
    assert "ST segment, not charted" in html


def test_a_new_monitor_can_be_looked_at_and_only_by_its_keepers(running, nurse, everyone):
    fresh = Device.objects.create(**NAMES, first_heard_at=clock.now(), last_heard_at=clock.now())
    typed = {"about": "device", "subject": str(fresh.pk), "words": "Of the ward next door"}
    assert nurse.post("/monitors/looked-at/", typed | {"about": "weather"}).status_code == 422
    assert signed_in(everyone.front_desk).post("/monitors/looked-at/", typed).status_code == 403
    assert nurse.post("/monitors/looked-at/", typed).status_code == 302
    assert "new monitor" not in nurse.get("/monitors/").content.decode()
