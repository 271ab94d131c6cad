"""Work in the background: the Celery application of the worker and the beat.

Start: `celery --app clinic.project worker`, and one `celery --app clinic.project beat`.
"""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic.project.settings.production")

app = Celery("tideline")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
