"""A mail server for one machine: takes every message, sends none, keeps each as a file for /dev/mail/.

Run as `python -m clinic.dev.mailroom PORT FOLDER`.
"""

import asyncio
import secrets
import signal
import sys
import time
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

KEPT_MESSAGES = 2000


class Keeper:
    """Writes each message to its own file, named so that the names sort by time."""

    def __init__(self, folder: Path):
        self.folder = folder

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Keep one message; the answer is sent when it is on disk."""
        name = f"{time.time_ns():020d}-{secrets.token_hex(4)}.eml"
        fresh = self.folder / f"{name}.new"
        fresh.write_bytes(f"X-Envelope-To: {', '.join(envelope.rcpt_tos)}\r\n".encode() + envelope.original_content)
        fresh.rename(self.folder / name)
        self._tidy()
        return "250 Kept"

    def _tidy(self) -> None:
        for old in sorted(self.folder.glob("*.eml"))[:-KEPT_MESSAGES]:
            old.unlink(missing_ok=True)


async def serve(port: int, folder: Path) -> None:
    """Listen on the loopback address until SIGTERM or SIGINT."""
    loop, over = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, over.set)
    server = await loop.create_server(lambda: SMTP(Keeper(folder), enable_SMTPUTF8=True), "127.0.0.1", port)
    await over.wait()
    server.close()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), Path(sys.argv[2])))
