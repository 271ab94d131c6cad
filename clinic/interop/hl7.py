"""HL7 v2 as it comes: segments, fields, repetitions, components, escapes, with the separators the header names.

Reading is forgiving where senders differ (CR, LF or CRLF between segments, blank lines, short headers, any of the
usual character sets) and refuses only what has no header at all. Nothing is validated against a profile here.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from unicodedata import category

FIELD, COMPONENT, REPETITION, ESCAPE, SUBCOMPONENT = "|", "^", "~", "\\", "&"
STAMP = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})?(\.[0-9]+)?([+-][0-9]{4})?$")


class Unreadable(ValueError):
    """These bytes are no HL7 v2 message; the words say why."""


@dataclass(frozen=True)
class Separators:
    """The five characters of MSH-1 and MSH-2."""

    field: str = FIELD
    component: str = COMPONENT
    repetition: str = REPETITION
    escape: str = ESCAPE
    subcomponent: str = SUBCOMPONENT

    @classmethod
    def of(cls, header):
        """Those of a header segment; what MSH-2 leaves out is the usual one."""
        field = header[3]
        said = header[4:].split(field, 1)[0][:4]
        usual = COMPONENT + REPETITION + ESCAPE + SUBCOMPONENT
        found = (field, *(said + usual[len(said) :]))
        if len(set(found)) < len(found) or any(c.isalnum() or c in "\r\n" for c in found):
            raise Unreadable("The header names no usable separators.")
        return cls(*found)


@dataclass(frozen=True)
class Segment:
    """One line: its name and its fields as written; `at` counts as the standard does (MSH-1 is the separator)."""

    name: str
    fields: tuple
    separators: Separators

    def at(self, field, component=1, repetition=1):
        """One component in plain words, "" where there is none. All three count from 1."""
        if self.name == "MSH" and field <= 2:
            return self.written(field)
        parts = _part(self._repetitions(field), repetition).split(self.separators.component)
        return unescape(_part(parts, component), self.separators).strip()

    def whole(self, field):
        """The first repetition of a field with its components as written, empty ones at the end left out."""
        said = _part(self._repetitions(field), 1).strip()
        return unescape(said.rstrip(self.separators.component), self.separators)

    def count(self, field):
        """How many repetitions a field has; an empty field has none."""
        raw = self.written(field)
        return len(raw.split(self.separators.repetition)) if raw else 0

    def written(self, field):
        """A field as written."""
        return _part(self.fields, field)

    def _repetitions(self, field):
        return self.written(field).split(self.separators.repetition)


@dataclass(frozen=True)
class Message:
    """The segments of a message in their order; the first is the header."""

    segments: tuple

    @property
    def header(self):
        return self.segments[0]

    def first(self, name):
        """The first segment of this name, or None."""
        return next((s for s in self.segments if s.name == name), None)

    def said(self, name, field, component=1):
        """A component of the first segment of this name, "" where there is no such segment."""
        segment = self.first(name)
        return segment.at(field, component) if segment else ""


def _part(parts, number):
    return parts[number - 1] if 0 < number <= len(parts) else ""


def text_of(data):
    """The characters of a message: UTF-8 where it is that, else Latin-1, in which every byte has a letter."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def parse(data):
    """Read the bytes of one message. Raises `Unreadable` when they do not begin with a header."""
    lines = [line for line in re.split(r"[\r\n]+", text_of(data).lstrip()) if line.strip()]
    if not lines or not lines[0].startswith("MSH") or len(lines[0]) < 9:
        raise Unreadable("There is no header (MSH) at the beginning.")
    separators = Separators.of(lines[0])
    return Message(tuple(_segment(line, separators) for line in lines))


def _segment(line, separators):
    name, *fields = line.split(separators.field)
    if name == "MSH":
        fields = [separators.field, *fields]
    return Segment(name.strip(), tuple(fields), separators)


def unescape(text, separators):
    r"""Plain words of an escaped text: \F\ \S\ \T\ \R\ \E\ and \X..\; other sequences stay as written."""
    mark = separators.escape
    if mark not in text:
        return text
    known = {"F": separators.field, "S": separators.component, "T": separators.subcomponent,
             "R": separators.repetition, "E": mark}  # fmt: skip
    pattern = re.compile(f"{re.escape(mark)}([FSTRE]|X(?:[0-9A-Fa-f]{{2}})+){re.escape(mark)}")
    return pattern.sub(lambda found: known.get(found[1]) or _from_hex(found[1]), text)


def _from_hex(said):
    return bytes.fromhex(said[1:]).decode("latin-1")


def escape(text):
    """A text that can stand in a component of a message with the usual separators; line ends become blanks."""
    known = {FIELD: "\\F\\", COMPONENT: "\\S\\", SUBCOMPONENT: "\\T\\", REPETITION: "\\R\\", ESCAPE: "\\E\\"}
    return "".join(known.get(c, " " if category(c) in ("Cc", "Zl", "Zp") else c) for c in text)


def moment(text, zone=UTC):
    """The aware time of a stamp `YYYYMMDDHHMM[SS[.f]][+ZZZZ]`; without an offset it is meant in `zone`. Else None."""
    found = STAMP.match(text.strip())
    if not found:
        return None
    *numbers, fraction, offset = found.groups()
    micros = int(f"{fraction or '.0'}000000"[1:7])
    try:
        said = datetime(*(int(n or 0) for n in numbers), micros, tzinfo=_zone(offset) if offset else zone)
        return said.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _zone(offset):
    minutes = int(offset[1:3]) * 60 + int(offset[3:5])
    return timezone(timedelta(minutes=-minutes if offset[0] == "-" else minutes))


def stamp(at):
    """An aware time as messages write it, to the second, in UTC."""
    return at.astimezone(UTC).strftime("%Y%m%d%H%M%S+0000")
