"""Screens on the wall: the short code, who may pair and revoke one, how long it counts. Pure."""

from datetime import timedelta

from clinic.refusal import Item, refuse_if

# No vowels and nothing that reads like another letter or a digit: no words come out, and it can be read out loud.
LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
CODE_LETTERS = 6  # 64 million codes, ten minutes, few tries
CODE_MINUTES = 10
UNSEEN_DAYS = 90  # a screen nobody has switched on for so long is paired anew
PAIRS = ("clinic_admin",)
REVOKES = ("nurse", "prescriber", "clinic_admin")  # to stop a screen is always the safe direction


def code_from(number):
    """The code that belongs to a large number: "BDF-GHK" without its dash."""
    letters = []
    for _ in range(CODE_LETTERS):
        number, place = divmod(number, len(LETTERS))
        letters.append(LETTERS[place])
    return "".join(letters)


def shown(code):
    """A code as a screen shows it: two groups of three."""
    return f"{code[:3]}-{code[3:]}"


def normal(typed):
    """What was typed, as a code: small letters, dashes and blanks do not matter. "" when it can be no code."""
    code = "".join(letter for letter in typed.upper() if letter.isalpha())
    return code if len(code) == CODE_LETTERS and set(code) <= set(LETTERS) else ""


def is_alive(*, paired_at, revoked_at, last_seen_at, at):
    """Whether a screen may show the board now."""
    if paired_at is None or revoked_at is not None:
        return False
    return at - (last_seen_at or paired_at) <= timedelta(days=UNSEEN_DAYS)


def check_can_pair(*, roles, found, name):
    """Raise Refused unless somebody holding these roles at the site may pair the one screen that was found."""
    items = []
    if not set(roles) & set(PAIRS):
        items.append(Item("wall.role", "Only a clinic admin of this site pairs a screen."))
    if found != 1:
        items.append(
            Item(
                "wall.code",
                "No screen shows this code now. Read it again: a code counts for ten minutes.",
                field="code",
            )
        )
    if not name.strip():
        items.append(
            Item("wall.name", "Say where the screen hangs, so that others know which one it is.", field="name")
        )
    refuse_if(items)


def check_can_revoke(*, roles, paired):
    """Raise Refused unless somebody holding these roles at its site may revoke this screen."""
    items = []
    if not set(roles) & set(REVOKES):
        items.append(Item("wall.role", "Only a nurse, a prescriber or an admin of the site revokes a screen."))
    if not paired:
        items.append(Item("wall.not_paired", "This screen is not paired, so there is nothing to revoke."))
    refuse_if(items)
