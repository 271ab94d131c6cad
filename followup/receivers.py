"""News from below: a visit was booked, moved or cancelled. What is lost here, the sweep finds a minute later."""

from django.dispatch import receiver

from clinic import events
from followup.actions.reminders import plan_visit


@receiver([events.appointment_booked, events.appointment_moved, events.appointment_cancelled])
def plan_reminders(sender, appointments, by=None, at=None, **news):
    """Work out the reminders of each visit as it stands now."""
    for appointment in appointments:
        plan_visit(appointment=appointment, by=by, at=at)
