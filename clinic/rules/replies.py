"""What somebody means who answers a text message. Pure.

The words that stop are those US carriers know, those of the rule in force since April 2025 (47 CFR 64.1200(a)(10): any
reasonable wording counts), and their Spanish kin. Whoever is not understood has written words of their own: a person
reads them. In doubt between stopping and not, it stops: that can be undone by one word.
"""

import re
import unicodedata

STOP, START, HELP, YES, WORDS = "stop", "start", "help", "yes", "words"
# Alone, whatever the case, with or without a full stop.
ALONE = {
    STOP: "stop stopall unsubscribe cancel end quit revoke optout remove alto parar pare basta cancelar salir baja "
    "detener",
    START: "start unstop resume subscribe iniciar comenzar empezar alta reanudar",
    HELP: "help info ayuda",
    YES: "yes y c confirm confirmed ok si s confirmo confirmar confirmado",
}
PHRASES = {
    STOP: (
        r"stop (texting|sending|messag\w+|the texts?|these|this|all|please|contacting)", r"please stop",
        r"(do ?n[o']?t|do not|never) (text|message|contact|send)( me| us)?\b", r"no more (texts?|messages?|reminders?)",
        r"unsubscribe", r"opt(ing)?[ -]?out", r"remove (me|my number)", r"take me off", r"leave me alone",
        r"wrong (number|person)",
        r"no (me )?(mande|envie|escriba)\w*( mas)?", r"deje(n)? de (mandar|enviar|escribir)\w*",
        r"no (quiero|deseo) (mas )?(mensajes|textos|recordatorios)", r"numero equivocado", r"darme? de baja",
    ),
    HELP: (r"who (is this|are you)", r"quien (es|habla|son)"),
}  # fmt: skip
_ALONE = {}
for _meaning, _words in ALONE.items():
    for _one in _words.split():
        _ALONE.setdefault(_one, _meaning)
_ALONE |= dict.fromkeys(
    ("stop all", "opt out", "no mas", "no more", "stop please", "please stop", "para por favor"), STOP
)
_ALONE |= dict.fromkeys(
    ("yes please", "yes i will", "i will be there", "si gracias", "yes thanks", "yes thank you"), YES
)
_SAID = [(meaning, re.compile(rf"\b(?:{'|'.join(found)})")) for meaning, found in PHRASES.items()]
LEAST_SAID = 3
MOST_WORDS = 12  # of a longer text nobody can say that it only means "stop"


def meaning_of(text: str) -> str:
    """One of stop, start, help, yes, words."""
    bare = _bare(text)
    if bare in _ALONE:
        return _ALONE[bare]
    if bare.split()[:1] == ["stop"] and len(bare.split()) <= MOST_WORDS:
        return STOP
    if len(bare.split()) > MOST_WORDS:
        return WORDS
    return next((meaning for meaning, pattern in _SAID if pattern.search(bare)), WORDS)


def is_a_word(text: str) -> bool:
    """Is there nothing in it but the word it was taken for? Else a person reads it too."""
    return len(_bare(text).split()) <= LEAST_SAID


def _bare(text: str) -> str:
    """Lower case, no accents, no marks, single spaces."""
    parts = unicodedata.normalize("NFD", text.lower().replace("’", "'"))
    plain = "".join(one for one in parts if not unicodedata.combining(one))
    return " ".join(re.sub(r"[^\w' -]", " ", plain).split()).strip("-' ")
