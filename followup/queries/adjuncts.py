"""Help beside the infusions of one course: referrals with their appointments, and our own visits of that kind."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import prefetch_related_objects

from clinic import access
from clinic.models import Appointment, Course
from clinic.prepared import Prepared
from followup.models import AdjunctReferral, AdjunctVisit
from followup.rules import adjuncts as rules
from followup.rules.adjuncts import Kept


@dataclass(frozen=True)
class Referred:
    """One referral, its appointments newest first, and how many were kept."""

    row: AdjunctReferral
    visits: list[AdjunctVisit]
    kept: Kept


@dataclass(frozen=True)
class Beside:
    """Everything beside one course. `own` are visits of kind "adjunct" booked here; `days` are all (day, state)."""

    referrals: list[Referred] = field(default_factory=list)
    own: list[Appointment] = field(default_factory=list)
    days: list[tuple[date, str]] = field(default_factory=list)
    kept: Kept = field(default_factory=Kept)


def beside(course: Course, today: date) -> Beside:
    """Referrals, their appointments and our own visits since the course was opened. Three queries."""
    rows = _referrals.rows(course=course.pk)
    prefetch_related_objects(rows, "visits")
    referrals = [_referred(row, today) for row in rows]
    own = _own(course)
    days = [(visit.day, visit.state) for one in referrals for visit in one.visits]
    days += [(_day(visit), rules.OF_APPOINTMENT.get(visit.state, rules.PLANNED)) for visit in own]
    return Beside(referrals, own, sorted(days), rules.kept_of(days, today))


_referrals = Prepared(lambda of: AdjunctReferral.objects.filter(course=of("course")).select_related("asked_by"))


def _referred(row, today):
    visits = sorted(row.visits.all(), key=lambda visit: (visit.day, visit.planned_at), reverse=True)
    return Referred(row, visits, rules.kept_of([(visit.day, visit.state) for visit in visits], today))


def _own(course):
    """Visits of the kind that no referral has taken up."""
    return _own_visits.rows(person=course.patient.person_id, since=course.opened_at)


_own_visits = Prepared(
    lambda of: (
        Appointment.objects.filter(
            patient__person=of("person"),
            kind="adjunct",
            starts_at__gte=of.moment("since"),
            adjunct_visit__isnull=True,
        )
        .select_related("site")
        .order_by("-starts_at")
    )
)


def _day(visit):
    return visit.starts_at.astimezone(visit.site.zone).date()


def referral_or_404(request, pk) -> AdjunctReferral:
    """A referral of a patient this reader may see; the look is recorded."""
    rows = AdjunctReferral.objects.filter(pk=pk).select_related("course__patient", "course__site")
    return access.get_for_patient_or_404(request, rows, path="course__patient")


def visit_or_404(request, pk) -> AdjunctVisit:
    """An appointment of such a referral."""
    rows = AdjunctVisit.objects.filter(pk=pk).select_related("referral__course__patient", "referral__course__site")
    return access.get_for_patient_or_404(request, rows, path="referral__course__patient")
