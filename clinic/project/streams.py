"""Who watches which site, and what is passed on to them: the inside of the stream process (clinic/project/live.py)."""

import asyncio
import logging
import secrets
import sys
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

import redis.asyncio as redis
from django.conf import settings
from redis.exceptions import RedisError

from clinic import live
from clinic.project.presence import Company, Here

log = logging.getLogger(__name__)

BLOCK_MILLISECONDS = 1000
EPOCH_SECONDS = 1.0  # how often it is looked whether Redis was flushed
KEEPALIVE_SECONDS, LOOK_SECONDS = 10.0, 0.25
WAITING_EVENTS = 500
MOST_SITES = 500  # each holds a connection to Redis
AWAY = (RedisError, OSError)
RELOAD, STILL_HERE = b"event: reload\ndata: {}\n\n", b": still here\n\n"


@dataclass(eq=False)
class Watcher:
    """One open stream: what waits to be sent, and until when its ticket lets it stay (seconds, epoch).

    What waits goes out in one piece as soon as the server takes it. No timer, task or queue is made for an event: with
    a thousand watchers these cost more than the sending.
    """

    holder: str
    person: str
    site: str
    until: float
    topics: frozenset = frozenset()
    here: Here | None = None
    after: tuple[int, int] = (0, 0)  # what it heard before it came here
    heard_at: float = field(default_factory=time.time)
    waiting: list[bytes] = field(default_factory=list)
    woken: asyncio.Event = field(default_factory=asyncio.Event)

    @classmethod
    def of(cls, said: dict) -> "Watcher":
        """The watcher a ticket speaks of."""
        return cls(said["h"], said["u"], said["s"], said["e"], frozenset(said.get("t", ())), Here.of(said))

    def end(self) -> None:
        """Close it now, whatever its ticket says."""
        self.until = 0
        self.woken.set()

    def put(self, piece: bytes) -> None:
        """Let it be sent; who is too slow is told to reload instead."""
        if len(self.waiting) >= WAITING_EVENTS:
            self.waiting = [RELOAD]
        else:
            self.waiting.append(piece)
        self.woken.set()

    async def take(self) -> bytes:
        """Everything that waits, as soon as there is something; b"" when the stream is to end."""
        if not self.waiting and self.until:
            await self.woken.wait()
        self.woken.clear()
        now = time.time()
        if self.until <= now:
            return b""
        self.heard_at, taken, self.waiting = now, self.waiting, []
        return taken[0] if len(taken) == 1 else b"".join(taken)

    def look(self, now: float) -> None:
        """End it when its ticket has lapsed; say that somebody is there when nothing was said for long."""
        if self.until <= now:
            self.end()
        elif now - self.heard_at > KEEPALIVE_SECONDS and not self.waiting:
            self.put(STILL_HERE)


@dataclass(frozen=True)
class Event:
    """One entry of a site's stream, put into bytes once for whoever hears it."""

    order: tuple[int, int]
    topic: str
    piece: bytes


