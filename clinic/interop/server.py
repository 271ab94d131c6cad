"""An MLLP server: bounded connections, bounded messages, an answer only after the one who keeps the message is done."""

import asyncio
import ipaddress
import logging
from concurrent.futures import ThreadPoolExecutor

from clinic.interop.mllp import LIMIT, Framer, TooLong, framed

log = logging.getLogger(__name__)

CONNECTIONS = 64
THREADS = 4
IDLE_SECONDS = 15 * 60
READ_BYTES = 64 * 1024


class Allowed:
    """Addresses and networks that may connect; none named: this machine only."""

    def __init__(self, words):
        self.networks = [ipaddress.ip_network(word, strict=False) for word in words]

    def __contains__(self, address):
        try:
            here = ipaddress.ip_address(address)
        except ValueError:
            return False
        here = getattr(here, "ipv4_mapped", None) or here
        return here.is_loopback or any(here in network for network in self.networks)


class Listener:
    """Serves until told to stop. `keep(bytes, address) -> bytes` runs in a thread and commits before it returns.

    Where `keep` raises one of `troubles` nothing is answered and the connection is closed: the sender sends again.
    """

    def __init__(self, keep, *, allowed, troubles, connections=CONNECTIONS, limit=LIMIT, threads=THREADS):
        self.keep, self.allowed, self.troubles = keep, allowed, troubles
        self.connections, self.limit = connections, limit
        self.pool = ThreadPoolExecutor(threads, thread_name_prefix="monitor")
        self.open, self.server, self.busy = set(), None, set()

    async def start(self, host, port):
        """Begin to listen; returns the port."""
        self.server = await asyncio.start_server(self._serve, host, port)
        return self.server.sockets[0].getsockname()[1]

    async def stop(self):
        """Take no more, let what is being kept be kept and answered, close."""
        self.server.close()
        if self.busy:
            await asyncio.wait(self.busy, timeout=10)
        for task in self.open:
            task.cancel()
        await asyncio.gather(*self.open, return_exceptions=True)
        self.pool.shutdown()

    async def _serve(self, reader, writer):
        address = writer.get_extra_info("peername")[0]
        if address not in self.allowed or len(self.open) >= self.connections:
            log.warning("A monitor at %s was turned away.", address)
            writer.close()
            return
        task = asyncio.current_task()
        self.open.add(task)
        try:
            await self._talk(reader, writer, address)
        except (TooLong, TimeoutError, OSError) as problem:
            log.warning("The connection of %s was closed: %s", address, type(problem).__name__)
        except self.troubles as problem:
            log.warning("A message of %s was not kept and not acknowledged: %s", address, type(problem).__name__)
        except asyncio.CancelledError:
            log.info("The connection of %s ends with the listener.", address)
        finally:
            self.open.discard(task)
            writer.close()

    async def _talk(self, reader, writer, address):
        framer = Framer(self.limit)
        while data := await asyncio.wait_for(reader.read(READ_BYTES), IDLE_SECONDS):
            for message in framer.feed(data):
                step = asyncio.ensure_future(self._one(message, writer, address))
                self.busy.add(step)
                step.add_done_callback(self.busy.discard)
                await asyncio.shield(step)

    async def _one(self, message, writer, address):
        answer = await asyncio.get_running_loop().run_in_executor(self.pool, self.keep, message, address)
        if answer:
            writer.write(framed(answer))
            await writer.drain()
