"""The downtime pack: when it is made, whether what was printed still holds, which lines a blank sheet has. Pure."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta

# After a pack could not be made, the next try. Source: clinic default.
TRY_AGAIN = timedelta(minutes=15)
# Empty lines after the planned ones of a blank sheet.
SPARE_LINES = 3


def is_due(opens_at, minutes_before, now, *, made_at=None, failed_at=None):
    """Whether the morning's pack is to be made now.

    `opens_at`: the day's first opening (None: closed today). `made_at`: when today's was made; `failed_at`: the last
    try that failed. It is due from so many minutes before opening on, all day, until there is one.
    """
    if opens_at is None or made_at is not None:
        return False
    if failed_at is not None and now - failed_at < TRY_AGAIN:
        return False
    return now >= opens_at - timedelta(minutes=minutes_before)


def mark(*facts):
    """A short hash of what is printed about a visit."""
    return hashlib.sha256("|".join(str(fact) for fact in facts).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Changes:
    """What has changed since a pack was printed: how many visits are new, gone, or otherwise now."""

    added: int
    gone: int
    changed: int

    @property
    def any(self):
        return bool(self.added or self.gone or self.changed)

    @property
    def words(self):
        """ "1 visit is new, 2 changed"; empty when it still holds."""
        said = [(self.added, "new"), (self.gone, "gone"), (self.changed, "changed")]
        return ", ".join(f"{count} {word}" for count, word in said if count)


def compare(printed, present):
    """The `Changes` between what was printed (visit -> mark) and what would be printed now."""
    both = set(printed) & set(present)
    return Changes(
        len(set(present) - set(printed)),
        len(set(printed) - set(present)),
        sum(printed[key] != present[key] for key in both),
    )


def lines(intervals, minutes):
    """Minutes after the phase began at which a sheet has a line: the densest interval of its measures, to its end."""
    if not intervals or not minutes:
        return []
    found = set()
    for interval in intervals:
        at = 0
        while at <= minutes:
            found.add(at)
            step = interval.first_hour if interval.first_hour and at < 60 else interval.minutes
            if not step:
                break
            at += step
    return sorted(found)
