"""When two records may become one, and when that may be taken back. Pure: facts in, items out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from clinic.refusal import Item, refuse_if

MAY = ("clinic_admin",)
SHORTEST_REASON = 4


@dataclass(frozen=True, slots=True)
class Standing:
    """One record as a merge sees it. `visits` are (start, end, words, link), `session` and `packet` (words, link)."""

    name: str
    is_merged: bool = False
    holds_others: bool = False
    visits: Sequence[tuple[datetime, datetime, str, str]] = ()
    session: tuple[str, str] | None = None
    packet: tuple[str, str] | None = None


def merge_items(*, kept: Standing, merged: Standing, same: bool, reason: str, roles: Iterable[str]) -> list[Item]:
    """Everything in the way of merging `merged` into `kept`, each with where it is settled."""
    items = _role_items(roles)
    if same:
        items.append(Item("same", "Choose two different records."))
    if len(reason.strip()) < SHORTEST_REASON:
        items.append(Item("reason", "Write how you know that this is one person.", field="reason"))
    return items + _chain_items(kept, merged) + clashes(kept, merged)


def _role_items(roles):
    if set(roles) & set(MAY):
        return []
    return [Item("role", "An administrator of the clinic merges records. Propose it, and they will see it.")]


def _chain_items(kept, merged):
    items = []
    if kept.is_merged or merged.is_merged:
        gone = kept if kept.is_merged else merged
        items.append(Item("merged", f"{gone.name} is merged into another record already."))
    if merged.holds_others:
        words = f"Another record is merged into {merged.name}. Keep that one, or undo the earlier merge first."
        items.append(Item("holds", words, field="keep"))
    return items


def clashes(kept: Standing, merged: Standing) -> list[Item]:
    """What one person can't have twice: visits at the same time, two open sessions, two open packets."""
    items = [
        Item("visits", f"Two visits overlap: {one[2]} and {two[2]}. Move or cancel one.", link=two[3])
        for one in kept.visits
        for two in merged.visits
        if one[0] < two[1] and two[0] < one[1]
    ]
    if kept.session and merged.session:
        words = f"Both have an open session: {kept.session[0]} and {merged.session[0]}. Close one."
        items.append(Item("sessions", words, link=merged.session[1]))
    if kept.packet and merged.packet:
        words = f"Both have an open packet: {kept.packet[0]} and {merged.packet[0]}. Withdraw one."
        items.append(Item("packets", words, link=merged.packet[1]))
    return items


def check_can_merge(**facts: Any) -> None:
    """Raise Refused with everything in the way; the facts are those of `merge_items`."""
    refuse_if(merge_items(**facts))


def can_merge(roles: Iterable[str]) -> bool:
    """Whether somebody with these roles merges and separates records."""
    return not _role_items(roles)


def undo_items(*, is_undone: bool, reason: str, roles: Iterable[str]) -> list[Item]:
    """Everything in the way of taking a merge back."""
    items = _role_items(roles)
    if is_undone:
        items.append(Item("undone", "This merge is undone already."))
    if len(reason.strip()) < SHORTEST_REASON:
        items.append(Item("reason", "Write why these are two people after all.", field="reason"))
    return items


def check_can_undo(*, is_undone: bool, reason: str, roles: Iterable[str]) -> None:
    """Raise Refused with everything in the way of taking a merge back."""
    refuse_if(undo_items(is_undone=is_undone, reason=reason, roles=roles))


def note_items(*, verb: str, words: str, roles: Iterable[str]) -> list[Item]:
    """Why this can't be said of a pair: the care team proposes, an administrator dismisses or reopens; with why."""
    items = [] if verb == "proposed" else _role_items(roles)
    if len(words.strip()) < SHORTEST_REASON:
        items.append(Item("words", "Write how you know.", field="words"))
    return items


def check_can_note(*, verb: str, words: str, roles: Iterable[str]) -> None:
    """Raise Refused unless this may be said of a pair."""
    refuse_if(note_items(verb=verb, words=words, roles=roles))
