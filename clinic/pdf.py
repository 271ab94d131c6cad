"""PDF out of our own pages, by a printer of its own with limits; where the library is missing, what is said instead.

The library never runs among the pages: a paper that would take minutes or gigabytes is ended, its page says so, and
whoever works beside it notices nothing (PDF-3). See clinic.printer for the other side.
"""

import atexit
import contextlib
import os
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import SuspiciousOperation
from django.http import HttpResponse
from django.template.loader import render_to_string

from clinic import printer
from clinic.refusal import Item, Refused

MEDIA_TYPE = "application/pdf"
CPU_SECONDS, CLOCK_SECONDS, MEGABYTES = 20, 45, 1024  # of one paper; the record of a long infusion takes 3 s, 0.3 GB
AT_ONCE = 2  # papers a process of the pages prints at a time; others wait their turn
MOST_BYTES = 100 * 1024 * 1024
START_SECONDS = 60
KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "LD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH", "FONTCONFIG_FILE",
        "FONTCONFIG_PATH", "XDG_CACHE_HOME")  # fmt: skip
TOO_MUCH = "This paper takes more time or memory than the server gives to one."

_turns = threading.BoundedSemaphore(AT_ONCE)
_starting = threading.Lock()


class Stopped(OSError):
    """This paper was not made: it took too much, or the printer broke over it. Its text is for a person."""


@dataclass
class Printer:
    """A running printer: whose it is (a process that was forked starts its own), its socket, what it lacks."""

    owner: int
    process: subprocess.Popen
    control: socket.socket
    missing: str
    is_for_good: bool  # what it lacks is a library: asking again won't help

    def is_mine(self):
        """Does it run, and was it started by this process?"""
        return self.owner == os.getpid() and (self.is_for_good or self.process.poll() is None)

    def end(self):
        """Let it go: it ends by itself when nobody is left at the other end of its socket."""
        self.control.close()
        if self.owner == os.getpid():
            self.process.wait(START_SECONDS)
        else:
            self.process.returncode = 0  # the parent's, not ours to wait for


_running: list[Printer] = []


def _printer() -> Printer:
    """The printer of this process, started when it is first needed, and again when it has ended."""
    with _starting:
        if not _running or not _running[-1].is_mine():
            end()
            _running.append(_started())
        return _running[-1]


def end() -> None:
    """Let the printer of this process go, if it has one."""
    while _running:
        _running.pop().end()


atexit.register(end)


def _started():
    """A new one, with nothing of our environment but where programs, fonts and languages are."""
    ours, its = socket.socketpair()
    with its:
        process = subprocess.Popen(
            [sys.executable, "-P", printer.__file__, str(its.fileno())], pass_fds=[its.fileno()],
            env={name: os.environ[name] for name in KEPT if name in os.environ},
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
    ours.settimeout(START_SECONDS)
    try:
        letter, words = printer.receive(ours)
    except (EOFError, OSError):  # it had no time or no memory: the next paper starts another
        process.kill()
        process.wait()
        return Printer(os.getpid(), process, ours, "its process did not begin", is_for_good=False)
    lacks = "" if letter == printer.PAPER else words.decode() or "unknown"
    if lacks:
        process.wait(START_SECONDS)
    return Printer(os.getpid(), process, ours, lacks, is_for_good=bool(lacks))


def missing_library():
    """The words of what PDF printing lacks on this server, or ""."""
    missing = _printer().missing
    return f"PDF needs the system library Pango, and it could not be loaded here: {missing}" if missing else ""


def pdf(html, *, cpu=CPU_SECONDS, clock=CLOCK_SECONDS):
    """The page as PDF bytes. Only our own style sheets are read, nothing from the network and no other file.

    `cpu`, `clock`: seconds it may take. Raises Stopped (an OSError) beyond them, beyond MEGABYTES, or when it breaks;
    OSError where the library is missing.
    """
    if missing := missing_library():
        raise OSError(missing)
    until = time.monotonic() + clock
    if not _turns.acquire(timeout=clock):
        raise Stopped("Other papers are being made just now. Try again in a minute.")
    try:
        with _ordered(html, cpu, clock) as stream:
            return _answer(stream, until)
    except (TimeoutError, EOFError, ConnectionError) as problem:
        raise Stopped(TOO_MUCH) from problem
    finally:
        _turns.release()


@contextlib.contextmanager
def _ordered(html, cpu, clock):
    """A socket at whose other end a child of the printer makes this paper."""
    ours, its = socket.socketpair()
    with ours:
        with its:
            socket.send_fds(_printer().control, [b"."], [its.fileno()])
        limits = printer.LIMITS.pack(cpu, clock, MEGABYTES)
        ours.settimeout(clock)
        printer.send(ours, printer.ORDER, limits + (settings.BASE_URL or "http://localhost/").encode())
        printer.send(ours, printer.HTML, html.encode())
        yield ours


def _answer(stream, until):
    """Hand over the files it asks for until the paper comes. Raises Stopped, TimeoutError or EOFError."""
    while True:
        stream.settimeout(max(until - time.monotonic(), 0.001))
        letter, body = printer.receive(stream, most=MOST_BYTES)
        if letter == printer.PAPER:
            return body
        if letter != printer.ASK:
            raise Stopped(TOO_MUCH if letter == printer.MEMORY else f"This paper could not be made: {body.decode()}.")
        _hand_over(stream, body.decode())


def _hand_over(stream, url):
    try:
        printer.send(stream, printer.FILE, _own_file(url))
    except (ValueError, FileNotFoundError, SuspiciousOperation):
        printer.send(stream, printer.NONE)


def pdf_of(template, context, request=None):
    """The template rendered with `context`, as PDF bytes. Raises OSError without the library, Stopped as `pdf`."""
    return pdf(render_to_string(template, context, request))


def pdf_or_refuse(template, context):
    """The same for somebody who waits for it. Raises Refused in words where it can't be made."""
    try:
        return pdf_of(template, context)
    except Stopped as problem:
        raise Refused(Item("pdf", f"{problem} Print the page from the browser.")) from problem
    except OSError as problem:
        raise Refused(Item("pdf", "This server can't make PDF files. Print the page from the browser.")) from problem


def inline(content, name):
    """The answer that shows PDF bytes in the browser, under this file name; nothing keeps a copy on the way."""
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=MEDIA_TYPE, headers=headers)


def _own_file(url):
    """The bytes of a static file of ours, by its plain name or by the hashed one that production gives it."""
    path = urlsplit(url).path
    if urlsplit(url).scheme not in ("http", "https") or not path.startswith(settings.STATIC_URL):
        raise ValueError("Only the project's own files go into a PDF.")
    name = path.removeprefix(settings.STATIC_URL)
    if found := finders.find(name):
        return Path(found).read_bytes()
    if settings.STATIC_ROOT and staticfiles_storage.exists(name):
        with staticfiles_storage.open(name) as file:
            return file.read()
    raise ValueError("No such file of the project's own.")
