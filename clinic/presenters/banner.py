"""The identity banner: who this is, what they are allergic to, and what must be known before touching them."""

from dataclasses import dataclass, field

from clinic import access
from clinic.models import Patient
from clinic.models.base import CLINICAL


@dataclass(frozen=True)
class Banner:
    """What `components/_banner.html` shows. `allergies` empty: not asked yet; `withhold`: not for this role."""

    patient: Patient
    allergies: list = field(default_factory=list)
    alerts: list = field(default_factory=list)
    withhold: bool = False
    tag_word: str = ""
    tag: str = ""
    strip: int | None = None


def banner(request, patient, *, tag_word="", tag="", strip=None):
    """The banner of `patient` for this reader: `tag_word` "Chair" or "Course" with its `tag`, `strip` 1 to 3.

    Two queries; none for roles that don't receive clinical fields.
    """
    frame = {"tag_word": tag_word, "tag": str(tag), "strip": strip}
    if not access.sees(request, CLINICAL):
        return Banner(patient, withhold=True, **frame)
    return Banner(patient, allergy_words(patient), alert_words(patient), **frame)


def allergy_words(patient):
    """Allergies in force, in words: "Penicillin (rash)"; "None known" where that was said; empty: not asked."""
    statements = list(patient.allergystatements.filter(ended_at__isnull=True).order_by("said_at"))
    known = [_allergy(statement) for statement in statements if not statement.none_known]
    return known or ["None known" for statement in statements[:1]]


def _allergy(statement):
    return f"{statement.substance} ({statement.reaction})" if statement.reaction else statement.substance


def alert_words(patient):
    """Alerts in force, oldest first, in the words they were noted with."""
    return [alert.words for alert in patient.alerts.filter(ended_at__isnull=True).order_by("since")]
