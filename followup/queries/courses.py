"""The course page's own reading: the course through the door, what stands beside the curve."""

from collections import Counter
from decimal import Decimal

from clinic import access
from clinic.models import Appointment, Course, MedicationStatement
from followup.models import BoosterProposal
from intake.rules.mme import Mme, mme


def course_or_404(request, pk) -> Course:
    """A course of a patient this reader may see; the look is recorded."""
    related = Course.objects.filter(pk=pk).select_related("patient", "site", "protocol_version__protocol", "prescriber")
    return access.get_for_patient_or_404(request, related)


def proposal_or_404(request, course: Course, pk) -> BoosterProposal:
    """A proposal of this course."""
    related = BoosterProposal.objects.filter(pk=pk, course=course).select_related("course__patient", "course__site")
    return access.get_for_patient_or_404(request, related, path="course__patient")


def last_proposal(course: Course) -> BoosterProposal | None:
    """The newest proposal that was not replaced by another one."""
    kept = course.booster_proposals.exclude(state="superseded").select_related("decided_by")
    return kept.order_by("-made_at").first()


def adjuncts(course: Course, at) -> dict[str, int]:
    """Visits for counselling, physical therapy and the like up to now: attended, missed."""
    visits = Appointment.objects.filter(patient=course.patient_id, kind="adjunct", starts_at__lte=at)
    states = Counter(visits.filter(starts_at__gte=course.opened_at).values_list("state", flat=True))
    return {"attended": states["done"], "missed": states["no_show"], "cancelled": states["cancelled"]}


def opioids(course: Course) -> Mme:
    """The opioid dose a day now, as morphine equivalents; unknown as soon as one part of it is."""
    taken = MedicationStatement.objects.filter(patient=course.patient_id, ended_at__isnull=True)
    return mme([_medicine(m) for m in taken])


def _medicine(statement: MedicationStatement) -> dict:
    patch = "fentanyl" in statement.ingredient and "patch" in statement.dose_words.lower()
    amount: Decimal | None = statement.daily_mg
    return {
        "name": statement.ingredient or statement.name,
        "amount": amount,
        "unit": "mcg/h" if patch else "mg",
        "times_a_day": 1,
    }
