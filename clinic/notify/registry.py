"""Values, files and doubts that other rooms add to a kind of message, worked out at the moment of sending."""

from collections.abc import Callable
from datetime import datetime

from clinic.models import Message
from clinic.notify.base import Attachment

Composer = Callable[[Message, datetime], dict]
Attacher = Callable[[Message], list[Attachment]]
Judge = Callable[[Message, datetime], str]
composers: dict[str, Composer] = {}
attachers: dict[str, Attacher] = {}
judges: dict[str, Judge] = {}


def compose(kind: str) -> Callable[[Composer], Composer]:
    """Register a function (message, at) -> values for the placeholders of a kind, called at sending time."""

    def add(function: Composer) -> Composer:
        composers[kind] = function
        return function

    return add


def attach(kind: str) -> Callable[[Attacher], Attacher]:
    """Register a function (message) -> attachments of a kind, called at sending time."""

    def add(function: Attacher) -> Attacher:
        attachers[kind] = function
        return function

    return add


def judge(*kinds: str) -> Callable[[Judge], Judge]:
    """Register a function (message, at) -> why a message of these kinds no longer holds, "" when it does.

    Asked when its turn comes, in the transaction that claims it: a planner that is behind can't let it out.
    """

    def add(function: Judge) -> Judge:
        judges.update(dict.fromkeys(kinds, function))
        return function

    return add
