"""Where the rules are from. A source that says "unverified" is a default that the clinic approves."""

LABEL = "Ketamine label, contraindications"
LABEL_INTERACTIONS = "Ketamine label, interactions"
CONSENSUS = "Cohen 2018, ASRA/AAPM/ASA consensus on chronic pain (doi 10.1097/AAP.0000000000000808)"
CONSENSUS_CLASS = (
    f"{CONSENSUS}, for the class; this condition is a clinic default (unverified default, the clinic approves)"
)
DEFAULT = "Clinic default (unverified default, the clinic approves)"
VERAART = "Veraart 2021, systematic review of interactions (doi 10.1093/ijnp/pyab039)"
ANDRADE = "Andrade 2017, J Clin Psychiatry"
REMS = "Esketamine REMS monitoring form"
CDC = "CDC 2022 factors (doi 10.15585/mmwr.rr7103a1)"
NAMES = "; which names belong to the class is a clinic default (unverified default, the clinic approves)"
PRACTICE = "same-day review is clinic practice (unverified default, the clinic approves)"
