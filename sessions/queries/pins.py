"""Quick PINs: whose badge this is, and whether a person has a PIN that counts."""

from clinic.models import User
from sessions.models import QuickPin


def of_badge(badge):
    """The person whose badge this is, or None."""
    row = QuickPin.objects.filter(badge=badge.strip()).exclude(badge="").select_related("user").first()
    return row.user if row else None


def pin_of(user):
    """(whether a PIN counts now, its row or None) of this person, for the page that sets it."""
    row = QuickPin.objects.filter(user=user).exclude(pin_hash="").first()
    fresh = User.objects.get(pk=user.pk)
    return bool(row and row.for_password == fresh.get_session_auth_hash()), row


def have_pins(users):
    """The ids of those whose PIN counts now: not taken away, and not older than their password."""
    rows = {row.user_id: row for row in QuickPin.objects.filter(user__in=users).exclude(pin_hash="")}
    marks = {user.pk: user.get_session_auth_hash() for user in users if user.pk in rows}
    return {pk for pk, mark in marks.items() if rows[pk].for_password == mark}
