"""PDF-3: a paper has its time and its memory; beyond them it is ended, and nothing else notices."""

import os
import signal
import threading
import time
from pathlib import Path

import pytest

from clinic import pdf as paper
from clinic import printer
from clinic.refusal import Refused

SMALL = "<p>A short paper.</p>"
# A table of a hundred thousand cells: minutes of work.
ENDLESS = "<table>" + "<tr>" + "<td>cell</td>" * 40 + ("<tr>" + "<td>cell</td>" * 40 + "</tr>") * 2500
GREEDY = "<p>" + "word " * 3_000_000


def prints():
    return paper.pdf(SMALL).startswith(b"%PDF")


def test_pdf_3_a_paper_that_takes_too_long_is_ended_and_the_next_one_is_made():
    assert prints()
    began = time.monotonic()
    with pytest.raises(paper.Stopped, match="more time or memory"):
        paper.pdf(ENDLESS, cpu=1)
    assert time.monotonic() - began < paper.CLOCK_SECONDS
    assert prints()


def test_pdf_3_the_clock_ends_it_too():
    assert prints()
    began = time.monotonic()
    with pytest.raises(paper.Stopped):
        paper.pdf(ENDLESS, clock=1)
    assert time.monotonic() - began < 10
    assert prints()


def test_pdf_3_a_paper_that_takes_too_much_memory_is_ended(monkeypatch):
    assert prints()
    monkeypatch.setattr(paper, "MEGABYTES", 400)
    with pytest.raises(paper.Stopped, match="more time or memory"):
        paper.pdf(GREEDY)
    assert prints(), "400 MB are enough for a short one"


def test_a_page_s_own_memory_does_not_grow(monkeypatch):
    """What a paper takes is taken from the child, not from the pages."""
    prints()
    before = resident()
    paper.pdf("<p>word</p>" * 600)
    assert resident() - before < 20


def resident():
    """MB of this process."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    raise AssertionError


def test_a_printer_that_was_killed_is_started_again():
    prints()
    first = paper._printer().process
    os.kill(first.pid, signal.SIGKILL)
    first.wait(10)
    assert prints()
    assert paper._printer().process.pid != first.pid


def test_the_printer_knows_no_secret(monkeypatch):
    """Nothing of our environment but where programs, fonts and languages are; it opens no file of ours by itself."""
    monkeypatch.setenv("DJANGO_SECRET_KEY", "must-not-be-there")
    paper.end()
    prints()
    told = Path(f"/proc/{paper._printer().process.pid}/environ").read_bytes().decode()
    assert "must-not-be-there" not in told
    assert {entry.partition("=")[0] for entry in told.split("\0") if entry} <= set(paper.KEPT)


@pytest.mark.parametrize("url", ["/static/../../../etc/hostname", "/static/%2e%2e/manage.py", "//other.example/x.css"])
def test_what_the_printer_may_not_have_is_left_out(url):
    assert paper.pdf(f'<link rel="stylesheet" href="{url}"><p>Still a paper</p>').startswith(b"%PDF")


def test_what_broke_is_told_without_a_word_of_the_page(monkeypatch):
    prints()

    def send(stream, letter, body=b"", *, real=printer.send):
        real(stream, letter, b"\xff\xfe Secret Name" if letter == printer.HTML else body)

    monkeypatch.setattr(printer, "send", send)
    with pytest.raises(paper.Stopped, match=r"could not be made: UnicodeDecodeError\.$"):
        paper.pdf(SMALL)


def test_a_printer_that_does_not_begin_is_asked_again_the_next_time(monkeypatch):
    paper.end()
    with monkeypatch.context() as broken:
        broken.setattr(paper.printer, "__file__", "/nowhere/printer.py")
        assert "did not begin" in paper.missing_library()
        with pytest.raises(OSError, match="did not begin"):
            paper.pdf(SMALL)
    assert prints()


def test_papers_wait_their_turn_and_a_turn_that_never_comes_is_told(monkeypatch):
    monkeypatch.setattr(paper, "_turns", threading.BoundedSemaphore(1))
    paper._turns.acquire()
    with pytest.raises(paper.Stopped, match="Try again in a minute"):
        paper.pdf(SMALL, clock=1)
    paper._turns.release()
    assert prints()


def test_who_waits_for_a_paper_is_refused_in_words(monkeypatch):
    def stopped(*args, **more):
        raise paper.Stopped(paper.TOO_MUCH)

    monkeypatch.setattr(paper, "pdf", stopped)
    with pytest.raises(Refused, match="Print the page from the browser"):
        paper.pdf_or_refuse("404.html", {})
