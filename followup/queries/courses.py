"""The course page's own reading: the course through the door, what stands beside the curve."""

from collections import Counter
from decimal import Decimal

from django.db.models import Count

from clinic import access
from clinic.models import Appointment, Course, MedicationStatement
from clinic.prepared import Prepared
from followup.models import BoosterProposal
from intake.rules.mme import Mme, mme
from sessions.models import SideEffect


def course_or_404(request, pk) -> Course:
    """A course of a patient this reader may see; the look is recorded."""
    sites = [site.pk for site in access.sites_for(request)]
    course = _course_here.first(pk=pk, here=sites, theirs=sites) if sites else None
    if course is not None:
        return access.looked_at(request, course, course.patient)
    return access.get_for_patient_or_404(request, _with_people().filter(pk=pk))  # through an emergency look, or not


def _with_people():
    return Course.objects.select_related("patient", "site", "protocol_version__protocol", "prescriber")


_course_here = Prepared(
    lambda of: _with_people().filter(
        pk=of("pk"), site__in=of.list("here"), patient__in=access.patients_at(of.list("theirs")).values("pk")
    )
)


def proposal_or_404(request, course: Course, pk) -> BoosterProposal:
    """A proposal of this course."""
    related = BoosterProposal.objects.filter(pk=pk, course=course).select_related("course__patient", "course__site")
    return access.get_for_patient_or_404(request, related, path="course__patient")


def last_proposal(course: Course) -> BoosterProposal | None:
    """The newest proposal that was not replaced by another one."""
    return _last_proposal.first(course=course.pk)


_last_proposal = Prepared(
    lambda of: (
        BoosterProposal.objects.filter(course=of("course"))
        .exclude(state="superseded")
        .select_related("decided_by", "visit__site", "reassessment__decided_by")
        .order_by("-made_at")[:1]
    )
)


def adjuncts(course: Course, at) -> dict[str, int]:
    """Visits for counselling, physical therapy and the like up to now: attended, missed."""
    visits = Appointment.objects.filter(patient__person__records=course.patient_id, kind="adjunct", starts_at__lte=at)
    states = Counter(visits.filter(starts_at__gte=course.opened_at).values_list("state", flat=True))
    return {"attended": states["done"], "missed": states["no_show"], "cancelled": states["cancelled"]}


def opioids(course: Course) -> Mme:
    """The opioid dose a day now, as morphine equivalents; unknown as soon as one part of it is."""
    return mme([medicine(m) for m in _taken.rows(patient=course.patient_id)])


_taken = Prepared(
    lambda of: MedicationStatement.objects.filter(patient__person__records=of("patient"), ended_at__isnull=True)
)


def medicine(statement: MedicationStatement) -> dict:
    """A statement as `intake.rules.mme` reads it: the amount of a day, a fentanyl patch in mcg an hour."""
    patch = "fentanyl" in statement.ingredient and "patch" in statement.dose_words.lower()
    amount: Decimal | None = statement.daily_mg
    return {
        "name": statement.ingredient or statement.name,
        "amount": amount,
        "unit": "mcg/h" if patch else "mg",
        "times_a_day": 1,
    }


def effects_of(course: Course) -> list[tuple[str, int]]:
    """[(side effect, in how many infusions)] of a course, the most frequent first; struck ones are left out."""
    rows = SideEffect.objects.filter(entry__session__course=course, entry__superseded_by__isnull=True)
    rows = rows.exclude(entry__role="strike").order_by()
    counted = rows.values("term").annotate(sessions=Count("entry__session", distinct=True))
    return [(row["term"], row["sessions"]) for row in counted.order_by("-sessions", "term")]
