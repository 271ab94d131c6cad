"""The language a patient reads and is written to in: chosen on their page, kept on their record."""

from django.db import transaction

from clinic import audit, clock, language
from clinic.models import Patient
from clinic.refusal import Item, Refused


def choose_language(*, session, code, patient=None, at=None):
    """The patient pressed the switch: once they are known, it is their preference. An unknown language is nothing."""
    if not language.is_known(code):
        return
    language.choose(session, code, patient)
    if patient is not None:
        prefer_language(patient=patient, code=code, by=patient, at=at)


def settle_language(*, session, patient, at=None):
    """The patient has come through the door: what they chose before it becomes their preference. Returns the code."""
    code = language.settle(session, patient)
    if code:
        prefer_language(patient=patient, code=code, by=patient, at=at)
    return code


@transaction.atomic
def prefer_language(*, patient, code, by, at=None):
    """Keep the language a patient prefers; the same again changes nothing. Raises Refused for one we don't speak."""
    at = at or clock.now()
    if not language.is_known(code):
        raise Refused(Item("language", "There are no pages in this language yet.", field="language"))
    row = Patient.objects.select_for_update().get(pk=patient.pk)
    if row.language != code:
        row.language = code
        row.version += 1
        row.save(update_fields=["language", "version"])
        audit.record("patient.language-preferred", row, by=by, patient=row, at=at, detail={"language": code})
    patient.language, patient.version = row.language, row.version
    return row
