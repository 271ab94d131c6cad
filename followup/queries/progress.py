"""Progress letters of a course, through the access door."""

from clinic import access
from clinic.models import Course
from followup.models import ProgressLetter


def letter_or_404(request, pk) -> ProgressLetter:
    """A letter about a patient this reader may see, with its sendings; the look is recorded."""
    related = ("course__patient", "course__site", "signed_by", "made_by", "document")
    rows = ProgressLetter.objects.filter(pk=pk).select_related(*related).prefetch_related("sendings__sent_by")
    return access.get_for_patient_or_404(request, rows, path="course__patient")


def letters_of(course: Course, but: ProgressLetter | None = None) -> list[ProgressLetter]:
    """The letters of a course that were not put away, newest first. Two queries."""
    rows = ProgressLetter.objects.filter(course=course, discarded_at__isnull=True).select_related("signed_by")
    rows = rows.exclude(pk=but.pk) if but else rows
    return list(rows.prefetch_related("sendings"))
