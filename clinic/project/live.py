"""The live stream: a small ASGI process of its own that holds the browsers' event streams and never asks Postgres.

How a page uses it (static/js does):
1. GET /live/ticket/ from the pages' server: permission is checked there, an HttpOnly cookie is set for 15 seconds, the
   answer names the addresses of `stream` and `renew` and the seconds after which to come again (`every_seconds`).
2. `new EventSource(stream, {withCredentials: true})`. Events: `hello` (connected), `change` with
   {"topic", "id", "version"} (fetch the fragment through its normal door), `reload` (something was missed: fetch all).
3. Every `every_seconds`: step 1 again, then POST to `renew`. Without it the stream ends within 15 seconds.
   404 from `renew` means that there is no such stream any more: open it again. 503 means that Redis is away.

An event's id is `<epoch>.<stream id>`. The epoch is a word kept in Redis: when Redis was flushed there is a new one,
and a browser that comes back with an id of the old one, or of an entry that is gone, is told to reload.
"""

import asyncio
import contextlib
import json
import logging
import os
import secrets
import time
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic.project.settings.production")

import redis.asyncio as redis
from django.conf import settings
from redis.exceptions import RedisError

from clinic import live

log = logging.getLogger(__name__)

KEEPALIVE_SECONDS = 10.0
BLOCK_MILLISECONDS = 1000
WAITING_EVENTS = 500
MOST_WATCHERS = 3000
AWAY = (RedisError, OSError)
RELOAD, END = b"event: reload\ndata: {}\n\n", b""


@dataclass(eq=False)
class Watcher:
    """One open stream: what waits to be sent, and until when its ticket lets it stay (seconds, epoch)."""

    holder: str
    site: str
    until: float
    sent: str = "0-0"
    queue: asyncio.Queue = field(default_factory=lambda: asyncio.Queue(WAITING_EVENTS))

    def put(self, entry: str, event: bytes) -> None:
        """Queue an event; who is too slow is told to reload instead."""
        if self.queue.full():
            while not self.queue.empty():
                self.queue.get_nowait()
            self.queue.put_nowait(("", RELOAD))
        else:
            self.queue.put_nowait((entry, event))


class Site:
    """The one reader of a site's Redis Stream, and the watchers it passes entries to."""

    def __init__(self, client: redis.Redis, site: str):
        self.client, self.key = client, live.STREAM.format(site=site)
        self.watchers: set[Watcher] = set()
        self.epoch, self.last = "", "0-0"
        self.reader: asyncio.Task | None = None

    async def start(self) -> None:
        """Stand at the end of the stream and read on from there. Raises what Redis raises."""
        self.epoch = await self._epoch()
        newest = await self.client.xrevrange(self.key, count=1)
        self.last = newest[0][0] if newest else "0-0"
        self.reader = asyncio.create_task(self._read())

    async def missed(self, since: str) -> list[tuple[str, bytes]] | None:
        """Return the events after a browser's last id, or None when they are not all there any more."""
        epoch, _, entry = since.partition(".")
        if epoch != self.epoch or not _is_entry(entry):
            return None
        first = await self.client.xrange(self.key, count=1)
        if first and order(entry) < order(first[0][0]) and await self._trimmed():
            return None
        return [(name, self.event(name, body)) for name, body in await self.client.xrange(self.key, min=f"({entry}")]

    def event(self, entry: str, body: dict) -> bytes:
        """Return an entry of the stream as an event."""
        return f"id: {self.epoch}.{entry}\nevent: change\ndata: {body['n']}\n\n".encode()

    def hello(self, since: str = "") -> bytes:
        """Return the first event of a stream; its id lets the browser come back to this place."""
        return f"retry: 2000\nid: {since or f'{self.epoch}.{self.last}'}\nevent: hello\ndata: {{}}\n\n".encode()

    async def _trimmed(self) -> bool:
        facts = await self.client.xinfo_stream(self.key)
        return facts["entries-added"] > facts["length"]

    async def _epoch(self) -> str:
        await self.client.set(live.EPOCH, secrets.token_hex(6), nx=True)
        return await self.client.get(live.EPOCH)

    async def _read(self) -> None:
        try:
            while True:
                await self._read_once()
        except AWAY as problem:
            log.warning("Redis is away, the streams of this site end: %s", type(problem).__name__)
            self._pass_on([("", END)])

    async def _read_once(self) -> None:
        found = await self.client.xread({self.key: self.last}, count=500, block=BLOCK_MILLISECONDS)
        epoch = await self._epoch()
        if epoch != self.epoch:
            self.epoch = epoch
            self._pass_on([("", RELOAD)])
        for _, entries in found:
            self.last = entries[-1][0]
            self._pass_on([(entry, self.event(entry, body)) for entry, body in entries])

    def _pass_on(self, events: list[tuple[str, bytes]]) -> None:
        for watcher in self.watchers:
            for entry, event in events:
                watcher.put(entry, event)


