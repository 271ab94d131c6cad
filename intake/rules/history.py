"""Rules about the patient's health, as they told it. Levels are defaults that the clinic approves."""

from intake.rules.engine import Level, Rule

LABEL = "Ketamine label, contraindications"
CONSENSUS = "Cohen 2018, ASRA/AAPM/ASA consensus on chronic pain"
CONSENSUS_CLASS = (
    f"{CONSENSUS}, for the class; this condition is a clinic default (unverified default, the clinic approves)"
)
DEFAULT = "Clinic default (unverified default, the clinic approves)"
INTERACTIONS = "Ketamine label, interactions"
AGE_LIMIT, BMI_LIMIT = 65, 40  # years, kg/m2. Source: clinic default (unverified default, the clinic approves)


def said_yes(code, level, reason, ask, source, fact=None):
    """A rule that fires when the patient answered yes."""
    fact = fact or code.replace("-", "_")
    return Rule(
        code=code,
        level=level,
        fact=fact,
        test=bool,
        reason=reason,
        ask=ask,
        source=source,
        fires_on={fact: "yes"},
        clear_on={fact: "no"},
        shown=lambda value: "yes" if value else "no",
    )


STOPS = (
    said_yes(
        "ketamine-reaction",
        Level.HARD_STOP,
        "A bad reaction to ketamine or esketamine before.",
        "Was there ever a bad reaction to ketamine or esketamine?",
        LABEL,
    ),
    said_yes(
        "bp-uncontrolled",
        Level.HARD_STOP,
        "High blood pressure that is not under control.",
        "Is the blood pressure under control? Take it today.",
        CONSENSUS_CLASS,
    ),
    said_yes(
        "angina",
        Level.HARD_STOP,
        "Chest pain at rest or getting worse: unstable angina until shown otherwise.",
        "Any chest pain at rest or getting worse?",
        CONSENSUS_CLASS,
    ),
    said_yes(
        "heart-attack",
        Level.HARD_STOP,
        "Heart attack in the last 6 months.",
        "Any heart attack in the last 6 months?",
        CONSENSUS_CLASS,
        fact="heart_attack_6m",
    ),
    said_yes(
        "stroke",
        Level.HARD_STOP,
        "Stroke or TIA in the last 6 months.",
        "Any stroke or TIA in the last 6 months?",
        CONSENSUS_CLASS,
        fact="stroke_6m",
    ),
    said_yes(
        "aneurysm",
        Level.HARD_STOP,
        "Aneurysm or arteriovenous malformation: a rise in pressure is a serious hazard.",
        "Any aneurysm or arteriovenous malformation?",
        CONSENSUS_CLASS,
    ),
    said_yes(
        "heart-failure",
        Level.HARD_STOP,
        "Heart failure with symptoms now.",
        "Is there heart failure, and is it compensated?",
        CONSENSUS_CLASS,
    ),
    said_yes(
        "pregnant",
        Level.HARD_STOP,
        "Pregnant or possibly pregnant: stop until reviewed.",
        "Is pregnancy possible? Take a test.",
        DEFAULT,
    ),
    said_yes(
        "breastfeeding",
        Level.HARD_STOP,
        "Breast feeding: stop until reviewed.",
        "Is the patient breast feeding?",
        DEFAULT,
    ),
    said_yes(
        "psychosis",
        Level.HARD_STOP,
        "Psychosis or schizophrenia spectrum, or hallucinations in the last month.",
        "Any psychosis, schizophrenia spectrum or hallucinations?",
        CONSENSUS_CLASS,
    ),
    said_yes(
        "mania-now",
        Level.HARD_STOP,
        "Signs of mania in the last month.",
        "Any mania or hypomania now?",
        CONSENSUS_CLASS,
    ),
    said_yes(
        "icp-mass",
        Level.HARD_STOP,
        "Raised pressure in the head or a mass in the brain: specialist first.",
        "Any raised intracranial pressure, brain mass or recent head injury?",
        CONSENSUS,
    ),
    said_yes(
        "glaucoma",
        Level.HARD_STOP,
        "Glaucoma or raised pressure in the eye: specialist first.",
        "Any glaucoma or raised eye pressure?",
        CONSENSUS,
    ),
    said_yes(
        "substance-problem",
        Level.HARD_STOP,
        "A problem with alcohol or drugs in the last 12 months: no series.",
        "Any active substance use disorder?",
        CONSENSUS,
    ),
    said_yes(
        "ketamine-misuse",
        Level.HARD_STOP,
        "Has taken ketamine that nobody prescribed: no series.",
        "Has the patient ever misused ketamine?",
        CONSENSUS,
    ),
    Rule(
        code="liver-severe",
        level=Level.HARD_STOP,
        fact="liver",
        test=lambda value: value == "severe",
        reason="Severe liver disease.",
        ask="How severe is any liver disease? Order a liver panel.",
        source=CONSENSUS,
        fires_on={"liver": "severe"},
        clear_on={"liver": "no"},
    ),
)

