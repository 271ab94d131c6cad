"""Keeping messages, confirming devices, and putting a set on the chart."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError

from clinic import clock
from clinic.models import AuditEvent, Chair
from clinic.refusal import Conflict, Refused
from sessions.actions import monitors as actions
from sessions.models import AcceptedSample, Device, MonitorSample, RawMessage
from sessions.queries.monitors import newest_of
from tests.bedside import CALM, by_hand, written


@pytest.fixture
def device(running, everyone):
    names = {"sender": "MONITORGW|KCLINIC", "unit": "MON-1", "bed": "INF^^CHAIR1^KCLINIC"}
    fresh = Device.objects.create(**names, first_heard_at=clock.now(), last_heard_at=clock.now())
    return actions.confirm_device(device=fresh, chair=running.session.chair, by=everyone.nurse)


def keep(values=None, *, number=1, at=None, **said):
    return actions.keep(written(values or CALM, at or clock.now(), number=number, **said), address="127.0.0.1")


def newest(running):
    return newest_of(running.session, clock.now())


def accept(running, samples=None, by=None, **said):
    said.setdefault("entry_id", uuid.uuid4())
    chosen = newest(running) if samples is None else samples
    return actions.accept_set(session=running.session, samples=chosen, by=by or running.nurse, **said)


def test_values_of_a_confirmed_monitor_reach_the_session_in_its_chair(running, device):
    kept = keep()
    assert (kept.outcome, kept.created) == ("taken", True)
    assert b"MSA|AA|MON0000001\r" in kept.answer
    assert kept.news == {(running.site.pk, running.session.pk)}
    assert {m: int(s.value) for m, s in newest(running).items()} == {m: int(v) for m, v in CALM.items()}
    assert {s.chair_id for s in MonitorSample.objects.all()} == {running.session.chair_id}


def test_the_same_message_again_is_kept_once_and_acknowledged_again(device):
    at = clock.now()
    first, again = keep(at=at), keep(at=at)
    assert (first.created, again.created) == (True, False)
    assert b"MSA|AA|" in again.answer
    assert RawMessage.objects.filter(control_id="MON0000001").count() == 1
    assert MonitorSample.objects.count() == len(CALM)


def test_a_counter_that_begins_anew_loses_nothing(device):
    keep(at=clock.now() - timedelta(minutes=1))
    assert keep({"heart_rate": "90"}).created
    assert RawMessage.objects.filter(control_id="MON0000001").count() == 2


def test_an_unknown_monitor_is_held_and_belongs_to_nobody(running):
    kept = keep()
    assert (kept.outcome, kept.news) == ("held", set())
    assert Device.objects.get().site is None
    assert MonitorSample.objects.filter(chair__isnull=True, session__isnull=True).count() == len(CALM)
    assert newest(running) == {}


def test_a_monitor_set_to_another_bed_is_another_to_confirm(device):
    assert keep(bed="INF^^CHAIR2^KCLINIC").outcome == "held"
    assert Device.objects.count() == 2


def test_implausible_values_are_kept(running, device):
    keep({"heart_rate": "210", "spo2": "62", "systolic": "40", "diastolic": "90"})
    assert [int(s.value) for s in MonitorSample.objects.order_by("position")] == [210, 62, 40, 90]


def test_what_cannot_be_read_is_kept_and_refused_once(device):
    before = RawMessage.objects.count()
    for _ in range(2):
        assert b"MSA|AR|" in actions.keep(b"\x00\xffnonsense").answer
    assert RawMessage.objects.count() == before + 1
    assert bytes(RawMessage.objects.get(outcome="unreadable").body) == b"\x00\xffnonsense"


def test_other_kinds_and_waveforms(device):
    before = RawMessage.objects.count()
    assert b"MSA|AR|" in actions.keep(by_hand(at=clock.now(), head="ADT^A01")).answer
    assert RawMessage.objects.count() == before + 1
    assert b"MSA|AA|" in actions.keep(by_hand(at=clock.now(), head="ORU^W01")).answer
    assert RawMessage.objects.count() == before + 1


def test_characters_no_column_takes_do_no_harm(running):
    lines = "OBX|1|NM|147842^^MDC||8\x004|/min|||||R", f"OBX|2|NM|{'9' * 500}^\x1bodd^L||{'x' * 500}|{'u' * 500}|||||R"
    kept = actions.keep(by_hand(*lines, at=clock.now()))
    assert kept.outcome == "held"
    assert [s.odd for s in MonitorSample.objects.order_by("position")] == ["not_number", "code"]


def test_a_clock_that_is_off_is_corrected_and_both_times_are_kept(running, device):
    at = clock.now()
    keep(at=at + timedelta(hours=1))
    sample = MonitorSample.objects.first()
    assert abs(sample.clock_offset_s - 3600) <= 2
    assert abs((sample.device_at - at).total_seconds() - 3600) < 2
    assert abs((sample.observed_at - at).total_seconds()) < 3
    device.refresh_from_db()
    assert abs(device.clock_offset_s - 3600) <= 2
    entry = accept(running).entry
    assert entry.clock_offset_s == sample.clock_offset_s
    assert abs((entry.observed_at - at).total_seconds()) < 3


def test_a_late_message_keeps_its_time(running, device):
    keep(number=1)
    later = clock.now() + timedelta(minutes=8)
    actions.keep(written({"heart_rate": "99"}, clock.now() + timedelta(minutes=2), number=2), at=later)
    late = MonitorSample.objects.get(text="99")
    assert late.clock_offset_s == 0
    assert late.observed_at == late.device_at


def test_a_set_goes_on_the_chart_with_its_samples(running, device):
    at = clock.now().replace(microsecond=0)
    keep(at=at, times={"systolic": at - timedelta(minutes=3), "diastolic": at - timedelta(minutes=3)})
    recorded = accept(running)
    reading = recorded.entry.vitalsreading
    assert (reading.systolic, reading.diastolic, reading.heart_rate, reading.spo2) == (142, 88, 84, 97)
    assert (recorded.entry.source, recorded.entry.recorded_by) == ("monitor", running.nurse)
    assert reading.cuff_at == at - timedelta(minutes=3)
    assert recorded.entry.observed_at == at
    assert AcceptedSample.objects.filter(entry=recorded.entry).count() == 4
    assert AuditEvent.objects.filter(verb="entry.vitals", subject_id=recorded.entry.pk).count() == 1
    assert all(s.is_charted for s in newest(running).values())


def test_accepting_twice_records_once_and_another_body_is_a_conflict(running, device):
    keep()
    chosen, ident = newest(running), uuid.uuid4()
    assert [accept(running, chosen, entry_id=ident).created for _ in range(2)] == [True, False]
    assert AcceptedSample.objects.count() == 4
    with pytest.raises(Conflict):
        accept(running, {"spo2": chosen["spo2"]}, entry_id=ident)


def test_an_alarming_value_is_not_asked_back_and_alarms(running, device):
    keep({"spo2": "62"})
    assert [a.alarmraised.measure for a in accept(running).alarms] == ["spo2"]


def test_impossible_values_are_refused_by_name_and_stay_samples(running, device):
    keep({"systolic": "40", "diastolic": "90", "heart_rate": "80"})
    with pytest.raises(Refused) as refused:
        accept(running)
    assert "hard.diastolic" in [i.code for i in refused.value.items]
    assert accept(running, {"heart_rate": newest(running)["heart_rate"]}).created


def test_only_clinicians_of_the_site_accept(running, device, everyone):
    keep()
    for user in (everyone.front_desk, everyone.clinic_admin, everyone.stranger):
        with pytest.raises(Refused):
            accept(running, by=user)


def test_nothing_or_the_wrong_thing_is_refused(running, device):
    keep()
    found = newest(running)
    for chosen in ({}, {"spo2": found["heart_rate"]}):
        with pytest.raises(Refused):
            accept(running, chosen)


def test_confirming_is_audited_and_a_stale_page_conflicts(device, everyone, running):
    assert AuditEvent.objects.filter(verb="device.confirmed", subject_id=device.pk).count() == 1
    with pytest.raises(Conflict):
        actions.confirm_device(device=device, chair=running.session.chair, by=everyone.nurse, known="")


def test_only_the_sites_own_people_confirm_and_only_to_its_chairs(device, everyone):
    away = Chair.objects.filter(site=everyone.prairie).first() or Chair.objects.create(site=everyone.prairie, label="9")
    for user, chair in (
        (everyone.front_desk, device.chair),
        (everyone.stranger, device.chair),
        (everyone.stranger, away),
    ):
        with pytest.raises(Refused):
            actions.confirm_device(device=device, chair=chair, by=user)


def test_a_retired_monitor_writes_to_no_chair_until_it_is_confirmed_again(device, everyone, running):
    for _ in range(2):
        actions.retire_device(device=device, by=everyone.clinic_admin)
    assert AuditEvent.objects.filter(verb="device.retired").count() == 1
    assert keep().outcome == "held"
    actions.confirm_device(device=device, chair=running.session.chair, by=everyone.nurse)
    assert keep(number=2).outcome == "taken"


def test_an_unconfirmed_one_cannot_be_retired(running, everyone):
    keep()
    with pytest.raises(Refused):
        actions.retire_device(device=Device.objects.get(), by=everyone.nurse)


def test_values_that_cannot_be_written_leave_the_message_and_an_error(device, monkeypatch):
    def fail(*args):
        raise IntegrityError

    monkeypatch.setattr(actions, "_sample", fail)
    kept = keep()
    assert b"MSA|AE|" in kept.answer
    assert RawMessage.objects.get(control_id="MON0000001").outcome == "unreadable"
