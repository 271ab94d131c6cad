"""Sign-ins of one person: those open now, the browsers they use, their factors, and what happened at the door."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from clinic.models import AuditEvent, KnownBrowser, Membership, Role, User

AT_DOOR = ("sign_in.done", "sign_in.returned", "sign_in.refused", "sign_in.ended", "password.changed", "password.reset")
MOST = 20


def sessions_of(user):
    """The person's sign-ins that are open, newest first."""
    alive = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    return list(UserSession.objects.filter(user=user, session_key__in=alive).order_by("-created_at"))


def session_of(user, pk):
    """One sign-in of this person, or None."""
    return UserSession.objects.filter(user=user, pk=pk).first()


def browsers_of(user):
    """Browsers in which they signed in with every factor and that count, last used first."""
    return list(KnownBrowser.objects.counting().filter(user=user))


def browser_of(user, pk):
    """One known browser of this person, or None."""
    return KnownBrowser.objects.filter(user=user, pk=pk).first()


def factors_of(user):
    """How many of each kind of second factor they have, by kind."""
    kinds = list(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    return {kind: kinds.count(kind) for kind in set(kinds)}


def at_the_door(user):
    """The last things that happened at their sign-in, newest first."""
    return list(AuditEvent.objects.filter(user=user, verb__in=AT_DOOR).order_by("-at", "-id")[:MOST])


def people_under(admin, at):
    """Everybody who works, or last worked, only at sites this person administers; everybody for a superuser."""
    if admin.is_superuser:
        return User.objects.all()
    active = Membership.objects.active(at)
    mine = active.filter(user=admin, role=Role.CLINIC_ADMIN).values("site")
    elsewhere = active.exclude(site__in=mine).values("user")
    theirs = Membership.objects.filter(site__in=mine).values("user")
    return User.objects.filter(pk__in=theirs, is_superuser=False).exclude(pk__in=elsewhere)
