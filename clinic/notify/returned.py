"""Mail that came back: which of our messages it is about and why, out of a delivery status notification (RFC 3464).

Only the machine-readable parts are read: status and action, and the Message-ID of the mail that is returned with it.
"""

import email
import email.policy
import re
import uuid
from dataclasses import dataclass
from email.message import EmailMessage

from clinic.rules.sending import Failure, after_enhanced

STATES = {"failed": "bounced", "delayed": "delayed", "delivered": "delivered", "relayed": "accepted"}
IDENT = re.compile(r"<?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})@", re.I)


@dataclass(frozen=True)
class Returned:
    """One notice: about which message (its id in our outbox), what became of it, with which status code."""

    message_id: uuid.UUID
    state: str
    status: str

    @property
    def failure(self) -> Failure:
        """What that means for the address."""
        return after_enhanced(self.status)


def read(raw: bytes) -> Returned | None:
    """What a returned mail says about one of ours; None for any other mail, an out-of-office answer say."""
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    if mail.get_content_type() != "multipart/report":
        return None
    status, action = _status(mail)
    ident = _ident(mail)
    if ident is None or action not in STATES:
        return None
    return Returned(ident, STATES[action], status)


def _status(mail: EmailMessage) -> tuple[str, str]:
    """Status code and action of the first recipient; ("", "") without a status part."""
    for part in mail.walk():
        if part.get_content_type() == "message/delivery-status":
            for fields in part.iter_parts() if part.is_multipart() else ():
                if fields.get("Action"):
                    found = re.search(r"\d\.\d{1,3}\.\d{1,3}", str(fields.get("Status", "")))
                    return (found.group() if found else "5.0.0"), str(fields["Action"]).split()[0].strip().lower()
    return "", ""


def _ident(mail: EmailMessage) -> uuid.UUID | None:
    """The id of our message, from the headers that came back with the notice."""
    for part in mail.walk():
        if part.get_content_type() in ("message/rfc822", "text/rfc822-headers"):
            text = part.as_bytes().decode("ascii", "replace")
            named = re.search(r"^message-id:\s*(.+)$", text, re.I | re.M)
            found = IDENT.search(named.group(1)) if named else None
            if found:
                return uuid.UUID(found.group(1))
    return None
