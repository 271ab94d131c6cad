"""Mail by SMTP, through Django's mail settings.

SMTP knows no "exactly once". A refusal before the message was handed over is certain (clinic.rules.sending says what
follows); a line that breaks during or after the handing over is not, and is reported as uncertain.
"""

import smtplib
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from clinic.notify.base import Outgoing, Transport, TransportError
from clinic.rules.sending import AWAY, UNSURE, after_smtp

TIMEOUT_SECONDS = 15


class Built(EmailMessage):
    """A mail put together once: looking whether it can be written and sending it take the same bytes."""

    _made = None

    def message(self):
        """The mail as the standard library writes it."""
        if self._made is None:
            self._made = super().message()
        return self._made


class EmailTransport(Transport):
    channel = "email"

    def __init__(self):
        self.connection = None

    def close(self) -> None:
        if self.connection is not None:
            connection, self.connection = self.connection, None
            connection.close()

    def send(self, message: Outgoing) -> str:
        mail = self._mail(message)
        self._connect()
        try:
            self.connection.send_messages([mail])
        except smtplib.SMTPRecipientsRefused as problem:
            code, words = max(problem.recipients.values(), default=(550, b""))
            raise TransportError(f"address refused ({code})", after_smtp(code, _text(words))) from problem
        except smtplib.SMTPResponseException as problem:
            self.close()
            failure = after_smtp(problem.smtp_code, _text(problem.smtp_error))
            raise TransportError(f"refused ({problem.smtp_code})", failure) from problem
        except (smtplib.SMTPException, OSError) as problem:
            self.close()
            raise TransportError("the line broke while sending", UNSURE) from problem
        return mail.extra_headers["Message-ID"]

    def _connect(self) -> None:
        """Open the line beforehand: what fails here has certainly not been sent, and is not this message's fault."""
        if self.connection is not None:
            return
        connection = get_connection(fail_silently=False, timeout=TIMEOUT_SECONDS)
        try:
            connection.open()
        except smtplib.SMTPAuthenticationError as problem:
            raise TransportError("the mail server refuses our sign-in", AWAY) from problem
        except (smtplib.SMTPException, OSError) as problem:
            raise TransportError("the mail server can't be reached", AWAY) from problem
        self.connection = connection

    def _mail(self, message: Outgoing) -> EmailMessage:
        """The same Message-ID at every try, so that a mail server or a reader can see a repeat."""
        domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
        headers = {"Message-ID": f"<{message.ident}@{domain}>", "Auto-Submitted": "auto-generated"}
        if message.stop_link:
            headers["List-Unsubscribe"] = f"<{message.stop_link}>"
        try:
            sender, to = settings.DEFAULT_FROM_EMAIL, [message.address]
            if settings.BOUNCE_ADDRESS:  # the envelope's sender: where servers return what they can't deliver
                headers["From"], sender = settings.DEFAULT_FROM_EMAIL, settings.BOUNCE_ADDRESS
            mail = Built(message.subject, message.body, sender, to, headers=headers)
            for file in message.attachments:
                mail.attach(file.name, file.content, file.content_type)
            mail.message()
        except ValueError as problem:
            raise TransportError("not a usable address or subject", permanent=True) from problem
        return mail


def _text(words) -> str:
    """A server's answer as text, whatever bytes it sent."""
    return words.decode("ascii", "replace") if isinstance(words, bytes) else str(words)
