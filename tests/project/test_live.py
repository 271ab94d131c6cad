"""The live stream: who may hold one, what comes through, and what a browser hears after a gap."""

import asyncio
import contextlib
import json
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import redis

from clinic import live
from clinic.project.live import Application
from clinic.project.streams import KEEPALIVE_SECONDS, RELOAD, STILL_HERE, WAITING_EVENTS, Watcher, order

SITE, OTHER_SITE = "site-a", "site-b"


@pytest.fixture(autouse=True)
def stream_settings(redis_url, settings):
    settings.PAGES_ORIGIN = "http://pages.example"


def ticket(site=SITE, user="u1", session="s1", at=None):
    return live.ticket(user_id=user, site_id=site, session_key=session, now=at or time.time())


class Browser:
    """A browser's connection, spoken to the application without a network."""

    def __init__(self, application, cookie, **headers):
        self.application, self.status, self.text = application, None, ""
        self.over, self.gone, self.heard = False, asyncio.Event(), asyncio.Event()
        origin = {"origin": "http://pages.example"} if "origin" not in headers else {}
        self.headers = {"cookie": f"live={cookie}", **origin, **{k.replace("_", "-"): v for k, v in headers.items()}}

    async def send(self, message):
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.response_headers = {k.decode(): v.decode() for k, v in message["headers"]}
        else:
            self.text += message["body"].decode()
            self.over = not message["more_body"]
        self.heard.set()

    async def receive(self):
        await self.gone.wait()
        return {"type": "http.disconnect"}

    def open(self, path="/live/stream/", method="GET", query=""):
        pairs = [(k.encode(), v.encode()) for k, v in self.headers.items()]
        scope = {"type": "http", "path": path, "method": method, "headers": pairs, "query_string": query.encode()}
        self.task = asyncio.create_task(self.application(scope, self.receive, self.send))
        return self

    async def until(self, words, seconds=5):
        async with asyncio.timeout(seconds):
            while words not in self.text and not self.over:
                self.heard.clear()
                await self.heard.wait()
        return self.text

    def events(self):
        """The events heard, as (name, id, data)."""
        found = []
        for block in self.text.split("\n\n"):
            lines = dict(line.split(": ", 1) for line in block.splitlines() if ": " in line and line[0] != ":")
            if "event" in lines:
                found.append((lines["event"], lines.get("id", ""), json.loads(lines["data"])))
        return found

    async def close(self):
        self.gone.set()
        with contextlib.suppress(asyncio.CancelledError):
            await self.task


def told(story):
    """Run a story with an application of its own."""

    async def whole():
        application = Application()
        try:
            await story(application)
            await asyncio.sleep(0.01)
        finally:
            await application.close()

    with ThreadPoolExecutor(1) as thread:  # the browser tests' driver may have a loop in this one
        thread.submit(asyncio.run, whole()).result(60)


def asked(cookie, path, method="GET", **headers):
    answers = []

    async def story(application):
        browser = Browser(application, cookie, **headers).open(path, method)
        await browser.task
        answers.append(browser.status)

    told(story)
    return answers[0]


def test_a_change_reaches_the_site_and_no_other():
    async def story(application):
        here = Browser(application, ticket()).open()
        there = Browser(application, ticket(OTHER_SITE)).open()
        await here.until("hello")
        await there.until("hello")
        await asyncio.to_thread(live.announce, SITE, "session", "abc", 41)
        await here.until("change")
        await asyncio.sleep(0.1)
        said = here.events()[-1]
        assert (said[0], said[2]) == ("change", {"topic": "session", "id": "abc", "version": 41})
        assert [name for name, _, _ in there.events()] == ["hello"]
        await here.close()
        await there.close()
        assert application.streams.count == 0
        assert application.streams.sites == {}

    told(story)


def test_a_browser_that_comes_back_gets_what_it_missed_once_and_in_order():
    async def story(application):
        first = Browser(application, ticket()).open()
        await first.until("hello")
        last = first.events()[-1][1]
        await first.close()
        for version in range(5):
            await asyncio.to_thread(live.announce, SITE, "session", "abc", version)
        second = Browser(application, ticket(), last_event_id=last).open()
        await second.until('"version":4')
        await asyncio.to_thread(live.announce, SITE, "session", "abc", 5)
        await second.until('"version":5')
        assert [data["version"] for name, _, data in second.events() if name == "change"] == [0, 1, 2, 3, 4, 5]
        await second.close()

    told(story)


@pytest.mark.parametrize("since", ["", "nonsense", "otherepoch.1-0", "x"])
def test_an_unknown_place_means_reload_and_a_first_visit_does_not(since):
    async def story(application):
        browser = Browser(application, ticket(), last_event_id=since).open()
        await browser.until("reload" if since else "hello")
        assert ("reload" in [name for name, _, _ in browser.events()]) is bool(since)
        await browser.close()

    told(story)


