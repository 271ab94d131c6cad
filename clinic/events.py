"""News of the clinic floor, told upward after the commit. Receivers live in the upper apps' `apps.py`.

Those about visits are sent with `appointments` (a list, in order of time), `by` (User, Patient or None) and `at`; moved
and cancelled carry `reason` too. `test_results_changed` is sent with `order`, `by` and `at`: results of a required test
were entered, corrected, taken back or read, or the test was cancelled.
"""

from functools import partial

from django.db import transaction
from django.dispatch import Signal

appointment_booked = Signal()
appointment_moved = Signal()
appointment_cancelled = Signal()
# Sent with `text`: a draft of any kind of text was published.
text_published = Signal()
test_results_changed = Signal()
# Sent with `patient`, `site`, `by` and `at`: staff entered the score of a questionnaire.
score_entered = Signal()
# Sent with `patient`, `by` and `at`: what a patient wants to hear, by which channel or in which time zone, has changed.
contact_changed = Signal()


def tell_on_commit(signal, **news):
    """Send it once the transaction holds. A receiver that fails is logged and hinders neither the others nor us."""
    transaction.on_commit(partial(signal.send_robust, sender=None, **news))
