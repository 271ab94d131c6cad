"""Acknowledgements: original mode (AA, AE, AR), or enhanced (CA, CE, CR) when the sender's MSH-15 asks for it."""

import itertools
import os
from dataclasses import dataclass

from clinic.interop.hl7 import escape, stamp

TAKEN, ERROR, REJECTED = "A", "E", "R"
NAME = "TIDELINE"
_numbers = itertools.count(1)
_own = os.urandom(5).hex()


@dataclass(frozen=True)
class Asked:
    """What a sender wants back: both empty is the original mode."""

    accept: str = ""
    application: str = ""

    def wants(self, verdict):
        """The acknowledgement code for TAKEN, ERROR or REJECTED; "" when the sender wants none."""
        if not self.accept and not self.application:
            return f"A{verdict}"
        if _is_wanted(self.accept, verdict):
            return f"C{verdict}"
        return f"A{verdict}" if _is_wanted(self.application, verdict) else ""


def _is_wanted(word, verdict):
    return word == "AL" or (word == "SU" and verdict == TAKEN) or (word == "ER" and verdict != TAKEN)


def control_id():
    """A message id of our own, at most 20 characters: never the same twice, whichever process makes it."""
    return f"T{_own}{next(_numbers) % 10**9:09}"


def acknowledge(message, verdict, *, at, words=""):
    """The bytes that answer `message` (None: it could not be read). b"" when its sender wants no answer."""
    if message is None:
        return _written(
            f"MSH|^~\\&|{NAME}||||{stamp(at)}||ACK|{control_id()}|P|2.5", f"MSA|A{verdict}||{escape(words)}"
        )
    header = message.header
    code = Asked(header.at(15), header.at(16)).wants(verdict)
    if not code:
        return b""
    sender = "|".join("^".join(escape(part) for part in header.whole(n).split("^")) for n in (5, 6, 3, 4))
    kind = "^".join(filter(None, ("ACK", escape(header.at(9, 2)), "ACK")))
    first = (
        f"MSH|^~\\&|{sender}|{stamp(at)}||{kind}|{control_id()}|{escape(header.at(11) or 'P')}|{header.at(12) or '2.5'}"
    )
    second = f"MSA|{code}|{escape(header.at(10))}"
    return _written(first, f"{second}|{escape(words)}" if words else second)


def _written(*segments):
    return "".join(f"{segment}\r" for segment in segments).encode()
