"""Is the record whole? Chains, what is not sealed yet, heads that left the database, checks and what they found."""

from dataclasses import dataclass

from clinic import health
from clinic.actions.seal_checks import own_keys
from clinic.models import Heartbeat, SealCheck
from clinic.queries import clocks, heads, seals
from clinic.rules import seals as rules
from clinic.words import age_words

CHECKS = 10
LEVELS = {"ok": health.OK, "never": health.CAUTION, "late": health.ALARM, "broken": health.ALARM}
WORDS = {
    "never": "Nothing has been sealed yet: start the worker and the beat.",
    "late": "Sealing has fallen behind: look at the worker and the beat.",
    "broken": "The last check found rows that are not as they were sealed.",
    "ok": "Sealed up to a minute ago; the last check found nothing.",
}


@dataclass
class SealPage:
    """Everything on the page about the seals."""

    word: str
    chains: list
    waiting: seals.Waiting
    heads: list
    checks: list
    key: str

    @property
    def words(self):
        """How it stands, in a sentence."""
        return WORDS[self.word]


def state(at) -> str:
    """ "ok", "never", "late" or "broken"."""
    last = SealCheck.objects.order_by("-checked_at").first()
    if last is not None and last.problems:
        return "broken"
    ran = Heartbeat.objects.filter(part="seal").values_list("at", flat=True).first()
    return rules.age_word(at, seals.oldest_waiting(), ran)


def seal_page(at) -> SealPage:
    """The page as it stands now."""
    checks = list(SealCheck.objects.select_related("checked_by")[:CHECKS])
    return SealPage(state(at), seals.last_seals(), seals.waiting(), list(heads.newest()), checks, own_keys()[0])


def care_of_seals(at) -> health.Care:
    """One line of the health page: how the sealing stands and when the last seal was made."""
    word = state(at)
    last = max((seal.made_at for seal in seals.last_seals()), default=None)
    made = f" The last seal was made {age_words(last, at)}." if last else ""
    return health.Care(LEVELS[word], WORDS[word] + made)


def care_of_clocks(at) -> health.Care:
    """One line of the health page: how far the clocks are apart."""
    found = clocks.offsets()
    said = ", ".join(f"{name} {off.total_seconds():+.2f} s" for name, off in found.items())
    if clocks.is_apart(found):
        return health.Care(health.CAUTION, f"More than 2 seconds apart: {said}. Set the servers' clocks by NTP.")
    return health.Care(health.OK, f"Against this server: {said}.")


def care() -> None:
    """Put both on the health page."""
    health.care("seals", "Seals over the record", care_of_seals)
    health.care("clocks", "Clocks", care_of_clocks)
