"""What we understood of a medicine as the patient wrote it, in words for the patient. Their own words never change."""

from django.utils.text import get_text_list
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from intake.rules.medicines import known_names, match, suggest

# What a kind of medicine is called when we talk to the patient; kinds that are not here are only named.
KINDS = {
    "opioid": _("an opioid pain medicine"),
    "opioid_blocker": _("an opioid blocker"),
    "benzodiazepine": _("a calming medicine (benzodiazepine)"),
    "sleep": _("a sleep medicine"),
    "ssri": _("an antidepressant"),
    "snri": _("an antidepressant"),
    "tricyclic": _("an antidepressant"),
    "antidepressant": _("an antidepressant"),
    "maoi": _("an antidepressant or Parkinson medicine (MAO inhibitor)"),
    "mood": _("a mood stabilizer"),
    "antipsychotic": _("an antipsychotic"),
    "anxiety": _("an anxiety medicine"),
    "adhd": _("a stimulant or ADHD medicine"),
    "ketamine": _("ketamine"),
    "nerve_pain": _("a nerve pain medicine"),
    "seizure": _("a seizure medicine"),
    "muscle_relaxant": _("a muscle relaxant"),
    "nsaid": _("an anti-inflammatory pain medicine"),
    "pain": _("a pain medicine"),
    "migraine": _("a migraine medicine"),
    "blood_pressure": _("a blood pressure or heart medicine"),
    "cholesterol": _("a cholesterol medicine"),
    "blood_thinner": _("a blood thinner"),
    "glp1": _("a medicine for diabetes or weight (GLP-1)"),
    "insulin": _("insulin"),
    "diabetes": _("a diabetes medicine"),
    "thyroid": _("a thyroid medicine"),
    "stomach": _("a stomach or bowel medicine"),
    "nausea": _("a nausea medicine"),
    "allergy": _("an allergy or cold medicine"),
    "breathing": _("an asthma or lung medicine"),
    "steroid": _("a steroid"),
    "immune": _("an arthritis or immune medicine"),
    "bone": _("a bone medicine"),
    "hormone": _("a hormone or birth control"),
    "bladder": _("a bladder or prostate medicine"),
    "infection": _("a medicine against an infection"),
    "memory": _("a memory or Parkinson medicine"),
    "addiction": _("a medicine to stop alcohol, tobacco or drugs"),
    "weight": _("a weight medicine"),
    "vitamin": _("a vitamin, mineral or herb"),
}

SAID_FIRST = ("opioid",)  # a pain tablet with an opioid in it is an opioid to us


def note_for(name):
    """One quiet sentence about a name: what we read it as, what it may be, or that we will look it up; "" for none."""
    if not name.strip():
        return ""
    found = match(name)
    if found.is_known:
        return _read_as(found)
    return _may_be(suggest(name))


def _read_as(found):
    said = {"medicine": get_text_list(found.ingredients, gettext("and")), "kind": _kind(found)}
    if said["kind"]:
        return gettext("We read this as %(medicine)s, %(kind)s.") % said
    return gettext("We read this as %(medicine)s.") % said


def _kind(found):
    """What it is, when that says more than its name: of a mixture, the part that matters most."""
    kinds = [kind for kind in SAID_FIRST if kind in found.kinds] or found.kinds
    words = KINDS.get(kinds[0], "") if len(kinds) == 1 else ""
    return "" if words in found.ingredients else words


def _may_be(names):
    if names:
        return gettext("Did you mean %(names)s? If so, change it. If not, leave it as it is.") % {
            "names": get_text_list(names, gettext("or"))
        }
    return gettext("We don’t know this name yet. That is fine: we will look it up.")


def offered_names():
    """The names of the list that helps while typing; the Spanish ones only to those who read Spanish."""
    return known_names(other_spellings=(get_language() or "").startswith("es"))
