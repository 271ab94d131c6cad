"""Paths of the clinic floor: who looked, what left, and whether the record is whole."""

from datetime import date

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from clinic.views import audit, disclosures, seals


class DayConverter(StringConverter):
    """A day as 2026-05-14."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value):
        """Raises ValueError for a day that does not exist: no such page."""
        return date.fromisoformat(value)

    def to_url(self, value):
        """As it stands in the address."""
        return str(value)


register_converter(DayConverter, "day")

urlpatterns = [
    path("audit/", audit.show_list, name="audit-list"),
    path("audit/log.csv", audit.file, name="audit-file"),
    path("audit/seals/", seals.show_list, name="seal-list"),
    path("audit/seals/check/", seals.check, name="seal-check"),
    path("audit/seals/<day:day>/", seals.head, name="seal-head"),
    path("audit/corrections/", seals.amendment_report, name="amendment-report"),
    path("audit/corrections/list.csv", seals.amendment_file, name="amendment-report-file"),
    path("disclosures/", disclosures.show_list, name="disclosure-list"),
    path("disclosures/list.csv", disclosures.file, name="disclosure-file"),
    path("patients/<uuid:pk>/audit/", audit.show_patient, name="audit-patient"),
    path("patients/<uuid:pk>/audit/paper/", audit.patient_paper, name="audit-paper"),
    path("patients/<uuid:pk>/disclosures/", disclosures.of_patient, name="patient-disclosures"),
    path("patients/<uuid:pk>/disclosures/paper/", disclosures.patient_paper, name="disclosure-paper"),
    path("patients/<uuid:pk>/disclosures/add/", disclosures.add, name="disclosure-add"),
]
