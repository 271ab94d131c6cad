"""Messages out: `enqueue` from any floor; the one sender (clinic.notify.sender) takes them from there."""

from clinic.notify.outbox import enqueue, resolve, retry, start, stop, wake, when_words, withdraw, withdraw_one
from clinic.notify.registry import attach, compose

__all__ = [
    "attach",
    "compose",
    "enqueue",
    "resolve",
    "retry",
    "start",
    "stop",
    "wake",
    "when_words",
    "withdraw",
    "withdraw_one",
]
