"""The parts of bench day and pages: forms read as a browser fills them, live pieces, a plan, copies that lie back."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection

from clinic.dev.bench import day, day_drive, day_screens, day_walks, reading
from clinic.dev.bench.multiply import Back, copies, whole
from clinic.dev.bench.place import BenchFailed
from clinic.models import Patient
from intake.models import Packet, PageAnswers
from tests.intake.packets import submitted
from tests.people import people

PAGE = """<form method="get" action="/find/"><input name="q"></form>
<form method="post" action=""><input type="hidden" name="entry_id" value="e1">
<input type="radio" name="cause" value="a"><input type="radio" name="cause" value="b" checked>
<input type="checkbox" name="tick" checked>
<select name="drug"><option value="">-</option><option value="k" selected>Ketamine</option></select>
<textarea name="text">
kept &amp; whole</textarea><input name="none" type="checkbox"><button name="go" value="1">Save</button>
<div class="error-note"><p>Too <b>much</b></p></div><input type="checkbox" name="confirmed" value="rate:4.5"></form>
<input name="beside" value="outside" form="far"><form id="far" method="post" action="/far/"></form>"""


def in_a_loop(work):
    """The result of a coroutine, from a thread of its own: the browsers' driver keeps a loop running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result(60)


def test_a_form_is_filled_as_a_browser_would():
    address, body = reading.filled(PAGE, {"cause": "a", "confirmed": ["x", "y"]}, having="entry_id", path="/here/?a=b")
    assert address == "/here/?a=b"
    assert parse_qs(body, keep_blank_values=True) == {
        "entry_id": ["e1"], "tick": ["on"], "drug": ["k"], "text": ["kept & whole"], "cause": ["a"],
        "confirmed": ["x", "y"],
    }  # fmt: skip


def test_a_form_that_is_not_there_is_an_error():
    with pytest.raises(LookupError, match="No form with nothing at /here/"):
        reading.filled(PAGE, {}, having="nothing", path="/here/?patient=1")


def test_what_is_offered_and_what_is_complained_of():
    assert reading.offered(PAGE, "confirmed") == ["rate:4.5"]
    assert reading.offered(PAGE, "cause") == ["a", "b"]
    assert reading.complaints('<p class="error">Too <b>much</b></p>') == "Too much"


@pytest.mark.parametrize(
    ("news", "wanted"),
    [
        ({"topic": "session", "id": "1"}, True),
        ({"topic": "monitor", "id": "7"}, True),
        ({"topic": "monitor", "id": "8"}, False),
        ({"topic": "schedule", "id": "1"}, False),
    ],
)
def test_a_piece_listens_as_the_page_does(news, wanted):
    piece = day_screens.Piece('<div data-live="session monitor:7" data-version="41" hx-get="/a/?b=1&amp;c=2">')
    assert (piece.path, piece.tag) == ("/a/?b=1&c=2", '"41"')
    assert piece.wants(news) is wanted


def plan_for(address, deeds, **more):
    place = urlsplit(address)
    return {
        "host": place.hostname, "port": place.port, "stream_port": 0, "monitor_port": 0, "origin": address, "every": 8,
        "warm": 0, "seconds": 0, "csrf": "c" * 32, "people": [""], "screens": [], "deeds": deeds, "monitors": [],
    } | more  # fmt: skip


def test_the_driver_plays_deeds_at_their_moment_and_tells_a_wrong_answer(site_url, capsys):
    deeds = [
        {"at": 0.3, "who": 0, "walk": "look", "tag": "there", "path": "/health/live/"},
        {"at": 0.0, "who": 0, "walk": "look", "tag": "nowhere", "path": "/nowhere/"},
    ]
    told = in_a_loop(day_drive.Drive(plan_for(site_url, deeds)).run())
    assert {tag for tag, _, _ in told["times"]} == {"there", "nowhere"}
    assert next(at for tag, at, _ in told["times"] if tag == "there") >= 0.3
    assert [error.partition(" answered")[0] for error in told["errors"]] == ["nowhere: GET /nowhere/"]


def test_the_driver_speaks_to_the_listener_as_a_monitor_and_needs_its_word():
    async def play():
        answers = iter((b"\x0bMSA|AA|1\x1c\r", b"\x0bMSA|AE|2\x1c\r"))

        async def hear(reader, writer):
            while await reader.read(100):
                writer.write(next(answers))
            writer.close()

        server = await asyncio.start_server(hear, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        drive = day_drive.Drive(plan_for("http://127.0.0.1:1", [], monitor_port=port))
        await drive.monitor([[0, "MSH|one"], [0, "MSH|two"]])
        server.close()
        await server.wait_closed()
        await asyncio.sleep(0.05)
        return drive

    drive = in_a_loop(play())
    assert drive.done == {"monitor": 1}
    assert len(drive.errors) == 1
    assert drive.errors[0].startswith("monitor: answered")


def test_something_acknowledged_that_is_not_there_is_no_figure(monkeypatch):
    monkeypatch.setattr(day, "_counted", lambda: {"vitals": 5, "diary": 2})
    day._check({"vitals": 1, "diary": 2}, {"vitals": 4})
    with pytest.raises(BenchFailed, match="Acknowledged"):
        day._check({"vitals": 2, "diary": 2}, {"vitals": 4})


def test_the_figures_leave_the_warming_up_out():
    times = [["look", at / 10, 10.0 if at >= 100 else 9000.0] for at in range(400)] + [["monitor", 20, 5000.0]]
    done = {"times": times, "done": {"vitals": 3}, "late_ms": [1.0], "driver_cpu": 1.0, "seconds": 40.0, "reopened": 0}
    said = {"seconds": 30, "warm": 10, "speed": 10}
    figures = day._report(said, done, mails=0, rows=0)
    assert (figures["requests"], figures["per_s"], figures["p99_ms"], figures["errors"]) == (300, 10.0, 10.0, 0)
    assert figures["worst_tag"] == "look"


def test_every_walk_of_the_plan_is_one_the_driver_knows():
    from clinic.dev.bench.day_plan import RATES

    assert set(RATES) - set(day_walks.WALKS) == {"packet"}, "a packet's page is sent as it was prepared"


def test_whole_patients_are_copied_with_all_that_hangs_on_them_and_lie_back(live_db, cluster):
    packet = submitted(people())
    chosen = whole([packet.patient_id])
    assert {Patient, Packet, PageAnswers} <= {model for model, _ in chosen}
    assert not {model.__name__ for model, _ in chosen} & {"PatientLink", "Message", "AuditEvent"}
    connection.close()
    with cluster.superuser(live_db) as cursor:
        copies(cursor, chosen, start=1, count=4, back=Back(days=7, times=2))
    made = Packet.objects.exclude(pk=packet.pk).order_by("-made_at")
    assert [packet.made_at - one.made_at for one in made] == [timedelta(days=n) for n in (7, 7, 14, 14)]
    assert all(one.pages.count() == packet.pages.count() for one in made)
    assert {one.patient.born_on for one in made} == {packet.patient.born_on}
