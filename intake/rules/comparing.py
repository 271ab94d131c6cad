"""What is new since an approval, and what became of what was found before. Pure: verdicts and rows in, lists out.

Two findings are the same when rule, known or not, and the value they rest on are the same. What is true of one day only
is never carried to another.
"""

from dataclasses import dataclass

from intake.rules.decisions import STANDS
from intake.rules.engine import CHECK_IN, GATING, Level

SETTLED_NOT = ("", STANDS)


def key_of(row):
    """The key of a stored finding, as ``Verdict.key``."""
    return row.rule, row.level == Level.UNKNOWN, row.value


def is_settled(row):
    """Has a prescriber settled it, so that it no longer stands in the way?"""
    return row.resolution not in SETTLED_NOT


@dataclass(frozen=True, slots=True)
class Before:
    """What was known: ``approved`` are the rows of the approval's assessment, ``since`` the new ones after it."""

    approved: tuple
    since: tuple

    def knows(self, verdict):
        """Is it nothing new? Where it gates, only if it was settled; else if it was seen at the approval."""
        settled = {key_of(row) for row in self.approved if is_settled(row)}
        settled |= {key_of(row) for row in self.since if is_settled(row) and not row.of_day}
        seen = settled if verdict.would_be in GATING else settled | {key_of(row) for row in self.approved}
        return verdict.key in seen


@dataclass(frozen=True, slots=True)
class Change:
    """What one run changes: verdicts to keep as new findings, and rows that it no longer finds."""

    new: tuple
    ended: tuple


def compare(verdicts, before, *, day_facts, stage, occasion, considered):
    """The Change of this run.

    ``day_facts`` are the facts that today's answers gave, ``considered`` the codes of the rules that were run,
    ``occasion`` the id of what it was run for.
    """
    live = [row for row in before.since if row.ended_at is None]
    here = {_whole(row) for row in live if not row.of_day or row.occasion_id == occasion}
    new = [v for v in verdicts if not before.knows(v) or is_of_day(v, day_facts)]
    fresh = [v for v in new if (v.key, v.would_be) not in here]
    found, is_new = ({(v.key, v.would_be) for v in some} for some in (verdicts, new))
    still = [row for row in live if _whole(row) in (found if is_settled(row) else is_new)]
    ended = [row for row in live if row not in still and _can_end(row, stage, occasion, considered)]
    ended += [row for row in still if _is_of_another_day(row, stage, occasion)]
    return Change(tuple(fresh), tuple(ended))


def is_of_day(verdict, day_facts):
    """Does it rest on what was asked on the day itself?"""
    return bool(set(verdict.facts) & set(day_facts))


def _whole(row):
    return key_of(row), row.would_be


def _is_of_another_day(row, stage, occasion):
    """A day's finding is over when another visit begins."""
    return row.of_day and row.occasion_id != occasion and stage == CHECK_IN


def _can_end(row, stage, occasion, considered):
    """Could this run have found it? A booking says nothing about the day of a visit."""
    if row.of_day and row.occasion_id != occasion:
        return stage == CHECK_IN
    return row.rule in considered
