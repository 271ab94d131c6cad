"""Rules about the medicines a patient takes, by class. Levels are defaults that the clinic approves."""

from intake.rules.conditions import ALL, MIND, PAIN
from intake.rules.engine import Level, Rule
from intake.rules.medicines import class_title, first_name
from intake.rules.mme import HIGH_MME
from intake.rules.sources import ANDRADE, CDC, DEFAULT, LABEL_INTERACTIONS, NAMES, REMS, VERAART
from intake.rules.when import AllOf, AnyOf, AtLeast, Is, No, Takes, TakesTwo, Yes

ASK = "Which medicines does the patient take? Take the list again."
NONE = {"no_medicines": "yes"}
INSULIN = AnyOf((Takes("insulin"), Is("diabetes", ("insulin",))))


def listing(*names, **entry):
    """Answers of someone who lists these medicines."""
    return {"medicines": [{"name": name} | entry for name in names]}


def takes(group, level, why, resolves, source, conditions=ALL):
    """A rule that fires when a medicine of the class is listed."""
    return Rule(
        code=f"takes-{group.replace('_', '-')}",
        level=level,
        when=Takes(group),
        reason=f"Takes {{value}} ({class_title(group)}): {why}",
        ask=ASK,
        resolves=resolves,
        source=source + NAMES,
        conditions=conditions,
        fires_on=listing(first_name(group)),
        clear_on=NONE,
    )


SEDATION = "adds to sedation and slows breathing; recovery may take longer."
WATCH = "The last dose is known; longer observation if need be."
LABEL = LABEL_INTERACTIONS

CLASSES = (
    takes(
        "theophylline",
        Level.NEEDS_ACTION,
        "lowers the seizure threshold together with ketamine; decide before treating.",
        "Replaced by whoever prescribes it, or the risk of seizures weighed and written down.",
        LABEL,
    ),
    takes(
        "glp1",
        Level.NEEDS_ACTION,
        "the stomach empties late: ask about the last dose, agree on fasting.",
        "Day of the dose and how long to fast agreed with the patient.",
        DEFAULT,
    ),
    takes(
        "benzodiazepine",
        Level.WARN,
        "shortens the antidepressant effect and adds to sedation; record the last dose time.",
        "When it is taken on the day is agreed with whoever prescribes it; never stopped all at once.",
        VERAART,
    ),
    takes(
        "maoi",
        Level.WARN,
        "blood pressure may rise: measure it more often.",
        "Pressure measured more often is in the plan.",
        f"{VERAART}; {REMS}",
    ),
    takes("stimulant", Level.WARN, "blood pressure and pulse may rise.", "Taken on the day or not is agreed.", REMS),
    takes("opioid", Level.WARN, SEDATION, "The daily dose is known; naloxone is at hand.", LABEL),
    takes("z_drug", Level.WARN, SEDATION, WATCH, LABEL),
    takes("phenothiazine", Level.WARN, SEDATION, WATCH, LABEL),
    takes("sedating_antihistamine", Level.WARN, SEDATION, WATCH, LABEL),
    takes("muscle_relaxant", Level.WARN, SEDATION, WATCH, LABEL),
    takes("barbiturate", Level.WARN, "recovery may take longer.", WATCH, LABEL),
    takes(
        "cyp3a4_inhibitor",
        Level.WARN,
        "raises ketamine exposure; a lower dose may be enough.",
        "The first dose is chosen with it in mind.",
        f"{LABEL}; {ANDRADE}",
    ),
    takes(
        "thyroid_hormone",
        Level.WARN,
        "blood pressure and pulse may rise.",
        "The dose is steady; pressure and pulse known.",
        LABEL,
    ),
    takes(
        "qt",
        Level.WARN,
        "prolongs QT: ondansetron adds to it; with methadone the pair is commonly rated avoid.",
        "An ECG, and another drug against nausea in the orders.",
        DEFAULT,
    ),
    takes(
        "ketamine",
        Level.WARN,
        "adds to the exposure.",
        "Dose, number and last day known; one place gives it from now on.",
        DEFAULT,
    ),
    takes("pressor", Level.WARN, "blood pressure may rise.", "Pressure measured more often is in the plan.", DEFAULT),
    takes(
        "lamotrigine",
        Level.INFO,
        "may lessen the effect (2 of 5 studies) and the dissociation.",
        "Known when the effect is judged; not changed for the infusions.",
        f"{VERAART}; {ANDRADE}",
        MIND,
    ),
    takes("cyp_inducer", Level.INFO, "lowers ketamine exposure.", "Known when the effect is judged.", ANDRADE),
    takes("cyp2b6_inhibitor", Level.INFO, "raises ketamine exposure.", "Known when the dose is chosen.", ANDRADE),
    takes(
        "antihypertensive",
        Level.INFO,
        "ask whether today's dose was taken; pressure may fall.",
        "Asked at each visit.",
        LABEL,
    ),
    takes(
        "neuromuscular",
        Level.INFO,
        "longer half-life or a stronger block; not usual in a clinic.",
        "An error in the list, or the operation is over.",
        LABEL,
    ),
    takes(
        "antipsychotic",
        Level.INFO,
        "may blunt the effect; low-quality evidence.",
        "Known when the effect is judged; not changed for the infusions.",
        VERAART,
        MIND,
    ),
    takes("nmda", Level.INFO, "another NMDA blocker: effects may add up.", "Known when the dose is chosen.", DEFAULT),
    takes("naltrexone", Level.INFO, "may lessen the effect.", "Known when the effect is judged.", DEFAULT),
    takes("gabapentinoid", Level.INFO, "adds to sedation.", WATCH, DEFAULT),
)

