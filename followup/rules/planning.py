"""What a course may hold and when its visits may be booked. Pure: values in, items out."""

from __future__ import annotations

from decimal import Decimal

from clinic.refusal import Item
from clinic.words import figure

NEUTRAL = "Needs a clinician: ask the prescriber."
BOOKABLE = ("planned", "active", "completed")
MOST_INFUSIONS = 60
ENDS = {"completed": "Series completed", "stopped": "Stopped", "paused": "Paused", "active": "Under way again"}


def dose_items(dose: Decimal | None, *, low: Decimal, high: Decimal, basis: str) -> list[Item]:
    """A planned dose lies within the protocol's bounds, both in the unit of the protocol's basis. Zero is a number."""
    bounds = f"{figure(low)} to {figure(high)} {basis}"
    if dose is None:
        return [Item("dose-missing", f"Type the dose: {bounds}.", field="dose")]
    if low <= dose <= high:
        return []
    return [Item("dose-bounds", f"{figure(dose)} {basis} is outside the protocol's {bounds}.", field="dose")]


def number_items(number: int | None) -> list[Item]:
    """A series has 1 to 60 infusions."""
    if number is not None and 1 <= number <= MOST_INFUSIONS:
        return []
    return [Item("number", f"Plan 1 to {MOST_INFUSIONS} infusions.", field="planned_number")]


def spacing_items(days: int | None, *, least: int, most: int) -> list[Item]:
    """The aimed-at spacing, in days, lies within the protocol's."""
    if days is not None and least <= days <= most:
        return []
    words = f"{least} to {most} days" if least != most else f"{least} day{'' if least == 1 else 's'}"
    return [Item("spacing", f"The protocol's spacing is {words}.", field="spacing_days")]


def version_items(*, is_approved: bool, is_retired: bool, has_drug: bool) -> list[Item]:
    """Nobody is treated by a draft or a retired protocol."""
    found = []
    if not is_approved:
        found.append(Item("draft", "This protocol is a draft: approve it first.", field="protocol_version"))
    if is_retired:
        found.append(Item("retired", "This protocol is retired. Choose another.", field="protocol_version"))
    if not has_drug:
        found.append(Item("no-drug", "This protocol has no drug.", field="protocol_version"))
    return found


def goal_items(reason: str, goals: str) -> list[Item]:
    """A course says what it treats and what it is for."""
    found = []
    if not reason.strip():
        found.append(Item("reason", "Choose what is treated.", field="reason"))
    if not goals.strip():
        found.append(Item("goals", "Write the goal, in the patient's words where you can.", field="goals"))
    return found


def sign_items(*, is_signed: bool, state_label: str, is_planned: bool) -> list[Item]:
    """A plan is signed once, while it is a plan."""
    if is_signed:
        return [Item("signed", "This plan is signed already.")]
    return [] if is_planned else [Item("not-planned", f"The course is {state_label}: there is nothing to sign.")]


def booking_items(*, is_signed: bool, state: str, label: str) -> list[Item]:
    """Infusions of a course are booked once its plan is signed and while it is not over."""
    if not is_signed:
        return [Item("unsigned", "The plan is not signed yet.", "The plan is not signed yet: ask the prescriber.")]
    return [] if state in BOOKABLE else [Item("course-over", f"The course is {label}.", NEUTRAL)]


def prescriber_items(is_prescriber: bool) -> list[Item]:
    """Only a prescriber plans, changes and signs."""
    return [] if is_prescriber else [Item("not-prescriber", "Only a prescriber of this site can do this.")]


def reason_items(reason: str) -> list[Item]:
    """A change of a signed plan says why."""
    return [] if reason.strip() else [Item("reason", "Write the reason.", field="reason")]
