"""The replay door: once, in order, under the right author and both times; what cannot be taken waits for a human."""

import datetime as dt
import json
import random
import uuid
from decimal import Decimal as D

import pytest
import time_machine

from clinic import clock
from clinic.models import AuditEvent, Task
from clinic.refusal import Conflict, Refused
from sessions import queries, tickets
from sessions.actions import offline as keeping
from sessions.forms.offline import FORMS
from sessions.models import Entry, HeldEntry
from sessions.rules.offline import DOORS
from tests.people import signed_in
from tests.sessions.screens import begin, url

pytestmark = pytest.mark.django_db
SET = {"systolic": "121", "diastolic": "80", "heart_rate": "72", "spo2": "98"}


class Tablet:
    """A tablet with a session's run sheet open since `minute`; it writes, and somebody sends."""

    def __init__(self, scene, *, user=None, minute=15, offset_s=0):
        self.scene, self.user, self.offset_s = scene, user or scene.nurse, offset_s
        self.id = uuid.uuid4()
        self.ticket, _ = tickets.give(user=self.user, session_id=scene.session.pk, tablet=self.id, at=scene.at(minute))

    def writes(self, door, minute, **fields):
        """What the queue keeps of one entry, as it is sent."""
        pairs = [["entry_id", str(uuid.uuid4())], *([name, str(value)] for name, value in fields.items())]
        by_its_clock = self.scene.at(minute) + dt.timedelta(seconds=self.offset_s)
        return {
            "entry_id": pairs[0][1], "door": door, "fields_typed": json.dumps(pairs),
            "tablet_at": by_its_clock.isoformat(), "offset_s": self.offset_s, "offset_now_s": self.offset_s,
            "ticket": self.ticket, "format": 1,
        }  # fmt: skip

    def sends(self, item, *, by=None, tablet=None):
        """The answer to one of them."""
        client = signed_in(by or self.user)
        client.cookies[tickets.COOKIE] = str(tablet or self.id)
        return client.post(url("replay", self.scene.session), item)


def entry(item):
    return Entry.objects.get(pk=item["entry_id"])


def said(response):
    assert response.status_code == 200, response.content
    return response.json()["state"]


def test_every_page_on_the_list_has_its_form():
    assert set(FORMS) == DOORS


def test_it_is_recorded_with_both_times_its_author_and_its_sender(running):
    tablet = Tablet(running)
    item = tablet.writes("vitals", 20, **SET)
    assert said(tablet.sends(item, by=running.other)) == "recorded"
    row = entry(item)
    assert (row.observed_at, row.tablet_at, row.source) == (running.at(20), running.at(20), "offline")
    assert row.received_at > running.at(39)
    assert row.late
    assert (row.recorded_by, row.sent_by, row.tablet) == (running.nurse, running.other, tablet.id)
    assert str(row.ticket) == tickets.read(tablet.ticket).id
    event = AuditEvent.objects.get(subject_id=row.pk, verb="entry.vitals")
    assert (event.user, event.detail) == (running.other, {"author": str(running.nurse.pk), "source": "offline"})


@pytest.mark.parametrize(
    ("door", "fields"),
    [
        ("vitals", SET | {"pain": "3", "missing_resp_rate": "busy"}),
        ("score", {"activity": "2", "respiration": "2"}),
        ("side-effect", {"term": "nausea", "severity": "mild"}),
        ("line", {"action": "checked"}),
        ("note", {"text": "Eyes closed"}),
        ("rate", {"rate_ml_h": "30"}),
        ("pause", {"cause": "toilet"}),
        ("stop", {"volume_ml": "9", "cause": "patient"}),
        ("emergency", {"step": "called"}),
    ],
)
def test_everything_on_the_list_arrives(running, door, fields):
    tablet = Tablet(running)
    item = tablet.writes(door, 20, **fields)
    answer = tablet.sends(item)
    assert said(answer) == "recorded", answer.json()
    assert entry(item).observed_at == running.at(20)
    assert said(tablet.sends(item)) == "known"


@pytest.mark.parametrize("door", ["start", "bolus", "discharge", "sign", "second-check", "nowhere"])
def test_what_needs_the_network_is_held_and_never_carried_out(running, door):
    tablet = Tablet(running)
    item = tablet.writes(door, 20, volume_ml="5", version="1")
    before = Entry.objects.count()
    assert said(tablet.sends(item)) == "held"
    assert (Entry.objects.count(), HeldEntry.objects.get().reasons[0][0]) == (before, "offline.door")


