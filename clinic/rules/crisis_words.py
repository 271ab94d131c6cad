"""Phrases in free words that must bring help at once, in English and Spanish. Pure.

Chosen broadly by us, no validated list: a false alarm costs a call, a miss may cost a life. The words are read in both
languages, whichever the page was in: people write as they feel.
"""

import re
import unicodedata

# Said of oneself, now: enough anywhere. Without accents; each ends where a word ends ("to die" is not "to diet").
OF_ONESELF = (
    *("kill myself", "killing myself", "end my life", "ending my life", "take my own life", "end it all"),
    *("want to die", "wish i was dead", "wish i were dead", "better off dead", "better off without me"),
    *("hurt myself", "harm myself", "cut myself", "no reason to live", "want to live any ?more"),
    *("matarme", "me mato", "me voy a matar", "quitarme la vida", "acabar con mi vida", "acabar con todo"),
    *("quiero morir", "quiero morirme", "quisiera morir", "quisiera morirme", "no quiero vivir"),
    *(r"no quiero seguir viv\w*", "no quiero existir", r"mejor muert\w*", r"estar muert\w*"),
    *("hacerme dano", "lastimarme", "cortarme las venas", "sin mi estarian mejor"),
)
# May be told of the past or of somebody else: read as a sign only where we asked how today was.
ANY_MENTION = (r"suicid\w*",)

_OF_ONESELF = re.compile(rf"\b(?:{'|'.join(OF_ONESELF)})\b")
_ANY_MENTION = re.compile(rf"\b(?:{'|'.join(OF_ONESELF + ANY_MENTION)})\b")


def speaks_of_own_death(words: str) -> bool:
    """True when free words say of oneself what must bring help at once; a history of suicide is asked elsewhere."""
    return bool(_OF_ONESELF.search(_bare(words)))


def has_crisis_words(words: str) -> bool:
    """True when free words about today contain a phrase that must bring help at once, or speak of suicide at all."""
    return bool(_ANY_MENTION.search(_bare(words)))


def _bare(words: str) -> str:
    """Lower case, without accents, one space between words, the typewriter's apostrophe."""
    parts = unicodedata.normalize("NFD", words.lower().replace("’", "'"))
    return " ".join("".join(one for one in parts if not unicodedata.combining(one)).split())
