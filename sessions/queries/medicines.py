"""What a drug is judged against before it is ordered or given: allergies, medicines taken, drugs of this session."""

from clinic.models import AllergyStatement, MedicationStatement
from sessions.models import DrugEvent


def spoken_of(session):
    """(allergies as substances, medicines as names) of the session's patient, for `check_drug`. Three queries.

    Drugs that were given or started in this session count as taken. Allergies are None when nobody has asked.
    """
    mine = {"patient__person": session.patient.person_id, "ended_at__isnull": True}
    said = list(AllergyStatement.objects.filter(**mine).order_by("said_at"))
    taken = MedicationStatement.objects.filter(**mine).order_by("said_at").values_list("name", flat=True)
    given = DrugEvent.objects.filter(entry__session=session, entry__superseded_by__isnull=True, action__in=GIVEN)
    names = [*taken, *given.exclude(entry__role="strike").values_list("drug", flat=True).distinct()]
    return [row.substance for row in said if not row.none_known] if said else None, names


GIVEN = ("start", "bolus", "given")
