"""Monitors of the demo: one at each chair that sends what a patient at its infusion would show, over the real listener.

The values wander about what was charted last, as heart and breath do; the pressure is taken every few minutes and
keeps its time between. One monitor more is confirmed by nobody: it stands in the queue.
"""

import random
import socket
from datetime import timedelta

from clinic import clock
from clinic.interop.hl7 import stamp
from clinic.interop.mllp import Framer, framed
from clinic.models import Chair
from sessions.actions.monitors import confirm_device
from sessions.models import Device, InfusionSession, VitalsReading

SENDER, FACILITY = "BEDSIDE", "DEMO"
CUFF_EVERY = timedelta(minutes=3)
BEAT, BREATH = "264864^MDC_DIM_BEAT_PER_MIN^MDC^/min^/min^UCUM", "264928^MDC_DIM_RESP_PER_MIN^MDC^/min^/min^UCUM"
PRESSURE, PERCENT = "266016^MDC_DIM_MMHG^MDC^mm[Hg]^mm[Hg]^UCUM", "262688^MDC_DIM_PERCENT^MDC^%^%^UCUM"
# Measure -> code, unit, an ordinary value, how far it wanders at once, lowest and highest of a calm patient.
LINES = {
    "heart_rate": ("147842^MDC_ECG_HEART_RATE^MDC^8867-4^Heart rate^LN", BEAT, 74, 2, 48, 118),
    "spo2": ("150456^MDC_PULS_OXIM_SAT_O2^MDC^59408-5^SpO2^LN", PERCENT, 97, 1, 92, 100),
    "resp_rate": ("151562^MDC_RESP_RATE^MDC^9279-1^Respiratory rate^LN", BREATH, 14, 1, 9, 22),
    "systolic": ("150021^MDC_PRESS_BLD_NONINV_SYS^MDC^8480-6^Systolic BP^LN", PRESSURE, 126, 4, 95, 165),
    "diastolic": ("150022^MDC_PRESS_BLD_NONINV_DIA^MDC^8462-4^Diastolic BP^LN", PRESSURE, 78, 3, 55, 98),
}
CUFF = ("systolic", "diastolic")


class Monitor:
    """One monitor at one bed."""

    def __init__(self, serial, bed, seed):
        self.serial, self.bed, self.dice = serial, bed, random.Random(seed)
        self.values, self.cuff_at, self.number = {m: line[2] for m, line in LINES.items()}, None, 0

    @property
    def names(self):
        """As its messages name it."""
        return {"sender": f"{SENDER}|{FACILITY}", "unit": self.serial, "bed": self.bed}

    def follow(self, reading):
        """Begin at what was charted last (None: at ordinary values)."""
        for measure in LINES:
            charted = getattr(reading, measure, None)
            self.values[measure] = LINES[measure][2] if charted is None else charted

    def wander(self, at):
        """Let a moment pass."""
        inflates = self.cuff_at is None or at - self.cuff_at >= CUFF_EVERY
        for measure, (_, _, _, step, low, high) in LINES.items():
            if measure not in CUFF or inflates:
                moved = self.values[measure] + self.dice.randint(-step, step)
                self.values[measure] = max(min(low, self.values[measure]), min(max(high, self.values[measure]), moved))
        if inflates:
            self.cuff_at = at

    def report(self, at):
        """The next message."""
        self.wander(at)
        self.number += 1
        lines = [self._line(place, measure, at) for place, measure in enumerate(LINES, 1)]
        ident = f"{self.serial}-{at:%y%m%d%H%M%S}-{self.number}"[:50]
        head = f"MSH|^~\\&|{SENDER}|{FACILITY}|TIDELINE||{stamp(at)}||ORU^R01^ORU_R01|{ident}|P|2.6"
        order = f"OBR|1|||182777000^monitoring of patient^SCT|||{stamp(at)}"
        return "".join(f"{line}\r" for line in (head, "PID|1", f"PV1|1|O|{self.bed}", order, *lines)).encode()

    def _line(self, place, measure, at):
        code, unit = LINES[measure][:2]
        said = stamp(self.cuff_at if measure in CUFF else at)
        return (
            f"OBX|{place}|NM|{code}|1.1.1.{place}|{self.values[measure]}|{unit}|||||R|||{said}||||{self.serial}^BEDSIDE"
        )


def ward(by_site):
    """(monitors by chair id, the one nobody confirmed). `by_site`: site -> the user who confirmed where each stands."""
    found, at = {}, clock.now()
    for site, user in by_site.items():
        for chair in Chair.objects.filter(site=site, in_use=True):
            monitor = Monitor(f"DEMO-{str(chair.pk)[:8]}", f"INF^^CHAIR {chair.label}", str(chair.pk))
            device, _ = Device.objects.get_or_create(
                **monitor.names, defaults={"first_heard_at": at, "last_heard_at": at}
            )
            if device.confirmed_at is None:
                confirm_device(device=device, chair=chair, by=user, label=f"Monitor {chair.label}", at=at)
            found[chair.pk] = monitor
    return found, Monitor("DEMO-SPARE", "STORE", "spare")


def seated():
    """Chair id -> the newest reading of the open session in it, or None; only chairs with a started session."""
    rows = InfusionSession.objects.open().filter(started_at__isnull=False, chair__isnull=False)
    return {s.chair_id: _newest(s) for s in rows.order_by("checked_in_at")}


def _newest(session):
    rows = VitalsReading.objects.filter(entry__session=session, entry__superseded_by__isnull=True)
    return rows.order_by("-entry__observed_at").first()


class Line:
    """A connection to the listener, made anew when it was lost."""

    def __init__(self, host, port):
        self.address, self.socket = (host, port), None

    def send(self, message):
        """Send one message and wait for its answer; returns it. Raises OSError when there is none."""
        self.socket = self.socket or socket.create_connection(self.address, timeout=10)
        try:
            self.socket.sendall(framed(message))
            return self._answer()
        except OSError:
            self.close()
            raise

    def _answer(self):
        framer = Framer()
        while data := self.socket.recv(65536):
            if found := framer.feed(data):
                return found[0]
        raise ConnectionResetError("The listener hung up without an answer.")

    def close(self):
        """Hang up."""
        if self.socket:
            self.socket.close()
        self.socket = None
