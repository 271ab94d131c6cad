"""The alarm clock of this floor: an action called, nothing else."""

from celery import shared_task

from followup.actions import relief, sweeps


@shared_task(name="followup.plan_due")
def plan_due() -> None:
    """Reminders, contacts, diaries and reviews that are due."""
    sweeps.plan_due()


@shared_task(name="followup.refresh_curves")
def refresh_curves() -> None:
    """The clinic's curves of relief, worked out ahead of the pages that show them."""
    relief.refresh_curves()
