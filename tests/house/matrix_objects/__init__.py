"""The rows behind the path parameters of the matrix: one side for the own site, one for the foreign one.

A path with parameters needs a line here: by its name in PATHS, or by namespace and parameter in USUAL. What stands
there is a noun of NOUNS, or "=text" for a parameter that is no row.

The rows are made in rows_<floor>.py, the paths stand in paths.py.
"""

from dataclasses import replace

from tests import factories
from tests.house.matrix_objects import rows_clinic, rows_followup, rows_intake, rows_sessions
from tests.house.matrix_objects.paths import ADMIN, PATHS, USUAL

__all__ = ["ADMIN", "NOUNS", "PATHS", "USUAL", "Side", "as_param", "nouns", "other_side", "params"]

NOUNS = rows_clinic.NOUNS | rows_intake.NOUNS | rows_sessions.NOUNS | rows_followup.NOUNS


def other_side(everyone):
    """The same people, as seen from the other site."""
    away = everyone.away
    return replace(
        everyone,
        harbor=everyone.prairie,
        prairie=everyone.harbor,
        patient=everyone.away_patient,
        nurse=away["nurse"],
        prescriber=away["prescriber"],
        clinic_admin=away["clinic_admin"],
        colleague=factories.member("nurse", at_site=everyone.prairie, name="Cole League Away"),
    )


class Side:
    """Everything one site has, each row made when it is first asked for."""

    def __init__(self, people):
        self.people, self.site, self.patient = people, people.harbor, people.patient
        self.made = {}

    def get(self, noun):
        """The row of this noun, or its text."""
        if noun not in self.made:
            self.made[noun] = NOUNS[noun](self)
        return self.made[noun]

    def about(self, purpose):
        """Whose link of this purpose it is and what it is about: the packet is a newcomer's, still open."""
        if purpose not in ABOUT:
            return {"of": self.patient}
        row = self.get(ABOUT[purpose])
        whose = row.entry.patient if ABOUT[purpose] == "waitlist_offer" else row.patient
        return {"of": whose, "subject_kind": row._meta.label_lower, "subject_id": row.pk}


ABOUT = {
    "offer": "waitlist_offer",
    "checkup": "question_round",
    "education": "question",
    "packet": "open_packet",
    "questions": "page_request",
    "readiness": "appointment",
}


def nouns(path):
    """Parameter -> noun of a path; None where no line says what stands there."""
    named = PATHS.get(path.name, {})
    found = {name: named.get(name) or USUAL.get((path.namespace, name), "") for name in path.params}
    return {name: noun if noun in NOUNS or noun.startswith("=") else None for name, noun in found.items()}


def params(path, side):
    """The parameters of a path as keywords for one side."""
    return {name: noun[1:] if noun.startswith("=") else as_param(side.get(noun)) for name, noun in nouns(path).items()}


def as_param(row):
    """An id for a row, the text itself for a text."""
    return getattr(row, "pk", row)
