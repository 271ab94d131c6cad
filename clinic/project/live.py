"""The live stream: a small ASGI process of its own that holds the browsers' event streams and never asks Postgres.

How a page uses it (static/js does):
1. GET /live/ticket/ from the pages' server: permission is checked there, an HttpOnly cookie is set for 15 seconds, the
   answer names the addresses of `stream` and `renew` and the seconds after which to come again (`every_seconds`).
2. `new EventSource(stream, {withCredentials: true})`. Events: `hello` (connected), `change` with
   {"topic", "id", "version"} (fetch the fragment through its normal door), `reload` (something was missed: fetch all),
   `here` with {"people": [{"name", "writes"}]} (who else has this session open; `clinic.project.presence`).
3. Every `every_seconds`: step 1 again, then POST to `renew`. Without it the stream ends within 15 seconds; who signs
   out or loses a role is cut off at once (clinic.live.end), and tickets given before count no more.
   404 from `renew` means that there is no such stream any more: open it again. 503 means that Redis is away.
4. A browser that opens a new EventSource names the last id it heard: `stream?since=...` (the header does the same).

An event's id is `<epoch>.<stream id>`. The epoch is a word kept in Redis: when Redis was flushed there is a new one,
and a browser that comes back with an id of the old one, or of an entry that is gone, is told to reload.
"""

import asyncio
import contextlib
import json
import logging
import os
import time
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic.project.settings.production")

from django.conf import settings

from clinic import live
from clinic.project.headers import NOTHING, always
from clinic.project.streams import AWAY, Streams, Watcher

log = logging.getLogger(__name__)

MOST_WATCHERS = 3000


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
            since = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("since", [""])[0]
            await self._stream(headers, headers.get("last-event-id", "") or since, receive, send)
        elif scope["path"] == "/live/renew/" and scope["method"] == "POST":
            await self._renew(headers, send)
        elif scope["path"] == "/live/health/" and scope["method"] == "GET":
            await _answer(send, 200, json.dumps({"streams": self.streams.count}).encode())
        else:
            await _answer(send, 404)

    async def _renew(self, headers: dict, send) -> None:
        try:
            said = await self._admitted(headers)
        except AWAY:
            return await _answer(send, 503)
        if said is None:
            return await _answer(send, 403)
        await _answer(send, 204 if self.streams.renew(said) else 404)

    async def _admitted(self, headers: dict) -> dict | None:
        """What the ticket of this request says, or None when it opens nothing. Raises what Redis raises."""
        said = _ticket(headers)
        return said if said and await self.streams.admits(said) else None

    async def _stream(self, headers: dict, since: str, receive, send) -> None:
        try:
            said = await self._admitted(headers)
            if said is None:
                return await _answer(send, 403)
            if self.streams.count >= MOST_WATCHERS:
                return await _answer(send, 503)
            watcher = Watcher.of(said)
            site = await self.streams.join(watcher, said, since)
        except AWAY:
            return await _answer(send, 503)
        gone = asyncio.create_task(_disconnected(receive))
        gone.add_done_callback(lambda task: watcher.end())
        try:
            await send({"type": "http.response.start", "status": 200, "headers": _headers(b"text/event-stream")})
            while piece := await watcher.take():
                await _body(send, piece)
        except OSError:
            log.warning("A stream ended: the browser went away.")
        finally:
            gone.cancel()
            self.streams.leave(watcher, site)
            with contextlib.suppress(OSError):
                await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _disconnected(receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


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
    fixed = always() | {"Content-Security-Policy": NOTHING, "Referrer-Policy": "no-referrer"}
    headers = [(name.lower().encode(), value.encode()) for name, value in fixed.items()]
    headers += [(b"content-type", kind), (b"cache-control", b"no-store"), (b"x-accel-buffering", b"no")]
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
