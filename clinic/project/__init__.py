"""The roof: settings, addresses, pages, live stream, worker.

The Celery application is made here, so that a page of any process and thread wakes the worker it is configured for.
"""

from clinic.project.celery import app

__all__ = ["app"]
