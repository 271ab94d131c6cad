"""Text messages through Twilio's documented HTTP interface (Messages resource, version 2010-04-01), or one like it.

Set up by SMS_URL: ``twilio://ACCOUNT:TOKEN@api.twilio.com?from=%2B12125550100`` (a number of ours, or its messaging
service as ``service=MG...``); ``country=44`` where numbers without a plus are not North American.
What fails before the request is written has certainly not been sent. What fails afterwards may have been: it stays
uncertain until the provider's own report, which names our message, says how it ended (clinic.actions.deliveries).
"""

import base64
import hashlib
import hmac
import http.client
import json
import ssl
import time
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from clinic.links import absolute
from clinic.notify.base import Outgoing, Transport, TransportError
from clinic.rules.phones import e164
from clinic.rules.sending import AWAY, NO_SUCH, UNSURE, after_sms

TIMEOUT_SECONDS = 15
IDLE_SECONDS = 5  # a line unused for longer may have been closed at the other end: a fresh one is certain
PATH = "/2010-04-01/Accounts/{account}/Messages.json"
# The provider's word -> ours, or "" for a step that says nothing new.
STATES = {
    "accepted": "accepted",
    "queued": "accepted",
    "sending": "accepted",
    "sent": "accepted",
    "delivered": "delivered",
    "read": "delivered",
    "undelivered": "bounced",
    "failed": "bounced",
    "canceled": "bounced",
}


class TwilioTransport(Transport):
    """One kept line to the provider for all messages of a sweep."""

    channel = "sms"

    def __init__(self):
        self.api = settings.SMS_API
        self.line, self.used_at = None, 0.0

    def close(self) -> None:
        if self.line is not None:
            self.line.close()
            self.line = None

    def send(self, message: Outgoing) -> str:
        """Hand one text message over; returns the provider's id for it."""
        to = e164(message.address, self.api["country"])
        if not to:
            raise TransportError("not a phone number", NO_SUCH)
        self._connect()
        status, headers, body = self._ask(self._form(message, to))
        return self._judged(status, headers, body)

    def _form(self, message: Outgoing, to: str) -> str:
        ours = {"From": self.api["from"]} if self.api["from"] else {"MessagingServiceSid": self.api["service"]}
        report = absolute(reverse("clinic:sms-report", args=[message.ident]))
        return urlencode({"To": to, "Body": message.body, "StatusCallback": report} | ours)

    def _connect(self) -> None:
        if self.line is not None and time.monotonic() - self.used_at < IDLE_SECONDS:
            return
        self.close()
        make = http.client.HTTPConnection if self.api["plain"] else http.client.HTTPSConnection
        line = make(self.api["host"], self.api["port"], timeout=TIMEOUT_SECONDS)
        try:
            line.connect()
        except (OSError, ssl.SSLError) as problem:
            raise TransportError("the SMS provider can't be reached", AWAY) from problem
        self.line = line

    def _ask(self, form: str):
        secret = base64.b64encode(f"{self.api['account']}:{self.api['token']}".encode()).decode()
        headers = {
            "Authorization": f"Basic {secret}",
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "application/json",
        }
        try:
            self.line.request("POST", PATH.format(account=self.api["account"]), form, headers)
            answer = self.line.getresponse()
            body = answer.read()
        except (OSError, http.client.HTTPException) as problem:
            self.close()
            raise TransportError("the line to the SMS provider broke while sending", UNSURE) from problem
        self.used_at = time.monotonic()
        if answer.will_close:
            self.close()
        return answer.status, answer.headers, body

    def _judged(self, status, headers, body) -> str:
        told = _json(body)
        if 200 <= status < 300:
            return str(told.get("sid", ""))[:120]
        code = _number(told.get("code"))
        words = f"refused by the SMS provider ({code or status})"
        raise TransportError(words, after_sms(status, code), wait=_number(headers.get("Retry-After")) or 0)


def _json(body: bytes) -> dict:
    """What an answer says; {} for anything but an object in JSON."""
    try:
        told = json.loads(body)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _number(value) -> int | None:
    try:
        return int(value)
    except (TypeError, ValueError):
        return None


def signature(url: str, fields: dict[str, str]) -> str:
    """What the provider writes into X-Twilio-Signature: HMAC-SHA1 over the address and the sorted fields, in base64."""
    said = url + "".join(f"{name}{fields[name]}" for name in sorted(fields))
    digest = hmac.new(settings.SMS_API["token"].encode(), said.encode(), hashlib.sha1).digest()
    return base64.b64encode(digest).decode()


def is_signed(path: str, fields: dict[str, str], given: str) -> bool:
    """Did the provider send this? The address is the one we gave it, under BASE_URL, whatever the request says."""
    return hmac.compare_digest(signature(absolute(path), fields).encode(), given.encode())
