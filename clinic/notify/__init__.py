"""Messages out: `enqueue` from any floor; the one sender (clinic.notify.sender) takes them from there."""

from clinic.notify.choices import start, stop
from clinic.notify.outbox import (
    Outside,
    clear_address,
    enqueue,
    resolve,
    retry,
    retry_each,
    wake,
    when_words,
    withdraw,
    withdraw_one,
)
from clinic.notify.registry import attach, compose, judge

__all__ = [
    "Outside",
    "attach",
    "clear_address",
    "compose",
    "enqueue",
    "judge",
    "resolve",
    "retry",
    "retry_each",
    "start",
    "stop",
    "wake",
    "when_words",
    "withdraw",
    "withdraw_one",
]
