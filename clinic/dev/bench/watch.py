"""The watchers: a process of its own that holds many event streams as browsers do, and notes when each event came.

Reads a plan (JSON, one line): ``{"host", "port", "stream_port", "origin", "every", "browsers": [cookie, ...],
"fetch": {"path", "count"}}``. Every browser asks for its ticket, opens the stream and renews both as a page does; the
first ``count`` of them also fetch the fragment when told, at most once a second. A stream that ends is opened again
as static/js/live.js does, after three seconds, naming the last id heard: what was missed comes then, is counted with
the time it took, and the reopening is told. Prints "ready" when all are open. Then reads ``{"posts": {session:
[start, ...]}}`` (the machine's monotonic clock, in the order of the posts) and prints one JSON line: milliseconds from
the POST's start to the event at every watcher, how many events never came, how often a stream was opened again, the
latest renewal, milliseconds until the fragment was there, the processor seconds taken here.
"""

import asyncio
import contextlib
import json
import random
import re
import sys
import time
from collections import defaultdict

from clinic.dev.bench.line import Line

NEWS = re.compile(rb'"topic":"session","id":"([0-9a-f-]{36})","version":(\d+)')
LAST_ID = re.compile(rb"(?:^|\n)id: (\S+)\n")
GRACE_SECONDS, BACK_SECONDS, COALESCE_SECONDS, PATIENCE_SECONDS, AT_ONCE = 4, 60, 1.0, 3.0, 40
OPEN_SECONDS = 180
LONGEST_LINE = 2**26  # bytes: a thousand cookies in the plan, thousands of moments in the posts


class Lapsed(RuntimeError):
    """The stream is not held any more: it is opened again, as a page does."""


class Stream(asyncio.Protocol):
    """One open event stream: raw pieces with the moment they came, taken apart afterwards."""

    def __init__(self, heard=None):
        self.pieces, self.is_open, self.heard, self.over = [], asyncio.Event(), heard, asyncio.Event()

    def data_received(self, data):
        """Note a piece and when it came."""
        self.pieces.append((time.monotonic(), data))
        self.look(data)
        if self.heard and b"event: change" in data:
            self.heard()

    def look(self, data):
        """Know when it is open, or was refused."""
        if self.is_open.is_set():
            return
        if data.startswith(b"HTTP/") and b" 200 " not in data[:16]:
            self.connection_lost(None)
        elif b"event: hello" in data:
            self.is_open.set()

    def connection_lost(self, problem):
        """It has ended, whoever ended it."""
        self.over.set()
        self.is_open.set()

    def events(self):
        """{(session, version): moment}, each the first time; one that came in two pieces with the second."""
        found, rest = {}, b""
        for moment, data in self.pieces:
            *whole, rest = (rest + data).split(b"\n\n")
            for session, version in NEWS.findall(b"\n\n".join(whole)):
                found.setdefault((session.decode(), int(version)), moment)
        return found

    def last_id(self):
        """The id of the last event heard; "" when none had one."""
        ids = LAST_ID.findall(b"".join(data for _, data in self.pieces))
        return ids[-1].decode() if ids else ""


