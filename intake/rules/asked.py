"""Which pages of the packet are asked of whom. Pure: what is known so far in, yes or no out.

``known`` are the answers of earlier pages (question code -> answer) with what the record holds beside them: ``_sex``,
``_age`` (years), ``_reason`` (why the patient comes). A page that is not asked keeps what was once answered on it, but
that counts for nothing.
"""

from clinic.instruments.library import load
from clinic.instruments.score import UNKNOWN_SEX, score
from intake.rules.facts import medicines_in
from intake.rules.mme import opioids_in

SEX, AGE, REASON = "_sex", "_age", "_reason"
YES, NO, RATHER_NOT = "yes", "no", "rather_not"
KNOWN_SEXES = ("female", "male")
# Source of the three below: clinic default (unverified default, the clinic approves).
PREGNANCY_UNTIL = 55  # years: nobody older is asked about pregnancy
NEVER_PREGNANT = ("male",)  # sex in the record, or at birth as told, of those who are not asked
PHQ9_AT_ONCE = ("mood", "ptsd")  # reasons for which the whole PHQ-9 is asked without the PHQ-2
MOOD_CONDITIONS = ("depression", "bipolar", "ptsd")  # conditions that do the same


def always(known):
    """The page is for everyone."""
    return True


def sex_of(known):
    """ "female", "male" or "unknown": the record's, else what the patient was given at birth as they told."""
    told = (known.get(SEX), known.get("sex_at_birth"))
    return next((sex for sex in told if sex in KNOWN_SEXES), UNKNOWN_SEX)


def asks_sex(known):
    """Only of someone whose record says neither female nor male."""
    return known.get(SEX) not in KNOWN_SEXES


def has_pain(known):
    """Unless the patient said there is no pain on most days."""
    return known.get("pain_most_days") != NO


def takes_opioids(known):
    """Is one of the medicines listed an opioid that our list knows?"""
    return any(opioids_in(entry) for entry in medicines_in(known) or ())


def had_ketamine(known):
    """Said to have had ketamine or esketamine as a treatment."""
    return known.get("ketamine_before") == YES


def why_not_pregnant(known):
    """Why pregnancy is not asked about, in words for staff; "" when it is asked."""
    if sex_of(known) in NEVER_PREGNANT:
        return "not asked: recorded as male" if known.get(SEX) in NEVER_PREGNANT else "not asked: male at birth"
    age = known.get(AGE)
    return f"not asked: older than {PREGNANCY_UNTIL}" if age is not None and age > PREGNANCY_UNTIL else ""


def can_be_pregnant(known):
    """Asked of everyone for whom it can apply, also when the sex is not known."""
    return not why_not_pregnant(known)


def may_ask_about_trauma(known):
    """The patient opened the gate."""
    return known.get("trauma_gate") == YES


def asks_pcl5(known):
    """After the gate and the PC-PTSD-5: when that is positive, or PTSD is the reason or a condition."""
    if not may_ask_about_trauma(known) or "pcptsd_event" not in known:
        return False
    return known.get(REASON) == "ptsd" or "ptsd" in (known.get("conditions") or ()) or _is_ptsd_screen_positive(known)


def _is_ptsd_screen_positive(known):
    """Enough of it answered with yes, also with blanks: twenty more questions are not asked for a blank alone."""
    screen = load("pc-ptsd-5")
    if str(known.get("pcptsd_event")) == str(screen.gate_stops):
        return False
    yes = sum(str(known.get(item.code)) == "1" for item in screen.items)
    return yes >= screen.positive_from[sex_of(known)]


def drinks(known):
    """Said how often they drink, and it is not "never"; "rather not say" is left in peace."""
    return known.get("alcohol") not in (None, "never", RATHER_NOT)


def comes_for_mood(known):
    """The reason or a condition for which the whole PHQ-9 is asked at once."""
    return known.get(REASON) in PHQ9_AT_ONCE or any(code in MOOD_CONDITIONS for code in known.get("conditions") or ())


def asks_phq2(known):
    """Two questions first, of everyone else."""
    return not comes_for_mood(known)


def asks_phq9(known):
    """At once for mood, else when the PHQ-2 is positive, or answered so that it can't be scored."""
    if comes_for_mood(known):
        return True
    if not any(item.code in known for item in load("phq-2").items):
        return False
    result = score("phq-2", known)
    return result.is_positive or not result.scorable


def asks_item_nine_alone(known):
    """Nobody goes without the question about being better off dead: it is asked alone when the PHQ-9 is not."""
    return not asks_phq9(known)


def not_asked(known):
    """Answers that stand for pages not asked, so that a rule reads "does not apply" and not "not known".

    Without ketamine before there is none from elsewhere; who is not asked about pregnancy can't be pregnant.
    """
    derived = {}
    if why := why_not_pregnant(known):
        derived |= {"pregnant": "na", "breastfeeding": "na", "pregnancy_not_asked": why}
    if known.get("ketamine_before") == NO:
        derived["ketamine_elsewhere"] = NO
    return derived
