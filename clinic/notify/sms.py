"""Text messages. Off until a provider is set up: then nothing is sent and the outbox says why."""

from django.conf import settings
from django.utils.module_loading import import_string

from clinic.notify.base import Outgoing, Transport, TransportError

NOT_SET_UP = "text messages are not set up"


class SmsTransport(Transport):
    """What stands here while no provider is set up: it sends nothing and says so."""

    channel = "sms"

    def send(self, message: Outgoing) -> str:
        raise TransportError(NOT_SET_UP, permanent=True)


def can_text() -> bool:
    """Is a provider set up? SMS_URL is its address with our credentials; SMS_TRANSPORT names another class."""
    return bool(settings.SMS_TRANSPORT)


def transport() -> Transport:
    """The provider's transport; without one the transport that says so. Raises ImportError for a wrong path."""
    return import_string(settings.SMS_TRANSPORT)() if can_text() else SmsTransport()
