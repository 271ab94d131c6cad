"""Rules about the patient's health that stop, as the patient told it. Levels are defaults that the clinic approves."""

from intake.rules.engine import Level, Rule
from intake.rules.sources import CONSENSUS, CONSENSUS_CLASS, DEFAULT, LABEL
from intake.rules.when import Is, Yes


def said_yes(code, level, reason, ask, resolves, source, fact=None, **more):
    """A rule that fires when the patient answered yes."""
    fact = fact or code.replace("-", "_")
    return Rule(
        code=code,
        level=level,
        when=Yes(fact),
        reason=reason,
        ask=ask,
        resolves=resolves,
        source=source,
        fires_on={fact: "yes"},
        clear_on={fact: "no"},
        **more,
    )


RULES = (
    said_yes(
        "ketamine-reaction",
        Level.HARD_STOP,
        "A bad reaction to ketamine or esketamine before.",
        "Was there ever a bad reaction to ketamine or esketamine?",
        "What happened then, read from the record or told again: not an allergy, and no danger now.",
        LABEL,
    ),
    said_yes(
        "bp-uncontrolled",
        Level.HARD_STOP,
        "High blood pressure that is not under control.",
        "Is the blood pressure under control? Take it today.",
        "Blood pressure within the clinic's limits on two days, or the treating doctor's word.",
        CONSENSUS_CLASS,
    ),
    said_yes(
        "angina",
        Level.HARD_STOP,
        "Chest pain at rest or getting worse: unstable angina until shown otherwise.",
        "Any chest pain at rest or getting worse?",
        "Cleared by a cardiologist, with an ECG.",
        CONSENSUS_CLASS,
    ),
    said_yes(
        "heart-attack",
        Level.HARD_STOP,
        "Heart attack in the last 6 months.",
        "Any heart attack in the last 6 months?",
        "Six months have passed and a cardiologist agrees.",
        CONSENSUS_CLASS,
        fact="heart_attack_6m",
    ),
    said_yes(
        "stroke",
        Level.HARD_STOP,
        "Stroke or TIA in the last 6 months.",
        "Any stroke or TIA in the last 6 months?",
        "Six months have passed and a neurologist agrees.",
        CONSENSUS_CLASS,
        fact="stroke_6m",
    ),
    said_yes(
        "aneurysm",
        Level.HARD_STOP,
        "Aneurysm or arteriovenous malformation: a rise in pressure is a serious hazard.",
        "Any aneurysm or arteriovenous malformation?",
        "Imaging that shows it treated or absent, and the specialist agrees.",
        CONSENSUS_CLASS,
    ),
    said_yes(
        "heart-failure",
        Level.HARD_STOP,
        "Heart failure with symptoms now.",
        "Is there heart failure, and is it compensated?",
        "Compensated, in a cardiologist's words.",
        CONSENSUS_CLASS,
    ),
    said_yes(
        "pregnant",
        Level.HARD_STOP,
        "Pregnant or possibly pregnant: stop until reviewed.",
        "Is pregnancy possible? Take a test.",
        "A negative pregnancy test, or a prescriber's review with the patient.",
        DEFAULT,
        version=2,
    ),
    said_yes(
        "breastfeeding",
        Level.HARD_STOP,
        "Breast feeding: stop until reviewed.",
        "Is the patient breast feeding?",
        "A plan for the milk of the day, agreed with the patient, or breast feeding has ended.",
        DEFAULT,
    ),
    said_yes(
        "psychosis",
        Level.HARD_STOP,
        "Psychosis or schizophrenia spectrum, or hallucinations in the last month.",
        "Any psychosis, schizophrenia spectrum or hallucinations?",
        "A psychiatrist's assessment that it does not apply.",
        CONSENSUS_CLASS,
    ),
    said_yes(
        "mania-now",
        Level.HARD_STOP,
        "Signs of mania in the last month.",
        "Any mania or hypomania now?",
        "No mania at examination; with bipolar disorder, mood is stable under treatment.",
        CONSENSUS_CLASS,
    ),
    said_yes(
        "icp-mass",
        Level.HARD_STOP,
        "Raised pressure in the head or a mass in the brain: specialist first.",
        "Any raised intracranial pressure, brain mass or recent head injury?",
        "A specialist's word that pressure is normal.",
        CONSENSUS,
    ),
    said_yes(
        "glaucoma",
        Level.HARD_STOP,
        "Glaucoma or raised pressure in the eye: specialist first.",
        "Any glaucoma or raised eye pressure?",
        "Eye pressure measured, and the eye doctor agrees.",
        CONSENSUS,
    ),
    said_yes(
        "substance-problem",
        Level.HARD_STOP,
        "A problem with alcohol or drugs in the last 12 months: no series.",
        "Any active substance use disorder?",
        "An assessment that there is no active disorder, or treatment with stable remission.",
        CONSENSUS,
    ),
    said_yes(
        "ketamine-misuse",
        Level.HARD_STOP,
        "Has taken ketamine that nobody prescribed: no series.",
        "Has the patient ever misused ketamine?",
        "How much, when, and why, talked over; a drug screen.",
        CONSENSUS,
    ),
    Rule(
        code="liver-severe",
        level=Level.HARD_STOP,
        when=Is("liver", ("severe",)),
        reason="Severe liver disease.",
        ask="How severe is any liver disease? Order a liver panel.",
        resolves="A liver panel and the treating doctor's word that it is not severe.",
        source=CONSENSUS,
        fires_on={"liver": "severe"},
        clear_on={"liver": "no"},
    ),
)
