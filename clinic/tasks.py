"""Background work of the foundation."""

from celery import shared_task

from clinic import clock
from clinic.actions.tasks import escalate_alerts
from clinic.models import Heartbeat
from clinic.notify import sender, wake


@shared_task
def beat_heartbeat() -> None:
    """Note that the beat ticked and a worker heard it; readiness looks at the age of this."""
    Heartbeat.objects.update_or_create(part="beat", defaults={"at": clock.now()})


@shared_task(name="clinic.sweep_outbox")
def sweep_outbox() -> None:
    """Send what is due. Woken when something is enqueued and by the beat; what is left after its time goes on."""
    if sender.sweep() and sender.is_due():
        wake()


@shared_task(name="clinic.climb_alerts")
def climb_alerts() -> None:
    """Take alerts nobody answered one step further."""
    escalate_alerts()
