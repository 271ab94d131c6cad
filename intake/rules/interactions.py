"""Rules about the medicines a patient takes, by class. Levels are defaults that the clinic approves."""

from intake.rules.engine import Level, Rule
from intake.rules.medicines import class_title, first_name

ASK = "Which medicines does the patient take? Take the list again."
LABEL = "Ketamine label, interactions"
DEFAULT = "Clinic default (unverified default, the clinic approves)"
VERAART = "Veraart 2021, systematic review of interactions (doi 10.1093/ijnp/pyab039)"
ANDRADE = "Andrade 2017, J Clin Psychiatry"
REMS = "Esketamine REMS monitoring form"
NAMES = "; which names belong to the class is a clinic default (unverified default, the clinic approves)"


def takes(group, level, why, source):
    """A rule that fires when a medicine of the class is listed."""
    return Rule(
        code=f"takes-{group.replace('_', '-')}",
        level=level,
        fact="medicines",
        test=lambda classes: group in classes,
        shown=lambda classes: ", ".join(classes[group]),
        reason=f"Takes {{value}} ({class_title(group)}): {why}",
        ask=ASK,
        source=source + NAMES,
        fires_on={"medicines": [{"name": first_name(group)}]},
        clear_on={"no_medicines": "yes"},
    )


SEDATION = "adds to sedation and slows breathing; recovery may take longer."

RULES = (
    takes(
        "theophylline",
        Level.NEEDS_ACTION,
        "lowers the seizure threshold together with ketamine; decide before treating.",
        LABEL,
    ),
    takes("insulin", Level.NEEDS_ACTION, "low glucose while fasting: agree on a plan, check glucose.", DEFAULT),
    takes("glp1", Level.NEEDS_ACTION, "the stomach empties late: ask about the last dose, agree on fasting.", DEFAULT),
    takes(
        "benzodiazepine",
        Level.WARN,
        "shortens the antidepressant effect and adds to sedation; record the last dose time.",
        VERAART,
    ),
    takes("maoi", Level.WARN, "blood pressure may rise: measure it more often.", f"{VERAART}; {REMS}"),
    takes("stimulant", Level.WARN, "blood pressure and pulse may rise.", REMS),
    takes("opioid", Level.WARN, SEDATION, LABEL),
    takes("z_drug", Level.WARN, SEDATION, LABEL),
    takes("phenothiazine", Level.WARN, SEDATION, LABEL),
    takes("sedating_antihistamine", Level.WARN, SEDATION, LABEL),
    takes("muscle_relaxant", Level.WARN, SEDATION, LABEL),
    takes("barbiturate", Level.WARN, "recovery may take longer.", LABEL),
    takes(
        "cyp3a4_inhibitor", Level.WARN, "raises ketamine exposure; a lower dose may be enough.", f"{LABEL}; {ANDRADE}"
    ),
    takes("thyroid_hormone", Level.WARN, "blood pressure and pulse may rise.", LABEL),
    takes(
        "qt",
        Level.WARN,
        "prolongs QT: ondansetron adds to it; with methadone the pair is commonly rated avoid.",
        DEFAULT,
    ),
    takes("ketamine", Level.WARN, "adds to the exposure.", DEFAULT),
    takes("pressor", Level.WARN, "blood pressure may rise.", DEFAULT),
    takes(
        "lamotrigine",
        Level.INFO,
        "may lessen the effect (2 of 5 studies) and the dissociation.",
        f"{VERAART}; {ANDRADE}",
    ),
    takes("cyp_inducer", Level.INFO, "lowers ketamine exposure.", ANDRADE),
    takes("cyp2b6_inhibitor", Level.INFO, "raises ketamine exposure.", ANDRADE),
    takes("antihypertensive", Level.INFO, "ask whether today's dose was taken; pressure may fall.", LABEL),
    takes("neuromuscular", Level.INFO, "longer half-life or a stronger block; not usual in a clinic.", LABEL),
    takes("antipsychotic", Level.INFO, "may blunt the effect; low-quality evidence.", VERAART),
    takes("nmda", Level.INFO, "another NMDA blocker: effects may add up.", DEFAULT),
    takes("naltrexone", Level.INFO, "may lessen the effect.", DEFAULT),
    takes("gabapentinoid", Level.INFO, "adds to sedation.", DEFAULT),
    Rule(
        code="medicine-unrecognised",
        level=Level.NEEDS_ACTION,
        fact="unrecognised",
        test=bool,
        shown=", ".join,
        reason="Not recognised: {value}. Not checked for interactions: look it up.",
        ask=ASK,
        source=DEFAULT,
        fires_on={"medicines": [{"name": "zzyzxine"}]},
        clear_on={"no_medicines": "yes"},
    ),
    Rule(
        code="mme-unknown",
        level=Level.WARN,
        fact="mme",
        test=lambda found: bool(found.unknown),
        shown=lambda found: ", ".join(f"{part.name} ({part.why})" for part in found.unknown),
        reason="The daily opioid dose can't be added up: {value}.",
        ask=ASK,
        source="CDC 2022 factors",
        fires_on={"medicines": [{"name": "buprenorphine"}]},
        clear_on={"no_medicines": "yes"},
    ),
)
