"""Who is booked into a session's chair next."""

from clinic.models import Appointment

COMING = ("booked", "confirmed", "arrived")


def next_in_chair(session, at):
    """The next appointment claimed for this session's chair after `at`, today or later within a day, or None."""
    if session.chair_id is None:
        return None
    rows = Appointment.objects.filter(
        claims__chair=session.chair_id, claims__occupies=True, state__in=COMING, starts_at__gt=at
    )
    rows = rows.exclude(pk=session.appointment_id).filter(infusion_session__isnull=True)
    return rows.select_related("patient").order_by("starts_at").first()
