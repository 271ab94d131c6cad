"""Chromium for the journeys, and a server with the product's pages in a thread of the test."""

import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from wsgiref.simple_server import WSGIServer

from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections

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
MISSING = "Chromium is missing, and the browser tests need it. Install it, on Debian with: apt-get install chromium"


class BrowserMissing(RuntimeError):
    """Chromium is not there and could not be installed; the words say what to do."""


def chromium() -> str:
    """Return Chromium's path; install the system's package when it is missing and root asks.

    Raises BrowserMissing with the exact words what to install: browser tests are never skipped.
    """
    found = _find()
    if not found and os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "check": False, "timeout": 600}
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update"], env=environment, **quiet)
        subprocess.run(["apt-get", "install", "-y", "chromium"], env=environment, **quiet)
        found = _find()
    if not found:
        raise BrowserMissing(MISSING)
    return found


def _find() -> str | None:
    if Path("/usr/bin/chromium").exists():
        return "/usr/bin/chromium"
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


class QuietHandler(WSGIRequestHandler):
    """Requests of a journey are not worth a line each."""

    def log_message(self, format: str, *args) -> None:
        """Say nothing."""


class PageServer(ThreadedWSGIServer):
    """Serves each request in a thread that closes its database connection when it ends."""

    def process_request_thread(self, request, client_address) -> None:
        super().process_request_thread(request, client_address)
        connections.close_all()


@contextmanager
def serving() -> Iterator[str]:
    """Serve the pages on a free port of the loopback address; yields the address without a slash at the end."""
    server: WSGIServer = PageServer(("127.0.0.1", 0), QuietHandler)
    server.set_app(get_wsgi_application())
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)