class Site:
    """The one reader of a site's Redis Stream, and the watchers it passes entries to.

    The entries that Redis keeps are kept here too, so that who comes back (a thousand at once, after a restart) is told
    what they missed without a question to Redis.
    """

    def __init__(self, client: redis.Redis, site: str):
        self.client, self.key = client, live.STREAM.format(site=site)
        self.watchers: set[Watcher] = set()
        self.epoch, self.last = "", "0-0"
        self.kept: deque[Event] = deque()
        self.kept_after = (0, 0)  # everything after this entry is kept
        self.epoch_due = 0.0
        self.reader: asyncio.Task | None = None

    async def start(self) -> None:
        """Take what the stream holds and read on from there. Raises what Redis raises."""
        await self._look_at_epoch()
        for entry, body in await self.client.xrange(self.key):
            self._keep(self._event(entry, body))
            self.last = entry
        if self.kept and await self._trimmed():
            self.kept_after = self.kept[0].order
        self.reader = asyncio.create_task(self._read())

    def enter(self, watcher: Watcher, since: str) -> None:
        """Greet a watcher, tell what it missed since a browser's last id (or to reload), and pass news on to it."""
        missed = self._missed(since) if since else []
        watcher.put(self._hello("" if missed is None else since))
        if missed is None:
            watcher.put(RELOAD)
        elif since:
            watcher.after = max(order(since.partition(".")[2]), order(self.last))
        if body := b"".join(event.piece for event in missed or [] if _is_for(event, watcher.topics)):
            watcher.put(body)
        self.watchers.add(watcher)

    def _missed(self, since: str) -> list[Event] | None:
        """What came after a browser's last id, or None when it is not all there any more."""
        epoch, _, entry = since.partition(".")
        if epoch != self.epoch or not _is_entry(entry) or order(entry) < self.kept_after:
            return None
        return [event for event in self.kept if event.order > order(entry)]

    def _event(self, entry: str, body: dict) -> Event:
        piece = f"id: {self.epoch}.{entry}\nevent: change\ndata: {body['n']}\n\n".encode()
        return Event(order(entry), sys.intern(body.get("t", "")), piece)

    def _hello(self, since: str) -> bytes:
        """The first event of a stream; its id lets the browser come back to this place."""
        return f"retry: 2000\nid: {since or f'{self.epoch}.{self.last}'}\nevent: hello\ndata: {{}}\n\n".encode()

    def _keep(self, event: Event) -> None:
        self.kept.append(event)
        if len(self.kept) > live.KEPT_ENTRIES:
            self.kept_after = self.kept.popleft().order

    async def _trimmed(self) -> bool:
        facts = await self.client.xinfo_stream(self.key)
        return facts["entries-added"] > facts["length"]

    async def _look_at_epoch(self) -> None:
        """Know the word that Redis keeps; a new one means that everything before is gone."""
        await self.client.set(live.EPOCH, secrets.token_hex(6), nx=True)
        epoch, known = await self.client.get(live.EPOCH), self.epoch
        self.epoch, self.epoch_due = epoch, time.monotonic() + EPOCH_SECONDS
        if known and epoch != known:
            self.kept.clear()
            self._pass_on(RELOAD)

    async def _read(self) -> None:
        try:
            while True:
                await self._read_once()
        except AWAY as problem:
            log.warning("Redis is away, the streams of this site end: %s", type(problem).__name__)
            for watcher in self.watchers:
                watcher.end()

    async def _read_once(self) -> None:
        found = await self.client.xread({self.key: self.last}, count=500, block=BLOCK_MILLISECONDS)
        if time.monotonic() >= self.epoch_due:
            await self._look_at_epoch()
        for _, entries in found:
            self.last = entries[-1][0]
            self._tell([self._event(entry, body) for entry, body in entries])

    def _tell(self, events: list[Event]) -> None:
        """Pass entries on: those that ask for the same topics and have heard none of them get the same bytes."""
        for event in events:
            self._keep(event)
        pieces = {}
        for watcher in self.watchers:
            if watcher.after >= events[0].order:
                piece = b"".join(e.piece for e in events if e.order > watcher.after and _is_for(e, watcher.topics))
            elif watcher.topics in pieces:
                piece = pieces[watcher.topics]
            else:
                piece = b"".join(event.piece for event in events if _is_for(event, watcher.topics))
                pieces[watcher.topics] = piece
            if piece:
                watcher.put(piece)

    def _pass_on(self, piece: bytes) -> None:
        for watcher in self.watchers:
            watcher.put(piece)


class Ended:
    """Whose tickets count no more: holders and persons with the moment (seconds, epoch), as long as a ticket lives."""

    def __init__(self, client: redis.Redis, streams: "Streams"):
        self.client, self.streams = client, streams
        self.at: dict[str, float] = {}
        self.last = f"{int((time.time() - live.TICKET_SECONDS) * 1000)}-0"
        self.starting = asyncio.Lock()
        self.reader: asyncio.Task | None = None

    async def start(self) -> None:
        """Read what was ended while a ticket may still live, then read on. Raises what Redis raises.

        One asks for all: hundreds of browsers that come back at once would else take a connection each.
        """
        if self.reader is None:
            async with self.starting:
                if self.reader is None:
                    self._take(await self.client.xrange(live.ENDED, min=f"({self.last}"))
                    self.reader = asyncio.create_task(self._read())

    def covers(self, said: dict) -> bool:
        """Whether this ticket was given before its holder was ended."""
        ended = max(self.at.get(said["h"], 0.0), self.at.get(said["u"], 0.0))
        return said["e"] - live.TICKET_SECONDS <= ended

    async def _read(self) -> None:
        while True:
            try:
                for _, entries in await self.client.xread({live.ENDED: self.last}, block=BLOCK_MILLISECONDS):
                    self._take(entries)
            except AWAY:
                await asyncio.sleep(1)

    def _take(self, entries: list) -> None:
        for entry, body in entries:
            self.last = entry
            for who in (body[key] for key in ("h", "u") if key in body):
                self.at[who] = max(self.at.get(who, 0.0), float(body["at"]))
                self.streams.end(who)
        oldest = time.time() - 2 * live.TICKET_SECONDS
        self.at = {who: at for who, at in self.at.items() if at > oldest}


