"""The quick PIN of a second signature: what a PIN may be, when it counts, when it is locked. Pure.

Source of the figures: clinic default (unverified default, the clinic approves).
"""

from datetime import timedelta

from clinic.refusal import Item

LENGTH = 6
TRIES = 5
# How long after a full sign-in on a tablet that person's PIN counts there.
HOURS = 12


def pin_items(pin, *, again, badge=""):
    """Why this PIN cannot be set: six digits without a pattern, not on the badge, typed twice alike."""
    if not (pin.isascii() and pin.isdecimal() and len(pin) == LENGTH):
        return [Item("pin.digits", f"A PIN has {LENGTH} digits.", field="pin")]
    items = []
    if is_easy(pin):
        items.append(Item("pin.easy", "This PIN is easy to guess: choose digits without a pattern.", field="pin"))
    if badge and pin in badge:
        items.append(Item("pin.badge", "The PIN stands on the badge: choose another.", field="pin"))
    if again != pin:
        items.append(Item("pin.again", "The two PINs are not the same. Type it again.", field="again"))
    return items


def is_easy(pin):
    """One or two different digits, a run up or down, or the same half twice."""
    steps = {(int(b) - int(a)) % 10 for a, b in zip(pin, pin[1:], strict=False)}
    half = len(pin) // 2
    return len(set(pin)) < 3 or steps <= {1} or steps <= {9} or pin[:half] == pin[half:]


def is_fresh(signed_in_at, at):
    """Whether a full sign-in on this tablet is recent enough for a PIN."""
    return timedelta(0) <= at - signed_in_at <= timedelta(hours=HOURS)


def is_locked(wrong_tries):
    """Whether the PIN waits for a signature by password, or to be set anew."""
    return wrong_tries >= TRIES


def left(wrong_tries):
    """How many tries are left."""
    return max(0, TRIES - wrong_tries)
