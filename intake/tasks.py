"""The alarm clock of this floor, and its work in the background: an action called, nothing else."""

from celery import shared_task

from clinic.models import ConsentSignature
from intake.actions import copies, nudges, renewals


@shared_task(name="intake.nudge_packets")
def nudge_packets() -> None:
    """Packets that nobody has touched for some days."""
    nudges.nudge_packets()


@shared_task(name=copies.MAKE_COPY, autoretry_for=(OSError,), max_retries=5, default_retry_delay=60)
def make_consent_copy(signature_id) -> None:
    """The PDF of one signature; made once however often it is asked for."""
    signature = ConsentSignature.objects.filter(pk=signature_id).first()
    if signature is not None:
        copies.make_copy(signature=signature)


@shared_task(name="intake.sweep_consents")
def sweep_consents() -> None:
    """Copies that were not made, patients who have not been told of a changed text."""
    copies.make_due_copies()
    renewals.ask_for_renewals()