class Browser:
    """One browser: its sign-in, its ticket, its stream, and the fragment if it fetches."""

    def __init__(self, plan, cookie, fetches):
        self.plan, self.cookie, self.fetches = plan, cookie, fetches
        self.ticket, self.etag, self.since, self.shown = "", "", "", []
        self.transport = self.stream = self.waiting = self.keeping = None
        self.asked_at, self.streams, self.reopened, self.renewed_at, self.latest = 0.0, [], 0, 0.0, 0.0
        self.is_away = False

    async def open(self, lines):
        """Ask for the ticket and open the stream."""
        await self._connect(lines)
        self.keeping = asyncio.create_task(self._keep(lines))

    def listener(self):
        """What hears the stream."""
        return Stream(self.wake if self.fetches else None)

    async def _connect(self, lines):
        await self.renew(lines, first=True)
        plan, query = self.plan, f"?since={self.since}" if self.since else ""
        self.transport, self.stream = await asyncio.get_running_loop().create_connection(
            self.listener, plan["host"], plan["stream_port"]
        )
        self.streams.append(self.stream)
        head = f"GET /live/stream/{query} HTTP/1.1\r\nHost: {plan['host']}:{plan['stream_port']}\r\n"
        more = f"Accept: text/event-stream\r\nOrigin: {plan['origin']}\r\nCookie: live={self.ticket}\r\n\r\n"
        self.transport.write((head + more).encode())
        await self.stream.is_open.wait()

    async def _keep(self, lines):
        """Renew from the moment it is open: with many browsers the first would lapse before the last has come."""
        pause = self.plan["every"] * random.random()
        while True:
            try:
                await self._stay(pause)
                await self.renew(lines)
                pause = self.plan["every"]
            except Lapsed:
                self.reopened, self.is_away = self.reopened + 1, True
                self.transport.close()
                await asyncio.sleep(PATIENCE_SECONDS)
                self.since = self.stream.last_id() or self.since
                await self._connect(lines)
                self.is_away = False
                self.come_back()

    async def _stay(self, seconds):
        """So long the stream stays open; raises Lapsed as soon as it has ended."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self.stream.over.wait()
                raise Lapsed("The stream has ended.")

    def come_back(self):
        """The stream was opened again."""

    async def renew(self, lines, first=False):
        """A new ticket from the pages; then the stream is told, unless it is not open yet. Raises Lapsed."""
        status, head, _ = await lines.pages("GET", "/live/ticket/", {"Cookie": self.cookie})
        if status != 200:
            raise RuntimeError(f"A ticket was answered with {status}.")
        self.ticket = re.search(r"live=([^;]+)", head)[1]
        if not first:
            headers = {"Cookie": f"live={self.ticket}", "Origin": self.plan["origin"]}
            status, _, _ = await lines.stream("POST", "/live/renew/", headers)
            if status != 204:
                raise Lapsed(f"A renewal was answered with {status}.")
            self.latest = max(self.latest, time.monotonic() - self.renewed_at)
        self.renewed_at = time.monotonic()

    def wake(self):
        """Something has changed: fetch, at most once a second, as static/js/live.js does."""
        if self.waiting is None or self.waiting.done():
            self.waiting = asyncio.create_task(self._fetch())

    async def _fetch(self):
        await asyncio.sleep(max(0, self.asked_at + COALESCE_SECONDS - time.monotonic()))
        self.asked_at = begun = time.monotonic()
        headers = {"Cookie": self.cookie, "HX-Request": "true"} | ({"If-None-Match": self.etag} if self.etag else {})
        status, head, _ = await self.own.ask("GET", self.plan["fetch"]["path"], headers)
        if status not in (200, 304):
            raise RuntimeError(f"The fragment was answered with {status}.")
        tag = re.search(r"(?i)etag: (\S+)", head)
        self.etag = tag[1] if tag else ""
        self.shown.append((begun, time.monotonic()))


class Lines:
    """Kept-alive connections to pages and stream process, shared by all browsers: enough that none waits here."""

    def __init__(self, plan, count=64):
        self.sides = {}
        for side, port in (("pages", plan["port"]), ("stream", plan["stream_port"])):
            self.sides[side] = asyncio.Queue()
            for _ in range(count):
                self.sides[side].put_nowait(Line(plan["host"], port))

    async def pages(self, *asked):
        """Ask the pages."""
        return await self._ask("pages", *asked)

    async def stream(self, *asked):
        """Ask the stream process."""
        return await self._ask("stream", *asked)

    async def _ask(self, side, *asked):
        line = await self.sides[side].get()
        try:
            return await line.ask(*asked)
        finally:
            self.sides[side].put_nowait(line)


async def run():
    """Read the plan, run it, print what was measured."""
    lines = await _typed()
    json.dump(await watch(json.loads(await lines.readline()), lines), sys.stdout)


async def _typed():
    """Standard input as the loop reads it itself: no thread, which a machine full of processes may refuse."""
    reader = asyncio.StreamReader(limit=LONGEST_LINE)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    return reader


async def watch(plan, told):
    """Run the whole plan; `told` gives the next line of standard input."""
    lines, fetching = Lines(plan), plan["fetch"]["count"]
    browsers = [Browser(plan, cookie, n < fetching) for n, cookie in enumerate(plan["browsers"])]
    for browser in browsers[:fetching]:
        browser.own = Line(plan["host"], plan["port"])
    await _all_open(browsers, lines)
    print("ready", flush=True)
    posts = json.loads(await told.readline())["posts"]
    await asyncio.sleep(GRACE_SECONDS)
    await _all_back(browsers)
    for browser in browsers:
        if browser.keeping.done():
            browser.keeping.result()
        browser.keeping.cancel()
    return report(browsers, posts)


async def _all_open(browsers, lines):
    """Open all streams, some at a time. Raises RuntimeError when that takes too long: a run must end and say why."""
    try:
        async with asyncio.timeout(OPEN_SECONDS):
            for first in range(0, len(browsers), AT_ONCE):
                await asyncio.gather(*(browser.open(lines) for browser in browsers[first : first + AT_ONCE]))
    except TimeoutError:
        count = sum(browser.keeping is not None for browser in browsers)
        raise RuntimeError(f"{count} of {len(browsers)} streams were open after {OPEN_SECONDS} s.") from None


async def _all_back(browsers):
    """Wait for those who are just opening their stream again, a minute at most: what they missed is still to come."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(BACK_SECONDS):
            while any(browser.is_away for browser in browsers):
                await asyncio.sleep(0.2)
            await asyncio.sleep(1)


def report(browsers, posts):
    """The figures: the n-th version of a session's events belongs to its n-th post."""
    times, shown, lost = [], [], 0
    for browser in browsers:
        versions = defaultdict(list)
        for (session, version), moment in _heard(browser).items():
            versions[session].append((version, moment))
        for session, starts in posts.items():
            came = [moment for _, moment in sorted(versions[session])]
            lost += abs(len(starts) - len(came))
            times += [(moment - start) * 1000 for start, moment in zip(starts, came, strict=False)]
            shown += _shown(browser, starts, came)
    return {
        "times": times,
        "shown": shown,
        "lost": lost,
        "reopened": sum(browser.reopened for browser in browsers),
        "latest_renewal": max((browser.latest for browser in browsers), default=0.0),
        "driver_cpu": time.process_time(),
    }


def _heard(browser):
    """What came over all streams of a browser: what is told twice counts once, the first time."""
    found = {}
    for stream in browser.streams:
        for event, moment in stream.events().items():
            found.setdefault(event, moment)
    return found


def _shown(browser, starts, came):
    """Milliseconds from a post's start until a fragment asked for after its event was there."""
    found = []
    for start, moment in zip(starts, came, strict=False):
        done = next((end for begun, end in browser.shown if begun >= moment), None)
        if done is not None:
            found.append((done - start) * 1000)
    return found


if __name__ == "__main__":
    asyncio.run(run())
