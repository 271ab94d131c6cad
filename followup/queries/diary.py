"""What the diary page needs to know of the course it belongs to; nothing of what was said before."""

from datetime import date

from clinic import access
from clinic.models import Course, Message, PatientLink
from followup.models import DiaryEntry, DiaryPlan
from sessions.models import InfusionSession


def course_of(link: PatientLink) -> Course | None:
    """The course a diary link is for: the one it names, else the patient's latest that is signed."""
    courses = Course.objects.filter(patient__person__records=link.patient_id, signed_at__isnull=False)
    related = courses.select_related("patient", "site", "protocol_version__protocol")
    if link.subject_kind == "clinic.course":
        return related.filter(pk=link.subject_id).first()
    return related.order_by("-opened_at").first()


def has_had_one(course: Course) -> bool:
    """Whether an infusion of this course has been given: only then can its effect be gone."""
    return InfusionSession.objects.filter(course=course, stopped_at__isnull=False).exists()


def entry_or_404(request, pk) -> DiaryEntry:
    """One entry of a patient this reader may see; the look is recorded."""
    return access.get_for_patient_or_404(
        request, DiaryEntry.objects.filter(pk=pk).select_related("patient", "recorded_by")
    )


def plan_of(course: Course) -> DiaryPlan | None:
    """When this course's diary is asked for next, once it is planned."""
    return DiaryPlan.objects.filter(course=course).first()


def asked_days(course: Course) -> set[date]:
    """The local days whose diary was mailed: what was withdrawn before it went was not asked."""
    sent = Message.objects.filter(kind="diary", subject_id=course.pk).exclude(state__in=("withdrawn", "failed"))
    days = (context.get("local_day") for context in sent.values_list("context", flat=True))
    return {date.fromisoformat(day) for day in days if day}
