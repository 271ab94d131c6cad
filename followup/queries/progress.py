"""Progress letters of a course, through the access door."""

from django.db.models import prefetch_related_objects

from clinic import access
from clinic.models import Course
from clinic.prepared import Prepared
from followup.models import ProgressLetter


def letter_or_404(request, pk) -> ProgressLetter:
    """A letter about a patient this reader may see, with its sendings; the look is recorded."""
    related = ("course__patient", "course__site", "signed_by", "made_by", "document")
    rows = ProgressLetter.objects.filter(pk=pk).select_related(*related).prefetch_related("sendings__sent_by")
    return access.get_for_patient_or_404(request, rows, path="course__patient")


def letters_of(course: Course, but: ProgressLetter | None = None) -> list[ProgressLetter]:
    """The letters of a course that were not put away, newest first. Two queries."""
    rows = [letter for letter in _letters.rows(course=course.pk) if letter != but]
    prefetch_related_objects(rows, "sendings")
    return rows


_letters = Prepared(
    lambda of: ProgressLetter.objects.filter(course=of("course"), discarded_at__isnull=True).select_related("signed_by")
)