def test_an_answer_lost_after_the_commit_doubles_nothing(running):
    """The page itself had sent it; what waits on the tablet is the same entry, stamped when it was written."""
    tablet = Tablet(running)
    item = tablet.writes("vitals", 39, **SET)
    typed = dict(json.loads(item["fields_typed"]))
    assert signed_in(running.nurse).post(url("vitals-record", running.session), typed).status_code == 302
    assert said(tablet.sends(item)) == "known"
    assert Entry.objects.filter(pk=item["entry_id"], source="typed").count() == 1
    assert HeldEntry.objects.count() == 0


def test_the_same_id_with_another_body_is_kept_for_a_human(running):
    tablet = Tablet(running)
    item = tablet.writes("vitals", 20, **SET)
    tablet.sends(item)
    other = item | {"fields_typed": item["fields_typed"].replace("121", "151")}
    assert said(tablet.sends(other)) == "held"
    assert said(tablet.sends(other)) == "held"
    assert entry(item).detail.systolic == 121
    assert [row.reasons[0][0] for row in HeldEntry.objects.all()] == ["entry.id_taken"]


def test_random_duplicates_and_orders_end_in_the_same_record(running):
    """Whatever the order of arrival and however often: each entry stands once, and the derived record is the same."""
    tablet = Tablet(running)
    items = [tablet.writes("vitals", 16 + n, **SET | {"systolic": str(110 + n)}) for n in range(5)]
    items += [tablet.writes("rate", 21, rate_ml_h="30"), tablet.writes("note", 22, text="Calm")]
    dice = random.Random(7)
    sent = items + dice.choices(items, k=12)
    dice.shuffle(sent)
    answers = [said(tablet.sends(item)) for item in sent]
    assert (answers.count("recorded"), answers.count("known")) == (7, 12)
    at = clock.now()
    state = queries.state_of(running.session, at)
    assert state.last["systolic"].value == 114
    counted = [e for e in state.effective if str(e.pk) in {item["entry_id"] for item in items}]
    assert [str(e.pk) for e in counted] == [item["entry_id"] for item in items]
    assert state.main.rate_ml_h == D("30")


def test_entries_written_after_the_ticket_ran_out_wait_for_a_human(everyone, scene, monkeypatch):
    begin(monkeypatch, 200)
    scene.running()
    tablet = Tablet(scene, minute=15)
    inside, outside = tablet.writes("vitals", 130, **SET), tablet.writes("vitals", 136, **SET)
    assert [said(tablet.sends(one)) for one in (inside, outside)] == ["recorded", "held"]
    held = HeldEntry.objects.get()
    assert (held.author, held.reasons[0][0]) == (scene.nurse, "ticket.expired")
    assert Task.objects.get(dedupe_key=f"held:{held.pk}").state == "open"


@pytest.mark.parametrize("ticket", ["", "forged", "{}"])
def test_without_a_ticket_of_ours_nobody_is_taken_for_the_author(running, ticket):
    tablet = Tablet(running)
    item = tablet.writes("note", 20, text="Whose?") | {"ticket": ticket}
    assert said(tablet.sends(item)) == "held"
    held = HeldEntry.objects.get()
    assert (held.author, held.sent_by, held.reasons[0][0]) == (None, running.nurse, "ticket.unreadable")


def test_a_ticket_carried_to_another_tablet_or_session_does_not_count(running):
    tablet = Tablet(running)
    item = tablet.writes("note", 20, text="Carried")
    assert said(tablet.sends(item, tablet=uuid.uuid4())) == "held"
    elsewhere = tablet.writes("note", 20, text="Elsewhere")
    elsewhere["ticket"], _ = tickets.give(
        user=running.nurse, session_id=uuid.uuid4(), tablet=tablet.id, at=running.at(15)
    )
    assert said(tablet.sends(elsewhere)) == "held"
    assert {code for row in HeldEntry.objects.all() for code, _ in row.reasons} == {"ticket.tablet", "ticket.session"}


def test_a_tablet_that_lost_its_cookie_still_proves_which_one_it_is(running):
    tablet = Tablet(running)
    item = tablet.writes("note", 20, text="Killed") | {"tablet": tickets.proof(tablet.id)}
    assert said(tablet.sends(item, tablet=uuid.uuid4())) == "recorded"
    assert entry(item).tablet == tablet.id
    forged = tablet.writes("note", 21, text="Forged") | {"tablet": "forged"}
    assert said(tablet.sends(forged, tablet=uuid.uuid4())) == "held"


