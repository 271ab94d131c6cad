"""What a report means: codes, units, makers' quirks, clocks, and which values may be accepted together."""

import datetime as dt
from decimal import Decimal as D
from types import SimpleNamespace

import pytest

from clinic.interop import hl7
from sessions.rules import monitors as rules
from tests.bedside import CALM, by_hand, written

AT = dt.datetime(2026, 1, 5, 20, 5, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


def line(text):
    (one,) = rules.observations(hl7.parse(by_hand(text, at=AT)))
    return one.measure, one.value, one.odd


def test_a_report_of_the_independent_library():
    message = hl7.parse(written(CALM, AT, times={"systolic": AT - 3 * MINUTE}))
    head = rules.head_of(message)
    assert (head.sender, head.unit, head.bed) == ("MONITORGW|KCLINIC", "MON-1", "INF^^CHAIR1^KCLINIC")
    assert head.is_report
    found = rules.observations(message)
    assert {o.measure: str(o.value) for o in found} == {m: f"{v}.0000" for m, v in CALM.items()}
    assert {o.odd for o in found} == {""}
    assert [o.device_at for o in found] == [AT, AT, AT - 3 * MINUTE, AT]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("OBX|1|NM|147842^MDC_ECG_HEART_RATE^MDC||84|264864^^MDC|||||R", ("heart_rate", D(84), "")),
        ("OBX|1|NM|8867-4^Heart rate^LN||84|/min|||||F", ("heart_rate", D(84), "")),
        ("OBX|9|NM|X1^own^99GE^150456^MDC_PULS_OXIM_SAT_O2^MDC||62|%|||||R", ("spo2", D(62), "")),
        ("OBX|1|NM|0002-4182^HR^MDIL|0|210|0004-0aa0^bpm^MDIL|50^120||||R", ("heart_rate", D(210), "")),
        ("OBX|1|NM|0002-4bb8^SpO2^MDIL|0||0004-0220^%^MDIL|||||X", ("spo2", None, "no_value")),
        ("OBX|1|NM|147842^MDC_ECG_HEART_RATE||84|^MDC_DIM_BEAT_PER_MIN|||||R", ("heart_rate", D(84), "")),
        ("OBX|1|NM|150301^MDC_PRESS_CUFF_SYS^MDC||120.5|266016^^MDC|||||R", ("systolic", D("120.5"), "")),
        ("OBX|1|NM|150021^^MDC||16|kPa|||||R", ("systolic", None, "unit")),
        ("OBX|1|NM|150021^^MDC||120||||||R", ("systolic", None, "unit")),
        ("OBX|1|NM|150344^^MDC||98.6|^^^[degF]^^UCUM|||||R", ("temperature", D("37.0"), "")),
        ("OBX|1|NM|150344^^MDC||36.6|268192^MDC_DIM_DEGC^MDC|||||R", ("temperature", D("36.6"), "")),
        ("OBX|1|NM|147842^^MDC||APNEA|/min|||||R", ("heart_rate", None, "not_number")),
        ("OBX|1|NM|147842^^MDC||---|/min|||||R", ("heart_rate", None, "not_number")),
        ("OBX|1|NM|147842^^MDC||99999999999999|/min|||||R", ("heart_rate", None, "not_number")),
        ("OBX|1|NM|147842^^MDC||0|/min|||||R", ("heart_rate", D(0), "")),
        ("OBX|1|NM|147842^^MDC||84|/min|||||D", ("heart_rate", None, "no_value")),
        ("OBX|1|NM|190000^MDC_NEW^MDC||5|/min|||||R", ("", None, "code")),
        ("OBX|1|NM|147842^^99XYZ||84|/min|||||R", ("", None, "code")),
    ],
)
def test_quirks(text, said):
    assert line(text) == said


@pytest.mark.parametrize("word", ["-999", "-99.9", "-100", "-1", "-10000"])
def test_makers_words_for_no_value_are_not_values(word):
    assert line(f"OBX|1|NM|150456^^MDC||{word}|%|||||R") == ("spo2", None, "no_value")


def test_rows_of_structure_are_left_to_the_raw_message():
    rows = "OBX|1||69965^MDC_DEV_MON_PHYSIO_MULTI_PARAM_MDS^MDC|1.0.0.0|||||||X", "OBX|40|NM|147842^^MDC||84|/min|||||R"
    (only,) = rules.observations(hl7.parse(by_hand(*rows, at=AT)))
    assert (only.measure, only.position) == ("heart_rate", 2)


@pytest.mark.parametrize(
    ("said", "known", "right_at", "offset"),
    [
        (0, 0, None, 0),
        (60, 0, None, 0),
        (61, 0, None, 61),
        (-61, 0, None, -61),
        (-300, 0, -600, 0),  # it agreed ten minutes ago and goes on from there: delayed on its way
        (-3600, 0, -600, -3600),  # set back by an hour
        (-3630, -3600, -600, -3630),  # as it was: still an hour behind
        (-3000, -3600, -3700, 0),
        (7200, 0, -5, 7200),
        (None, 0, None, 0),
    ],
)
def test_a_clock_that_is_off_is_told_from_a_message_that_is_late(said, known, right_at, offset):
    def moment(seconds):
        return None if seconds is None else AT + dt.timedelta(seconds=seconds)

    assert rules.clock_offset(moment(said), AT, known=known, right_at=moment(right_at)) == offset


def test_our_time_is_never_later_than_the_arrival():
    assert rules.our_time(AT + MINUTE / 2, AT, 0) == AT
    assert rules.our_time(AT + 60 * MINUTE, AT, 3600) == AT
    assert rules.our_time(AT - 5 * MINUTE, AT, 0) == AT - 5 * MINUTE
    assert rules.our_time(None, AT, 0) == AT


def sample(measure, minutes_ago=0, value=80, odd=""):
    return SimpleNamespace(measure=measure, value=value, odd=odd, observed_at=AT - minutes_ago * MINUTE)


def chosen(*samples):
    return {m: s.measure for m, s in rules.newest_set(samples, AT).items()}


def test_the_set_in_the_order_of_the_chart():
    found = chosen(sample("spo2"), sample("diastolic", 4), sample("systolic", 4), sample("heart_rate"))
    assert list(found) == ["systolic", "diastolic", "heart_rate", "spo2"]


def test_old_values_and_unknown_ones_are_not_proposed():
    assert chosen(sample("spo2", 16), sample("", 0)) == {}


def test_when_the_newest_has_no_value_an_older_one_does_not_stand_in():
    assert chosen(sample("spo2", 2), sample("spo2", 1, None, "no_value")) == {}


def test_a_pulse_stands_for_a_silent_heart_rate_only():
    assert chosen(sample("pulse")) == {"heart_rate": "pulse"}
    assert chosen(sample("pulse"), sample("heart_rate")) == {"heart_rate": "heart_rate"}


def test_two_inflations_are_not_one_pressure():
    assert list(chosen(sample("systolic", 1), sample("diastolic", 4))) == ["systolic"]


def test_the_chart_keeps_whole_numbers_and_tenths():
    assert rules.charted("heart_rate", D("84.5")) == 85
    assert rules.charted("temperature", D("36.65")) == D("36.7")
