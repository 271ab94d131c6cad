"""The alarm clock of this floor: an action called, nothing else."""

from celery import shared_task

from followup.actions import own_record, relief_runs, sweeps


@shared_task(name="followup.plan_due")
def plan_due() -> None:
    """Reminders, contacts, diaries and reviews that are due."""
    sweeps.plan_due()


@shared_task(name="followup.refresh_curves")
def refresh_curves() -> None:
    """The hour has come: the clinic's curves of relief, worked out ahead of the pages that show them."""
    relief_runs.ask_run()
    relief_runs.run_due()


@shared_task(name=relief_runs.TASK)
def work_out_relief() -> None:
    """A run that somebody asked for, or that a worker left behind. The rows hold what is under way."""
    relief_runs.run_due()


@shared_task(name=own_record.TASK, soft_time_limit=540, time_limit=600)
def make_archives() -> None:
    """Copies of whole records that were asked for. The rows hold what is under way: a second worker finds nothing."""
    own_record.make_due()
