"""The day board: who needs someone first, live, for whom which fields, and never more queries."""

import re
from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from clinic import clock
from clinic.models import Chair, ReadinessAnswer
from sessions.models import AlarmAnswered, InfusionSession
from tests import factories
from tests.people import signed_in
from tests.sessions.screens import begin, in_the_afternoon, seated, url

BOARD = "/board/"
FRAGMENT = "/board/fragment/"


def html_of(user, path=BOARD):
    answer = signed_in(user).get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_who_needs_someone_comes_first(everyone, board):
    alarm, overdue, observing, arrived = board
    html = html_of(everyone.nurse)
    assert "Chair 1 needs someone now" in html
    places = [html.index(s.patient.family_name.upper()) for s in (alarm, overdue, arrived, observing)]
    assert places == sorted(places)


def test_the_alarm_names_value_limit_baseline_and_that_nobody_is_going(everyone, board):
    html = html_of(everyone.nurse)
    assert "Alarm: SpO₂ 88 %" in html
    assert "Limit below 90 · baseline 98" in html
    assert "Nobody is going yet" in html
    assert '<span class="box-alarm">88</span>' in html


def test_an_arrival_lists_what_is_missing_with_links(everyone, board):
    arrived = board[3].session
    html = html_of(everyone.nurse)
    assert url("weight-record", arrived) in html, "the weight comes first, and all that rests on it later"
    assert url("dose-order", arrived) not in html
    assert re.search(r"Not ready: \d missing", html)


def test_i_am_going_is_answered_once_and_names_the_person(everyone, board):
    client, session = signed_in(everyone.colleague), board[0].session
    html = client.get(BOARD).content.decode()
    path = re.search(rf'action="({url("session-show", session)}alarms/[^"]+)"', html)[1]
    data = {"entry_id": re.search(r'name="entry_id" value="([^"]+)"', html)[1], "answer": "going", "next": "board"}
    assert client.post(path, data).headers["Location"] == BOARD
    assert client.post(path, data).status_code == 302
    assert AlarmAnswered.objects.filter(entry__session=session).count() == 1
    html = client.get(BOARD).content.decode()
    assert "Cole League is going to chair 1" in html
    assert "recheck at" in html


def test_only_a_prescriber_decides_an_alarm(everyone, board):
    session = board[0].session
    alarm = session.entries.filter(kind="alarm", alarmraised__level="alarm").get()
    answer = signed_in(everyone.nurse).post(
        url("alarm-answer", session, alarm.pk),
        {"entry_id": "6f3c7f5e-0000-4000-8000-000000000001", "answer": "decided", "text": "accept"},
    )
    assert answer.status_code == 422
    assert "Only a prescriber" in answer.content.decode()


