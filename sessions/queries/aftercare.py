"""The words of the sheet to take home: the clinic's own published ones, else the shipped ones."""

import tomllib
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.utils import translation

from clinic import language
from clinic.words import local, patient_date
from sessions.models import AftercareText
from sessions.rules import aftercare as rules

SHIPPED = Path(__file__).resolve().parents[1] / "texts" / "aftercare.toml"
# The numbers of the site's policy, should a site have none yet.
EMERGENCY, CRISIS = "911", "988"
ONE_DAY = timedelta(days=1)


class Words(NamedTuple):
    """Title and body filled for one session, the language they are in, and the published text (None: shipped)."""

    title: str
    body: str
    language: str
    text: AftercareText | None

    @property
    def sections(self):
        """The body laid out."""
        return rules.sections(self.body)


@cache
def shipped():
    """Language -> {"title", "body"}, read once."""
    return tomllib.loads(SHIPPED.read_text(encoding="utf-8"))


def words_for(session, spoken, at):
    """The `Words` of this session's sheet in a language (English where it isn't spoken), filled in for `at`."""
    title, body, spoken, text = _in_force(spoken)
    with translation.override(spoken):
        values = _values(session, at)
    return Words(title, rules.fill(body, values), spoken, text)


def _in_force(spoken):
    newest = {}
    for text in AftercareText.objects.filter(published_at__isnull=False).order_by("-number"):
        newest.setdefault(text.language, text)
    for wanted in dict.fromkeys((spoken, language.ENGLISH)):
        if wanted in newest:
            text = newest[wanted]
            return text.title, text.body, wanted, text
        if wanted in shipped():
            told = shipped()[wanted]
            return told["title"], told["body"], wanted, None
    raise LookupError("No sheet to take home is shipped.")


def _values(session, at):
    policy = session.site.policy
    return {
        "tomorrow": patient_date(local(at, session.site.zone).date() + ONE_DAY),
        "phone": session.site.phone,
        "site": session.site.short_name,
        "emergency_phone": policy.emergency_phone if policy else EMERGENCY,
        "crisis_phone": policy.crisis_phone if policy else CRISIS,
    }


def sheets_of(session):
    """The sheets that were handed over, oldest first."""
    return list(session.aftercare_sheets.select_related("given_by", "document", "text"))
