"""People around a session: what the banner warns of, and who may be asked."""

from clinic import clock
from clinic.models import AllergyStatement, PatientAlert, Role, User
from clinic.prepared import Prepared

_allergies = Prepared(
    lambda of: AllergyStatement.objects.filter(patient__person=of("person"), ended_at__isnull=True).order_by(
        "substance"
    )
)
_alerts = Prepared(
    lambda of: PatientAlert.objects.filter(patient__person=of("person"), ended_at__isnull=True).order_by("since")
)


def allergies_of(patient):
    """Allergies in words; ["None known"] when asked and there are none; empty when nobody has asked."""
    rows = _allergies.rows(person=patient.person_id)
    named = [f"{r.substance} ({r.reaction})" if r.reaction else r.substance for r in rows if not r.none_known]
    return named or (["None known"] if any(r.none_known for r in rows) else [])


def alerts_of(patient):
    """Alerts in force, as words."""
    return [alert.words for alert in _alerts.rows(person=patient.person_id)]


def staff_at(site, *roles):
    """Users who hold one of the roles at the site now, by name."""
    held = site.memberships.active(clock.now()).filter(role__in=roles).values("user")
    return User.objects.filter(pk__in=held, is_active=True)


def prescribers_at(site):
    return staff_at(site, Role.PRESCRIBER)


def clinicians_at(site):
    return staff_at(site, Role.PRESCRIBER, Role.NURSE)


def other_chairs(session):
    """Chairs in use at the session's site, without its own."""
    return session.site.chairs.filter(in_use=True).exclude(pk=session.chair_id)


def short_name(user):
    """A colleague where there is little room: "A. Osei RN"."""
    first, _, rest = user.name.partition(" ")
    return f"{first[:1]}. {rest} {user.credentials}".strip() if rest else user.display_name