def test_a_fragment_with_nothing_new_is_304(everyone, board):
    client = signed_in(everyone.nurse)
    first = client.get(FRAGMENT)
    assert first.status_code == 200
    assert client.get(FRAGMENT, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    board[1].vitals(41)
    again = client.get(FRAGMENT, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 200
    assert again.headers["ETag"] != first.headers["ETag"]


def test_the_front_desk_sees_no_clinical_field(everyone, board):
    html = html_of(everyone.front_desk)
    assert "ADLER" in html
    said = html.count("Needs a clinician: ask the nurse")
    assert said == 2, "the alarm and the arrival; a set that is due is the nurse's own work"
    for word in ("SpO₂ 88", "box-alarm", "122/78", "Alarm", "Dose order", "Aldrete"):
        assert word not in html


def test_another_clinic_sees_nothing_of_it(everyone, board):
    assert "ADLER" not in html_of(everyone.stranger)


def test_an_empty_site_says_what_will_stand_here(everyone):
    site = factories.site(name="Empty", chairs=0)
    user = factories.member("nurse", at_site=site, name="Alone Nurse")
    assert "This site has no chairs yet" in html_of(user)


def test_the_number_of_queries_does_not_grow(everyone, monkeypatch):
    begin(monkeypatch, 42)
    version = factories.protocol_version(approved_by=everyone.prescriber)
    client = signed_in(everyone.nurse)
    counts = []
    for n, name in enumerate(("One", "Two", "Three")):
        one = seated(everyone, n, name, version)
        one.ready(code=f"V-{n}")
        client.get(BOARD)
        with CaptureQueriesContext(
            connection,
        ) as caught:
            client.get(BOARD)
        counts.append(len(caught))
    assert len(set(counts)) == 1, counts
    assert counts[0] <= 12
    assert InfusionSession.objects.open().count() == 3


def test_check_in_opens_the_session(everyone, scene):
    client = signed_in(everyone.nurse)
    path = f"/board/check-in/{scene.appointment.pk}/"
    assert client.get(path).status_code == 200
    session_url = client.post(path).headers["Location"]
    assert client.get(session_url).status_code == 200
    again = client.post(path)
    assert again.status_code == 422
    assert "checked in already" in again.content.decode()
    assert signed_in(everyone.stranger).get(path).status_code == 404
    assert signed_in(everyone.front_desk).get(path).status_code == 403


def chosen(user, **asked):
    return signed_in(user).get(BOARD, asked).content.decode()


def test_mine_leaves_out_others_but_never_who_calls(everyone, board):
    InfusionSession.objects.filter(pk=board[1].session.pk).update(responsible_nurse=everyone.colleague)
    mine = chosen(everyone.colleague, nurse="mine")
    assert "BAUM" in mine
    assert "ADLER" in mine  # its alarm is unanswered: it asks for anybody
    assert "CELIK" not in mine
    assert "DIETZ" not in mine
    assert "3 other chairs not shown" in mine
    assert "1 arrival not ready" in mine  # the counts are of the whole site
    assert 'aria-current="true">Mine <span class="num">1</span>' in mine
    assert chosen(everyone.nurse, nurse=str(everyone.colleague.pk)).count("BAUM") == mine.count("BAUM")


def test_a_room_leaves_out_the_others_and_is_kept_in_the_address(everyone, board):
    Chair.objects.filter(site=everyone.harbor, label__in=("3", "5")).update(room="Garden")
    Chair.objects.filter(site=everyone.harbor, label="2").update(room="Blue")
    html = chosen(everyone.nurse, room="Garden")
    assert "CELIK" in html
    assert "BAUM" not in html
    assert 'hx-get="/board/fragment/?room=Garden"' in html
    assert 'name="room" value="Garden"' in html
    assert 'href="/board/?nurse=mine&amp;room=Garden"' in html
    assert "Blue" in html


def test_a_filter_nobody_knows_shows_who_calls_and_the_way_back(everyone, board):
    html = chosen(everyone.nurse, nurse="nobody", room="<Cellar>")
    assert "Show all" in html
    assert "ADLER" in html
    assert "<Cellar>" not in html


def test_going_leads_back_to_the_same_choice(everyone, board):
    client = signed_in(everyone.colleague)
    html = client.get(BOARD, {"nurse": "mine"}).content.decode()
    path = re.search(rf'action="({url("session-show", board[0].session)}alarms/[^"]+)"', html)[1]
    data = {"entry_id": re.search(r'name="entry_id" value="([^"]+)"', html)[1], "answer": "going", "next": "board"}
    assert client.post(path, data | {"nurse": "mine", "room": ""}).headers["Location"] == f"{BOARD}?nurse=mine"


def test_only_an_unanswered_alarm_sounds(everyone, board):
    assert 'data-sounds="alarm"' in html_of(everyone.nurse)
    assert 'data-sounds="alarm"' not in html_of(everyone.front_desk)
    alarm = board[0].session.entries.filter(kind="alarm", alarmraised__level="alarm").get()
    answer = {"entry_id": "6f3c7f5e-0000-4000-8000-000000000009", "answer": "going"}
    signed_in(everyone.nurse).post(url("alarm-answer", board[0].session, alarm.pk), answer)
    assert 'data-sounds="alarm"' not in html_of(everyone.nurse)


def test_other_pages_say_which_chair_calls_and_name_nobody(everyone, board):
    client = signed_in(everyone.nurse)
    html = client.get("/board/calls/").content.decode()
    assert "Alarm in chair 1" in html
    assert "Nobody is going yet" in html
    assert 'data-sounds="alarm"' in html
    assert "ADLER" not in html
    own = client.get("/board/calls/", {"here": str(board[0].session.pk)})
    assert "Alarm" not in own.content.decode()
    tag = own.headers["ETag"]
    here = {"here": str(board[0].session.pk)}
    assert client.get("/board/calls/", here, headers={"If-None-Match": tag}).status_code == 304
    assert "Alarm" not in signed_in(everyone.stranger).get("/board/calls/").content.decode()
    assert signed_in(everyone.front_desk).get("/board/calls/").status_code == 403


def later_visit(everyone, board, name):
    """Another patient booked for the evening in chair 1, which is taken now; it is afternoon at the site."""
    in_the_afternoon(everyone.harbor)
    patient = factories.patient(at_site=everyone.harbor, given_name="Late", family_name=name)
    course = factories.course(
        of=patient, at_site=everyone.harbor, prescriber=everyone.prescriber, version=board[0].version
    )
    starts = clock.now().replace(minute=0) + timedelta(hours=3)
    return factories.appointment(
        of=patient, at_site=everyone.harbor, chair=Chair.objects.get(site=everyone.harbor, label="1"), course=course,
        starts_at=starts, number=2,
    )  # fmt: skip


def test_who_comes_later_stands_below_with_readiness(everyone, board):
    visit = later_visit(everyone, board, "Abernathy-Jones-Vandersteen-Whitlock")
    html = html_of(everyone.nurse)
    assert "Later today" in html
    assert "ABERNATHY-JONES-VANDERSTEEN-WHITLOCK" in html
    assert "readiness not answered" in html
    ReadinessAnswer.objects.create(appointment=visit, answers={}, ready=False, answered_at=clock.now())
    assert "said: not ready" in html_of(everyone.nurse)
    assert f"/board/check-in/{visit.pk}/" in html_of(everyone.nurse)
    assert f"/board/check-in/{visit.pk}/" not in html_of(everyone.front_desk)


def test_an_empty_day_says_so(everyone):
    html = html_of(everyone.nurse)
    assert "Nobody is booked in a chair for the rest of today" in html
    assert "No infusion is running" in html


def test_thirty_chairs_take_as_many_queries_as_one(everyone):
    client = signed_in(everyone.nurse)
    counts = []
    for more in (0, 28):
        for n in range(more):
            factories.chair(at_site=everyone.harbor, label=f"C{n}", position=n + 10, room=f"Room {n % 3}")
        client.get(BOARD)
        with CaptureQueriesContext(connection) as caught:
            assert client.get(BOARD).status_code == 200
        counts.append(len(caught))
    assert counts[0] == counts[1] <= 12, counts
