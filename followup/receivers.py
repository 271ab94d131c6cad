"""News from below: a visit was booked, moved or cancelled. What is lost here, the sweep finds a minute later.

What a patient wants to hear is judged again when a message's turn comes, whether this news arrived or not.
"""

from django.dispatch import receiver

from clinic import clock, events
from followup.actions.reminders import plan_again, plan_visit


@receiver([events.appointment_booked, events.appointment_moved, events.appointment_cancelled])
def plan_reminders(sender, appointments, by=None, at=None, **news):
    """Work out the reminders of each visit as it stands now."""
    for appointment in appointments:
        plan_visit(appointment=appointment, by=by, at=at)


@receiver(events.contact_changed)
def choose_ways_again(sender, patient, by=None, at=None, **news):
    """Their messages may go by another channel now: the next sweep works them out anew."""
    plan_again(patient=patient, at=at or clock.now())
