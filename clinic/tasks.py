"""Background work of the foundation."""

from celery import shared_task

from clinic import clock
from clinic.models import Heartbeat


@shared_task
def beat_heartbeat() -> None:
    """Note that the beat ticked and a worker heard it; readiness looks at the age of this."""
    Heartbeat.objects.update_or_create(part="beat", defaults={"at": clock.now()})
