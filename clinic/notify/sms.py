"""Text messages. Off until a provider is set up: then nothing is sent and the outbox says why."""

from clinic.notify.base import Outgoing, Transport, TransportError


class SmsTransport(Transport):
    channel = "sms"

    def send(self, message: Outgoing) -> str:
        raise TransportError("text messages are not set up", permanent=True)