def test_a_place_that_was_trimmed_away_means_reload(redis_url):
    async def story(application):
        first = Browser(application, ticket()).open()
        await first.until("hello")
        await asyncio.to_thread(live.announce, SITE, "session", "abc", 1)
        await first.until("change")
        last = first.events()[-1][1]
        await first.close()
        for version in range(3):
            await asyncio.to_thread(live.announce, SITE, "session", "abc", version)
        with redis.from_url(redis_url) as client:
            client.xtrim(live.STREAM.format(site=SITE), maxlen=1, approximate=False)
        second = Browser(application, ticket(), last_event_id=last).open()
        assert "event: reload" in await second.until("reload")
        await second.close()

    told(story)


def test_a_flush_tells_open_pages_to_reload_and_later_changes_still_come(redis_url):
    async def story(application):
        browser = Browser(application, ticket()).open()
        await browser.until("hello")
        with redis.from_url(redis_url) as client:
            client.flushall()
        await browser.until("reload")
        await asyncio.to_thread(live.announce, SITE, "task", "t", 1)
        assert '"topic":"task"' in await browser.until('"topic":"task"')
        await browser.close()

    told(story)


def test_without_renewal_the_stream_ends_and_with_it_it_stays():
    async def story(application):
        nearly_over = time.time() - live.TICKET_SECONDS + 0.4
        left = Browser(application, ticket(at=nearly_over)).open()
        stays = Browser(application, ticket(session="s2", at=nearly_over)).open()
        await left.until("hello")
        await stays.until("hello")
        renewal = Browser(application, ticket(session="s2")).open("/live/renew/", "POST")
        await renewal.task
        assert renewal.status == 204
        await asyncio.wait_for(left.task, 3)
        await asyncio.sleep(0.2)
        assert not stays.over
        await stays.close()
        late = Browser(application, ticket(session="s2")).open("/live/renew/", "POST")
        await late.task
        assert late.status == 404

    told(story)


def test_a_ticket_that_is_forged_old_or_missing_opens_nothing():
    for cookie in ("", "forged", ticket()[:-1] + "x", ticket(at=time.time() - 16)):
        assert asked(cookie, "/live/stream/") == 403
        assert asked(cookie, "/live/renew/", "POST") == 403


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "http://evil.example"}, 403),
        ({"sec_fetch_site": "cross-site"}, 403),
        ({"origin": "http://pages.example", "sec_fetch_site": "same-site"}, 200),
    ],
)
def test_only_our_own_pages_may_ask(headers, status):
    assert asked(ticket(), "/live/health/", **headers) == status


def test_behind_a_proxy_the_origin_must_be_the_host(settings):
    settings.PAGES_ORIGIN = ""
    assert asked(ticket(), "/live/health/", origin="https://a.example", host="a.example") == 200
    assert asked(ticket(), "/live/health/", origin="https://b.example", host="a.example") == 403


@pytest.mark.parametrize(("path", "method"), [("/live/stream/", "POST"), ("/live/renew/", "GET"), ("/x", "GET")])
def test_nothing_else_is_there(path, method):
    assert asked(ticket(), path, method) == 404


def test_no_redis_is_said_and_a_save_never_notices(settings, monkeypatch):
    settings.REDIS_URL = "unix:///nowhere/at/all?db=0"
    monkeypatch.setattr(live, "_quiet_until", 0.0)
    live.announce(SITE, "session", "abc", 1)
    assert live._quiet_until > 0
    assert asked(ticket(), "/live/stream/") == 503


def test_stream_ids_compare_as_numbers():
    assert order("10-2") > order("9-11")
    assert order("10-11") > order("10-2")


def test_who_signs_out_is_cut_off_at_once_and_others_stay():
    async def story(application):
        cookie = ticket()
        leaver = Browser(application, cookie).open()
        elsewhere = Browser(application, ticket(session="s2")).open()
        colleague = Browser(application, ticket(user="u2")).open()
        for browser in (leaver, elsewhere, colleague):
            await browser.until("hello")
        begun = time.monotonic()
        await asyncio.to_thread(live.end, user_id="u1", session_key="s1")
        await asyncio.wait_for(leaver.task, 5)
        assert time.monotonic() - begun < 5
        assert not elsewhere.over
        assert not colleague.over
        again = Browser(application, cookie).open()
        renewal = Browser(application, cookie).open("/live/renew/", "POST")
        await again.task
        await renewal.task
        assert (again.status, renewal.status) == (403, 403)
        await elsewhere.close()
        await colleague.close()

    told(story)