def test_a_session_closed_meanwhile_takes_it_as_a_late_entry(everyone, scene, monkeypatch):
    begin(monkeypatch, 130)
    scene.running()
    tablet = Tablet(scene)
    waiting = [tablet.writes("vitals", 20, **SET), tablet.writes("rate", 21, rate_ml_h="30")]
    scene.stop()
    scene.observed()
    scene.discharge()
    scene.fresh()
    assert [said(tablet.sends(item)) for item in waiting] == ["recorded", "recorded"]
    assert all(entry(item).late for item in waiting)
    assert "has ended" in entry(waiting[1]).reason
    assert scene.fresh().phase == "ended"


def test_a_tablet_whose_clock_is_ahead_keeps_both_times(running):
    tablet = Tablet(running, offset_s=420)
    item = tablet.writes("vitals", 25, **SET)
    assert said(tablet.sends(item)) == "recorded"
    row = entry(item)
    assert (row.observed_at, row.tablet_at, row.clock_offset_s) == (running.at(25), running.at(32), 420)
    page = signed_in(running.nurse).get(url("session-show", running.session)).content.decode()
    assert "written without network, tablet&#x27;s clock off by 420 s, corrected" in page
    moved = tablet.writes("vitals", 26, **SET) | {"offset_now_s": 0}
    tablet.sends(moved)
    assert "clock was moved by 420 s" in entry(moved).reason


def test_a_time_typed_by_hand_counts_and_one_in_the_future_waits(running):
    tablet = Tablet(running)
    zone = running.site.zone
    early = tablet.writes("vitals", 30, **SET, observed=f"{running.at(24).astimezone(zone):%H:%M}")
    ahead = tablet.writes("vitals", 30, **SET, observed=f"{running.at(35).astimezone(zone):%H:%M}")
    assert [said(tablet.sends(item)) for item in (early, ahead)] == ["recorded", "held"]
    assert entry(early).observed_at == running.at(24)


def test_a_rate_up_and_what_the_rules_refuse_are_held(running):
    tablet = Tablet(running)
    up = tablet.writes("rate", 20, rate_ml_h="60")
    odd = tablet.writes("vitals", 20, **SET | {"systolic": "20"})
    empty = tablet.writes("note", 20, text="")
    assert [said(tablet.sends(item)) for item in (up, odd, empty)] == ["held"] * 3
    codes = {code for row in HeldEntry.objects.all() for code, _ in row.reasons}
    assert {"offline.rate_up", "hard.diastolic", "form.text"} <= codes
    assert queries.state_of(running.session).main.rate_ml_h == D("52.5")


def test_who_may_send(running, everyone):
    tablet = Tablet(running)
    item = tablet.writes("note", 20, text="Calm")
    assert tablet.sends(item, by=everyone.front_desk).status_code == 403
    assert tablet.sends(item, by=everyone.stranger).status_code in (403, 404)
    assert said(tablet.sends(item, by=everyone.prescriber)) == "recorded"
    assert entry(item).recorded_by == running.nurse


def test_the_signed_out_are_told_so_and_nothing_is_lost(running, client):
    item = Tablet(running).writes("note", 20, text="Calm")
    htmx = {"HX-Request": "true"}
    assert client.post(url("replay", running.session), item, headers=htmx).status_code == 401
    assert client.get("/sessions/replay/ready/", headers=htmx).status_code == 401


def test_ready_says_our_clock_and_hands_out_a_token(running):
    with time_machine.travel(running.at(40), tick=False):
        answer = signed_in(running.nurse).get("/sessions/replay/ready/").json()
    assert dt.datetime.fromisoformat(answer["now"]) == running.at(40)
    assert len(answer["csrf"]) > 30


def test_what_cannot_be_read_is_answered_400_and_stays_on_the_tablet(running):
    tablet = Tablet(running)
    item = tablet.writes("note", 20, text="Calm")
    for broken in ({"fields_typed": "no"}, {"fields_typed": "{}"}, {"tablet_at": "soon"}, {"entry_id": "1"}):
        assert tablet.sends(item | broken).status_code == 400
    assert HeldEntry.objects.count() == 0


