"""The open screens of a clinic day: pages that hold a stream and fetch what changed, as static/js/live.js does."""

import asyncio
import json
import random
import re

from clinic.dev.bench.watch import LAST_ID, Browser, Stream

CHANGE = re.compile(rb'\{"topic":"[^}]*\}')
PIECE = re.compile(r"<[a-z]+\b[^>]*\bdata-live=\"[^>]*>")
COALESCE_SECONDS, CHECK_SECONDS = 1.0, 30.0


class News(Stream):
    """An open stream that hands each change on and keeps nothing but its place."""

    def __init__(self, heard):
        super().__init__()
        self.tell, self.place = heard, ""

    def data_received(self, data):
        """Pass on every change of this piece; a change cut in two is fetched with the next look."""
        self.look(data)
        for found in LAST_ID.findall(data):
            self.place = found.decode()
        for found in CHANGE.findall(data):
            self.tell(json.loads(found))

    def last_id(self):
        """The id of the last event heard."""
        return self.place


class Piece:
    """One live fragment of a page: what it listens to, where it comes from, which version is shown."""

    def __init__(self, tag):
        self.topics = re.search(r'data-live="([^"]*)"', tag)[1].split()
        self.path = re.search(r'hx-get="([^"]*)"', tag)[1].replace("&amp;", "&")
        version = re.search(r'data-version="([^"]*)"', tag)
        self.tag = f'"{version[1]}"' if version and version[1] else ""

    def wants(self, news):
        """Whether this change is about it."""
        return news["topic"] in self.topics or f"{news['topic']}:{news['id']}" in self.topics


class Screen(Browser):
    """One tablet that shows a page all day. `ask` is the driver's: it times, counts and checks each request."""

    def __init__(self, plan, facts, ask):
        super().__init__(plan, facts["cookie"], fetches=False)
        self.path, self.ask, self.pieces, self.wanted, self.flushing = facts["path"], ask, [], set(), None

    async def open(self, lines):
        """Load the page, find its live pieces, open the stream."""
        page = (await self.ask(self, "screen", "GET", self.path)).page
        self.pieces = [Piece(tag) for tag in PIECE.findall(page) if "hx-get=" in tag]
        await super().open(lines)

    def listener(self):
        """What hears the stream."""
        return News(self.hear)

    def come_back(self):
        """After a gap everything is asked again, as the page does."""
        self.want(self.pieces)

    def hear(self, news):
        """Something has changed: fetch the pieces it is about, all together, at most once a second."""
        self.want(piece for piece in self.pieces if piece.wants(news))

    def want(self, pieces):
        """Fetch these with the next flush."""
        self.wanted.update(pieces)
        if self.wanted and (self.flushing is None or self.flushing.done()):
            self.flushing = asyncio.create_task(self._flush())

    async def _flush(self):
        while self.wanted:
            await asyncio.sleep(COALESCE_SECONDS)
            now, self.wanted = list(self.wanted), set()
            for piece in now:
                await self._fetch_piece(piece)

    async def _fetch_piece(self, piece):
        headers = {"HX-Request": "true"} | ({"If-None-Match": piece.tag} if piece.tag else {})
        piece.tag = await self.ask(
            self, "fragment", "GET", piece.path, headers=headers, expect=(200, 204, 304), etag=True
        )

    async def keep_looking(self):
        """Every half minute everything is asked again, whatever the stream said.

        The page counts from when it was opened, and forty people do not open theirs in one moment.
        """
        await asyncio.sleep(CHECK_SECONDS * random.random())
        while True:
            self.want(self.pieces)
            await asyncio.sleep(CHECK_SECONDS)
