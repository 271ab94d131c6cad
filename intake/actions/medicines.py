"""Medicines told at a visit become statements of the record, so that the next visit knows of them."""

from django.db import transaction

from clinic import audit, clock
from clinic.models import MedicationStatement
from intake.rules.medicines import class_title, match

VISIT = "visit"


@transaction.atomic
def keep_new_medicines(*, patient, site, names, visit, by, at=None):
    """Keep the medicines named as new at this visit (its id); what an earlier answer of the visit said is ended.

    Saying the same again changes nothing. Returns the statements made.
    """
    at = at or clock.now()
    said = MedicationStatement.objects.filter(patient=patient, occasion_kind=VISIT)
    rows = said.filter(occasion_id=visit, ended_at__isnull=True)
    kept = {row.name: row for row in rows.select_for_update()}
    names = [name[:120] for name in names]
    gone = [row for name, row in kept.items() if name not in names]
    for row in gone:
        row.ended_at = at
        row.save(update_fields=["ended_at"])
    fresh = [name for name in names if name not in kept]
    made = MedicationStatement.objects.bulk_create([_statement(patient, name, visit, by, at) for name in fresh])
    if made or gone:
        audit.record("medicines.told", patient, by=by, patient=patient, site=site, at=at)
    return made


def _statement(patient, name, visit, by, at):
    found = match(name)
    return MedicationStatement(
        patient=patient,
        source="staff",
        said_at=at,
        recorded_by=by,
        occasion_kind=VISIT,
        occasion_id=visit,
        name=name,
        ingredient=", ".join(found.ingredients)[:80],
        drug_class=", ".join(sorted(class_title(code) for code in found.classes))[:80],
    )
