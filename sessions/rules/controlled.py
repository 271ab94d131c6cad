"""Which drugs are controlled: drawn from a container, with every mg accounted for.

Source: 21 CFR 1308.12-15 schedules II to V, the ones an infusion clinic may hold (ketamine: clinical.md 6, schedule
III); a state or a clinic may hold more to account, which then is any drug the site keeps containers of.
"""

WORDS = """
ketamine esketamine midazolam lorazepam diazepam alprazolam clonazepam remimazolam phenobarbital pentobarbital
methohexital fentanyl sufentanil remifentanil alfentanil morphine hydromorphone meperidine oxycodone methadone
buprenorphine butorphanol tramadol pregabalin lacosamide
"""
NAMES = frozenset(WORDS.split())


def is_controlled(drug, kept=()):
    """True for a scheduled drug by its name, with or without a salt or strength behind it, and for one in `kept`."""
    words = drug.casefold().split()
    return bool(words) and (words[0] in NAMES or drug.casefold() in {name.casefold() for name in kept})
