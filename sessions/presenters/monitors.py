"""What a monitor reads beside what is on the chart; the pages of devices."""

from dataclasses import dataclass, field

from clinic.words import age_words, clinic_time
from sessions.presenters.board import version_of
from sessions.presenters.words import LONG, SHORT, UNITS
from sessions.queries import monitors as read
from sessions.rules.monitors import charted


@dataclass(frozen=True)
class Reading:
    """One value of a monitor in words; `note` says what is odd about it."""

    measure: str
    label: str
    value: str
    unit: str
    at: str
    sample: object
    is_charted: bool
    note: str = ""

    @property
    def word(self):
        """What a form sends back for it."""
        return f"{self.measure}:{self.sample.pk}"

    @property
    def choice(self):
        """ "Heart rate 84 /min, 14:05, on the chart already"."""
        said = f"{self.label} {self.value} {self.unit}".strip()
        return ", ".join(filter(None, [said, self.at, self.note, "on the chart already" if self.is_charted else ""]))


@dataclass(frozen=True)
class Panel:
    """The newest values of a session's monitor, the pressure as one figure."""

    readings: list
    words: list
    version: str
    note: str = ""

    @property
    def is_waiting(self):
        """Whether anything of it is not on the chart."""
        return any(not r.is_charted for r in self.readings)


def monitor_panel(session, at):
    """The `Panel` of a session at `at`; without readings when no monitor sends, or the session has ended."""
    found = {} if session.ended_at else read.newest_of(session, at)
    readings = [reading(measure, one, session.site.zone) for measure, one in found.items()]
    stamp = " ".join(f"{one.pk}/{one.is_charted}" for one in found.values())
    return Panel(readings, _words(readings), version_of(f"monitor {stamp}"), _clock_note(found.values()))


def reading(measure, one, zone):
    """The `Reading` of a sample as this measure of the chart."""
    note = "by the pulse" if one.measure in ("pulse", "cuff_pulse") else ""
    note = "by CO\u2082" if one.measure == "resp_rate_co2" else note
    return Reading(measure, LONG[measure], str(charted(measure, one.value)), UNITS[measure],
                   clinic_time(one.observed_at, zone), one, bool(getattr(one, "is_charted", 0)), note)  # fmt: skip


def _words(readings):
    """[(label, value, time)], systolic and diastolic as one pressure."""
    by = {r.measure: r for r in readings}
    found = []
    if "systolic" in by and "diastolic" in by:
        upper, lower = by.pop("systolic"), by.pop("diastolic")
        found.append(("BP", f"{upper.value}/{lower.value}", upper.at))
    return found + [(SHORT[m], r.value, r.at) for m, r in by.items()]


def _clock_note(samples):
    offset = next((s.clock_offset_s for s in samples if s.clock_offset_s), 0)
    return f"The monitor's clock is {offset_words(offset)}; its times are corrected." if offset else ""


def offset_words(seconds):
    """ "4 min ahead", "2 h 5 min behind"."""
    minutes = max(1, round(abs(seconds) / 60))
    span = f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
    return f"{span} {'ahead' if seconds > 0 else 'behind'}"


@dataclass(frozen=True)
class DeviceRow:
    """One monitor of the list."""

    device: object
    names: str
    chair: str
    heard: str
    clock: str

    @property
    def subject(self):
        """How a look at it names it."""
        return str(self.device.pk)


@dataclass(frozen=True)
class Looked:
    """Something that has been looked at: what, what it turned out to be, who and when."""

    what: str
    words: str
    who: str
    at: object


@dataclass
class DevicesPage:
    """All of the page of monitors."""

    confirmed: list
    waiting: list
    retired: list
    codes: list = field(default_factory=list)
    unread: list = field(default_factory=list)
    looked: list = field(default_factory=list)


def devices_page(site, at):
    """The monitors of a site, and what wants to be looked at; what somebody has looked at stands apart."""
    confirmed, waiting, retired = [[_device_row(d, at) for d in group] for group in read.devices_at(site)]
    codes = [c | {"subject": "|".join((c["code"], c["unit"], c["odd"]))} for c in read.unknown_codes(site, at)]
    unread = [m | {"subject": "|".join((m["problem"], m["kind"]))} for m in read.unread_messages(site, at)]
    looks, looked = read.looks_at(site), []
    waiting = _unseen("device", waiting, looks, looked, lambda row: row.subject, lambda row: row.names)
    codes = _unseen("code", codes, looks, looked, lambda c: c["subject"], lambda c: f"{c['code']} {c['unit']}".strip())
    unread = _unseen("message", unread, looks, looked, lambda m: m["subject"], lambda m: m["problem"])
    return DevicesPage(confirmed, waiting, retired, codes, unread, looked)


def _unseen(about, rows, looks, looked, subject, what):
    """Those nobody has looked at; the others go to `looked`."""
    left = []
    for row in rows:
        look = looks.get((about, subject(row)))
        if look is None:
            left.append(row)
        else:
            looked.append(Looked(what(row), look.words, look.looked_by.name, look.looked_at))
    return left


def device_names(device):
    """How a device names itself, in words."""
    bed = f"bed {device.bed.replace('^', ' ').strip()}" if device.bed else ""
    return ", ".join(filter(None, [device.unit, bed, f"by {device.sender.replace('|', ' ').strip()}"]))


def _device_row(device, at):
    return DeviceRow(
        device=device,
        names=device_names(device),
        chair=device.chair.label if device.chair else "",
        heard=age_words(device.last_heard_at, at),
        clock=offset_words(device.clock_offset_s) if device.clock_offset_s else "",
    )