class Streams:
    """All open streams of this process."""

    def __init__(self) -> None:
        self.sites: dict[str, Site] = {}
        self.held: dict[tuple[str, str], set[Watcher]] = {}  # by holder and site
        self.company = Company()
        self.count = 0
        self.opening = asyncio.Lock()
        self.client = redis.from_url(
            settings.REDIS_URL, decode_responses=True, socket_connect_timeout=2, max_connections=MOST_SITES
        )
        self.ended = Ended(self.client, self)
        self.looking = asyncio.create_task(self._look())

    async def join(self, watcher: Watcher, said: dict, since: str) -> Site:
        """Enter a watcher with its site; the first one starts the site's reader. Raises what Redis raises."""
        async with self.opening:
            site = self.sites.get(watcher.site)
            if site is None or site.reader.done():
                site = Site(self.client, watcher.site)
                await site.start()
                self.sites[watcher.site] = site
            site.enter(watcher, since)
            self.company.sit(watcher, said)
            self.held.setdefault((watcher.holder, watcher.site), set()).add(watcher)
            self.count += 1
            if self.ended.covers(said):
                watcher.end()  # ended while it was being let in
            return site

    def leave(self, watcher: Watcher, site: Site) -> None:
        """Take a watcher out; the last one ends the site's reader."""
        self.company.rise(watcher)
        site.watchers.discard(watcher)
        self.count -= 1
        own = self.held[watcher.holder, watcher.site]
        own.discard(watcher)
        if not own:
            del self.held[watcher.holder, watcher.site]
        if not site.watchers:
            site.reader.cancel()
            if self.sites.get(watcher.site) is site:
                del self.sites[watcher.site]

    async def close(self) -> None:
        """End every reader and the connections to Redis."""
        readers = [site.reader for site in self.sites.values()] + [r for r in [self.ended.reader] if r]
        for reader in [*readers, self.looking]:
            reader.cancel()
        await asyncio.gather(*readers, self.looking, return_exceptions=True)
        await self.client.aclose()

    def end(self, who: str) -> None:
        """Close every stream of this holder or person."""
        for watcher in self._watchers():
            if who in (watcher.holder, watcher.person):
                watcher.end()

    async def admits(self, said: dict) -> bool:
        """Whether a ticket still opens something. Raises what Redis raises."""
        await self.ended.start()
        return not self.ended.covers(said)

    def renew(self, said: dict) -> int:
        """Let the holder's streams of the ticket's site stay on until it ends. Returns how many there are."""
        own = [watcher for watcher in self.held.get((said["h"], said["s"]), ()) if watcher.until > time.time()]
        for watcher in own:
            watcher.until = said["e"]
            self.company.sit(watcher, said)
        return len(own)

    async def _look(self) -> None:
        """Look at every watcher four times a second: one timer for all."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            now = time.time()
            for watcher in self._watchers():
                watcher.look(now)
            self.company.look(now)

    def _watchers(self) -> Iterator[Watcher]:
        return (watcher for site in self.sites.values() for watcher in site.watchers)


def order(entry: str) -> tuple[int, int]:
    """Return a stream id as numbers, to compare."""
    instant, _, number = entry.partition("-")
    return int(instant), int(number or 0)


def _is_for(event: Event, topics: frozenset) -> bool:
    """Whether news of this topic is asked for; "" is for everyone."""
    return not event.topic or not topics or event.topic in topics


def _is_entry(text: str) -> bool:
    instant, _, number = text.partition("-")
    return instant.isdecimal() and number.isdecimal()
