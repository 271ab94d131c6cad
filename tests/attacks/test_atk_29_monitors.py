"""ATK-29 at the listener for monitors: what a sender writes never breaks a line of the log, nor fills the memory."""

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor

import pytest

from clinic.interop.mllp import LIMIT, framed
from clinic.interop.server import Allowed, Listener
from sessions.management.commands.monitors import News, keeper

NASTY = b"MSH|^~\\&|GW\x1b[31m\x07|BAY\rERROR clinic forged line\r" + b"x" * 10_000


async def _answered(listener, data):
    """What a listener answers to these bytes before it or we hang up."""
    port = await listener.start("127.0.0.1", 0)
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(data)
    writer.write_eof()
    try:
        return await asyncio.wait_for(reader.read(), 10)
    except ConnectionResetError:
        return b""
    finally:
        writer.close()
        await listener.stop()


def talk(data, **said):
    """In a thread of its own: the browser tests' driver may have a loop in this one."""
    said = {"allowed": Allowed([]), "troubles": (ValueError,), "keep": lambda data, address: b"MSA|AA"} | said
    listener = Listener(said.pop("keep"), **said)
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, _answered(listener, data)).result(30)


def test_the_log_of_a_nasty_message_is_one_line_without_its_words(live_db, caplog):
    caplog.set_level(logging.INFO)
    keeper(News())(NASTY, "127.0.0.1")
    lines = [record.getMessage() for record in caplog.records if record.name.startswith(("clinic", "sessions"))]
    assert len(lines) == 1
    assert not any(word in lines[0] for word in ("\x1b", "\n", "\r", "forged", "xxx"))


def test_a_flood_without_an_end_is_cut_off():
    assert talk(b"\x0b" + b"x" * (LIMIT + 10)) == b""


def test_several_messages_in_one_read_are_answered_in_order():
    assert talk(framed(b"1") + framed(b"2"), keep=lambda data, address: b"got " + data) == framed(b"got 1") + framed(
        b"got 2"
    )


def test_what_was_not_kept_is_not_acknowledged():
    def fail(data, address):
        raise ValueError

    assert talk(framed(b"1"), keep=fail) == b""


def test_a_full_house_turns_away():
    assert talk(framed(b"1"), connections=0) == b""


@pytest.mark.parametrize(
    ("words", "address", "is_allowed"),
    [
        ([], "127.0.0.1", True),
        ([], "::1", True),
        ([], "10.0.0.1", False),
        (["10.0.0.0/24"], "10.0.0.7", True),
        (["10.0.0.0/24"], "::ffff:10.0.0.7", True),
        (["10.0.0.0/24"], "10.0.1.7", False),
        (["10.0.0.1"], "no address", False),
    ],
)
def test_only_named_addresses_come_in(words, address, is_allowed):
    assert (address in Allowed(words)) is is_allowed
