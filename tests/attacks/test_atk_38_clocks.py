"""ATK-38: a tablet whose clock is a day off, and vitals written back in time: both times are kept, and it shows."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from clinic import clock
from clinic.models import AuditEvent
from sessions import queries
from sessions.actions import When
from sessions.models import Entry
from sessions.rules import offline
from tests.people import people, signed_in
from tests.sessions.scene import Scene
from tests.sessions.screens import begin

pytestmark = pytest.mark.django_db
DAY = 86_400


@pytest.fixture
def scene(monkeypatch):
    begin(monkeypatch, 200)
    return Scene(people()).running()


def newest(scene):
    return Entry.objects.filter(session=scene.session, kind="vitals").order_by("-seq")[0]


def kept(scene):
    """How an entry comes that a tablet kept while it had no network."""
    return {"source": "offline", "tablet": uuid.uuid4(), "ticket": uuid.uuid4(), "sent_by": scene.nurse}


@pytest.mark.parametrize("off", [DAY, -DAY], ids=["a day ahead", "a day behind"])
def test_atk_38_a_tablet_a_day_off_is_corrected_and_both_times_stay(scene, off):
    """What it wrote without network at minute 60 by the true clock, and could send at minute 90."""
    said = scene.at(60) + dt.timedelta(seconds=off)
    written = offline.written_at(said, off, scene.at(90))
    when = When(written, clock_offset_s=off, tablet_at=said, **kept(scene))
    entry = scene.vitals(90, systolic=127, when=when).entry
    assert (entry.observed_at, entry.received_at) == (scene.at(60), scene.at(90))
    assert (entry.tablet_at, entry.clock_offset_s, entry.late) == (said, off, True)
    assert queries.state_of(scene.session, scene.at(95)).last["systolic"].at == scene.at(60)
    assert entry.observed_at <= entry.received_at


def test_atk_38_a_clock_that_was_moved_while_it_waited_is_said(scene):
    assert offline.clock_note(0, 30) == ""
    assert "moved by 3600 s" in offline.clock_note(0, 3600)
    note = offline.clock_note(DAY, 0)
    when = When(scene.at(60), tablet_at=scene.at(60), note=note, **kept(scene))
    entry = scene.vitals(90, when=when).entry
    assert note in entry.reason
    page = signed_in(scene.nurse).get(reverse("sessions:record-show", args=[scene.session.pk])).content.decode()
    assert "clock was moved" in page


def test_atk_38_a_typed_time_back_is_kept_marked_and_shown(scene):
    client, then = signed_in(scene.nurse), clock.now() - dt.timedelta(minutes=100)
    there = reverse("sessions:vitals-record", args=[scene.session.pk])
    typed = f"{then.astimezone(scene.site.zone):%H:%M}"
    body = {"entry_id": str(uuid.uuid4()), "systolic": "127", "diastolic": "80", "observed": typed}
    assert client.post(there, body).status_code == 302
    entry = newest(scene)
    assert (entry.late, entry.observed_at) == (True, then.replace(second=0, microsecond=0))
    assert entry.received_at - entry.observed_at > dt.timedelta(minutes=99)
    page = client.get(reverse("sessions:session-show", args=[scene.session.pk]), {"view": "table", "all": "1"})
    shown = page.content.decode()
    assert f">{typed}<" in shown
    assert f"Saved {entry.received_at.astimezone(scene.site.zone):%H:%M:%S}, {scene.nurse.name}, late entry" in shown
    assert AuditEvent.objects.filter(verb="entry.vitals", subject_id=entry.pk).get().at > entry.observed_at


@pytest.mark.parametrize("ahead", [dt.timedelta(minutes=20), dt.timedelta(hours=11)])
def test_atk_38_a_typed_time_ahead_is_refused_with_all_that_was_typed(scene, ahead):
    then = (clock.now() + ahead).astimezone(scene.site.zone)
    before = Entry.objects.count()
    body = {"entry_id": str(uuid.uuid4()), "systolic": "127", "diastolic": "80", "observed": f"{then:%H:%M}"}
    answer = signed_in(scene.nurse).post(reverse("sessions:vitals-record", args=[scene.session.pk]), body)
    assert (answer.status_code, Entry.objects.count()) == (422, before)
    assert 'value="127"' in answer.content.decode()


def test_atk_38_the_headers_of_a_request_move_no_clock(scene):
    client = signed_in(scene.nurse)
    body = {"entry_id": str(uuid.uuid4()), "systolic": "126", "diastolic": "80", "source": "system"}
    body |= dict.fromkeys(("received_at", "observed_at", "tablet_at"), "2020-01-01T00:00:00Z")
    body |= {"late": "", "clock_offset_s": str(DAY)}
    there = reverse("sessions:vitals-record", args=[scene.session.pk])
    assert client.post(there, body, headers={"date": "Wed, 01 Jan 2020 00:00:00 GMT"}).status_code == 302
    entry = newest(scene)
    assert entry.received_at.year == entry.observed_at.year == clock.now().year
    assert (entry.source, entry.clock_offset_s, entry.recorded_by) == ("typed", 0, scene.nurse)


def test_atk_38_late_news_raises_its_alarm_and_does_not_hide_a_newer_one(scene):
    """A reading back-dated below a calm one is alarmed for the record; the newest value is still the newest."""
    scene.vitals(100, systolic=124)
    recorded = scene.vitals(110, systolic=196, confirmed={"systolic"}, when=When(scene.at(60), source="back_entered"))
    assert [a.detail.level for a in recorded.alarms] == ["alarm"]
    state = queries.state_of(scene.session, scene.at(111))
    assert (state.last["systolic"].value, state.level) == (124, "")
