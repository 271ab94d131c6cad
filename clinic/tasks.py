"""Background work of the foundation."""

from smtplib import SMTPException

from celery import shared_task
from django.conf import settings

from clinic import clock, space
from clinic.actions.alerts import escalate_alerts
from clinic.actions.backups import look as look_at_backups
from clinic.actions.seal_checks import check_seals
from clinic.actions.seal_heads import write_heads
from clinic.actions.seals import seal_due
from clinic.actions.space import note_space, tell_space
from clinic.actions.watching import sweep_access
from clinic.models import Heartbeat, User
from clinic.notify import sender, wake
from clinic.sign_in import MAIL_RESET, mail_reset

WORTH_HELP = 40  # so many messages more are worth one more sender


@shared_task
def beat_heartbeat() -> None:
    """Note that the beat ticked and a worker heard it; readiness looks at the age of this."""
    Heartbeat.objects.update_or_create(part="beat", defaults={"at": clock.now()})


@shared_task(name="clinic.sweep_outbox")
def sweep_outbox(alone: bool = False) -> None:
    """Send what is due. Woken when something is enqueued and by the beat; what is left after its time goes on.

    Where much waits, further senders are called first: each has a connection of its own, and rows are claimed one by
    one.
    """
    for _ in range(0 if alone else _helpers()):
        wake(alone=True)
    if sender.sweep() and sender.is_due():
        wake(alone=True)


def _helpers() -> int:
    """How many further senders are worth calling."""
    most = settings.NOTIFY_SENDERS
    return min(most - 1, sender.waiting(most=WORTH_HELP * most) // WORTH_HELP)


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


@shared_task(name="clinic.watch_access")
def watch_access() -> None:
    """Raise what is odd about anybody's access in the last hour, from the audit itself."""
    sweep_access()


@shared_task(name="clinic.measure_space", autoretry_for=(SMTPException, OSError), max_retries=3, default_retry_delay=15)
def measure_space() -> None:
    """Measure the disks of this machine, and tell the admins when they fill up."""
    note_space(readings=space.measure())
    tell_space()


@shared_task(name="clinic.watch_backups", autoretry_for=(SMTPException, OSError), max_retries=3, default_retry_delay=60)
def watch_backups() -> None:
    """Tell the admins when copies, the log or the trial restores are not as they must be."""
    if settings.BACKUP_WATCHED:
        look_at_backups()


@shared_task(name="clinic.seal_record")
def seal_record() -> None:
    """Seal what was committed since the last minute; once a day the heads leave the database."""
    seal_due()
    write_heads()


@shared_task(name="clinic.check_seals", time_limit=600, soft_time_limit=580)
def look_at_seals() -> None:
    """Check what was sealed and signed in the last day."""
    check_seals()