def test_who_loses_a_role_is_cut_off_everywhere_and_opens_again_with_a_new_ticket():
    async def story(application):
        open_ones = [Browser(application, ticket(session=name)).open() for name in ("s1", "s2")]
        for browser in open_ones:
            await browser.until("hello")
        await asyncio.to_thread(live.end, user_id="u1")
        for browser in open_ones:
            await asyncio.wait_for(browser.task, 5)
        await asyncio.sleep(0.02)
        again = Browser(application, ticket()).open()
        assert "hello" in await again.until("hello")
        await again.close()

    told(story)


def test_a_stream_process_that_starts_later_knows_who_was_ended():
    cookie = ticket()
    live.end(user_id="u1", session_key="s1")
    assert asked(cookie, "/live/stream/") == 403
    assert asked(ticket(user="u2"), "/live/renew/", "POST") == 404


def test_a_screen_on_a_wall_hears_of_its_topics_alone():
    async def story(application):
        cookie = live.ticket(user_id="wall", site_id=SITE, session_key="wall", now=time.time(), topics=("session",))
        wall = Browser(application, cookie).open()
        await wall.until("hello")
        last = wall.events()[-1][1]
        for topic in ("work", "session", "test"):
            await asyncio.to_thread(live.announce, SITE, topic, "abc", 1)
        await wall.until("change")
        await asyncio.sleep(0.1)
        assert [data["topic"] for name, _, data in wall.events() if name == "change"] == ["session"]
        await wall.close()
        back = Browser(application, cookie, last_event_id=last).open()
        await back.until("change")
        assert [data["topic"] for name, _, data in back.events() if name == "change"] == ["session"]
        await back.close()

    told(story)


def test_a_page_that_opens_a_new_stream_names_its_place_in_the_address():
    async def story(application):
        first = Browser(application, ticket()).open()
        await first.until("hello")
        last = first.events()[-1][1]
        await first.close()
        await asyncio.to_thread(live.announce, SITE, "session", "abc", 7)
        second = Browser(application, ticket()).open(query=f"since={last}")
        assert '"version":7' in await second.until('"version":7')
        await second.close()

    told(story)


def test_no_redis_when_somebody_is_ended_is_said_and_hinders_nobody(settings, caplog):
    settings.REDIS_URL = "unix:///nowhere/at/all?db=0"
    live.end(user_id="u1")
    assert "not closed at once" in caplog.text


def test_a_crowd_that_comes_back_at_once_is_let_in_and_told_what_it_missed():
    """After a restart of the stream every open page comes back in the same second: more than Redis has lines for."""

    async def story(application):
        first = Browser(application, ticket()).open()
        await first.until("hello")
        last = first.events()[-1][1]
        await first.close()
        await asyncio.to_thread(live.announce, SITE, "session", "abc", 7)
        crowd = [Browser(application, ticket(session=f"s{n}")).open(query=f"since={last}") for n in range(150)]
        for browser in crowd:
            assert '"version":7' in await browser.until('"version":7')
        assert {browser.status for browser in crowd} == {200}
        assert application.streams.count == 150
        for browser in crowd:
            await browser.close()
        assert application.streams.held == {}

    told(story)


def test_news_of_one_moment_goes_to_every_watcher_in_one_piece_and_is_encoded_once():
    async def story(application):
        browsers = [Browser(application, ticket(session=f"s{n}")).open() for n in range(3)]
        for browser in browsers:
            await browser.until("hello")
        site = application.streams.sites[SITE]
        watchers = list(site.watchers)
        events = [site._event(f"{9**15}-{n}", {"t": "task", "n": f'{{"topic":"task","version":{n}}}'}) for n in (0, 1)]
        site._tell(events)
        assert [len(watcher.waiting) for watcher in watchers] == [1, 1, 1]
        assert len({id(watcher.waiting[0]) for watcher in watchers}) == 1
        for browser in browsers:
            await browser.until('"version":1')
            assert [data["version"] for name, _, data in browser.events() if name == "change"] == [0, 1]
            await browser.close()

    told(story)


def test_a_watcher_that_reads_too_slowly_is_told_to_reload():
    watcher = Watcher("h", "u", SITE, until=time.time() + 5)
    for _ in range(WAITING_EVENTS + 1):
        watcher.put(b"x")
    assert watcher.waiting == [RELOAD]


def test_a_quiet_stream_says_that_it_is_there_and_a_lapsed_one_ends():
    now = time.time()
    watcher = Watcher("h", "u", SITE, until=now + 60)
    watcher.look(now + KEEPALIVE_SECONDS - 1)
    assert watcher.waiting == []
    watcher.look(now + KEEPALIVE_SECONDS + 1)
    watcher.look(now + KEEPALIVE_SECONDS + 2)
    assert watcher.waiting == [STILL_HERE]
    watcher.look(now + 60)
    assert watcher.until == 0
    with ThreadPoolExecutor(1) as thread:  # a browser of another test has its loop in this one
        assert thread.submit(asyncio.run, watcher.take()).result(10) == b""
