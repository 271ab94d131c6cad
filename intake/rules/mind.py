"""Rules about mood, suicide, trauma, alcohol and other drugs. Levels are defaults that the clinic approves."""

from intake.rules.conditions import MIND, PTSD
from intake.rules.engine import Level, Rule
from intake.rules.history import said_yes
from intake.rules.sources import DEFAULT, LABEL_INTERACTIONS, PRACTICE
from intake.rules.when import AtLeast, Is, Yes

TODAY = "Needs a clinician today: ask the prescriber."
OFTEN = ("weekly", "most_days")
SOMETIMES = ("rarely", *OFTEN)
YES_TO_ALL_FIVE = {"pcptsd_event": 1} | {f"pcptsd_{n}": 1 for n in range(1, 6)}
NO_EVENT = {"pcptsd_event": 0}

SUICIDE = (
    Rule(
        code="suicide-item",
        level=Level.NEEDS_ACTION,
        when=AtLeast("suicide_item", 1),
        reason=(
            "PHQ-9 item 9 answered {value} of 3: thoughts of being better off dead or of self-harm. "
            "A clinician reviews this the same day."
        ),
        ask="Ask about thoughts of death or self-harm.",
        resolves="A clinician has talked with the patient the same day and written what was agreed.",
        source=f"PHQ-9 item 9; {PRACTICE}",
        neutral=TODAY,
        fires_on={"phq9_9": 1},
        clear_on={"phq9_9": 0},
        stays=True,
    ),
    Rule(
        code="c-ssrs",
        level=Level.NEEDS_ACTION,
        when=Yes("c_ssrs"),
        reason="{value}. A clinician reviews this the same day.",
        ask="Go through the C-SSRS screener with the patient and enter its level.",
        resolves="A clinician has talked with the patient the same day; a safety plan is written.",
        source=f"C-SSRS screener levels as published; {PRACTICE}",
        neutral=TODAY,
        fires_on={"scores": {"c-ssrs": (1, "low")}},
        clear_on={"scores": {"c-ssrs": (0, "none")}},
        stays=True,
    ),
    Rule(
        code="suicide-attempt-recent",
        level=Level.NEEDS_ACTION,
        when=Is("suicide_attempt", ("recent",)),
        reason="Tried to end their life in the last 3 months. A clinician reviews this the same day.",
        ask="Any attempt to end their life, and when?",
        resolves="A clinician has talked with the patient the same day; a safety plan is written.",
        source=f"C-SSRS screener, question 6; {PRACTICE}",
        neutral=TODAY,
        fires_on={"suicide_attempt": "recent"},
        clear_on={"suicide_attempt": "no"},
        stays=True,
    ),
    Rule(
        code="suicide-attempt-past",
        level=Level.WARN,
        when=Is("suicide_attempt", ("past",)),
        reason="Tried to end their life, more than 3 months ago.",
        ask="Any attempt to end their life, and when?",
        resolves="Talked over, and whom to call is agreed.",
        source=DEFAULT,
        fires_on={"suicide_attempt": "past"},
        clear_on={"suicide_attempt": "no"},
    ),
)

RULES = (
    *SUICIDE,
    said_yes(
        "mind-hospital",
        Level.WARN,
        "Was in a hospital for their mental health in the last 12 months.",
        "Any stay in a hospital for mental health in the last 12 months?",
        "The reason and the discharge letter are known.",
        DEFAULT,
    ),
    Rule(
        code="bipolar",
        level=Level.WARN,
        when=Yes("bipolar"),
        reason="Bipolar disorder: mood may switch to mania; is a mood stabiliser taken?",
        ask="Any bipolar disorder?",
        resolves="Mood is stable under treatment, and whoever treats it agrees.",
        source=DEFAULT,
        conditions=MIND,
        fires_on={"conditions": ["bipolar"]},
        clear_on={"conditions": ["depression"]},
    ),
    Rule(
        code="ptsd-screen",
        level=Level.INFO,
        when=Yes("pc_ptsd"),
        reason="{value}: ask the PCL-5, and prepare for what may come up.",
        ask="The patient was not asked, or did not want to be, about trauma.",
        resolves="Talked over; the PCL-5 is done or declined.",
        source="PC-PTSD-5; its threshold is a clinic default (unverified default, the clinic approves)",
        conditions=(PTSD,),
        fires_on=YES_TO_ALL_FIVE,
        clear_on=NO_EVENT,
    ),
    Rule(
        code="ptsd-likely",
        level=Level.INFO,
        when=Yes("pcl5"),
        reason="{value}: a trained person beside the chair, and follow-up of what comes up.",
        ask="The PCL-5 was not answered.",
        resolves="Whoever treats the trauma knows of the infusions.",
        source="PCL-5, cluster rule and provisional cut as published; what follows from it is a clinic default"
        " (unverified default, the clinic approves)",
        conditions=(PTSD,),
        fires_on={f"pcl5_{n}": 3 for n in range(1, 21)},
        clear_on=NO_EVENT,
    ),
    Rule(
        code="alcohol",
        level=Level.WARN,
        when=Is("alcohol", OFTEN),
        reason="Drinks alcohol ({value}): adds to sedation.",
        ask="How much alcohol?",
        resolves="None from the day before until the day after, agreed with the patient.",
        source=LABEL_INTERACTIONS,
        fires_on={"alcohol": "most_days"},
        clear_on={"alcohol": "never"},
    ),
    Rule(
        code="audit-c",
        level=Level.WARN,
        when=Yes("audit_c"),
        reason="{value}: is there a disorder? Withdrawal on the day?",
        ask="The AUDIT-C was not answered.",
        resolves="Alcohol use assessed: no active disorder, no withdrawal on the day.",
        source="AUDIT-C thresholds as published; what follows from it is a clinic default"
        " (unverified default, the clinic approves)",
        fires_on={"auditc_1": 4, "auditc_2": 2, "auditc_3": 2},
        clear_on={"alcohol": "never"},
    ),
    Rule(
        code="cannabis",
        level=Level.INFO,
        when=Is("cannabis", SOMETIMES),
        reason="Uses cannabis ({value}): adds to sedation.",
        ask="Any cannabis?",
        resolves="None on the day, agreed with the patient.",
        source=DEFAULT,
        fires_on={"cannabis": "weekly"},
        clear_on={"cannabis": "never"},
    ),
    Rule(
        code="other-drugs",
        level=Level.WARN,
        when=Is("other_drugs", SOMETIMES),
        reason="Uses other drugs that nobody prescribed ({value}).",
        ask="Any other drugs?",
        resolves="Which, how often; a drug screen; no active disorder.",
        source=DEFAULT,
        fires_on={"other_drugs": "weekly"},
        clear_on={"other_drugs": "never"},
    ),
)
