"""The identity banner: who this is, what they are allergic to, and what must be known before touching them."""

from dataclasses import dataclass, field

from clinic import access
from clinic.models import AllergyStatement, Patient, PatientAlert
from clinic.models.base import CLINICAL
from clinic.prepared import Prepared


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


def banner(request, patient, *, tag_word="", tag="", strip=None, allergies=None, alerts=None):
    """The banner of `patient` for this reader: `tag_word` "Chair" or "Course" with its `tag`, `strip` 1 to 3.

    Two queries; none for roles that don't receive clinical fields, or when the rows in force are handed in.
    """
    frame = {"tag_word": tag_word, "tag": str(tag), "strip": strip}
    if not access.sees(request, CLINICAL):
        return Banner(patient, withhold=True, **frame)
    return Banner(patient, allergy_words(patient, allergies), alert_words(patient, alerts), **frame)


def allergies_in_force(patient):
    """The allergy statements that count, oldest first, as a queryset."""
    return _allergies_of(patient.person_id)


def alerts_in_force(patient):
    """The alerts that count, oldest first, as a queryset."""
    return _alerts_of(patient.person_id)


def _allergies_of(person):
    return AllergyStatement.objects.filter(patient__person=person, ended_at__isnull=True).order_by("said_at")


def _alerts_of(person):
    return PatientAlert.objects.filter(patient__person=person, ended_at__isnull=True).order_by("since")


_allergies = Prepared(lambda of: _allergies_of(of("person")))
_alerts = Prepared(lambda of: _alerts_of(of("person")))


def allergy_words(patient, statements=None):
    """Allergies in force, in words: "Penicillin (rash)"; "None known" where that was said; empty: not asked."""
    statements = _allergies.rows(person=patient.person_id) if statements is None else statements
    known = [_allergy(statement) for statement in statements if not statement.none_known]
    return known or ["None known" for statement in statements[:1]]


def _allergy(statement):
    return f"{statement.substance} ({statement.reaction})" if statement.reaction else statement.substance


def alert_words(patient, alerts=None):
    """Alerts in force, oldest first, in the words they were noted with; what only the patient said is marked."""
    return [_alert(alert) for alert in (_alerts.rows(person=patient.person_id) if alerts is None else alerts)]


def _alert(alert):
    return f"{alert.words} (patient says, not verified)" if alert.is_unverified else alert.words
