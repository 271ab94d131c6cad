"""The page on which one consent is read and signed: its words, what is new in them, who signs, what was signed."""

from dataclasses import dataclass

from clinic.models import ConsentText, Representative, User
from intake.actions.copies import copies_of
from intake.consents import signatures_by
from intake.presenters.copies import polylines
from intake.rules.consents import TAKEN_BACK, changes, paragraphs


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs: the patient, or a representative for them; ``taken_by``: staff who handed over the device."""

    representative: Representative | None = None
    relation: str = ""
    taken_by: User | None = None

    def fields(self):
        """As the actions take it."""
        return {"representative": self.representative, "relation": self.relation, "taken_by": self.taken_by}


def signer_of(link):
    """The Signer of a link: whoever it was made for; a link that staff made by hand was handed over on a device."""
    someone = link.representative
    return Signer(someone, someone.relation if someone else "", link.made_by)


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of a text as they are shown.

    ``marked``: with what is new since ``since`` (a signed version), or None; ``is_fallback``: English in place of the
    patient's language.
    """

    text: ConsentText
    paragraphs: list
    is_fallback: bool = False
    since: ConsentText | None = None
    marked: list | None = None


def reading(text, *, is_fallback=False, since=None):
    """The Reading of a text; ``since``: the version that was signed before, marked only within one language."""
    if since is None or since.pk == text.pk or since.language != text.language:
        return Reading(text, paragraphs(text.body), is_fallback)
    return Reading(text, paragraphs(text.body), is_fallback, since, changes(since.body, text.body))


def own_reading(stands):
    """What a patient reads of one kind outside the packet: the text to sign with what is new since they signed.

    One that is in force without anything new is read as it was signed.
    """
    if stands.is_to_sign or stands.is_only_told or stands.signature is None:
        since = stands.signature.text if stands.signature else None
        return reading(
            stands.newer if stands.is_only_told else stands.text, is_fallback=stands.is_fallback, since=since
        )
    again = stands.state == TAKEN_BACK and stands.text is not None
    return reading(stands.text if again else stands.signature.text, is_fallback=again and stands.is_fallback)


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature as it is shown back: the row, the drawing as SVG points, the copy or None while it is being made."""

    row: object
    strokes: list
    copy: object


def signed(signature):
    """The Signed of a signature, None without one. One query."""
    if signature is None:
        return None
    return Signed(signature, polylines(signature.drawing), copies_of(signature).first())


def has_agreed_to_screens(patient):
    """Has this patient agreed before to sign on a screen and to get copies as files?"""
    return any(row.electronic_agreed for row in signatures_by(patient))