class TestHeld:
    def held(self, running, **fields):
        tablet = Tablet(running)
        item = tablet.writes("vitals", 20, **SET | {"systolic": "20"} | fields)
        tablet.sends(item, by=running.other)
        return HeldEntry.objects.get(pk=item["entry_id"])

    def test_it_stands_on_the_run_sheet_with_its_reason(self, running):
        held = self.held(running)
        page = signed_in(running.nurse).get(url("session-show", running.session)).content.decode()
        assert "1 entry from a tablet needs your decision" in page
        assert "is not below systolic" in page
        assert url("held-settle", running.session, held.pk) in page

    def test_put_right_it_is_recorded_with_its_own_time_and_author(self, running):
        held = self.held(running)
        client = signed_in(running.doctor)
        assert "Systolic 20" in client.get(url("held-settle", running.session, held.pk)).content.decode()
        typed = SET | {"entry_id": str(held.pk), "systolic": "120"}
        assert client.post(url("held-record", running.session, held.pk), typed).status_code == 302
        row = Entry.objects.get(pk=held.pk)
        assert (row.observed_at, row.recorded_by, row.sent_by) == (running.at(20), running.nurse, running.doctor)
        held.refresh_from_db()
        assert (held.outcome, held.entry, held.settled_by) == ("recorded", row, running.doctor)
        assert Task.objects.get(dedupe_key=f"held:{held.pk}").state == "done"
        assert AuditEvent.objects.filter(verb="entry.recorded", subject_id=held.pk).exists()

    def test_what_is_still_wrong_keeps_what_was_typed(self, running):
        held = self.held(running)
        answer = signed_in(running.nurse).post(
            url("held-record", running.session, held.pk), SET | {"entry_id": str(held.pk), "systolic": "70"}
        )
        assert answer.status_code == 422
        assert 'value="70"' in answer.content.decode()
        assert HeldEntry.objects.waiting().count() == 1

    def test_it_is_set_aside_only_with_a_reason_and_stays_readable(self, running):
        held = self.held(running)
        client = signed_in(running.nurse)
        page = url("held-set-aside", running.session, held.pk)
        assert client.post(page, {"words": " "}).status_code == 422
        assert client.post(page, {"words": "Typed for a drill"}).status_code == 302
        assert client.post(page, {"words": "Again"}).status_code == 409
        assert "Typed for a drill" in client.get(url("held-settle", running.session, held.pk)).content.decode()
        assert not Entry.objects.filter(pk=held.pk).exists()

    def test_a_decision_is_final_and_the_row_is_never_deleted(self, running):
        held = self.held(running)
        with pytest.raises(Refused):
            keeping.set_aside(held=held, words="", by=running.nurse)
        keeping.set_aside(held=held, words="A drill", by=running.nurse)
        with pytest.raises(Conflict):
            keeping.take_in(held=held, record=lambda: None, by=running.nurse)

    def test_strangers_and_the_front_desk_do_not_see_it(self, running, everyone):
        held = self.held(running)
        page = url("held-settle", running.session, held.pk)
        assert signed_in(everyone.stranger).get(page).status_code == 404
        assert signed_in(everyone.front_desk).get(page).status_code == 403


def test_the_run_sheet_leaves_facts_and_a_ticket_but_no_name(running):
    client = signed_in(running.nurse)
    page = client.get(url("session-show", running.session))
    facts = json.loads(page.content.decode().split('id="offline-facts" type="application/json">')[1].split("<")[0])
    fact = facts["sessions"][0]
    ticket = tickets.read(fact["ticket"])
    assert (ticket.user, ticket.session) == (str(running.nurse.pk), str(running.session.pk))
    assert ticket.tablet == page.cookies[tickets.COOKIE].value
    assert (fact["started"], fact["drugs"][0]["rate"], fact["limits"]["spo2"]) == (True, "52.5", ["90", None])
    words = json.dumps(facts).lower()
    assert running.patient.family_name.lower() not in words
    assert running.patient.given_name.lower() not in words
    assert running.patient.record_number.lower() not in words
    assert "httponly" in str(page.cookies[tickets.COOKIE]).lower()


def test_the_shell_and_the_worker_are_the_same_for_everybody(running, client):
    nurse = signed_in(running.nurse)
    nurse.get(url("session-show", running.session))
    for address in ("/sessions/offline/", "/sessions/worker.js"):
        theirs, anyones = nurse.get(address), client.get(address)
        assert theirs.status_code == anyones.status_code == 200
        assert theirs.content == anyones.content
    assert 'data-needed="cause"' in client.get("/sessions/offline/").content.decode()
    script = client.get("/sessions/worker.js")
    assert script.headers["Content-Type"].startswith("text/javascript")
    assert "/sessions/offline/" in script.content.decode()
