"""What a bedside monitor's report means: its codes, units and habits. Nothing is guessed, nothing is left out.

Codes: IEEE 11073 (MDC), LOINC, and one maker's own (MDIL), as reports of the HL7 profile PCD-01 carry them. A value is
never judged for being unlikely: that is the bedside's business and, at acceptance, a nurse's.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from clinic.interop.hl7 import moment

CLOCK_OFFSET_SECONDS = 60
FRESH = timedelta(minutes=15)  # clinic default (unverified default, the clinic approves): older values are not proposed
ONE_CUFF = timedelta(seconds=60)  # systolic and diastolic further apart are not one measurement

MDC = {
    "150021": "systolic", "150301": "systolic", "150022": "diastolic", "150023": "mean_pressure",
    "147842": "heart_rate", "149530": "pulse", "149546": "cuff_pulse", "150456": "spo2",
    "151562": "resp_rate", "151594": "resp_rate_co2", "151712": "etco2", "150344": "temperature",
}  # fmt: skip
LOINC = {
    "8480-6": "systolic", "8462-4": "diastolic", "8478-0": "mean_pressure", "8867-4": "heart_rate", "59408-5": "spo2",
    "2708-6": "spo2", "9279-1": "resp_rate", "19889-5": "etco2", "8310-5": "temperature",
}  # fmt: skip
MDIL = {"0002-4182": "heart_rate", "0002-4bb8": "spo2"}
SYSTEMS = {"MDC": MDC, "LN": LOINC, "MDIL": MDIL}
# Measure -> what it is charted as when its own source is silent.
STANDS_FOR = {"pulse": "heart_rate", "cuff_pulse": "heart_rate", "resp_rate_co2": "resp_rate"}
ORDER = ("systolic", "diastolic", "mean_pressure", "heart_rate", "spo2", "resp_rate", "etco2", "temperature")
CUFF = ("systolic", "diastolic", "mean_pressure")

PRESSURE = {"266016", "MDC_DIM_MMHG", "mm[Hg]", "mmHg"}
RATE = {"264864", "MDC_DIM_BEAT_PER_MIN", "264928", "MDC_DIM_RESP_PER_MIN", "/min", "bpm", "rpm", "0004-0aa0", ""}
UNITS = dict.fromkeys((*CUFF, "etco2"), PRESSURE) | dict.fromkeys(("heart_rate", "resp_rate", *STANDS_FOR), RATE) | {
    "spo2": {"262688", "MDC_DIM_PERCENT", "%", ""},
    "temperature": {"268192", "MDC_DIM_DEGC", "Cel"},
}  # fmt: skip
FAHRENHEIT = {"268224", "MDC_DIM_FAHR", "[degF]"}
# Makers' words for "no value" in a field for numbers.
SENTINELS = {Decimal(n) for n in ("-999", "-99.9", "-100", "-1", "-10000")}
READINGS = {"R", "F", "P", "C", "U", ""}
NUMBER = re.compile(r"[+-]?[0-9]{1,7}(\.[0-9]{1,8})?$")


@dataclass(frozen=True)
class Head:
    """Who sent a message, which, of what kind; `said` is MSH-7 as written."""

    sender: str
    control_id: str
    kind: str
    unit: str
    bed: str
    said: str

    @property
    def is_report(self):
        return self.kind.startswith("ORU^R01")

    @property
    def is_waveform(self):
        return self.kind.startswith("ORU^W01")


@dataclass(frozen=True)
class Observed:
    """One line of a report. `odd` says why there is no value; `code` and `unit` are as sent."""

    position: int
    measure: str
    code: str
    value: Decimal | None
    text: str
    unit: str
    status: str
    odd: str
    device_at: datetime | None


def plain(text, limit):
    """A text that fits a column: without control characters, cut at `limit`."""
    return "".join(c for c in text if c.isprintable())[:limit]


def head_of(message):
    """The `Head` of a parsed message."""
    header = message.header
    sender = "|".join((header.whole(3), header.whole(4)))
    unit = next((s.at(18) for s in message.segments if s.name == "OBX" and s.at(18)), "")
    visit = message.first("PV1")
    return Head(
        sender=plain(sender, 120),
        control_id=plain(header.at(10), 200),
        kind=plain(header.whole(9), 40),
        unit=plain(unit, 120),
        bed=plain(visit.whole(3), 120) if visit else "",
        said=header.at(7),
    )


def observations(message, zone=UTC):
    """The lines of a report in their order; a time without an offset is meant in `zone`.

    Rows that only give structure (unknown code, marked as without a value) are left to the raw message.
    """
    found, above, lines = [], None, 0
    for segment in message.segments:
        if segment.name == "OBR":
            above = moment(segment.at(7), zone)
        elif segment.name == "OBX":
            lines += 1
            one = observed(segment, lines, above or moment(message.header.at(7), zone), zone)
            if one.measure or one.odd != "no_value":
                found.append(one)
    return found


def observed(segment, position, otherwise, zone):
    """One OBX as an `Observed`; `otherwise` is its time when it names none."""
    measure, text, unit, status = measure_of(segment), segment.at(5), unit_of(segment), segment.at(11)
    value, odd = (None, "no_value") if status not in READINGS else value_of(measure, text, segment)
    return Observed(
        position=position,
        measure=measure,
        code=plain(segment.written(3), 120),
        value=value,
        text=plain(segment.written(5), 120),
        unit=plain(unit, 80),
        status=plain(status, 2),
        odd=odd,
        device_at=moment(segment.at(14), zone) or otherwise,
    )


def measure_of(segment):
    """The measure that OBX-3 names by its own or its alternate code, "" for a code nobody here knows."""
    for first in (1, 4):
        code, name, system = (segment.at(3, first + n) for n in range(3))
        system = system or ("MDC" if name.startswith("MDC_") else "")
        if measure := SYSTEMS.get(system, {}).get(code):
            return measure
    return ""


def unit_of(segment):
    """OBX-6 as sent."""
    return segment.written(6)


def value_of(measure, text, segment):
    """(value in the measure's own unit, ""), or (None, why there is none)."""
    if not text:
        return None, "no_value"
    if not NUMBER.match(text):
        return None, "not_number" if measure else "code"
    number = Decimal(text)
    if number in SENTINELS:
        return None, "no_value"
    if not measure:
        return None, "code"
    units = {segment.at(6, n) for n in (1, 2, 4, 5)} - {""} or {""}
    if measure == "temperature" and units & FAHRENHEIT:
        return ((number - 32) * 5 / 9).quantize(Decimal("0.1"), ROUND_HALF_UP), ""
    return (number.quantize(Decimal("0.0001"), ROUND_HALF_UP), "") if units & UNITS[measure] else (None, "unit")


def clock_offset(said_at, received_at, *, known=0, right_at=None):
    """Seconds by which the monitor's clock is ahead of ours (behind: negative); 0 within a minute.

    A message that only came late is told from a clock that is behind: one whose clock agreed before (`right_at`, by its
    own time) and that goes on from there was delayed; `known` is the offset it had last, in seconds.
    """
    if said_at is None:
        return 0
    apparent = round((said_at - received_at).total_seconds())
    if abs(apparent) <= CLOCK_OFFSET_SECONDS:
        return 0
    is_as_before = bool(known) and abs(apparent - known) <= CLOCK_OFFSET_SECONDS
    is_delayed = apparent < 0 and right_at is not None and said_at >= right_at
    return 0 if is_delayed and not is_as_before else apparent


def our_time(device_at, received_at, offset):
    """When it happened by our clock, never later than it came; without a time of its own, when it came."""
    if device_at is None:
        return received_at
    return min(device_at - timedelta(seconds=offset), received_at)


def newest_set(samples, at):
    """The values that can be accepted now, by measure of the chart, in the order of the chart.

    `samples` have measure, value, odd, observed_at. The newest of each measure counts, when it is not older than FRESH;
    when the newest has no value there is none, an older one does not stand in. Diastolic and mean must be of the same
    inflation as the systolic. A pulse stands for the heart rate only where the ECG says nothing.
    """
    newest = {}
    for one in samples:
        held = newest.get(one.measure)
        if one.measure and at - one.observed_at <= FRESH and (held is None or one.observed_at > held.observed_at):
            newest[one.measure] = one
    newest = {measure: one for measure, one in newest.items() if not one.odd}
    for measure, charted in STANDS_FOR.items():
        if measure in newest:
            newest.setdefault(charted, newest[measure])
    return {m: newest[m] for m in ORDER if m in newest and _is_of_one_cuff(newest, m)}


def _is_of_one_cuff(newest, measure):
    if measure not in CUFF or "systolic" not in newest:
        return True
    return abs(newest[measure].observed_at - newest["systolic"].observed_at) <= ONE_CUFF


def charted(measure, value):
    """A value as the chart keeps it: whole, temperature to 0.1; halves go up."""
    if measure == "temperature":
        return value.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return int(value.quantize(Decimal(1), ROUND_HALF_UP))