class Streams:
    """All open streams of this process."""

    def __init__(self) -> None:
        self.sites: dict[str, Site] = {}
        self.count = 0
        self.opening = asyncio.Lock()
        self.client = redis.from_url(settings.REDIS_URL, decode_responses=True, socket_connect_timeout=2)

    async def join(self, watcher: Watcher) -> Site:
        """Enter a watcher with its site; the first one starts the site's reader. Raises what Redis raises."""
        async with self.opening:
            site = self.sites.get(watcher.site)
            if site is None or site.reader.done():
                site = Site(self.client, watcher.site)
                await site.start()
                self.sites[watcher.site] = site
            site.watchers.add(watcher)
            self.count += 1
            return site

    def leave(self, watcher: Watcher, site: Site) -> None:
        """Take a watcher out; the last one ends the site's reader."""
        site.watchers.discard(watcher)
        self.count -= 1
        if not site.watchers:
            site.reader.cancel()
            if self.sites.get(watcher.site) is site:
                del self.sites[watcher.site]

    async def close(self) -> None:
        """End every reader and the connections to Redis."""
        readers = [site.reader for site in self.sites.values()]
        for reader in readers:
            reader.cancel()
        await asyncio.gather(*readers, return_exceptions=True)
        await self.client.aclose()

    def renew(self, said: dict) -> int:
        """Let the holder's streams of the ticket's site stay on until it ends. Returns how many there are."""
        found = 0
        for site in self.sites.values():
            for watcher in site.watchers:
                if watcher.holder == said["h"] and watcher.site == said["s"]:
                    watcher.until, found = said["e"], found + 1
        return found


class Application:
    """ASGI: /live/stream/, /live/renew/ and /live/health/; everything else is not found."""

    def __init__(self) -> None:
        self.streams: Streams | None = None

    async def close(self) -> None:
        """End every reader and the connections to Redis."""
        if self.streams is not None:
            await self.streams.close()

    async def __call__(self, scope, receive, send) -> None:
        if scope["type"] != "http":
            return
        if self.streams is None:
            self.streams = Streams()
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        if not _from_our_pages(headers):
            await _answer(send, 403)
        elif scope["path"] == "/live/stream/" and scope["method"] == "GET":
            await self._stream(headers, receive, send)
        elif scope["path"] == "/live/renew/" and scope["method"] == "POST":
            await self._renew(headers, send)
        elif scope["path"] == "/live/health/" and scope["method"] == "GET":
            await _answer(send, 200, json.dumps({"streams": self.streams.count}).encode())
        else:
            await _answer(send, 404)

    async def _renew(self, headers: dict, send) -> None:
        said = _ticket(headers)
        if said is None:
            await _answer(send, 403)
        else:
            await _answer(send, 204 if self.streams.renew(said) else 404)

    async def _stream(self, headers: dict, receive, send) -> None:
        said = _ticket(headers)
        if said is None:
            return await _answer(send, 403)
        if self.streams.count >= MOST_WATCHERS:
            return await _answer(send, 503)
        watcher = Watcher(holder=said["h"], site=said["s"], until=said["e"])
        try:
            site = await self.streams.join(watcher)
        except AWAY:
            return await _answer(send, 503)
        gone = asyncio.create_task(_disconnected(receive))
        gone.add_done_callback(lambda task: watcher.put("", END))
        try:
            await self._greet(watcher, site, headers.get("last-event-id", ""), send)
            await _pour(watcher, gone, send)
        except AWAY:
            log.warning("A stream ended: Redis or the browser went away.")
        finally:
            gone.cancel()
            self.streams.leave(watcher, site)
            with contextlib.suppress(OSError):
                await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _greet(self, watcher: Watcher, site: Site, since: str, send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": _headers(b"text/event-stream")})
        missed = await site.missed(since) if since else []
        if missed is None:
            await _body(send, site.hello() + RELOAD)
        else:
            await _body(send, site.hello(since))
        for entry, event in missed or []:
            watcher.sent = entry
            await _body(send, event)


async def _pour(watcher: Watcher, gone: asyncio.Task, send) -> None:
    """Send what the watcher is given until its ticket ends, its reader ends or the browser is gone."""
    while not gone.done() and time.time() < watcher.until:
        wait = min(KEEPALIVE_SECONDS, max(watcher.until - time.time(), 0.01))
        try:
            entry, event = await asyncio.wait_for(watcher.queue.get(), wait)
        except TimeoutError:
            await _body(send, b": still here\n\n")
            continue
        if event == END:
            return
        if not entry or order(entry) > order(watcher.sent):
            await _body(send, event)


async def _disconnected(receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def order(entry: str) -> tuple[int, int]:
    """Return a stream id as numbers, to compare."""
    instant, _, number = entry.partition("-")
    return int(instant), int(number or 0)


def _is_entry(text: str) -> bool:
    instant, _, number = text.partition("-")
    return instant.isdecimal() and number.isdecimal()


def _ticket(headers: dict) -> dict | None:
    try:
        cookie = SimpleCookie(headers.get("cookie", "")).get(settings.LIVE_COOKIE_NAME)
    except CookieError:
        return None
    return live.read_ticket(cookie.value, now=time.time()) if cookie else None


def _from_our_pages(headers: dict) -> bool:
    """Whether the request comes from the one allowed origin: the pages', or our own where that is not set."""
    if headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "same-site", "none"}:
        return False
    origin = headers.get("origin")
    if settings.PAGES_ORIGIN:
        return origin in {None, settings.PAGES_ORIGIN}
    return origin is None or origin.partition("://")[2] == headers.get("host")


def _headers(kind: bytes) -> list[tuple[bytes, bytes]]:
    headers = [
        (b"content-type", kind),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
        (b"x-accel-buffering", b"no"),
        (b"referrer-policy", b"no-referrer"),
    ]
    if settings.PAGES_ORIGIN:
        headers += [
            (b"access-control-allow-origin", settings.PAGES_ORIGIN.encode()),
            (b"access-control-allow-credentials", b"true"),
            (b"vary", b"Origin"),
        ]
    return headers


async def _body(send, body: bytes) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": True})


async def _answer(send, status: int, body: bytes = b"") -> None:
    await send({"type": "http.response.start", "status": status, "headers": _headers(b"application/json")})
    await send({"type": "http.response.body", "body": body, "more_body": False})


application = Application()
