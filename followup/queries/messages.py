"""What a patient wants to hear."""

from clinic.models import ContactChoice, Patient

STOPPABLE = ("reminder", "diary", "form")


def wanted_by(patient: Patient) -> list[str]:
    """Kinds of mail that are not stopped, one by one or all at once."""
    stopped = ContactChoice.objects.filter(patient=patient, channel="email", opted_out_at__isnull=False)
    kinds = set(stopped.values_list("kind", flat=True))
    return [] if "all" in kinds else [kind for kind in STOPPABLE if kind not in kinds]
