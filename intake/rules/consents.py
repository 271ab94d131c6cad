"""What stands of a patient's consents: signed, replaced by a newer text, taken back. Pure; rows and time are passed in.

A signature counts in the language it was given in: a newer version in that language replaces it. A newer version that
patients are only told of leaves it in force; one that must be signed again makes it outdated, which stops the next
visit but not the booking of it.
"""

from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.translation import gettext_lazy as _

from clinic.refusal import Conflict, Item, Refused, refuse_if

ENGLISH = "en"
SIGN_AGAIN = "sign_again"
# Which kinds of text a packet needs. Messages are the patient's choice.
REQUIRED = ("treatment", "off_label", "escort", "privacy")
# Without these nobody is booked or treated. The privacy notice is a notice: care does not hang on it.
NEEDED_TO_TREAT = ("treatment", "off_label", "escort")
CAN_BE_TAKEN_BACK = ("treatment", "off_label", "messages", "escort")
MISSING, IN_FORCE, OUTDATED, TAKEN_BACK = "missing", "in_force", "outdated", "taken_back"
STATE_WORDS = {
    MISSING: "Not signed",
    IN_FORCE: "On file",
    OUTDATED: "To sign again: the text has changed",
    TAKEN_BACK: "Taken back",
}
NEUTRAL = "A consent is missing: see the patient's consents, or ask the nurse."


@dataclass(frozen=True, slots=True)
class Standing:
    """One kind of consent of one patient.

    ``text``: what would be signed now, None where nothing is published in the language or in English. ``signature``:
    the newest one in force, else the newest of all, else None. ``newer``: the version that replaced the signed one.
    ``is_asked``: the clinic asked to sign it again and nobody has since.
    """

    kind: str
    state: str
    text: object
    signature: object
    newer: object = None
    is_fallback: bool = False
    is_asked: bool = False

    @property
    def state_words(self):
        """How it stands, for staff."""
        return STATE_WORDS[self.state]

    @property
    def title(self):
        """The title of what would be signed, else of what was."""
        shown = self.text or (self.signature.text if self.signature else None)
        return shown.title if shown else self.kind

    @property
    def is_signed(self):
        """Is there a signature that was not taken back, of whatever version?"""
        return self.state in (IN_FORCE, OUTDATED)

    @property
    def is_required(self):
        """Does a packet need it?"""
        return self.kind in REQUIRED

    @property
    def is_to_sign(self):
        """Is the patient asked to sign now: required and not in force, replaced, or asked again by the clinic."""
        unsigned = self.is_required and self.state in (MISSING, TAKEN_BACK)
        return self.text is not None and (unsigned or self.state == OUTDATED or self.is_asked)

    @property
    def is_only_told(self):
        """In force although a newer text is published: the patient may read what is new."""
        return self.state == IN_FORCE and self.newer is not None

    @property
    def can_be_taken_back(self):
        """May it be taken back now?"""
        return can_take_back(kind=self.kind, state=self.state)


def text_for(texts, language):
    """(the newest of these texts in the language, is it English instead?); (None, False) when there is none."""
    for wanted, is_fallback in ((language, False), (ENGLISH, True)):
        found = [text for text in texts if text.language == wanted]
        if found:
            return max(found, key=lambda text: text.number), is_fallback and language != ENGLISH
    return None, False


def standing(kind, *, signatures, texts, requests, language):
    """The Standing of one kind, from its own signatures (with ``is_taken_back``), published texts and requests."""
    text, is_fallback = text_for(texts, language)
    by_time = sorted(signatures, key=lambda signature: signature.signed_at)
    unrevoked = [signature for signature in by_time if not signature.is_taken_back]
    valid = [signature for signature in unrevoked if not _newer(signature, texts)[1]]
    signature = (valid or unrevoked or by_time or [None])[-1]
    newer, must_sign = _newer(signature, texts) if unrevoked else (None, False)
    asked = [one for one in requests if one.why == "again"]
    is_asked = bool(asked) and not any(row.signed_at >= max(one.asked_at for one in asked) for row in unrevoked)
    state = _state(by_time, unrevoked, must_sign)
    return Standing(kind, state, text, signature, newer, is_fallback, is_asked)


