"""A mail server for a bench: takes every mail and writes its Message-ID into a file, a line each.

Run as `python -m clinic.dev.bench.mail_sink PORT FILE`; says "ready" when it listens and ends with SIGTERM.
"""

import asyncio
import signal
import sys

from aiosmtpd.smtp import SMTP


class Sink:
    """Keeps the ids, nothing else."""

    def __init__(self, file):
        self.file = file

    async def handle_DATA(self, server, session, envelope):
        """Take one mail; its id is on disk before the answer is given."""
        head = envelope.original_content.partition(b"\r\n\r\n")[0]
        line = next((one for one in head.split(b"\r\n") if one[:11].lower() == b"message-id:"), b"message-id: none")
        self.file.write(line[11:].strip().decode() + "\n")
        self.file.flush()
        return "250 Taken"


async def serve(port, path):
    """Listen on the loopback address until SIGTERM."""
    loop, over = asyncio.get_running_loop(), asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, over.set)
    with open(path, "a", encoding="ascii") as file:
        server = await loop.create_server(lambda: SMTP(Sink(file)), "127.0.0.1", port)
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        await over.wait()
        server.close()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), sys.argv[2]))
