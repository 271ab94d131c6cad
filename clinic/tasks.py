"""Background work of the foundation."""

from smtplib import SMTPException

from celery import shared_task

from clinic import clock
from clinic.actions.tasks import escalate_alerts
from clinic.models import Heartbeat, User
from clinic.notify import sender, wake
from clinic.sign_in import MAIL_RESET, mail_reset


@shared_task
def beat_heartbeat() -> None:
    """Note that the beat ticked and a worker heard it; readiness looks at the age of this."""
    Heartbeat.objects.update_or_create(part="beat", defaults={"at": clock.now()})


@shared_task(name="clinic.sweep_outbox")
def sweep_outbox() -> None:
    """Send what is due. Woken when something is enqueued and by the beat; what is left after its time goes on."""
    if sender.sweep() and sender.is_due():
        wake()


@shared_task(name=MAIL_RESET, autoretry_for=(SMTPException, OSError), max_retries=5, default_retry_delay=30)
def send_reset(user_id, email) -> None:
    """The letter of someone who forgot the password; a mail server that is away is tried again."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is not None:
        mail_reset(user, email)


@shared_task(name="clinic.climb_alerts")
def climb_alerts() -> None:
    """Take alerts nobody answered one step further."""
    escalate_alerts()
