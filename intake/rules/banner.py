"""Which answers everybody must know before touching the patient: they go to the banner, marked as said. Pure."""

DEVICES = {
    "pacemaker": "Pacemaker",
    "icd": "Implanted defibrillator (ICD)",
    "stimulator": "Nerve or spinal cord stimulator",
    "pump": "Medicine pump under the skin",
    "port": "Port or long line in a vein",
    "shunt": "Shunt (head or dialysis)",
}
LIMBS = {"arm_left": "left arm", "arm_right": "right arm", "leg_left": "left leg", "leg_right": "right leg"}
YES = "yes"


def alerts_said(answers):
    """[(kind of PatientAlert, words for the banner)] of what the patient said yes to; nothing for what is not known."""
    return [*_devices(answers), *_limbs(answers), *_interpreter(answers), *_yes_answers(answers)]


def _devices(answers):
    listed = [DEVICES[code] for code in answers.get("implants") or () if code in DEVICES]
    other = answers.get("implants_other")
    return [("device", words) for words in listed] + ([("device", f"Implanted: {other}")] if other else [])


def _limbs(answers):
    why = f" ({answers['limbs_why']})" if answers.get("limbs_why") else ""
    limbs = [LIMBS[code] for code in answers.get("limbs_avoid") or () if code in LIMBS]
    return [("no_iv", f"No blood pressure and no IV on the {limb}{why}") for limb in limbs]


def _interpreter(answers):
    if answers.get("interpreter") != YES:
        return []
    language = answers.get("interpreter_language")
    return [("interpreter", f"Needs an interpreter: {language}" if language else "Needs an interpreter")]


def _yes_answers(answers):
    asked = (("falls", "falls", "Has fallen in the last 3 months"), ("veins_difficult", "vein", "Veins hard to find"))
    return [(kind, words) for code, kind, words in asked if answers.get(code) == YES]