WARNINGS = (
    Rule(
        code="liver-moderate",
        level=Level.WARN,
        fact="liver",
        test=lambda value: value == "mild",
        reason="Liver disease that is not severe: use with care, liver panel before and after.",
        ask="Any liver disease?",
        source=CONSENSUS,
        fires_on={"liver": "mild"},
        clear_on={"liver": "no"},
    ),
    said_yes(
        "thyroid-overactive",
        Level.WARN,
        "Overactive thyroid that is not under control: blood pressure and pulse may rise.",
        "Is the thyroid under control?",
        DEFAULT,
    ),
    said_yes(
        "sleep-apnea", Level.WARN, "Sleep apnoea: airway and sedation.", "Any sleep apnoea? Is it treated?", DEFAULT
    ),
    said_yes("copd-severe", Level.WARN, "Severe lung disease.", "How severe is the lung disease?", DEFAULT),
    said_yes(
        "recent-cold",
        Level.WARN,
        "Cold, cough or chest infection in the last 2 weeks.",
        "Any cold or chest infection in the last 2 weeks?",
        DEFAULT,
    ),
    said_yes(
        "airway-difficult",
        Level.WARN,
        "Difficult airway or trouble with an anaesthetic before.",
        "Any difficult airway before? Look at the airway.",
        DEFAULT,
    ),
    said_yes("seizures", Level.WARN, "Seizure disorder.", "Any seizures? When was the last?", DEFAULT),
    said_yes("porphyria", Level.WARN, "Porphyria.", "Any porphyria?", DEFAULT),
    said_yes(
        "bladder",
        Level.WARN,
        "Bladder disease or urinary symptoms: record a baseline.",
        "Any urinary symptoms?",
        DEFAULT,
    ),
    said_yes(
        "ketamine-elsewhere",
        Level.WARN,
        "Ketamine or esketamine from elsewhere: adds to the exposure.",
        "Any ketamine or esketamine from elsewhere? How much?",
        DEFAULT,
    ),
    Rule(
        code="bmi",
        level=Level.WARN,
        fact="bmi",
        test=lambda value: value >= BMI_LIMIT,
        reason=f"Body mass index {{value}} (limit {BMI_LIMIT}): airway, and which weight to dose on.",
        ask="Measure weight and height.",
        source=DEFAULT,
        fires_on={"weight_kg": "120", "height_cm": "170"},
        clear_on={"weight_kg": "70", "height_cm": "170"},
    ),
    Rule(
        code="age-over-65",
        level=Level.WARN,
        fact="age",
        test=lambda value: value > AGE_LIMIT,
        reason="Age {value}.",
        ask="How old is the patient?",
        source=DEFAULT,
        fires_on={"age": 66},
        clear_on={"age": 65},
    ),
    Rule(
        code="no-escort",
        level=Level.WARN,
        fact="escort",
        test=lambda value: not value,
        reason="Nobody to take them home.",
        ask="Who takes the patient home?",
        source=DEFAULT,
        neutral="Nobody to take them home: help them find someone.",
        fires_on={"escort": "no"},
        clear_on={"escort": "yes"},
        shown=lambda value: "yes" if value else "no",
    ),
    Rule(
        code="alcohol",
        level=Level.WARN,
        fact="alcohol",
        test=lambda value: value in ("weekly", "most_days"),
        reason="Drinks alcohol ({value}): adds to sedation.",
        ask="How much alcohol?",
        source=INTERACTIONS,
        fires_on={"alcohol": "most_days"},
        clear_on={"alcohol": "never"},
        shown=lambda v: v.replace("_", " "),
    ),
    Rule(
        code="cannabis",
        level=Level.INFO,
        fact="cannabis",
        test=lambda value: value != "never",
        reason="Uses cannabis ({value}): adds to sedation.",
        ask="Any cannabis?",
        source=DEFAULT,
        fires_on={"cannabis": "weekly"},
        clear_on={"cannabis": "never"},
        shown=lambda v: v.replace("_", " "),
    ),
)

SUICIDE = Rule(
    code="suicide-item",
    level=Level.NEEDS_ACTION,
    fact="suicide_item",
    test=lambda value: value > 0,
    reason=(
        "PHQ-9 item 9 answered {value} of 3: thoughts of being better off dead or of self-harm. "
        "A clinician reviews this the same day."
    ),
    ask="Ask about thoughts of death or self-harm.",
    source="PHQ-9 item 9; same-day review is clinic practice (unverified default, the clinic approves)",
    neutral="Needs a clinician today: ask the prescriber.",
    fires_on={"phq9_9": 1},
    clear_on={"phq9_9": 0},
)

RULES = (*STOPS, SUICIDE, *WARNINGS)
