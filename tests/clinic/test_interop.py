"""HL7 grammar, MLLP framing and acknowledgements, against an independent library and what makers send."""

import datetime as dt

import pytest
from hl7apy.parser import parse_message
from hypothesis import given
from hypothesis import strategies as st

from clinic.interop import ack, hl7, mllp
from tests.bedside import CALM, by_hand, written

AT = dt.datetime(2026, 1, 5, 20, 5, 12, tzinfo=dt.UTC)
TEXTS = st.text(
    st.characters(min_codepoint=32, max_codepoint=0x2FF, exclude_categories=("Cc", "Zs", "Zl")), max_size=40
)


def test_what_the_library_writes_we_read():
    message = hl7.parse(written(CALM, AT, number=7))
    assert [s.name for s in message.segments] == ["MSH", "PV1", "OBR", "OBX", "OBX", "OBX", "OBX"]
    assert message.header.at(1) == "|"
    assert message.header.at(2) == "^~\\&"
    assert (message.header.at(10), message.header.at(9, 2)) == ("MON0000007", "R01")
    assert message.said("PV1", 3, 3) == "CHAIR1"
    assert [s.at(5) for s in message.segments if s.name == "OBX"] == list(CALM.values())
    assert message.said("NTE", 3) == ""


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n", "\r\r\n"])
def test_segments_end_however_they_like(end):
    message = hl7.parse(by_hand("OBX|1|NM|147842^^MDC||84", at=AT, end=end))
    assert message.said("OBX", 5) == "84"
    assert len(message.segments) == 5


def test_the_header_names_its_separators():
    message = hl7.parse(b"MSH*:~\\&*GW:1.2:ISO*BAY*****ORU:R01*5*P*2.4\rOBX*1*NM*147842::MDC**84~85")
    assert message.header.whole(3) == "GW:1.2:ISO"
    assert message.header.at(9, 2) == "R01"
    assert message.first("OBX").count(5) == 2
    assert message.first("OBX").at(5, repetition=2) == "85"
    assert message.first("OBX").count(8) == 0


@pytest.mark.parametrize(
    "data", [b"", b"\r\n", b"PID|1", b"MSH", b"MSH|^~", b"MSHAbcdefghij", b"MSH|^^^||||||", b"GET / HTTP/1.1\r\n"]
)
def test_what_has_no_header_is_no_message(data):
    with pytest.raises(hl7.Unreadable):
        hl7.parse(data)


@given(TEXTS)
def test_what_is_escaped_comes_back(text):
    assert hl7.unescape(hl7.escape(text), hl7.Separators()) == text


def test_escapes_by_code_and_unknown_ones():
    usual = hl7.Separators()
    assert hl7.unescape("a\\X0D0A\\b\\H\\c", usual) == "a\r\nb\\H\\c"


def test_latin_and_marked_utf_are_read():
    assert hl7.text_of("Müller".encode("latin-1")) == "Müller"
    assert hl7.parse(b"\xef\xbb\xbfMSH|^~\\&|GW|B\xc3\xa4y").header.at(4) == "Bäy"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("20260105140512-0600", AT),
        ("20260105200512.1234+0000", AT.replace(microsecond=123400)),
        ("202601052005", AT.replace(second=0)),
        ("20261305140512", None),
        ("20260105", None),
        ("99991231235959-1200", None),
        ("", None),
        ("now", None),
    ],
)
def test_times(text, said):
    assert hl7.moment(text) == said


def test_a_time_without_an_offset_is_the_sites():
    assert hl7.moment("20260105140512", dt.timezone(dt.timedelta(hours=-6))) == AT


def frames(data, cuts):
    framer, found, begin = mllp.Framer(), [], 0
    for cut in [*sorted(cuts), len(data)]:
        found += framer.feed(data[begin:cut])
        begin = cut
    return found


@given(
    st.lists(st.binary(max_size=60).map(lambda b: b.replace(b"\x0b", b"").replace(b"\x1c", b"")), max_size=6), st.data()
)
def test_however_the_stream_is_cut_the_same_messages_come_out(messages, data):
    stream = b"".join(mllp.framed(m) for m in messages)
    cuts = data.draw(st.lists(st.integers(0, len(stream)), max_size=8))
    assert frames(stream, cuts) == messages


def test_missing_and_doubled_returns_noise_and_a_message_begun_anew():
    stream = b"noise\x0bone\x1c\x0btwo\x1c\r\r\n\x0bhalf of th\x0bthree\x1c\r\x1c\x0b\x1c"
    assert frames(stream, [3, 9]) == [b"one", b"two", b"three", b""]


def test_a_message_without_end_is_not_collected_for_ever():
    framer = mllp.Framer(limit=100)
    framer.feed(b"\x0b" + b"x" * 100)
    with pytest.raises(mllp.TooLong):
        framer.feed(b"x")
    assert mllp.Framer(limit=100).feed(b"x" * 1000) == []


def test_the_library_reads_our_acknowledgement():
    answer = ack.acknowledge(hl7.parse(written(CALM, AT, number=3)), ack.TAKEN, at=AT)
    read = parse_message(answer.decode(), find_groups=False)
    assert (read.msa.msa_1.value, read.msa.msa_2.value) == ("AA", "MON0000003")
    assert (read.msh.msh_5.value, read.msh.msh_6.value) == ("MONITORGW", "KCLINIC")
    assert read.msh.msh_9.value == "ACK^R01^ACK"
    assert read.msh.msh_12.value == "2.6"
    assert "|" not in read.msh.msh_10.value


@pytest.mark.parametrize(
    ("accept", "application", "codes"),
    [
        ("", "", ("AA", "AE", "AR")),
        ("AL", "NE", ("CA", "CE", "CR")),
        ("NE", "AL", ("AA", "AE", "AR")),
        ("NE", "NE", ("", "", "")),
        ("ER", "NE", ("", "CE", "CR")),
        ("SU", "", ("CA", "", "")),
    ],
)
def test_the_code_is_of_the_mode_the_sender_asks_for(accept, application, codes):
    asked = ack.Asked(accept, application)
    assert tuple(asked.wants(v) for v in (ack.TAKEN, ack.ERROR, ack.REJECTED)) == codes


def test_control_ids_of_ours_are_short_and_differ():
    ids = [ack.control_id() for _ in range(1000)]
    assert len(set(ids)) == 1000
    assert max(map(len, ids)) <= 20


def test_what_a_sender_writes_cannot_add_a_segment_to_the_answer():
    message = hl7.parse(b"MSH|^~\\&|G\\X0D\\MSA||||20260105||ORU^R01|9\\X0D\\MSA\\F\\AA|P|2.3")
    answer = ack.acknowledge(message, ack.REJECTED, at=AT, words="no\rMSA|AA|1")
    assert answer.count(b"\r") == 2
    assert answer.split(b"\r")[1].startswith(b"MSA|AR|")
