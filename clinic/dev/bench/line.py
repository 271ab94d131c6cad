"""One kept-alive HTTP connection under asyncio, as little of it as the benches need."""

import asyncio
import re


class Line:
    """Asks one request after the other; opens itself, and once again when the server has closed it meanwhile."""

    def __init__(self, host, port):
        self.host, self.port = host, port
        self.reader = self.writer = None

    async def ask(self, method, path, headers, body=b""):
        """(status, head, body) of one request."""
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection(self.host, self.port)
        try:
            return await self._ask(method, path, headers, body)
        except (asyncio.IncompleteReadError, ConnectionError):
            self.reader, self.writer = await asyncio.open_connection(self.host, self.port)
            return await self._ask(method, path, headers, body)

    async def _ask(self, method, path, headers, body):
        said = {"Host": f"{self.host}:{self.port}", "Content-Length": str(len(body))} | headers
        lines = "".join(f"{name}: {value}\r\n" for name, value in said.items())
        self.writer.write(f"{method} {path} HTTP/1.1\r\n{lines}\r\n".encode() + body)
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        status = int(head.split(" ", 2)[1])
        return status, head, await self._body(status, head)

    async def _body(self, status, head):
        if status in (204, 304):
            return b""
        if re.search(r"(?i)transfer-encoding: chunked", head):
            return await self._chunks()
        length = re.search(r"(?i)content-length: (\d+)", head)
        return await self.reader.readexactly(int(length[1])) if length else b""

    async def _chunks(self):
        found = b""
        while size := int(await self.reader.readuntil(b"\r\n"), 16):
            found += await self.reader.readexactly(size)
            await self.reader.readexactly(2)
        await self.reader.readexactly(2)
        return found
