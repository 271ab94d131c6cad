"""The emergency equipment of a site: what is looked through each day, and what that means for a start. Pure.

Source of the list: clinic default (unverified default, the clinic approves); what such a cart holds is in `clinical`
1.1 (airway, oxygen, suction, drugs against pressure, seizure and vomiting, defibrillator, monitoring).
"""

from clinic.refusal import Item

# Code -> what is checked, in the order one walks round the cart.
ITEMS = {
    "oxygen": "Oxygen: cylinder or wall supply full, mask and cannula there",
    "suction": "Suction draws, catheter there",
    "airway": "Airways and bag-valve mask in the sizes needed",
    "defibrillator": "Defibrillator: self-test passed, pads in date",
    "drugs": "Emergency drugs complete and in date",
    "iv": "IV cannulas and fluids in date",
    "monitor": "Monitor, cuffs and a spare SpO\u2082 probe work",
    "call": "Emergency call tested: phone and call button",
}
EVERY_DAY, EVERY_SESSION = "day", "session"


def check_items(answers):
    """Why a check can't be kept. ``answers``: code -> (in order, words); what is not in order says what is wrong."""
    items = [
        Item("equipment.open", f"Say whether it is in order: {label}.", field=code)
        for code, label in ITEMS.items()
        if answers.get(code, (None,))[0] is None
    ]
    items += [
        Item("equipment.words", "Say what is wrong and what is done about it.", field=f"{code}_words")
        for code, (is_right, words) in answers.items()
        if is_right is False and not words.strip()
    ]
    return items


def in_order(answers):
    """Whether all of it is in order."""
    return all(is_right for is_right, _ in answers.values())


def verdict(policy, checked, answered):
    """True, False or None for the start's gate.

    ``policy`` EVERY_DAY or EVERY_SESSION; ``checked`` is whether today's newest check found all in order (None: there
    is none today), ``answered`` the same of the question in this session's list. What is known to be out of order
    stops whatever the policy says.
    """
    if checked is False or answered is False:
        return False
    return checked if policy == EVERY_DAY else answered
