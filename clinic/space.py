"""How much space is left, for pages: what the last measurement said, and the door that closes when there is none.

A page learns the stage with the counts it asks for anyway (clinic.context), and leaves it here for the forms this
process is sent in the next minutes: no form pays a question for it. A process that does not know lets forms through;
the database has the last word.
"""

import shutil
import time
from pathlib import Path

from django.conf import settings
from django.shortcuts import render

from clinic.rules import space as rules

REMEMBERED_SECONDS = 120
# Where forms are saved to the last: the infusion, and what lets a person in and out.
ALWAYS = {"sessions", "account", "mfa"}
_noted = (rules.OK, 0.0)


def note(stage: str) -> str:
    """Remember the stage a page of this process has just learned; returns it."""
    global _noted
    _noted = (stage, time.monotonic())
    return stage


def noted() -> str:
    """The stage as this process knows it; "ok" when it has not heard for two minutes."""
    stage, heard = _noted
    return stage if time.monotonic() - heard < REMEMBERED_SECONDS else rules.OK


def measure() -> list[rules.Reading]:
    """How full the disks under DISK_FOLDERS ("name=folder", comma-separated) of this machine are."""
    return [_reading(*entry.split("=", 1)) for entry in settings.DISK_FOLDERS]


def _reading(name: str, folder: str) -> rules.Reading:
    facts = shutil.disk_usage(Path(folder))
    return rules.Reading(name.strip(), facts.total - facts.free, facts.total)


class SpaceMiddleware:
    """At the last stage forms outside the infusion are answered with 503 and words; what can be read is read."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Let it pass, or say why not."""
        match = request.resolver_match
        kind = (match.namespace or match.view_name or "").partition("_")[0]
        if request.method != "POST" or rules.can_save(noted(), at_a_chair=kind in ALWAYS):
            return None
        answer = render(request, "clinic/space_full.html", status=503)
        answer.headers["Retry-After"] = "300"
        return answer
