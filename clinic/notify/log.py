"""A channel that only writes a line to the log: for a server that must not send yet (NOTIFY_LOG_ONLY)."""

import logging

from clinic.notify.base import Outgoing, Transport

log = logging.getLogger(__name__)

NOT_SENT = "logged"


class LogTransport(Transport):
    channel = "log"

    def send(self, message: Outgoing) -> str:
        """Write id and kind: neither address nor words nor link."""
        log.info("Message %s of kind %s was not sent: this server only logs.", message.ident, message.kind)
        return NOT_SENT
