"""Readiness before a visit: which answers need somebody at the clinic. Pure."""

from dataclasses import asdict, dataclass

from django.utils.translation import gettext_lazy as _

from clinic.language import ENGLISH, english_name

COMING = [("yes", _("Yes, I come")), ("other", _("I need another time")), ("cancel", _("No, please cancel it"))]


@dataclass(frozen=True)
class Readiness:
    """What was answered, on a page in which language; None is "not answered" and asks for nothing but a look."""

    coming: str
    well: bool | None = None
    ride: bool | None = None
    new_medicines: bool | None = None
    words: str = ""
    language: str = "en"

    def as_dict(self) -> dict:
        """For the record."""
        return asdict(self)


@dataclass(frozen=True)
class Worry:
    """Something to act on; `is_clinical`: not for the front desk's eyes."""

    text: str
    is_clinical: bool = False


def worries(readiness: Readiness) -> list[Worry]:
    """All that somebody must act on, in the order of the questions; empty when the patient is ready."""
    found = []
    if readiness.coming == "other":
        found.append(Worry("Asks for another time."))
    if readiness.coming == "cancel":
        found.append(Worry("Has cancelled: offer another time."))
    if readiness.well is False:
        found.append(Worry("Does not feel well today.", is_clinical=True))
    if readiness.ride is False:
        found.append(Worry("Has nobody to go home with yet."))
    if readiness.new_medicines:
        found.append(Worry("Takes new medicines since last time.", is_clinical=True))
    if readiness.words.strip():
        how = "" if readiness.language == ENGLISH else f" in {english_name(readiness.language)}"
        found.append(Worry(f"Writes{how}: “{readiness.words.strip()}”", is_clinical=True))
    return found
