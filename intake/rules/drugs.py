"""May this drug be ordered or given to this patient? Allergies and interactions of one drug, pure and reusable.

Asked when a drug is ordered and again when it is given. Three answers here too: a concern, none, or "not known: ask".
"""

from dataclasses import dataclass

from intake.rules.engine import Level
from intake.rules.medicines import class_title, match, plain
from intake.rules.sources import DEFAULT, LABEL_INTERACTIONS, NAMES

ALLERGY, PAIR, ASK = "allergy", "interaction", "unknown"
# Words for a class in which a patient may have said what they are allergic to, where the class's own title won't do.
ALSO = {
    "opioid": ("opiate", "opioids", "opiates", "narcotics"),
    "benzodiazepine": ("benzos", "benzodiazepines"),
    "phenothiazine": ("phenothiazines",),
    "barbiturate": ("barbiturates",),
}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two classes, or ingredients, that don't go together: why, how grave, and where that is from."""

    first: str
    second: str
    level: Level
    why: str
    source: str = DEFAULT + NAMES


@dataclass(frozen=True, slots=True)
class Concern:
    """One reason to ask the prescriber before this drug: ``kind`` allergy, interaction or unknown."""

    kind: str
    code: str
    level: Level
    words: str
    source: str


# The heaviest first: of two classes at most one pair is told, the first that holds.
PAIRS = (
    Pair(
        "ondansetron",
        "methadone",
        Level.HARD_STOP,
        "both prolong QT; the pair is commonly rated avoid.",
        "Public interaction lists; confirm with the clinic's own (unverified default, the clinic approves)",
    ),
    Pair("qt", "qt", Level.NEEDS_ACTION, "both prolong QT."),
    Pair("opioid", "benzodiazepine", Level.NEEDS_ACTION, "together they slow breathing.", LABEL_INTERACTIONS + NAMES),
    Pair("ketamine", "theophylline", Level.NEEDS_ACTION, "together they lower the seizure threshold."),
    Pair("maoi", "stimulant", Level.NEEDS_ACTION, "together they can raise blood pressure greatly."),
    Pair("maoi", "opioid", Level.NEEDS_ACTION, "with some opioids a dangerous reaction; choose another."),
    Pair("opioid", "naltrexone", Level.NEEDS_ACTION, "the opioid will not work."),
    Pair("phenothiazine", "opioid", Level.WARN, "together they add to sedation.", LABEL_INTERACTIONS + NAMES),
    Pair("benzodiazepine", "z_drug", Level.WARN, "together they add to sedation.", LABEL_INTERACTIONS + NAMES),
    Pair("benzodiazepine", "barbiturate", Level.WARN, "together they add to sedation.", LABEL_INTERACTIONS + NAMES),
    Pair("antihypertensive", "antihypertensive", Level.WARN, "pressure may fall: another one is taken already."),
)


def check_drug(drug, allergies, medicines):
    """The Concerns about ``drug`` (a name as ordered), heaviest first; [] when there are none.

    ``allergies`` are substances as recorded, [] when there are none, None when nobody has asked; ``medicines`` are
    names as recorded and drugs already given today, None when the list is not known.
    """
    found = [*_allergies(drug, allergies), *_pairs(drug, medicines), *_unknown(drug, allergies, medicines)]
    order = list(Level)
    return sorted(found, key=lambda concern: (concern.kind != ALLERGY, order.index(concern.level)))


def _allergies(drug, allergies):
    hits = [substance for substance in allergies or () if _is_allergic(drug, substance)]
    return [
        Concern(ALLERGY, "allergy", Level.HARD_STOP, f"The patient is recorded as allergic to {substance}.", "Record")
        for substance in hits[:1]
    ]


def _is_allergic(drug, substance):
    """The same words, the same ingredient under another name, or a class that the substance names."""
    said, asked = plain(substance), plain(drug)
    if not said.strip() or not asked.strip():
        return False
    known = match(drug)
    named = set(match(substance).ingredients) & set(known.ingredients)
    return said in asked or asked in said or bool(named) or any(_names_class(said, code) for code in known.classes)


def _names_class(said, code):
    titles = (class_title(code), f"{class_title(code)}s", *ALSO.get(code, ()))
    return any(plain(title) in said for title in titles)


def _pairs(drug, medicines):
    found = [concern for name in medicines or () if (concern := _pair(drug, name)) is not None]
    return list({concern.words: concern for concern in found}.values())


def _pair(drug, other):
    """The first Pair that these two make, as a Concern; None for the same drug under two names."""
    mine, theirs = match(drug), match(other)
    if set(mine.ingredients) & set(theirs.ingredients):
        return None
    for pair in PAIRS:
        if _makes(pair, mine, theirs) or _makes(pair, theirs, mine):
            words = f"{drug.capitalize()} with {other}: {pair.why}"
            return Concern(PAIR, f"{pair.first}+{pair.second}", pair.level, words, pair.source)
    return None


def _makes(pair, one, two):
    return _is(pair.first, one) and _is(pair.second, two)


def _is(code, found):
    return code in found.classes or code in found.ingredients


def _unknown(drug, allergies, medicines):
    asks = [
        (match(drug).is_known, "drug", f"{drug.capitalize()} is not in our list: not checked for interactions."),
        (allergies is not None, "allergies", "Nobody has asked about allergies."),
        (medicines is not None, "medicines", "The list of medicines is not known: not checked for interactions."),
    ]
    return [Concern(ASK, code, Level.UNKNOWN, words, DEFAULT) for is_known, code, words in asks if not is_known]
