"""MLLP: on a stream a message stands between 0x0B and 0x1C 0x0D. However it is cut, the same messages come out."""

BEGIN, END, RETURN = b"\x0b", b"\x1c", b"\r"
LIMIT = 256 * 1024  # bytes of one message; a bedside report has a few thousand


class TooLong(ValueError):
    """More bytes than a message may have came without an end."""


class Framer:
    """Takes bytes as they come, gives whole messages.

    Bytes between messages are left out, so a missing or doubled 0x0D does no harm. A message that begins anew before
    its end was cut off by its sender: the piece is left out, it was never acknowledged.
    """

    def __init__(self, limit=LIMIT):
        self.limit, self._piece, self._inside = limit, bytearray(), False

    def feed(self, data):
        """The messages that these bytes complete, in order. Raises `TooLong`."""
        found = []
        for byte in _runs(data):
            if byte == BEGIN:
                self._piece.clear()
                self._inside = True
            elif byte == END and self._inside:
                found.append(bytes(self._piece))
                self._piece.clear()
                self._inside = False
            elif self._inside:
                self._piece += byte
                if len(self._piece) > self.limit:
                    raise TooLong(f"A message has more than {self.limit} bytes.")
        return found


def _runs(data):
    """The bytes in pieces: each mark alone, what stands between marks whole."""
    begin = 0
    for place, number in enumerate(data):
        if number in (0x0B, 0x1C):
            if place > begin:
                yield data[begin:place]
            yield data[place : place + 1]
            begin = place + 1
    if begin < len(data):
        yield data[begin:]


def framed(message):
    """The bytes of a message as they go on a stream."""
    return BEGIN + message + END + RETURN
