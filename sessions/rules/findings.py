"""How findings that appeared after the approval bear on the start. Pure: rows as dicts in, words and codes out.

Some have a gate of their own, judged from the same answer: then only that one stands in the way, and settling the
finding is what letting the gate pass is, and the other way round.
"""

# Rule -> the gate of the start that asks the same.
GATE_OF = {"pregnant": "pregnancy", "not-fasting": "fasting", "bp-today": "hold_limits"}
FINDINGS = "findings"
UNKNOWN = "unknown"
SETTLED_NOT = ("", "stands")
# Asked at every visit because the rules need it: until it is answered nobody knows whether a finding is new.
NEEDED = {"medicines": "New medicines since last time: not asked yet."}


def standing(found):
    """The findings that stand in the way and have no gate of their own. ``found``: rule, level, reason, resolution."""
    return [f for f in found if f["resolution"] in SETTLED_NOT and f["rule"] not in GATE_OF]


def verdict(found, answered):
    """(True: nothing stands in the way, False: something does, None: it is not known; the words).

    ``answered`` are the codes of the checklist answered so far.
    """
    open_ones, asks = standing(found), [words for code, words in NEEDED.items() if code not in answered]
    words = " ".join(dict.fromkeys([*(f["reason"] for f in open_ones), *asks]))
    if any(f["level"] != UNKNOWN for f in open_ones):
        return False, words
    return (None if open_ones or asks else True), words


def settled_gates(found):
    """The gates whose own finding a prescriber settled: they pass as if overridden."""
    return {GATE_OF[f["rule"]] for f in found if f["rule"] in GATE_OF and f["resolution"] not in SETTLED_NOT}


def overrides_in_force(overrides, found):
    """The codes of overridden gates that still count: not the findings' once there is one that nobody decided."""
    kept = set(overrides) - ({FINDINGS} if standing(found) else set())
    return kept | settled_gates(found)


def of_gate(code, found):
    """The open findings that letting this gate pass settles."""
    open_ones = [f for f in found if f["resolution"] in SETTLED_NOT]
    return [f for f in open_ones if GATE_OF.get(f["rule"], FINDINGS) == code]
