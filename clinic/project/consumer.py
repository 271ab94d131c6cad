"""How the worker takes messages: one that nobody of ours wrote is thrown away, it never ends the worker.

Celery itself refuses pickles and unknown tasks; a body of a kind it does not expect ended the whole worker, and, put
back into the queue at its end, each next one too.
"""

import logging

from celery.worker.consumer import Consumer

log = logging.getLogger(__name__)

NOT_OURS = (TypeError, ValueError, LookupError, AttributeError, RecursionError)


class Careful(Consumer):
    """The consumer of the worker; named by CELERY_WORKER_CONSUMER."""

    def create_task_handler(self, *args, **kwargs):
        """The function that is told of each message."""
        take = super().create_task_handler(*args, **kwargs)

        def take_or_leave(message):
            try:
                return take(message)
            except NOT_OURS as problem:
                log.error("A message that no part of ours wrote was thrown away: %s", type(problem).__name__)
                return message.reject_log_error(log, self.connection_errors)

        return take_or_leave
