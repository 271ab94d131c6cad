"""Chromium for the journeys, and a server with the product's pages in a thread of the test."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from wsgiref.simple_server import WSGIServer

from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.db import connections

from tests.programs import find, program

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TABLET, PHONE, DESKTOP = (
    {"width": 820, "height": 1180},
    {"width": 390, "height": 844},
    {"width": 1440, "height": 900},
)
# A picture of a page is taken with a style of the driver's own, which the page's policy rightly refuses.
POSING = any(name == "TIDELINE_SCREENS" or name.endswith("_SHOTS") for name in os.environ)
POLICY = "Content Security Policy"


def chromium() -> str:
    """Return Chromium's path; install the system's package when it is missing and root asks.

    Raises ProgramMissing with the exact words what to install: browser tests are never skipped.
    """
    return _find() or program("chromium")


def _find() -> str | None:
    return next(filter(None, map(find, ("chromium", "chromium-browser", "google-chrome"))), None)


def watch_policy(context, heard: list[str]) -> None:
    """Note in `heard` each time a page of this browser does what its content policy forbids (V3.4.3)."""

    def hear(message) -> None:
        if POLICY in message.text and not POSING:
            heard.append(f"{message.location.get('url', '')}: {message.text}")

    context.on("console", hear)


ACCESS: list[Callable[[str], None]] = []  # told of every request line, in a canary run


class QuietHandler(WSGIRequestHandler):
    """Requests of a journey are not worth a line each."""

    def log_message(self, format: str, *args) -> None:
        """Say nothing, but to who asked for it."""
        for tell in ACCESS:
            tell(format % args)


class PageServer(ThreadedWSGIServer):
    """Serves each connection of a browser in a thread; database connections go from one thread to the next.

    A fresh one for each request costs more than most requests: a backend, its caches, every trigger's function.
    """

    def __init__(self, *args) -> None:
        super().__init__(*args)
        self.spare, self.is_over = SimpleQueue(), False

    def process_request_thread(self, request, client_address) -> None:
        connections["default"] = kept = self._connection()
        try:
            super().process_request_thread(request, client_address)
        finally:
            if self.is_over:
                kept.close()
            self.spare.put(kept)

    def _connection(self):
        try:
            return self.spare.get_nowait()
        except Empty:
            fresh = connections.create_connection("default")
            fresh.inc_thread_sharing()
            return fresh

    def server_close(self) -> None:
        """Close the spare connections too; a thread that still runs closes its own."""
        super().server_close()
        self.is_over = True
        while not self.spare.empty():
            self.spare.get_nowait().close()


@contextmanager
def lasting() -> Iterator[None]:
    """Let database connections outlive a request, as they do in production."""
    settings = connections.settings["default"]
    before, settings["CONN_MAX_AGE"] = settings["CONN_MAX_AGE"], None
    try:
        yield
    finally:
        settings["CONN_MAX_AGE"] = before


@contextmanager
def serving() -> Iterator[str]:
    """Serve the pages on a free port of the loopback address; yields the address without a slash at the end."""
    server: WSGIServer = PageServer(("127.0.0.1", 0), QuietHandler)
    server.set_app(WSGIHandler())  # the project is set up: to do it again would shut every log that is being kept
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        with lasting():
            yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)
