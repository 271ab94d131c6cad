"""How what appeared since the approval bears on the start, as a table."""

import pytest

from sessions.rules.findings import of_gate, overrides_in_force, settled_gates, standing, verdict


def found(rule="takes-theophylline", level="needs_action", resolution="", reason=None):
    return {"rule": rule, "level": level, "reason": reason or f"{rule}.", "resolution": resolution}


OPEN, ASK, PREGNANT = found(), found("glaucoma", "unknown"), found("pregnant", "hard_stop")
DONE, STANDS = found(resolution="handled"), found(resolution="stands")
ANSWERED = {"medicines": object()}


@pytest.mark.parametrize(
    ("rows", "answered", "expected", "words"),
    [
        ([], ANSWERED, True, ""),
        ([DONE], ANSWERED, True, ""),
        ([OPEN], ANSWERED, False, "takes-theophylline."),
        ([STANDS], ANSWERED, False, "takes-theophylline."),
        ([ASK], ANSWERED, None, "glaucoma."),
        ([ASK, OPEN], ANSWERED, False, "glaucoma. takes-theophylline."),
        ([ASK, ASK], ANSWERED, None, "glaucoma."),
        ([PREGNANT], ANSWERED, True, ""),
        ([], {}, None, "New medicines since last time: not asked yet."),
        ([OPEN], {}, False, "takes-theophylline. New medicines since last time: not asked yet."),
    ],
)
def test_what_the_gate_says(rows, answered, expected, words):
    assert verdict(rows, answered) == (expected, words)


@pytest.mark.parametrize(
    ("overrides", "rows", "expected"),
    [
        ({"findings", "weight"}, [], {"findings", "weight"}),
        ({"findings", "weight"}, [OPEN], {"weight"}),
        ({"findings"}, [DONE], {"findings"}),
        ({"findings"}, [PREGNANT], {"findings"}),
        (set(), [found("pregnant", "hard_stop", "overridden")], {"pregnancy"}),
        (set(), [found("bp-today", resolution="handled")], {"hold_limits"}),
        (set(), [found("bp-today", resolution="stands")], set()),
    ],
)
def test_which_overrides_still_count(overrides, rows, expected):
    assert overrides_in_force(overrides, rows) == expected


def test_a_finding_without_a_gate_of_its_own_opens_none():
    assert settled_gates([DONE]) == set()
    assert standing([PREGNANT, DONE]) == []


@pytest.mark.parametrize(
    ("code", "expected"), [("findings", [OPEN, ASK]), ("pregnancy", [PREGNANT]), ("fasting", []), ("weight", [])]
)
def test_what_letting_a_gate_pass_settles(code, expected):
    assert of_gate(code, [OPEN, ASK, PREGNANT, DONE]) == expected