def _state(signatures, unrevoked, must_sign):
    if not signatures:
        return MISSING
    if not unrevoked:
        return TAKEN_BACK
    return OUTDATED if must_sign else IN_FORCE


def _newer(signature, texts):
    """(the newest version after the signed one in its language, must any since be signed again?)."""
    same = [text for text in texts if text.language == signature.text.language]
    after = [text for text in same if text.number > signature.text.number]
    newest = max(after, key=lambda text: text.number, default=None)
    return newest, any(text.renewal == SIGN_AGAIN for text in after)


def booking_items(standings):
    """What stands against booking: a needed consent that was never signed, or was taken back."""
    return [_item(one) for one in standings if one.kind in NEEDED_TO_TREAT and _stops_booking(one)]


def treating_items(standings):
    """What stands against treating today: as for booking, and a text that must be signed again."""
    return [
        _item(one)
        for one in standings
        if one.kind in NEEDED_TO_TREAT and (_stops_booking(one) or one.state == OUTDATED)
    ]


def _stops_booking(one):
    """A text that is not published can't be signed: it stops nothing here, the admin says that it is missing."""
    return one.state == TAKEN_BACK or (one.state == MISSING and one.text is not None)


def _item(one):
    said = {
        MISSING: f"“{one.title}” is not signed.",
        TAKEN_BACK: f"The consent “{one.title}” was taken back.",
        OUTDATED: f"“{one.title}” has changed and must be signed again before the next visit.",
    }
    return Item(f"consent-{one.kind}", said[one.state], NEUTRAL)


def check_signature(*, is_current, agreed, printed_name, electronic_agreed):
    """Raise Refused with everything a signature on a screen lacks, Conflict when the text is not the newest."""
    if not is_current:
        raise Conflict(Item("consent-changed", _("This text has been changed. Please read the new one.")))
    missing = []
    if not agreed:
        missing.append(Item("agree", _("Tick the box to say that you have read this and agree"), field="agreed"))
    if not electronic_agreed:
        words = _("Tick the box to sign on this screen, or ask us for paper")
        missing.append(Item("electronic", words, field="electronic_agreed"))
    if not printed_name.strip():
        missing.append(Item("name", _("Type your full name"), field="printed_name"))
    refuse_if(missing)


def check_take_back(*, kind, state):
    """Raise Refused when there is nothing to take back, or it is a notice only."""
    if kind not in CAN_BE_TAKEN_BACK:
        raise Refused(Item("notice", _("This is a notice, not a permission: there is nothing to take back.")))
    if state not in (IN_FORCE, OUTDATED):
        raise Refused(Item("not-signed", _("It is not signed, or has been taken back already.")))


def can_take_back(**facts):
    """The bool of check_take_back, for templates."""
    try:
        check_take_back(**facts)
    except Refused:
        return False
    return True


SAME, ADDED, REMOVED = "same", "added", "removed"


def changes(old, new):
    """What is new between two texts: paragraphs, each a list of (mark, words); marks: same, added, removed."""
    before, after = paragraphs(old), paragraphs(new)
    found = []
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [[(SAME, part)] for part in before[i:j]]
        elif tag == "replace" and j - i == m - k:
            found += [_words(was, now) for was, now in zip(before[i:j], after[k:m], strict=True)]
        else:
            found += [[(REMOVED, part)] for part in before[i:j]] + [[(ADDED, part)] for part in after[k:m]]
    return found


def paragraphs(text):
    """The paragraphs of a text: parted by blank lines, line breaks inside kept."""
    parts = text.replace("\r\n", "\n").split("\n\n")
    return [part.strip() for part in parts if part.strip()]


def _words(was, now):
    before, after = was.split(), now.split()
    found = []
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append((SAME, " ".join(before[i:j])))
            continue
        found += [(REMOVED, " ".join(before[i:j]))] if j > i else []
        found += [(ADDED, " ".join(after[k:m]))] if m > k else []
    return found