RULES = (
    *CLASSES,
    Rule(
        code="takes-insulin",
        level=Level.NEEDS_ACTION,
        when=INSULIN,
        reason="Insulin ({value}): low glucose while fasting: agree on a plan, check glucose.",
        ask="Is insulin taken? Take the list of medicines again.",
        resolves="A plan for insulin on the day, and glucose measured before and after.",
        source=DEFAULT + NAMES,
        fires_on=listing(first_name("insulin")),
        clear_on=NONE | {"diabetes": "no"},
        version=2,
    ),
    Rule(
        code="qt-two",
        level=Level.NEEDS_ACTION,
        when=TakesTwo("qt"),
        reason="Takes {value}: two medicines that prolong QT.",
        ask=ASK,
        resolves="An ECG with the QT interval read; no further drug that prolongs it in the orders.",
        source=DEFAULT + NAMES,
        fires_on=listing("methadone", "citalopram"),
        clear_on=NONE,
    ),
    Rule(
        code="opioid-benzodiazepine",
        level=Level.WARN,
        when=AllOf((Takes("opioid"), Takes("benzodiazepine"))),
        reason="Takes {value}: an opioid and a benzodiazepine together slow breathing.",
        ask=ASK,
        resolves="Whoever prescribes them knows; saturation and breathing watched longer; naloxone is at hand.",
        source=LABEL + NAMES,
        fires_on=listing("oxycodone", "lorazepam"),
        clear_on=NONE,
    ),
    Rule(
        code="medicine-unrecognised",
        level=Level.NEEDS_ACTION,
        when=Yes("unrecognised"),
        reason="Not recognised: {value}. Not checked for interactions: look it up.",
        ask=ASK,
        resolves="Looked up by name and ingredient; what it does with ketamine is written down.",
        source=DEFAULT,
        fires_on=listing("zzyzxine"),
        clear_on=NONE,
    ),
    Rule(
        code="mme-unknown",
        level=Level.WARN,
        when=Yes("opioid_dose_unknown"),
        reason="The daily opioid dose can't be added up: {value}.",
        ask=ASK,
        resolves="Name, strength and times a day of every opioid known; one without a factor judged by the prescriber.",
        source=CDC,
        fires_on=listing("buprenorphine"),
        clear_on=NONE,
    ),
    Rule(
        code="mme-high",
        level=Level.WARN,
        when=AtLeast("opioid_dose", HIGH_MME),
        reason=f"Opioids of {{value}} MME a day ({HIGH_MME} or more): tolerance, sedation, breathing.",
        ask="How much of each opioid a day?",
        resolves="The prescription monitoring programme looked up; a plan for the opioids during the series.",
        source=f"{CDC}; the limit is a clinic default (unverified default, the clinic approves)",
        conditions=(PAIN,),
        fires_on=listing("oxycodone", amount="20", unit="mg", times_a_day="2"),
        clear_on=NONE,
    ),
    Rule(
        code="opioid-more",
        level=Level.WARN,
        when=AllOf((Takes("opioid"), Is("opioid_as_prescribed", ("more",)))),
        reason="Takes more of the opioid than prescribed at times ({value}).",
        ask="Is the opioid taken as prescribed?",
        resolves="Talked over with the patient and whoever prescribes it.",
        source=DEFAULT + NAMES,
        fires_on=listing("oxycodone") | {"opioid_as_prescribed": "more"},
        clear_on=NONE,
    ),
    Rule(
        code="no-naloxone",
        level=Level.INFO,
        when=AllOf((Takes("opioid"), No("naloxone_home"))),
        reason="Takes an opioid ({value}) and has no naloxone at home.",
        ask="Is there naloxone at home?",
        resolves="Naloxone offered.",
        source=DEFAULT + NAMES,
        fires_on=listing("oxycodone") | {"naloxone_home": "no"},
        clear_on=NONE,
    ),
)
