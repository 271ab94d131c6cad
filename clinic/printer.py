"""The printer: a process beside the pages that turns HTML into PDF, each paper in a child with its own limits.

It knows no settings, no database and no secret: it is started by `clinic.pdf` with an almost empty environment, reads
no file of ours and opens no connection. Whatever a page points to it asks of the process that wants the paper. A child
that takes too long or too much memory is ended by the kernel; nothing else notices.

    clinic.pdf  --(a socket a paper)-->  this process, with the library loaded  --fork-->  child with limits

Run by path, never imported by the pages.
"""

import os
import resource
import signal
import socket
import struct
import sys
from pathlib import PurePosixPath
from urllib.parse import urlsplit

HEAD = struct.Struct("!cI")
# One letter each, both ways: the order, a page's HTML, a file asked for, a file, no such file; the paper, no memory
# left, broken (with the kind of error, never its words).
ORDER, HTML, ASK, FILE, NONE, PAPER, MEMORY, BROKEN = (letter.encode() for letter in "OHAFNPMB")
# In an order: seconds of processor time, seconds by the clock, MB of memory; then the page's own address.
LIMITS = struct.Struct("!III")
KINDS = {".css": "text/css", ".svg": "image/svg+xml"}
BASE = "http://localhost/"


def send(stream: socket.socket, letter: bytes, body: bytes = b"") -> None:
    """Send one message."""
    stream.sendall(HEAD.pack(letter, len(body)) + body)


def receive(stream: socket.socket, *, most: int = 1 << 32) -> tuple[bytes, bytes]:
    """(letter, body) of the next message. Raises EOFError when the other side is gone or says more than `most`."""
    letter, size = HEAD.unpack(_exactly(stream, HEAD.size))
    if size > most:
        raise EOFError
    return letter, _exactly(stream, size)


def _exactly(stream, size):
    parts, left = [], size
    while left:
        part = stream.recv(min(left, 1 << 20))
        if not part:
            raise EOFError
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def main(control: socket.socket) -> None:
    """Load the library, say so or what is missing, then take orders until the other side is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the pages: without them this process ends by itself
    try:
        from weasyprint import HTML as Page
    except (ImportError, OSError) as problem:
        send(control, BROKEN, str(problem).splitlines()[0][:160].encode())
        return
    Page(string="<p>.</p>", base_url=BASE).write_pdf()  # fonts are looked up once, here
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    send(control, PAPER)
    while fds := socket.recv_fds(control, 1, 1)[1]:
        order = socket.socket(fileno=fds[0])
        if os.fork() == 0:
            control.close()
            _child(Page, order)
        order.close()


def _child(page, order):
    """Print one paper and end, whatever happens, without anything of the parent's own way out."""
    try:
        letter, body = receive(order)
        if letter == ORDER:
            limit(*LIMITS.unpack(body[: LIMITS.size]))
            _print(page, order, body[LIMITS.size :].decode())
    finally:
        os._exit(0)


def limit(cpu: int, clock: int, megabytes: int) -> None:
    """From now on: so many seconds of processor time and by the clock, so much memory; then the kernel ends it."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, clock)
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu))
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _print(page, order, base):
    """Answer with the paper, or with a word that says why there is none; what broke is told by its kind only."""
    try:
        _, html = receive(order)
        paper = page(string=html.decode(), base_url=base, url_fetcher=_fetcher(order)).write_pdf()
        send(order, PAPER, paper)
    except MemoryError:
        send(order, MEMORY)
    finally:
        problem = sys.exc_info()[0]
        if problem is not None:
            send(order, BROKEN, problem.__name__.encode())


def _fetcher(order):
    """A fetcher that asks the process which wants the paper for each file; what it refuses is left out of the page."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Asked(URLFetcher):
        def fetch(self, url, headers=None):
            send(order, ASK, url.encode())
            letter, body = receive(order)
            if letter != FILE:
                raise ValueError("Only the project's own files go into a PDF.")
            kind = KINDS.get(PurePosixPath(urlsplit(url).path).suffix, "application/octet-stream")
            return URLFetcherResponse(url, body, {"Content-Type": kind})

    return Asked(allowed_protocols={"http", "https"}, allow_redirects=False)


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])))
