"""The messages that the local mail catcher kept, newest first, for reading in the browser."""

import email
import email.policy
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings

SHOWN = 200


@dataclass(frozen=True)
class Kept:
    """One kept message: `name` identifies it, `at` is when it arrived."""

    name: str
    at: datetime
    message: EmailMessage

    @property
    def to(self) -> str:
        return str(self.message.get("X-Envelope-To") or self.message["To"] or "")

    @property
    def sender(self) -> str:
        return str(self.message["From"] or "")

    @property
    def subject(self) -> str:
        return str(self.message["Subject"] or "(no subject)")

    @property
    def text(self) -> str:
        """The plain part, else the HTML part as it was written."""
        part = self.message.get_body(("plain", "html"))
        return part.get_content() if part else ""

    @property
    def attachments(self) -> list[str]:
        return [part.get_filename() or part.get_content_type() for part in self.message.iter_attachments()]


def folder() -> Path:
    """Where the catcher of this data folder keeps its messages."""
    return Path(settings.DATA_FOLDER) / "mail"


def newest(to: str = "") -> list[Kept]:
    """Return the newest messages, those to an address that contains `to` where it is given."""
    found = (_read(path) for path in sorted(folder().glob("*.eml"), reverse=True))
    wanted = (kept for kept in found if to.lower() in kept.to.lower())
    return [kept for kept, _ in zip(wanted, range(SHOWN), strict=False)]


def find(name: str) -> Kept | None:
    """Return one message by its name, or None."""
    path = folder() / f"{name}.eml"
    return _read(path) if path.parent == folder() and path.is_file() else None


def _read(path: Path) -> Kept:
    at = datetime.fromtimestamp(int(path.stem.split("-")[0]) / 1e9, UTC)
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    return Kept(path.stem, at, message)
