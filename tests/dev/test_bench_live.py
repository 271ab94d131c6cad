"""The parts of bench live: watchers that measure from the start of a post, posters that keep their pace."""

import asyncio
import json
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest

from clinic.dev.bench import figures, live, paced, watch

SESSION = "00000000-0000-4000-8000-000000000001"


def watcher(*events, fetches=()):
    """A browser of the watchers that heard these (moment, version), and fetched the fragment from begin to end."""
    heard = watch.Stream()
    for moment, version in events:
        news = json.dumps({"topic": "session", "id": SESSION, "version": version}, separators=(",", ":"))
        heard.pieces.append((moment, f"id: e.1-0\nevent: change\ndata: {news}\n\n".encode()))
    browser = watch.Browser({}, "", fetches=False)
    browser.streams, browser.shown = [heard], list(fetches)
    return browser


def test_watchers_measure_from_the_start_of_each_post_and_count_what_never_came():
    posts = {SESSION: [10.0, 11.0, 12.0]}
    all_heard = watcher((10.5, 7), (11.25, 8), (11.3, 8), (12.125, 9), fetches=[(10.6, 10.7), (11.6, 11.75)])
    told = watch.report([all_heard], posts)
    assert (told["times"], told["lost"]) == ([500.0, 250.0, 125.0], 0)
    assert [round(spent) for spent in told["shown"]] == [700, 750]
    assert watch.report([watcher((10.5, 7))], posts)["lost"] == 2
    assert watch.report([watcher()], posts) | {"driver_cpu": 0} == {
        "times": [], "shown": [], "lost": 3, "reopened": 0, "latest_renewal": 0.0, "driver_cpu": 0
    }  # fmt: skip


def test_an_event_that_came_in_two_pieces_counts_with_the_second_and_a_replayed_one_with_its_first():
    browser = watcher((10.5, 7))
    (_, whole) = browser.streams[0].pieces.pop()
    browser.streams[0].pieces += [(10.5, whole[:40]), (10.75, whole[40:])]
    replayed = watcher((14.0, 7), (14.0, 8))
    browser.streams += replayed.streams
    assert browser.streams[0].last_id() == "e.1-0"
    told = watch.report([browser], {SESSION: [10.0, 11.0]})
    assert (told["times"], told["lost"]) == ([750.0, 3000.0], 0)


def test_a_browser_whose_stream_ended_or_was_refused_opens_it_again_where_it_was(monkeypatch):
    monkeypatch.setattr(watch, "PATIENCE_SECONDS", 0.05)
    asked, open_ones, tickets = [], [], iter(range(9))

    async def stream(reader, writer):
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        asked.append(head.split(" ")[1])
        open_ones.append(writer)
        if len(asked) == 2:
            writer.write(b"HTTP/1.1 503 Service Unavailable\r\n\r\n")
            return
        writer.write(b"HTTP/1.1 200 OK\r\n\r\nid: e.5-0\nevent: hello\ndata: {}\n\n")
        if len(asked) == 1:
            writer.close()

    class Lines:
        async def pages(self, *words):
            return 200, f"set-cookie: live=t{next(tickets)};", b""

        async def stream(self, *words):
            return 204, "", b""

    async def story():
        server = await asyncio.start_server(stream, "127.0.0.1", 0)
        plan = {"host": "127.0.0.1", "stream_port": server.sockets[0].getsockname()[1], "origin": "x", "every": 30}
        browser = watch.Browser(plan, "", fetches=False)
        await browser.open(Lines())
        async with asyncio.timeout(10):
            while len(asked) < 3 or not browser.stream.pieces:
                await asyncio.sleep(0.01)
        browser.keeping.cancel()
        browser.transport.close()
        for writer in open_ones:
            writer.close()
            await writer.wait_closed()
        server.close()
        await server.wait_closed()
        await asyncio.sleep(0.1)  # so that every socket is closed before the loop is
        return browser.reopened

    with ThreadPoolExecutor(1) as thread:  # the browser tests' driver may have a loop in this one
        assert thread.submit(asyncio.run, story()).result(30) == 2
    assert asked == ["/live/stream/", "/live/stream/?since=e.5-0", "/live/stream/?since=e.5-0"]


def test_each_part_stands_for_itself_and_says_why_it_has_no_figures():
    def fails():
        raise figures.BenchFailed("One answer was wrong.")

    assert live._part("_1000", fails, dict) == {"failed_1000": "One answer was wrong."}
    assert live._part("", lambda: {"lost": 0}, dict).keys() == {"lost", "load"}
    assert live._shares({"stream": 1.0}, {"stream": 2.5}, 2) == {"stream": 0.75}


def test_the_posters_keep_their_pace_and_tell_a_wrong_answer(site_url):
    place = urlsplit(site_url)
    fine = {"tag": "live", "method": "GET", "path": "/health/live/", "expect": 200, "of": "one"}
    lanes = [[fine | {"at": 0.0}, fine | {"at": 0.5}], [fine | {"at": 0.25, "path": "/nowhere/"}]]
    told = paced.pace({"host": place.hostname, "port": place.port, "lanes": lanes})
    first, second, third = told["starts"]["one"]
    assert second - first >= 0.2
    assert third - first >= 0.45
    assert told["errors"] == ["live: 404 instead of 200"]


def test_posters_that_fall_a_minute_behind_give_up(monkeypatch, site_url):
    monkeypatch.setattr(paced, "MOST_LATE_SECONDS", -1)
    place = urlsplit(site_url)
    lanes = [[{"tag": "live", "method": "GET", "path": "/health/live/", "expect": 200, "of": "one", "at": 0.0}]]
    told = paced.pace({"host": place.hostname, "port": place.port, "lanes": lanes})
    assert (told["starts"], told["errors"]) == ({}, ["live: 0 s behind the pace"])


def test_the_watchers_wait_for_those_who_are_just_coming_back(monkeypatch):
    monkeypatch.setattr(watch, "BACK_SECONDS", 0.3)
    away, back = watch.Browser({}, "", fetches=False), watch.Browser({}, "", fetches=False)
    away.is_away = True
    begun = time.monotonic()
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, watch._all_back([back, away])).result(30)
    assert time.monotonic() - begun >= 0.3


def test_watchers_that_never_come_in_end_the_run_with_words(monkeypatch):
    async def never(browser, lines):
        await asyncio.sleep(60)

    monkeypatch.setattr(watch, "OPEN_SECONDS", 0.2)
    monkeypatch.setattr(watch.Browser, "open", never)
    with ThreadPoolExecutor(1) as thread, pytest.raises(RuntimeError, match="0 of 2 streams were open"):
        thread.submit(asyncio.run, watch._all_open([watch.Browser({}, "", fetches=False)] * 2, None)).result(30)
