"""A wire between browser and server that can be cut, mended, and made to lose one answer after the server committed.

Unlike a browser's own "offline" switch it cuts pages, scripts and service workers alike, and the browser doesn't know.
"""

import socket
import threading
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

CHUNK = 65536


class Wire:
    """Listens on a free loopback port and passes on to the server, as long as it is whole."""

    def __init__(self, address):
        parts = urlsplit(address)
        self.to = (parts.hostname, parts.port)
        self.whole = True
        self.losing = None
        self.lost = threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        self.open = set()
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self):
        """No more network: open connections end, new ones are closed at once."""
        self.whole = False
        for one in list(self.open):
            _close(one)

    def mend(self):
        """The network is back."""
        self.whole = True

    def lose_answer_to(self, start):
        """The next request that begins with these words reaches the server, its answer never comes; then it is cut."""
        self.losing = start.encode()
        self.lost.clear()

    def close(self):
        """The end of the test."""
        _close(self.listener)
        self.cut()

    def _accept(self):
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:  # closed: the test is over
                return
            if self.whole:
                threading.Thread(target=self._join, args=(near,), daemon=True).start()
            else:
                _close(near)

    def _join(self, near):
        try:
            far = socket.create_connection(self.to)
        except OSError:
            return _close(near)
        self.open |= {near, far}
        losing = threading.Event()
        threading.Thread(target=self._pass, args=(far, near, losing), daemon=True).start()
        return self._pass(near, far, losing, is_request=True)

    def _pass(self, source, sink, losing, *, is_request=False):
        with suppress(OSError):  # when one end is gone, so is the other
            while data := source.recv(CHUNK):
                if is_request and self.losing and data.startswith(self.losing):
                    losing.set()
                    self.losing = None
                if losing.is_set() and not is_request:
                    self.cut()
                    self.lost.set()
                    break
                sink.sendall(data)
        for one in (source, sink):
            _close(one)
            self.open.discard(one)


def _close(one):
    with suppress(OSError):  # it may be closed already
        one.shutdown(socket.SHUT_RDWR)
    one.close()


@contextmanager
def wired(address):
    """A whole wire to this address."""
    wire = Wire(address)
    try:
        yield wire
    finally:
        wire.close()
