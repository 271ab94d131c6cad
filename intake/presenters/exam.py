"""The examination in words, and what two people typed differently."""

from intake.rules.decisions import DECISIONS

PARTS = (
    ("mallampati", "Mallampati"),
    ("airway", "Airway"),
    ("heart", "Heart"),
    ("lungs", "Lungs"),
    ("mental_state", "Mental state"),
    ("exam", "Anything else"),
)
WORDS = dict(PARTS) | {
    "systolic": "Systolic, mmHg",
    "diastolic": "Diastolic, mmHg",
    "tests": "Tests",
    "decision": "Decision",
    "conditions": "Conditions",
    "wait_for": "Wait for",
    "reasons": "Reasons",
}


def exam_lines(assessment):
    """[(part, words)] of what was examined, in order; [] when nothing was written."""
    lines = []
    if assessment.systolic is not None:
        lines.append(("Blood pressure", f"{assessment.systolic}/{assessment.diastolic} mmHg"))
    for name, words in PARTS:
        value = getattr(assessment, name)
        if value not in (None, ""):
            lines.append((words, f"class {value}" if name == "mallampati" else value))
    return lines


def differences(current, typed):
    """[(field, as saved now, as typed here)] of what differs. ``typed``: field name -> cleaned value."""
    return [
        (WORDS[name], _shown(name, getattr(current, name)), _shown(name, value))
        for name, value in typed.items()
        if name in WORDS and getattr(current, name) != value
    ]


def _shown(name, value):
    if value in (None, ""):
        return "nothing"
    return DECISIONS.get(value, value) if name == "decision" else value
