"""Work in the background: the Celery application of the worker and the beat.

Start: `celery --app clinic.project worker`, and one `celery --app clinic.project beat`.
"""

import os

from celery import Celery
from celery.signals import beat_init, worker_init, worker_process_init, worker_ready
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic.project.settings.production")

app = Celery("tideline")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.set_default()  # for every thread: the pages are served by threads that did not make it


@worker_init.connect
@beat_init.connect
def stay_away_from_demo_data(**kwargs) -> None:
    """Neither worker nor beat of a production installation starts beside the demo clinic.

    Raises SystemExit: Celery logs any other exception of a signal and starts all the same.
    """
    from clinic.project.refuse import refuse_demo_data

    try:
        if not settings.TIDELINE_DEVELOPMENT:
            refuse_demo_data()
    except ImproperlyConfigured as problem:
        raise SystemExit(str(problem)) from problem


@worker_ready.connect
def watch_the_beat(**kwargs) -> None:
    """The worker looks after the beat: without its ticks nobody else would."""
    from clinic.project.watch import start_in_worker

    start_in_worker()


@worker_process_init.connect
def report_errors(**kwargs) -> None:
    """Each process that does tasks reports its own errors, where the clinic named a tracker."""
    from clinic.project import errors

    errors.start("worker")
