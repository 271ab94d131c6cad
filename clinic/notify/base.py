"""What every way of sending has in common: a message in, nothing out but an error that says what is known."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field

from clinic.rules.sending import Failure


class TransportError(Exception):
    """A message did not go out, or may not have.

    `failure` says what is known (clinic.rules.sending); `permanent` and `uncertain` are its short forms. `code` holds
    no name, address or text: it is what the outbox shows. `wait`: seconds the other side asked us to wait.
    """

    def __init__(
        self,
        code: str,
        failure: Failure | None = None,
        *,
        permanent: bool = False,
        uncertain: bool = False,
        wait: int = 0,
    ):
        super().__init__(code)
        self.code, self.wait = code, wait
        self.failure = failure or Failure(permanent=permanent, uncertain=uncertain)

    @property
    def permanent(self) -> bool:
        """Is trying again of no use?"""
        return self.failure.permanent

    @property
    def uncertain(self) -> bool:
        """May it have gone out?"""
        return self.failure.uncertain


@dataclass(frozen=True)
class Attachment:
    """A file that goes along: name, content type, content."""

    name: str
    content_type: str
    content: str


@dataclass(frozen=True)
class Outgoing:
    """One message as it leaves: `ident` is the outbox row's id and the same at every try."""

    ident: str
    kind: str
    address: str
    subject: str
    body: str
    stop_link: str = ""
    attachments: Sequence[Attachment] = field(default_factory=tuple)


class Transport(ABC):
    """One channel. Used as a context manager so that a sweep keeps one connection for all its messages."""

    channel = ""

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.close()

    def close(self) -> None:  # noqa: B027
        """Give the connection back, if there is one."""

    @abstractmethod
    def send(self, message: Outgoing) -> str:
        """Hand over one message; return the other side's id for it ("" if none). Raises TransportError."""
