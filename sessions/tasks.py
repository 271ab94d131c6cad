"""The alarm clock of this floor, and its work in the background: an action called, nothing else."""

from celery import shared_task

from sessions.actions import days, packs, watching


@shared_task(name="sessions.make_packs")
def make_packs() -> None:
    """The downtime packs of the sites that open soon."""
    packs.make_due_packs()


@shared_task(name="sessions.watch_chairs")
def watch_chairs() -> None:
    """Alarms that nobody answers, vitals that are overdue for long."""
    watching.watch_chairs()


@shared_task(name="sessions.remind_days")
def remind_days() -> None:
    """Days that nobody has closed."""
    days.remind_of_open_days()
