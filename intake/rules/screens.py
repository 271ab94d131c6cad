"""The facts that questionnaires give: screens that came out positive, levels of risk. Pure.

The newest score of the record counts; without one, the answers of the packet are scored. Not scorable is not known.
"""

from clinic.instruments.library import load
from clinic.instruments.score import score
from clinic.words import figure
from intake.rules.said import Said

# Fact -> instrument, and the bands that make it so.
SCREENS = {
    "audit_c": ("audit-c", ("positive",)),
    "pc_ptsd": ("pc-ptsd-5", ("positive",)),
    "pcl5": ("pcl-5", ("clusters", "total", "both")),
    "c_ssrs": ("c-ssrs", ("low", "moderate", "high")),
}
FACTS = {
    "suicide_item": ("phq9_9",),
    "audit_c": ("auditc_1",),
    "pc_ptsd": ("pcptsd_event",),
    "pcl5": ("pcl5_1",),
    "c_ssrs": ("record.c-ssrs",),
}
NEVER = "never"


def screen_facts(answers, sex, record):
    """The facts of FACTS: a Said for each screen, the bare answer 0 to 3 for item 9; None when not known."""
    item = answers.get("phq9_9")
    item = None if item in (None, "") else int(item)
    found = {fact: _screen(fact, answers, sex, record) for fact in SCREENS}
    if found["audit_c"] is None and answers.get("alcohol") == NEVER:
        found["audit_c"] = Said(False, "drinks no alcohol")
    if found["pcl5"] is None and found["pc_ptsd"] is not None and not found["pc_ptsd"]:
        found["pcl5"] = Said(False, "the PC-PTSD-5 was negative")
    if found["c_ssrs"] is None and item == 0:
        found["c_ssrs"] = Said(False, "item 9 of the PHQ-9 is 0")
    return {"suicide_item": item, **found}


def _screen(fact, answers, sex, record):
    code, positive = SCREENS[fact]
    given = record.scores.get(code) if record else None
    given = given or _scored(code, answers, sex)
    if given is None or not given.scorable:
        return None
    return Said(given.band in positive, _words(code, given))


def _scored(code, answers, sex):
    """The Score of a questionnaire whose items are in the answers, None where none of them is."""
    instrument = load(code)
    codes = [item.code for item in instrument.items] + ([instrument.gate.code] if instrument.gate else [])
    return score(code, answers, sex=sex) if any(item in answers for item in codes) else None


def _words(code, given):
    instrument = load(code)
    band = next((band.label for band in instrument.bands if band.code == given.band), given.band)
    return f"{instrument.short} {figure(given.value)}, {band}"
