"""What fits into a text message. The alphabet of phones (GSM 03.38) knows é and ñ, but not á, í, ó or ú.

One letter outside of it makes every part of a message hold 70 characters instead of 160. So what it lacks is written
with its nearest letter: "martes 5 de mayo, 8:00 a. m." stays, "Envíe" becomes "Envie", which everybody reads.
"""

import unicodedata

ALPHABET = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
TWO = frozenset("^{}\\[~]|€")  # written with two characters each
NEAREST = {"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\u00a0": " ", "\u202f": " "}
ONE_PART, EACH_OF_MANY = 160, 153
MOST_PARTS = 10  # what phones put together again


def plain(text: str) -> str:
    """The text in the phones' alphabet, each missing letter as its nearest; what has none becomes "?"."""
    return "".join(_letter(one) for one in unicodedata.normalize("NFC", text))


def _letter(one: str) -> str:
    if one in ALPHABET or one in TWO:
        return one
    near = NEAREST.get(one) or unicodedata.normalize("NFD", one)[0]
    return near if all(letter in ALPHABET for letter in near) else "?"


def parts(text: str) -> int:
    """How many messages a text in the phones' alphabet is sent as. Raises ValueError for a letter outside of it."""
    strange = sorted(set(text) - ALPHABET - TWO)
    if strange:
        raise ValueError(f"not in the alphabet of phones: {''.join(strange)}")
    length = sum(2 if one in TWO else 1 for one in text)
    return 1 if length <= ONE_PART else -(-length // EACH_OF_MANY)
