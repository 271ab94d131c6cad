"""News of the clinic floor, told upward after the commit. Receivers live in the upper apps' `apps.py`.

Each is sent with `appointments` (a list, in order of time), `by` (User, Patient or None) and `at`; moved and cancelled
carry `reason` too.
"""

from functools import partial

from django.db import transaction
from django.dispatch import Signal

appointment_booked = Signal()
appointment_moved = Signal()
appointment_cancelled = Signal()


def tell_on_commit(signal, **news):
    """Send it once the transaction holds. A receiver that fails is logged and hinders neither the others nor us."""
    transaction.on_commit(partial(signal.send_robust, sender=None, **news))
